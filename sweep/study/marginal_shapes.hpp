// The distributions of real inputs as they are written, and the checks that every distribution shares.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sweep/study/marginal_parse.hpp"
#include "sweep/study/values.hpp"

namespace truce {

/// Every word that may stand before a parenthesis.
std::vector<std::string> distribution_names();

/// (signature, meaning) of every distribution, for --help.
std::vector<std::pair<std::string, std::string>> distribution_help();

/// A distribution of a real input, or steps. Throws Error(usage).
InputValue parse_shape(const Input& input, const Call& call);

/// Throws Error(usage) unless lo..hi, written as `what`, lies within the input's limits.
void check_limits(const Input& input, double lo, double hi, const std::string& what);

/// Throws Error(usage) showing the signature.
[[noreturn]] void fail_arguments(const Call& call);
/// Throws Error(usage): the range's ends are reversed or equal.
[[noreturn]] void fail_empty_range(const Call& call);

}  // namespace truce
