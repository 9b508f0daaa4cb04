// Keeps a lock alive and the user informed through work that has no progress line: reading journals, sealing.
#pragma once

#include <functional>
#include <ostream>
#include <string>
#include <string_view>

namespace truce {

class LiveLock;

/// Called with what is being done, at every piece of it.
using Tell = std::function<void(std::string_view phase)>;

class Phases {
 public:
  /// `lock` and `out` may be null: then nothing is renewed, or nothing said. Both must outlive this.
  Phases(LiveLock* lock, std::ostream* out) : lock_(lock), out_(out) {}
  /// Says each phase once, when it has taken more than a second. Throws Error(incomplete) after SIGTERM or SIGINT.
  void operator()(std::string_view phase);

 private:
  LiveLock* lock_;
  std::ostream* out_;
  std::string phase_;
  double begun_ = 0;
  bool said_ = false;
};

}  // namespace truce
