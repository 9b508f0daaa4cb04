// Strict reading of numbers: std::from_chars knows no locale, and the whole text must be used up.
#include "sweep/study/values.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "sweep/base/error.hpp"

namespace truce {
namespace {

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

std::string_view without_plus(std::string_view text) {
  return text.size() > 1 && text[0] == '+' && text[1] != '-' ? text.substr(1) : text;
}

[[noreturn]] void out_of_range(std::string_view text, const std::string& lo, const std::string& hi) {
  refuse(quoted(text) + " is out of range (accepted: " + lo + " to " + hi + "); give a whole number in that range");
}

template <class Integer>
std::from_chars_result read(std::string_view text, Integer& value) {
  return std::from_chars(text.data(), text.data() + text.size(), value);
}

/// What 1e6 or 1.5 stands for where a whole number is wanted; errors speak of whole numbers.
double real_for_whole(std::string_view text, const std::string& lo, const std::string& hi) {
  const std::string_view digits = without_plus(text);
  double value = 0;
  const auto [end, error] = read(digits, value);
  const bool all_read = end == digits.data() + digits.size();
  if (error == std::errc::result_out_of_range && all_read) out_of_range(text, lo, hi);
  if (error != std::errc() || !all_read || !std::isfinite(value)) {
    refuse(quoted(text) + " is not a whole number (accepted: " + lo + " to " + hi +
           "); give a whole number in that range");
  }
  return value;
}

}  // namespace

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

double parse_real(std::string_view text) {
  const std::string_view digits = without_plus(text);
  double value = 0;
  const auto [end, error] = read(digits, value);
  if (error == std::errc::result_out_of_range) {
    refuse(quoted(text) +
           " does not fit into a double (largest 1.8e308, smallest 2.2e-308); give a number within them");
  }
  if (error != std::errc() || end != digits.data() + digits.size()) {
    refuse(quoted(text) + " is not a number (expected decimal digits such as 0.25 or 1e3); give a number");
  }
  if (!std::isfinite(value)) refuse(quoted(text) + " is not finite (no model is defined there); give a finite number");
  return value == 0 ? 0 : value;  // -0 and 0 would be two studies
}

std::int64_t parse_whole(std::string_view text, std::int64_t lo, std::int64_t hi) {
  const std::string_view digits = without_plus(text);
  std::int64_t value = 0;
  const auto [end, error] = read(digits, value);
  const bool whole_text = end == digits.data() + digits.size();
  if (error == std::errc::result_out_of_range && whole_text) out_of_range(text, std::to_string(lo), std::to_string(hi));
  if (error != std::errc() || !whole_text) {
    const double real = real_for_whole(text, std::to_string(lo), std::to_string(hi));
    if (std::abs(real) > 0x1p53) out_of_range(text, std::to_string(lo), std::to_string(hi));
    if (real != std::floor(real)) {
      refuse(quoted(text) + " is not whole (accepted: whole numbers from " + std::to_string(lo) + " to " +
             std::to_string(hi) + "); drop the fraction");
    }
    value = static_cast<std::int64_t>(real);
  }
  if (value < lo || value > hi) out_of_range(text, std::to_string(lo), std::to_string(hi));
  return value;
}

std::uint64_t parse_seed(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = read(text, value);
  if (end == text.data() + text.size() && !text.empty()) {
    if (error == std::errc()) return value;
    if (error == std::errc::result_out_of_range) out_of_range(text, "0", "18446744073709551615");
  }
  const double real = real_for_whole(text, "0", "18446744073709551615");
  if (real < 0 || real > 0x1p53) out_of_range(text, "0", "18446744073709551615");
  return static_cast<std::uint64_t>(parse_whole(text, 0, std::int64_t{1} << 53));
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> words;
  std::string_view rest = text;
  for (bool more = true; more;) {
    const auto comma = rest.find(',');
    more = comma != std::string_view::npos;
    const std::string_view word = trim(rest.substr(0, comma));
    if (word.empty()) refuse(quoted(text) + " has an empty value between its commas (none is assumed); delete a comma");
    words.emplace_back(word);
    if (more) rest = rest.substr(comma + 1);
  }
  return words;
}

std::string join(const std::vector<std::string>& words) {
  std::string all;
  for (const auto& word : words) all += (all.empty() ? "" : ", ") + word;
  return all;
}

std::string suggestion(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string near = nearest(word, candidates);
  if (!near.empty()) return "; did you mean " + near + "?";
  return candidates.size() > 12 ? "; check the spelling" : "; choose one of " + join(candidates);
}

std::string known_names(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string near = nearest(word, candidates);
  return " (known: " + join(candidates) + ")" +
         (near.empty() ? "; choose one of these" : "; did you mean " + near + "?");
}

std::size_t parse_word(std::string_view word, const std::vector<std::string>& names, std::string_view what) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == word) return i;
  }
  refuse(quoted(word) + " is not " + std::string(what) + known_names(word, names));
}

std::string spell(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return std::string(text.data(), end);
}

std::optional<Call> parse_call(std::string_view text) {
  const auto open = text.find('(');
  if (open == std::string_view::npos) return std::nullopt;
  const std::string remedy = "; write it like uniform(0, 1)";
  if (text.back() != ')' || text.find_first_of("()", open + 1) != text.size() - 1) {
    refuse(quoted(text) + " does not read as name(value, ...) (its parentheses do not match)" + remedy);
  }
  Call call{std::string(trim(text.substr(0, open))), {}};
  if (call.name.empty())
    refuse(quoted(text) + " has no distribution before its parenthesis (none is assumed)" + remedy);
  std::string_view rest = text.substr(open + 1, text.size() - open - 2);
  if (trim(rest).empty()) return call;
  for (bool more = true; more;) {
    const auto comma = rest.find(',');
    more = comma != std::string_view::npos;
    const std::string_view argument = trim(rest.substr(0, comma));
    if (argument.empty()) refuse(quoted(text) + " has an empty value between its commas (none is assumed)" + remedy);
    call.arguments.emplace_back(argument);
    if (more) rest = rest.substr(comma + 1);
  }
  return call;
}

}  // namespace truce
