// What all ranks do together: telling, collecting, waiting and failing as one.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sweep/base/error.hpp"
#include "sweep/crew/crew.hpp"

namespace truce {

/// What went wrong somewhere, in a form that can travel.
struct Failure {
  Exit exit = Exit::internal;
  std::string text;
};

/// An error that every rank throws, the same one: rank 0 says it and all end. Any other error is of one rank alone, and
/// the others may be waiting for it.
class AgreedError : public Error {
 public:
  using Error::Error;
};

/// The exception being handled (call it inside a catch block) as a failure; other than Error: Exit::internal.
Failure describe_exception();

/// Collective: returns rank 0's text on every rank (the others' arguments are ignored).
std::string broadcast(Crew& crew, std::string text);
/// Collective: returns all texts in rank order on rank 0, nothing elsewhere. No rank returns before all have called.
std::vector<std::string> gather(Crew& crew, std::string text);
/// Collective: returns all texts one behind the other, in rank order, on every rank. Rank 0 sends them on piece by
/// piece, so that it never has more than a megabyte under way to each rank.
std::string gather_everywhere(Crew& crew, std::string text);
/// Collective: no rank returns before all have called.
void barrier(Crew& crew);
/// Collective: runs `step` on every rank; if it threw on any, all ranks throw the same AgreedError, that of the
/// lowest rank. `step` must not use the crew.
void together(Crew& crew, const std::function<void()>& step);

}  // namespace truce
