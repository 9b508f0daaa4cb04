// A small kernel declaration for tests of plans, designs and parsers; no model behind it.
#pragma once

#include <string_view>
#include <vector>

#include "kernels/contract.hpp"

namespace truce::testing {

struct Interval {
  double lo, hi;
};

inline Input toy_input(std::string_view name, std::string_view unit, double standard, Interval range, Interval limits) {
  Input input;
  input.name = name;
  input.unit = unit;
  input.standard = standard;
  input.range_lo = range.lo, input.range_hi = range.hi;
  input.limit_lo = limits.lo, input.limit_hi = limits.hi;
  return input;
}

inline const std::vector<Kernel>& toy_kernels() {
  static constexpr double months[] = {1, 3, 6, 12};
  static constexpr std::string_view modes[] = {"quiet", "loud", "none"};
  static constexpr Mechanism::Off no_sharing[] = {{"share", 0}, {"count", 2}}, no_drift[] = {{"drift", 0}};
  static constexpr std::string_view endings[] = {"deal", "victory", "ongoing"};
  const auto make = [] {
    Kernel toy;
    toy.name = "toy";
    toy.version = 3;
    toy.inputs = {
        toy_input("share", "1", 0.5, {0, 1}, {0, 1}),       toy_input("drift", "1/month", 0, {-0.01, 0.01}, {-1, 1}),
        toy_input("rate", "1", 1, {0.01, 10}, {1e-6, 1e6}), toy_input("every", "month", 3, {1, 12}, {0, 100}),
        toy_input("count", "1", 2, {2, 5}, {0, 1e9}),       toy_input("mode", "1", 0, {0, 2}, {0, 2}),
        toy_input("fixed", "1", 1, {1, 1}, {0, 2})};
    toy.inputs[3].kind = toy.inputs[4].kind = InputKind::integer;
    toy.inputs[3].values = months;
    toy.inputs[5].kind = InputKind::choice;
    toy.inputs[5].names = modes;
    toy.outcomes = {{"ending", "1", OutcomeKind::flag, "", 0, 2, endings, {}},
                    {"relapsed", "1", OutcomeKind::flag, "", 0, 1, {}, {}},
                    {"length", "month", OutcomeKind::real, "", 0, 10, {}, {}}};
    toy.mechanisms = {{"sharing", no_sharing, "what is shared", ""}, {"drifting", no_drift, "what drifts", ""}};
    Kernel other;
    other.name = "other";
    other.inputs = {toy.inputs[0]};
    return std::vector<Kernel>{toy, other};
  };
  static const std::vector<Kernel> all = make();
  return all;
}

}  // namespace truce::testing
