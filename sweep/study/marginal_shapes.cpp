// One table of distributions: signature, number of arguments, and the checks of each.
#include "sweep/study/marginal_shapes.hpp"

#include <algorithm>
#include <array>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "sweep/base/error.hpp"

namespace truce {
namespace {

using Shape = Marginal::Shape;

/// Less probability than this within the limits means that the study does not mean what it says.
constexpr double least_mass = 1e-6;
constexpr double most_steps = 100'000;

std::string as_written(const Call& call) { return call.name + "(" + join(call.arguments) + ")"; }

struct Signature {
  std::string_view name, text, meaning;
};

constexpr std::array<Signature, 10> signatures{
    {{"uniform", "uniform(lo, hi)", "equally likely throughout"},
     {"loguniform", "loguniform(lo, hi)", "its logarithm is uniform; lo above 0"},
     {"normal", "normal(mean, sd)", "cut at the input's limits, without piling up there"},
     {"truncated_normal", "truncated_normal(mean, sd, lo, hi)", "the same, cut at lo and hi"},
     {"triangular", "triangular(lo, mode, hi)", "rises to the mode and falls"},
     {"beta", "beta(p, q) or beta(p, q, lo, hi)", "on 0 to 1, or stretched to lo to hi"},
     {"integer", "integer(lo, hi)", "every whole number alike, both ends included"},
     {"choice", "choice(value, ...)", "each value alike; values or names"},
     {"list", "list(value, ...)", "levels of a grid, or the values of a lever"},
     {"steps", "steps(lo, hi, n)", "a list of n equally spaced values, both ends included"}}};

std::string spelled(const std::string& name, const std::vector<double>& numbers) {
  std::vector<std::string> words;
  for (const double number : numbers) words.push_back(spell(number));
  return name + "(" + join(words) + ")";
}

std::vector<double> numbers_of(const Call& call, std::size_t least, std::size_t most) {
  if (call.arguments.size() < least || call.arguments.size() > most) fail_arguments(call);
  std::vector<double> numbers;
  for (const auto& argument : call.arguments) numbers.push_back(parse_real(argument));
  return numbers;
}

void check_range(const Input& input, const Call& call, double lo, double hi) {
  if (!(lo < hi)) fail_empty_range(call);
  check_limits(input, lo, hi, as_written(call));
  if (!std::isfinite(hi - lo)) refuse("'" + as_written(call) + "' is too wide (hi - lo overflows); narrow it");
}

InputValue bounded(Shape shape, const Call& call, std::vector<double> p, double lo, double hi) {
  Marginal m{.shape = shape, .parameters = std::move(p), .values = {}, .lo = lo, .hi = hi, .text = {}};
  m.text = spelled(call.name, m.parameters);
  return {0, std::move(m), {}};
}

/// Keeps what lies within lo..hi and renormalises.
InputValue truncated(const Input& input, const Call& call, Shape shape, double lo, double hi) {
  const std::vector<double> p = numbers_of(call, 2, 4);
  if (!(p[1] > 0)) refuse("'" + as_written(call) + "' has sd <= 0 (a spread is positive); give a positive sd");
  InputValue value = bounded(shape, call, p, lo, hi);
  const boost::math::normal_distribution<double> normal(p[0], p[1]);
  const double p_lo = std::isinf(lo) ? 0 : boost::math::cdf(normal, lo);
  const double p_hi = std::isinf(hi) ? 1 : boost::math::cdf(normal, hi);
  const std::string bounds = spell(lo) + " to " + spell(hi);
  if (p_hi - p_lo < least_mass) {
    refuse("'" + as_written(call) + "' has only " + spell(p_hi - p_lo) + " of its mass within " + bounds +
           " (at least 1e-6 is needed; plausible: " + spell(input.range_lo) + " to " + spell(input.range_hi) +
           "); move the mean or widen the sd");
  }
  value.marginal->p_lo = p_lo;
  value.marginal->p_hi = p_hi;
  const double cut = p_lo + (1 - p_hi);
  if (shape == Shape::normal && cut > 0) {
    value.note = value.marginal->text + " is truncated to the limits " + bounds + ": " + spell(cut) +
                 " of its mass is cut off and the rest renormalised";
  }
  return value;
}

InputValue parse_beta(const Input& input, const Call& call) {
  const std::vector<double> p = numbers_of(call, 2, 4);
  if (p.size() == 3) fail_arguments(call);
  for (const double shape : {p[0], p[1]}) {
    if (!(shape >= 1e-3 && shape <= 1e6)) {
      refuse("'" + as_written(call) + "' has a shape out of range (accepted: p and q from 0.001 to 1e6); change it");
    }
  }
  const double lo = p.size() == 4 ? p[2] : 0, hi = p.size() == 4 ? p[3] : 1;
  check_range(input, call, lo, hi);
  return bounded(Shape::beta, call, p, lo, hi);
}

InputValue parse_triangular(const Input& input, const Call& call) {
  const std::vector<double> p = numbers_of(call, 3, 3);
  check_range(input, call, p[0], p[2]);
  if (p[1] < p[0] || p[1] > p[2]) {
    refuse("'" + as_written(call) + "' has its mode outside lo..hi (signature: triangular(lo, mode, hi)); reorder it");
  }
  return bounded(Shape::triangular, call, p, p[0], p[2]);
}

InputValue parse_steps(const Input& input, const Call& call) {
  const std::vector<double> p = numbers_of(call, 3, 3);
  check_range(input, call, p[0], p[1]);
  if (!(p[2] >= 2 && p[2] <= most_steps && p[2] == std::floor(p[2]))) {
    refuse("'" + as_written(call) + "' has n = " + spell(p[2]) + " (accepted: whole, 2 to 100000); change n");
  }
  InputValue value = bounded(Shape::list, call, p, p[0], p[1]);
  const auto last = static_cast<int>(p[2]) - 1;
  for (int i = 0; i < last; ++i) value.marginal->values.push_back(p[0] + i * ((p[1] - p[0]) / last));
  value.marginal->values.push_back(p[1]);
  return value;
}

}  // namespace

std::vector<std::string> distribution_names() {
  std::vector<std::string> names;
  for (const auto& signature : signatures) names.emplace_back(signature.name);
  return names;
}

std::vector<std::pair<std::string, std::string>> distribution_help() {
  std::vector<std::pair<std::string, std::string>> lines;
  for (const auto& signature : signatures) lines.emplace_back(signature.text, signature.meaning);
  return lines;
}

void fail_arguments(const Call& call) {
  const auto* found =
      std::find_if(signatures.begin(), signatures.end(), [&](const Signature& s) { return s.name == call.name; });
  refuse("'" + as_written(call) + "' has the wrong number of values (signature: " + std::string(found->text) +
         "); write it so");
}

void fail_empty_range(const Call& call) {
  refuse("'" + as_written(call) +
         "' has a reversed or empty range (lo must be below hi); swap the ends or give a constant");
}

InputValue parse_shape(const Input& input, const Call& call) {
  if (call.name == "normal") {
    numbers_of(call, 2, 2);
    return truncated(input, call, Shape::normal, input.limit_lo, input.limit_hi);
  }
  if (call.name == "truncated_normal") {
    const auto p = numbers_of(call, 4, 4);
    check_range(input, call, p[2], p[3]);
    return truncated(input, call, Shape::truncated_normal, p[2], p[3]);
  }
  if (call.name == "beta") return parse_beta(input, call);
  if (call.name == "triangular") return parse_triangular(input, call);
  if (call.name == "steps") return parse_steps(input, call);
  const auto p = numbers_of(call, 2, 2);
  check_range(input, call, p[0], p[1]);
  if (call.name == "uniform") return bounded(Shape::uniform, call, p, p[0], p[1]);
  if (!(p[0] > 1e-300)) {
    refuse("'" + as_written(call) + "' does not begin above 0 (a logarithm is taken); raise lo");
  }
  return bounded(Shape::loguniform, call, p, p[0], p[1]);
}

}  // namespace truce
