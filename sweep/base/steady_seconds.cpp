// The clock that work is timed by is the standard library's.
#include "sweep/base/steady_seconds.hpp"

#include <chrono>

namespace truce {

double steady_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace truce
