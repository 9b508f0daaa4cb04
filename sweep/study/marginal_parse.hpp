// What a study writes as an input's value: a constant or a marginal, checked against the input's limits.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kernels/contract.hpp"
#include "sweep/study/marginal.hpp"

namespace truce {

/// A constant (`marginal` empty) or a marginal.
struct InputValue {
  double number = 0;
  std::optional<Marginal> marginal;
  std::string note;  ///< for `check`, e.g. how much mass the limits cut off; "" if nothing is to be said
};

/// Reads `text` for `input`. Throws Error(usage).
InputValue parse_input_value(const Input& input, std::string_view text);

/// A number or a choice's name, within the input's limits; a choice gives its code. Throws Error(usage).
double parse_level(const Input& input, std::string_view text);

/// How the value of an input is written: shortest number, or the name of a choice.
std::string spell_level(const Input& input, double value);

/// The marginal of `all = range`; nothing if the input's range is empty.
std::optional<Marginal> range_marginal(const Input& input);

/// A finite marginal over `values`, spelled list(...) or choice(...).
Marginal finite_marginal(const Input& input, Marginal::Shape shape, std::vector<double> values);

}  // namespace truce
