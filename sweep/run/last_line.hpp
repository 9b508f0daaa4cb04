// What a run says at its end: one line on standard output, for people or as JSON.
#pragma once

#include <string>

#include "sweep/crew/work_loop.hpp"
#include "sweep/run/session.hpp"

namespace truce {

/// How a run ended.
struct Ending {
  std::string content_hash;  ///< of the sealed file; "incomplete" if there is none
  std::string note;          ///< stands in the place of the hash for people; "": the hash does
  std::string warning;       ///< "" for none
};

/// `seconds` and `ranks` give the rate of `result.runs`.
void print_last_line(const Plan& plan, const RunOptions& options, const WorkResult& result, double seconds, int ranks,
                     const Ending& ending);

}  // namespace truce
