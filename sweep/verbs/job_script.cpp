// Line by line: directives get their values, the search for the shared shell becomes that shell.
#include "sweep/verbs/job_script.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <sstream>

#include "sweep/base/error.hpp"
#include "sweep/verbs/job_texts.hpp"

namespace truce {

namespace {

const char* text_of(JobForm form) {
  switch (form) {
    case JobForm::chain:
      return chain_text;
    case JobForm::shares:
      return shares_text;
    default:
      return one_job_text;
  }
}

/// A directive of the text with the job's value, where it has one.
std::string directive(const std::string& line, const Job& job) {
  const std::array<std::pair<std::string, std::string>, 5> values{{
      {"#SBATCH --nodes=", std::to_string(job.nodes)},
      {"#SBATCH --ntasks-per-node=", std::to_string(job.tasks_per_node)},
      {"#SBATCH --time=", job.time},
      {"#SBATCH --array=", "1-" + std::to_string(job.shares)},
      {"#SBATCH --signal=", "B:USR1@" + std::to_string(job.signal_before)},
  }};
  for (const auto& [start, value] : values)
    if (line.starts_with(start)) return start + value;
  return line;
}

/// What stands in the place of the search for the shared shell.
std::string own_shell(const Job& job) {
  std::string text = "TRUCE=${TRUCE:-" + quote_shell(job.truce) + "}\nset --";
  for (const std::string& argument : job.arguments) text += " " + quote_shell(argument);
  return text + "\n\n" + job_functions_text;
}

}  // namespace

std::string job_script(const Job& job) {
  std::istringstream lines(text_of(job.form));
  std::string script, line;
  std::getline(lines, line);  // #!
  script = line + "\n";
  for (const std::string& note : job.notes) script += "# " + note + "\n";
  bool head = true, search = false;
  while (std::getline(lines, line)) {
    head = head && !line.starts_with("#SBATCH");
    if (head) continue;  // how the text itself is submitted
    if (line.starts_with("# Slurm runs a copy of this file")) search = true;
    if (!search) script += directive(line, job) + "\n";
    if (!line.starts_with("source ")) continue;
    search = false;
    script += own_shell(job);
  }
  return script;
}

std::string quote_shell(const std::string& word) {
  constexpr auto plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./_-=:,+@%";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? "'\\''" : std::string(1, c);
  return quoted + "'";
}

long long slurm_seconds(const std::string& text) {
  constexpr long long day = 86400, hour = 3600, minute = 60;
  const auto refuse = [&](const char* reason) -> Error {
    return {Exit::usage,
            "option --time: " + text + " is not a time limit (" + reason +
                "); write minutes, mm:ss, h:mm:ss, days-hours or days-h:mm:ss, e.g. 90, 90:00, 2:00:00 or 1-12"};
  };
  const std::size_t dash = text.find('-');
  std::vector<long long> parts;
  std::string rest = text;
  for (char& c : rest) c = c == '-' ? ':' : c;
  std::istringstream pieces(rest + ":");
  for (std::string piece; std::getline(pieces, piece, ':');) {
    long long value = 0;
    const auto [end, fault] = std::from_chars(piece.data(), piece.data() + piece.size(), value);
    if (fault != std::errc{} || end != piece.data() + piece.size() || value < 0 || value > 1000000)
      throw refuse("its parts must be whole numbers from 0 to 1000000");
    parts.push_back(value);
  }
  // the unit of each part, as Slurm counts them: from days on if there is a dash, else by how many there are
  static constexpr std::array<std::array<long long, 4>, 4> units{
      {{minute}, {minute, 1}, {hour, minute, 1}, {day, hour, minute, 1}}};
  const bool days = dash != std::string::npos;
  if (days && (text.find('-', dash + 1) != std::string::npos || text.find(':') < dash))
    throw refuse("a dash can only follow the days");
  if (parts.size() > (days ? 4U : 3U) || (days && parts.size() < 2)) throw refuse("it has too many or too few parts");
  const auto& unit = units[days ? 3 : parts.size() - 1];
  for (std::size_t i = 1; i < parts.size(); ++i)
    if (unit[i] < hour && parts[i] > 59) throw refuse("minutes and seconds behind a larger unit end at 59");
  long long seconds = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) seconds += parts[i] * unit[i];
  if (seconds == 0) throw refuse("Slurm takes 0 for no limit, and rounds cannot be planned without one");
  return seconds;
}

Rounds rounds_of(const std::string& time, double pilot_seconds) {
  constexpr long long longest = 120, early = 60, shortest = 30;
  constexpr double speed = 0.8;
  const long long limit = slurm_seconds(time);
  Rounds rounds;
  rounds.signal_before = std::min(longest, limit / 5);
  rounds.usable = limit - rounds.signal_before - early;
  if (rounds.usable < shortest)
    throw Error(Exit::usage,
                "option --time: " + time + " is too short (Slurm may ask a job to stop a minute before " +
                    "its last fifth begins, so less than 30 s are left to work in); give 2 minutes or more");
  rounds.seconds = pilot_seconds / speed;
  rounds.needed = std::max(1LL, static_cast<long long>(std::ceil(rounds.seconds / static_cast<double>(rounds.usable))));
  return rounds;
}

}  // namespace truce
