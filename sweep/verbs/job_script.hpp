// A Slurm job script for a study: one of the texts in slurm/ with its numbers, its study and the shared shell put in.
#pragma once

#include <string>
#include <vector>

namespace truce {

/// Which of slurm/'s scripts: one job, jobs that follow one another, or an array of shares.
enum class JobForm { one_job, chain, shares };

struct Job {
  JobForm form = JobForm::one_job;
  std::vector<std::string> notes;  ///< lines of the head comment
  long long nodes = 1, tasks_per_node = 1, shares = 1;
  std::string time;                    ///< as Slurm reads it
  long long signal_before = 0;         ///< seconds before the end at which truce is asked to stop
  std::string truce;                   ///< path of the program
  std::vector<std::string> arguments;  ///< of `truce run`: the study, then options
};

/// The whole script; it needs no other file.
std::string job_script(const Job& job);

/// A word as the shell must read it: in quotes where it holds more than letters, digits and ./_-=:,+@%.
std::string quote_shell(const std::string& word);

/// Seconds of a --time as Slurm reads it: minutes, minutes:seconds, hours:minutes:seconds, days-hours,
/// days-hours:minutes or days-hours:minutes:seconds. Throws Error(usage) for anything else and for 0.
long long slurm_seconds(const std::string& text);

/// How often a job must follow itself.
struct Rounds {
  long long signal_before =
      0;                 ///< seconds before the end of a job at which Slurm sends USR1; it may come a minute early
  long long usable = 0;  ///< seconds of a job before that
  double seconds = 0;    ///< of all the work on the job's tasks
  long long needed = 1;
};

/// For a --time and the seconds that the work takes at the speed of the pilot; cores of 4/5 of that are assumed: they
/// are slower when all of a node work, and a node may be slower than the machine of the pilot. Throws Error(usage) for
/// a time that leaves less than 30 s to work in.
Rounds rounds_of(const std::string& time, double pilot_seconds);

}  // namespace truce
