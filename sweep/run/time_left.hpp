// How long this run may go on: what the user says, or what Slurm still gives the job.
#pragma once

#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace truce {

/// Blocks should be over in so many seconds.
struct TimeLeft {
  double seconds = std::numeric_limits<double>::infinity();
  std::string text;     ///< what sets the limit, "" if nothing does
  std::string warning;  ///< "" unless there is a limit that cannot be known
};

/// Seconds of the form that `squeue -o %L` prints: 1-02:03:04, 02:03:04, 03:04; infinity for UNLIMITED, 0 for INVALID
/// (the job is over its limit). Nothing for NOT_SET and everything else.
std::optional<double> parse_time_left(std::string_view text);

/// Returns the value of a variable of the environment, or nullptr.
using Environment = std::function<const char*(const char*)>;

/// Of the Slurm job that this process belongs to, less what is kept for the last commits and the end of the job: a
/// tenth, but 5 to 45 s. From SLURM_JOB_END_TIME (`now` is in seconds since 1970), else from squeue, which is given
/// `patience` seconds to answer. No limit outside a job. Starts squeue without a fork of its own, so that it may be
/// called after MPI has started.
TimeLeft slurm_time_left(const Environment& environment, double now, double patience = 10);

}  // namespace truce
