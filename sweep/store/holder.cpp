// Every lock file begins with "live" and tells "host H, process P started T"; it is empty when nobody holds it.
#include "sweep/store/holder.hpp"

#include <cstdlib>

#include "sweep/store/attempt.hpp"

namespace truce {
namespace {

std::string between(const std::string& text, const std::string& mark, char end) {
  const std::size_t at = text.find(mark);
  if (at == std::string::npos) return "";
  const std::size_t from = at + mark.size();
  return text.substr(from, text.find(end, from) - from);
}

std::int64_t number(const std::string& text) { return std::strtoll(text.c_str(), nullptr, 10); }

}  // namespace

std::optional<Holder> live_holder(const std::filesystem::path& folder) {
  if (!is_live(folder)) return std::nullopt;
  Holder holder;
  std::filesystem::file_time_type renewed = std::filesystem::file_time_type::min();
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (!entry.path().filename().string().starts_with("live") || !entry.is_regular_file()) continue;
    const std::string text = read_text(entry.path());
    if (text.empty() || entry.last_write_time() < renewed) continue;
    renewed = entry.last_write_time();
    holder = {between(text, "host ", ','), number(between(text, ", process ", ' ')),
              number(between(text, " started ", '\n'))};
  }
  return holder;
}

}  // namespace truce
