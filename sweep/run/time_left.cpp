// Asks the environment first and squeue second; a squeue that is missing, fails or hangs costs a warning only.
#include "sweep/run/time_left.hpp"

#include <algorithm>
#include <charconv>

#include "sweep/store/child.hpp"
#include "sweep/store/files.hpp"
#include "sweep/study/values.hpp"

namespace truce {
namespace {

std::optional<double> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
  return static_cast<double>(value);
}

/// As squeue takes it; by its number alone the last task of an array would stand for all of them.
std::string job_name(const Environment& environment) {
  const char *array = environment("SLURM_ARRAY_JOB_ID"), *task = environment("SLURM_ARRAY_TASK_ID");
  if (array != nullptr && task != nullptr) return std::string(array) + "_" + task;
  return environment("SLURM_JOB_ID");
}

TimeLeft limit(double seconds) {
  constexpr double least = 5, most = 45;
  return {std::max(0.0, seconds - std::clamp(seconds / 10, least, most)), "the time limit of the Slurm job", ""};
}

TimeLeft unknown(const std::string& job, const std::string& why) {
  return {std::numeric_limits<double>::infinity(), "",
          "the time left to Slurm job " + job + " is not known (" + why +
              "); the run does not stop by itself: give --max-seconds, or let Slurm send SIGUSR1 before the end "
              "(#SBATCH --signal)"};
}

}  // namespace

std::optional<double> parse_time_left(std::string_view text) {
  text = trim(text);
  if (text == "UNLIMITED") return std::numeric_limits<double>::infinity();
  if (text == "INVALID") return 0.0;
  double seconds = 0;
  const std::size_t dash = text.find('-');
  if (dash != std::string_view::npos) {
    const auto days = whole_number(text.substr(0, dash));
    if (!days) return std::nullopt;
    seconds = *days * 24;
    text.remove_prefix(dash + 1);
  }
  int parts = 0;
  for (bool more = true; more; ++parts) {
    const std::size_t colon = text.find(':');
    more = colon != std::string_view::npos;
    const auto part = whole_number(text.substr(0, colon));
    if (!part || (parts > 0 && *part >= 60)) return std::nullopt;
    seconds = parts == 0 ? seconds + *part : seconds * 60 + *part;
    if (more) text.remove_prefix(colon + 1);
  }
  const bool whole = dash == std::string_view::npos ? parts == 2 || parts == 3 : parts == 3;
  return whole ? std::optional(seconds) : std::nullopt;
}

TimeLeft slurm_time_left(const Environment& environment, double now, double patience) {
  if (environment("SLURM_JOB_ID") == nullptr) return {};
  const std::string job = job_name(environment);
  if (const char* end = environment("SLURM_JOB_END_TIME"))
    if (const auto seconds = whole_number(end)) return limit(*seconds - now);
  std::optional<std::string> said;
  try {
    said = output_of({"squeue", "-h", "-j", job, "-o", "%L"}, patience);
  } catch (const FileError&) {
    return unknown(job, "squeue cannot be started");
  }
  if (!said) return unknown(job, "squeue did not answer within " + spell(patience) + " s");
  const auto seconds = parse_time_left(*said);
  if (!seconds) return unknown(job, "squeue says '" + std::string(trim(*said)) + "'");
  return *seconds == std::numeric_limits<double>::infinity() ? TimeLeft{} : limit(*seconds);
}

}  // namespace truce
