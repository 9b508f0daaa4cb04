// Tables of answers as tidy CSV (RFC 4180).
#include <algorithm>
#include <cmath>

#include "analysis/answers/answers.hpp"
#include "sweep/study/values.hpp"

namespace truce::analysis {
namespace {

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

}  // namespace

std::string csv_of(const AnswerTable& table) {
  std::string text;
  for (const Axis& axis : table.axes) text += (text.empty() ? "" : ",") + quoted(axis.name);
  for (const Answer& answer : table.answers) text += (text.empty() ? "" : ",") + quoted(answer.name);
  text += "\n";
  std::vector<std::size_t> at(table.axes.size(), 0);
  for (std::size_t place = 0; place < table.size(); ++place) {
    const bool any = std::ranges::any_of(table.answers, [&](const Answer& a) { return !std::isnan(a.values[place]); });
    std::string line;
    for (std::size_t a = 0; a < at.size(); ++a) line += (a == 0 ? "" : ",") + quoted(table.axes[a].labels[at[a]]);
    for (const Answer& answer : table.answers) {
      const double value = answer.values[place];
      line += "," + (std::isnan(value) ? std::string() : spell(value));
    }
    if (any) text += (at.empty() ? line.substr(1) : line) + "\n";
    for (std::size_t a = at.size(); a-- > 0;) {
      if (++at[a] < table.axes[a].labels.size()) break;
      at[a] = 0;
    }
  }
  return text;
}

}  // namespace truce::analysis
