// Constants, names and the words list, choice and integer; marginal_shapes.cpp reads the continuous distributions.
#include "sweep/study/marginal_parse.hpp"

#include <algorithm>
#include <cmath>

#include "sweep/base/error.hpp"
#include "sweep/study/marginal_shapes.hpp"
#include "sweep/study/values.hpp"

namespace truce {
namespace {

std::string with_unit(const Input& input, double value) {
  return spell(value) + (input.unit.empty() || input.unit == "1" ? "" : " " + std::string(input.unit));
}

void check_whole(const Input& input, double value) {
  if (input.kind != InputKind::real && value != std::floor(value)) {
    refuse(spell(value) + " is not whole (" + std::string(input.name) + " is an integer input); give a whole number");
  }
}

std::vector<double> parse_levels(const Input& input, const std::vector<std::string>& words) {
  std::vector<double> values;
  for (const auto& word : words) values.push_back(parse_level(input, word));
  return values;
}

Marginal integer_marginal(double lo, double hi) {
  Marginal m{.shape = Marginal::Shape::integer, .parameters = {lo, hi}, .values = {}, .lo = lo, .hi = hi, .text = {}};
  m.text = "integer(" + spell(lo) + ", " + spell(hi) + ")";
  return m;
}

InputValue parse_integer_call(const Input& input, const Call& call) {
  if (input.kind != InputKind::integer) {
    refuse("integer(...) needs an integer input (" + std::string(input.name) + " is not one); use " +
           (input.kind == InputKind::choice ? "choice(name, ...)" : "uniform(lo, hi)"));
  }
  if (call.arguments.size() != 2) fail_arguments(call);
  const double lo = parse_level(input, call.arguments[0]), hi = parse_level(input, call.arguments[1]);
  if (lo >= hi) fail_empty_range(call);
  if (hi - lo > 0x1p52) refuse(call.name + " has too many values (at most 2^52); narrow it");
  return {0, integer_marginal(lo, hi), {}};
}

InputValue parse_finite_call(const Input& input, const Call& call) {
  if (call.arguments.empty()) fail_arguments(call);
  const auto shape = call.name == "list" ? Marginal::Shape::list : Marginal::Shape::choice;
  std::vector<double> values = parse_levels(input, call.arguments);
  for (std::size_t i = 0; shape == Marginal::Shape::list && i < values.size(); ++i) {
    if (std::find(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(i), values[i]) !=
        values.begin() + static_cast<std::ptrdiff_t>(i)) {
      refuse("list names " + spell_level(input, values[i]) + " twice (it would be run twice); delete one of the two");
    }
  }
  return {0, finite_marginal(input, shape, std::move(values)), {}};
}

}  // namespace

double parse_level(const Input& input, std::string_view text) {
  if (input.kind == InputKind::choice) {
    const std::vector<std::string> names(input.names.begin(), input.names.end());
    return static_cast<double>(parse_word(text, names, "a choice of " + std::string(input.name)));
  }
  const double value = parse_real(text);
  check_whole(input, value);
  check_limits(input, value, value, std::string(text));
  return value;
}

std::string spell_level(const Input& input, double value) {
  if (input.kind != InputKind::choice) return spell(value);
  return std::string(input.names[static_cast<std::size_t>(value)]);
}

void check_limits(const Input& input, double lo, double hi, const std::string& what) {
  if (lo >= input.limit_lo && hi <= input.limit_hi) return;
  refuse("'" + what + "' is outside the limits of " + std::string(input.name) + " (accepted: " + spell(input.limit_lo) +
         " to " + with_unit(input, input.limit_hi) + "; plausible: " + spell(input.range_lo) + " to " +
         with_unit(input, input.range_hi) + "); stay within them");
}

Marginal finite_marginal(const Input& input, Marginal::Shape shape, std::vector<double> values) {
  std::vector<std::string> words;
  for (const double value : values) words.push_back(spell_level(input, value));
  Marginal m{.shape = shape, .parameters = {}, .values = std::move(values), .text = {}};
  const auto [lo, hi] = std::minmax_element(m.values.begin(), m.values.end());
  m.lo = *lo;
  m.hi = *hi;
  m.text = (shape == Marginal::Shape::list ? "list(" : "choice(") + join(words) + ")";
  return m;
}

std::optional<Marginal> range_marginal(const Input& input) {
  if (input.kind == InputKind::choice) {
    std::vector<double> codes;
    for (std::size_t i = 0; i < input.names.size(); ++i) codes.push_back(static_cast<double>(i));
    if (codes.size() < 2) return std::nullopt;
    return finite_marginal(input, Marginal::Shape::choice, codes);
  }
  if (!input.values.empty()) {
    return finite_marginal(input, Marginal::Shape::choice, {input.values.begin(), input.values.end()});
  }
  if (input.range_lo >= input.range_hi) return std::nullopt;
  if (input.kind == InputKind::integer) return integer_marginal(input.range_lo, input.range_hi);
  return parse_shape(input, {"uniform", {spell(input.range_lo), spell(input.range_hi)}}).marginal;
}

InputValue parse_input_value(const Input& input, std::string_view text) {
  const auto call = parse_call(text);
  if (!call) return {parse_level(input, text), std::nullopt, {}};
  if (call->name == "integer") return parse_integer_call(input, *call);
  if (call->name == "choice" || call->name == "list") return parse_finite_call(input, *call);
  const auto known = distribution_names();
  parse_word(call->name, known, "a distribution");
  if (input.kind != InputKind::real) {
    refuse(call->name + "(...) needs a real input (" + std::string(input.name) + " takes " +
           (input.kind == InputKind::choice ? "names); use choice(name, ...)"
                                            : "integers); use integer(lo, hi) or choice(...)"));
  }
  return parse_shape(input, *call);
}

}  // namespace truce
