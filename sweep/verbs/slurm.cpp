// `slurm`: a job script for a study, filled from what `check` says that it will cost.
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <thread>

#include "sweep/crew/progress.hpp"
#include "sweep/verbs/cost.hpp"
#include "sweep/verbs/job_script.hpp"
#include "sweep/verbs/verbs.hpp"
#include "sweep/verbs/words.hpp"

namespace truce {

namespace {

long long needed_number(const Parsed& parsed, const char* name) {
  if (parsed.option(name).empty())
    throw Error(Exit::usage,
                std::string("option --") + name + " is missing (the job script needs it); give --" + name + "=N");
  return parsed.number(name, 1, 1, 1000000);
}

/// `--share=I/N` is for run: here it is the number of shares.
void require_no_share(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) return;
  throw Error(Exit::usage, "option --share: " + text + " is one share (the number of shares is given here); --share=" +
                               text.substr(slash + 1) + " makes an array of all of them");
}

double seconds_of(const std::vector<Cost>& costs) {
  double seconds = 0;
  for (const Cost& cost : costs) seconds += cost.core_seconds;
  return seconds;
}

std::string own_path() {
  std::error_code fault;
  const auto path = std::filesystem::read_symlink("/proc/self/exe", fault);
  return fault ? "truce" : path.string();
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + quote_shell(word);
  return text;
}

/// What a run does with the study from any folder: the study's whole path, then the options.
std::vector<std::string> run_arguments(const Parsed& parsed, const std::string& study) {
  std::vector<std::string> words{std::filesystem::absolute(study).lexically_normal().string()};
  words.insert(words.end(), parsed.study().begin(), parsed.study().end());
  if (const std::string set = parsed.option("instruction-set"); !set.empty())
    words.push_back("--instruction-set=" + set);
  return words;
}

std::string seal_line(const Job& job, const Parsed& parsed) {
  std::vector<std::string> words{job.truce, "seal", job.arguments.front()};
  words.insert(words.end(), parsed.study().begin(), parsed.study().end());
  return "sbatch --dependency=afterok:JOB --ntasks=1 --mem-per-cpu=1G --time=01:00:00 --wrap=" +
         quote_shell(joined(words));
}

/// A line for each kernel on what its pilot says, and one for all of several.
std::vector<std::string> cost_notes(const std::vector<Plan>& plans, const std::vector<Cost>& costs) {
  std::vector<std::string> notes;
  for (std::size_t k = 0; k < plans.size(); ++k)
    notes.push_back((plans.size() > 1 ? std::string(plans[k].kernel->name) + ": " : "") + size_text(plans[k]) + ": " +
                    hours_text(costs[k].core_seconds) + ", as a pilot of " + format_count(costs[k].pilot.runs) +
                    " runs at " + format_count(static_cast<std::int64_t>(costs[k].runs_per_second())) +
                    " runs/s on this machine says");
  if (plans.size() > 1)
    notes.push_back("all kernels, one after another: " + runs_text(plans) + ", " + hours_text(seconds_of(costs)));
  return notes;
}

/// The head comment: what the numbers rest on.
std::vector<std::string> notes_of(const Job& job, const std::vector<Plan>& plans, const std::vector<Cost>& costs,
                                  const Rounds& rounds, bool fits) {
  const long long tasks = job.nodes * job.tasks_per_node;
  const bool shares = job.form == JobForm::shares;
  std::vector<std::string> notes = cost_notes(plans, costs);
  notes.insert(notes.begin(), "Made by truce slurm; submit with sbatch from the folder where the result is to land.");
  const std::vector<std::string> job_notes{
      std::string(shares ? "a share" : "the study") + " on " + counted(tasks, "task", "tasks") + ": about " +
          format_duration(rounds.seconds) + " (assuming cores of 4/5 of the pilot's speed and no waiting), " +
          format_duration(static_cast<double>(rounds.usable)) + " of --time=" + job.time + " are for it",
      "memory: a rank took 42 MB for a billion runs, and takes no more for more points"};
  notes.insert(notes.end(), job_notes.begin(), job_notes.end());
  if (!fits)
    notes.push_back("more than one job can do: about " + counted(rounds.needed, "round", "rounds") +
                    (shares ? " a share" : "") + ", each requeued by the one before until " +
                    (shares ? "the share is done" : "the study is sealed"));
  std::int64_t failed = 0;
  for (const Cost& cost : costs) failed += cost.pilot.failed;
  if (failed > 0) notes.push_back(format_count(failed) + " runs of the pilot failed: see truce check");
  return notes;
}

}  // namespace

Exit slurm(const Arguments& arguments) {
  const Parsed parsed(arguments, {"chain"}, {"nodes", "time", "tasks-per-node", "share", "instruction-set"}, true,
                      "; options of sbatch go to sbatch: sbatch --partition=short job.sbatch");
  const std::string study = parsed.only("study file");
  Job job;
  job.nodes = needed_number(parsed, "nodes");
  job.time = parsed.option("time");
  if (job.time.empty())
    throw Error(Exit::usage,
                "option --time is missing (the job script needs a limit); give --time=2:00:00 or the like");
  const auto cores = static_cast<long long>(std::max(1U, std::thread::hardware_concurrency()));
  job.tasks_per_node = parsed.number("tasks-per-node", cores, 1, 1000000);
  const bool shares = !parsed.option("share").empty();
  require_no_share(parsed.option("share"));
  job.shares = parsed.number("share", 1, 2, 1000000);
  if (shares && parsed.flag("chain"))
    throw Error(Exit::usage,
                "option --chain has no effect with --share (a share that is cut is requeued anyway); drop one");
  static_cast<void>(rounds_of(job.time, 0));  // a bad limit is told before the pilot
  const std::vector<Plan> plans = load_plans(study, parsed.study(), kernels());
  std::vector<Cost> costs;
  for (const Plan& plan : plans) costs.push_back(time_cost(plan, parsed.option("instruction-set")));
  const auto tasks = static_cast<double>(job.shares * job.nodes * job.tasks_per_node);
  const Rounds rounds = rounds_of(job.time, seconds_of(costs) / tasks);
  const bool fits = rounds.needed == 1;
  job.form = shares ? JobForm::shares : parsed.flag("chain") || !fits ? JobForm::chain : JobForm::one_job;
  job.signal_before = rounds.signal_before;
  job.truce = own_path();
  job.arguments = run_arguments(parsed, study);
  job.notes = notes_of(job, plans, costs, rounds, fits);
  if (shares) job.notes.push_back("then, with the number that sbatch gave for JOB: " + seal_line(job, parsed));
  std::cout << job_script(job);
  return Exit::done;
}

}  // namespace truce
