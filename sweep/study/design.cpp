// Probabilities by method, then each input's inverse CDF. Streams 16 to 19 of the counter belong to designs.
#include "sweep/study/design.hpp"

#include <algorithm>
#include <cmath>

#include "kernels/philox.hpp"
#include "sweep/study/sobol.hpp"

namespace truce {
namespace {

using Role = PlannedInput::Role;

constexpr std::uint32_t monte_carlo_stream = 16;
constexpr std::uint32_t jitter_stream = 17;
constexpr std::uint32_t scramble_stream = 18;
constexpr std::uint32_t permutation_stream = 19;

/// A number strictly between 0 and 1 from 52 of 64 bits.
double unit(std::uint32_t w0, std::uint32_t w1) {
  const std::uint64_t bits = static_cast<std::uint64_t>(w0) << 20 | w1 >> 12;
  return (static_cast<double>(bits) + 0.5) * 0x1p-52;
}

/// The uniform of (point, dimension): a block serves two dimensions.
double uniform_of(std::uint64_t seed, std::uint32_t stream, std::int64_t point, std::size_t dimension) {
  const auto words = Stream{.seed = seed, .s = static_cast<std::uint64_t>(point)}.block(
      stream, static_cast<std::uint32_t>(dimension / 2));
  const std::size_t first = 2 * (dimension % 2);
  return unit(words[first], words[first + 1]);
}

/// A place in the stratum `first` of `strata`, never on its upper edge whatever the rounding.
double in_stratum(std::int64_t first, std::int64_t strata, double jitter) {
  const auto lower = static_cast<double>(first);
  double place = lower + jitter;
  if (place >= lower + 1) place = std::nextafter(lower + 1, 0.0);
  return place / static_cast<double>(strata);
}

}  // namespace

Design::Design(const Plan& plan) : plan_(plan) {
  strides_.assign(plan.grid.size(), 1);
  for (std::size_t d = plan.grid.size(); d-- > 1;) strides_[d - 1] = strides_[d] * plan.grid[d];
  std::size_t dimensions = 0;
  for (const PlannedInput& input : plan.inputs) dimensions = std::max(dimensions, input.dimension + 1);
  const bool has_b = !plan.factors.empty();
  if (plan.placement == Method::sobol) directions_ = sobol_directions(dimensions + (has_b ? plan.declared : 0));
  const Stream key{.seed = plan.seed};
  for (const std::size_t offset : {std::size_t{0}, plan.declared})
    for (const PlannedInput& input : plan.inputs) {
      if (plan.placement != Method::sobol || (offset > 0 && !has_b)) break;
      const auto words = key.block(scramble_stream, static_cast<std::uint32_t>(input.dimension + offset));
      scrambles_.push_back({words[0], words[1]});
    }
  for (const PlannedInput& input : plan.inputs) {
    const auto block = static_cast<std::uint32_t>(input.dimension);
    if (plan.placement == Method::latin_hypercube) {
      const auto low = key.block(permutation_stream, 2 * block), high = key.block(permutation_stream, 2 * block + 1);
      rounds_.push_back({low[0], low[1], low[2], low[3], high[0], high[1], high[2], high[3]});
    }
  }
  member_of_.assign(plan.inputs.size(), 0);
  for (std::size_t f = 0; f < plan.factors.size(); ++f)
    for (const std::size_t input : plan.factors[f].inputs) member_of_[input] = static_cast<int>(f + 1);
  moves_.assign(plan.inputs.size(), nullptr);
  if (plan.pair)
    for (const Move& move : plan.pair->moves) moves_[move.input] = &move;
}

double Design::probability(std::int64_t base, std::size_t input, bool from_b) const {
  const std::size_t dimension = plan_.inputs[input].dimension;
  if (plan_.placement == Method::sobol) {
    const auto directions = std::span(directions_).subspan(32 * (dimension + (from_b ? plan_.declared : 0)), 32);
    return uniform(owen_scramble(sobol_point(directions, static_cast<std::uint32_t>(base)),
                                 scrambles_[input + (from_b ? plan_.inputs.size() : 0)]));
  }
  if (plan_.placement == Method::latin_hypercube) {
    const double jitter = uniform_of(plan_.seed, jitter_stream, base, dimension);
    return in_stratum(permute(base, plan_.points, rounds_[input]), plan_.points, jitter);
  }
  return uniform_of(plan_.seed, monte_carlo_stream, base, dimension);
}

double Design::grid_value(std::int64_t base, std::size_t input) const {
  const PlannedInput& planned = plan_.inputs[input];
  return planned.marginal.level(base / strides_[planned.dimension] % planned.marginal.levels());
}

/// The member of A has nothing from B, that of a factor the factor, that of B all.
bool Design::is_from_b(int member, std::size_t input) const {
  if (plan_.factors.empty() || member == 0) return false;
  return member_of_[input] == member || static_cast<std::size_t>(member) > plan_.factors.size();
}

double Design::value(std::int64_t base, int member, std::size_t input) const {
  if (const Move* move = moves_[input])
    if (const auto& moved = move->values[static_cast<std::size_t>(member)]) return *moved;
  const PlannedInput& planned = plan_.inputs[input];
  if (planned.role != Role::varied) return planned.value;
  if (plan_.placement == Method::grid) return grid_value(base, input);
  if (plan_.placement == Method::list)
    return plan_.list_values[static_cast<std::size_t>(base) * plan_.list_columns + planned.column];
  return planned.marginal.quantile(probability(base, input, is_from_b(member, input)));
}

void Design::point(std::int64_t base, int member, std::span<double> inputs) const {
  for (std::size_t i = 0; i < inputs.size(); ++i) inputs[i] = value(base, member, i);
  policy(0, inputs);
}

void Design::policy(std::int64_t policy, std::span<double> inputs) const {
  for (std::size_t l = plan_.levers.size(); l-- > 0;) {
    const Lever& lever = plan_.levers[l];
    const auto levels = static_cast<std::int64_t>(lever.values.size());
    inputs[lever.input] = lever.values[static_cast<std::size_t>(policy % levels)];
    policy /= levels;
  }
}

}  // namespace truce
