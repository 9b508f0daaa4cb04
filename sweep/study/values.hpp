// Numbers, names and calls such as uniform(0, 1) as they are written in a study, read strictly.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace truce {

/// Without blanks at both ends.
std::string_view trim(std::string_view text);

/// A finite decimal number, e.g. -0.5 or 1e3; -0 is read as 0. Throws Error(usage) for nan, inf, hexadecimal,
/// numbers too large or too small for a double, and trailing text.
double parse_real(std::string_view text);

/// A whole number from lo to hi; 1e6 is one, 1.5 is not. Throws Error(usage) stating the range.
std::int64_t parse_whole(std::string_view text, std::int64_t lo, std::int64_t hi);

/// A whole number from 0 to 2^64 - 1.
std::uint64_t parse_seed(std::string_view text);

/// The index of `word` in `names`; throws Error(usage) with the list and the nearest name, if one is near.
/// `what` says what a name is, e.g. "a method".
std::size_t parse_word(std::string_view word, const std::vector<std::string>& names, std::string_view what);

/// The shortest spelling that reads back as the same double.
std::string spell(double value);

/// The words between commas, trimmed. Throws Error(usage) if one is empty.
std::vector<std::string> split(std::string_view text);

/// "a, b, c".
std::string join(const std::vector<std::string>& words);

/// "; did you mean x?", or "; choose one of a, b, c" if none is near (of many names: "; check the spelling").
std::string suggestion(std::string_view word, const std::vector<std::string>& candidates);

/// " (known: a, b, c); did you mean x?", or the same with "; choose one of these" if none is near.
std::string known_names(std::string_view word, const std::vector<std::string>& candidates);

/// name(argument, ...), arguments trimmed.
struct Call {
  std::string name;
  std::vector<std::string> arguments;
};

/// Nothing if the text holds no parenthesis; throws Error(usage) if they do not close or an argument is empty.
std::optional<Call> parse_call(std::string_view text);

}  // namespace truce
