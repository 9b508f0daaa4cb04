// The last line of a run.
#include "sweep/run/last_line.hpp"

#include <iostream>
#include <sstream>

#include "sweep/store/json.hpp"
#include "sweep/study/values.hpp"

namespace truce {

void warn(const std::string& text) {
  if (!text.empty()) std::cerr << "truce: warning: " << text << std::endl;
}

void print_last_line(const Plan& plan, const RunOptions& options, const WorkResult& result, double seconds, int ranks,
                     const Ending& ending) {
  warn(ending.warning);
  if (options.silent) return;
  const double rate = seconds > 0 ? static_cast<double>(result.runs) / seconds / ranks : 0;
  std::ostringstream line;
  line.precision(3);
  if (options.json)
    line << "{\"runs\": " << result.runs << ", \"runs_failed\": " << result.failed
         << ", \"runs_per_second_per_core\": " << static_cast<std::int64_t>(rate) << ", \"seconds\": " << seconds
         << ", \"ranks\": " << ranks << ", \"content_hash\": \"" << ending.content_hash << "\", \"study_id\": \""
         << plan.study_id << "\", "
         << (options.share ? "\"share\": " + quote_json(to_text(*options.share)) + ", " : std::string())
         << "\"file\": " << quote_json(plan.file) << "}";
  else
    line << format_count(result.runs) << " runs, " << format_count(static_cast<std::int64_t>(rate))
         << " runs/s per core, " << format_duration(seconds) << " on " << ranks << (ranks == 1 ? " rank, " : " ranks, ")
         << (result.failed > 0 ? format_count(result.failed) + " failed, " : "")
         << (ending.note.empty() ? "content " + ending.content_hash : ending.note) << ", " << plan.file;
  std::cout << line.str() << std::endl;
}

}  // namespace truce
