// Two kernels that share inputs, declared in another order and with other limits; no model behind them.
#pragma once

#include "tests/sweep/study/study_kernel.hpp"

namespace truce::testing {

/// north: pace, cost, share; south: depth, share (at most 0.5), cost; so the dimensions are pace, cost, share, depth.
inline const std::vector<Kernel>& rival_kernels() {
  static const std::vector<Kernel> all = [] {
    const std::vector<Outcome> outcomes{{"length", "month", OutcomeKind::real, "", 0, 10, {}, {}}};
    const Input pace = toy_input("pace", "1", 1, {0, 2}, {0, 4}), cost = toy_input("cost", "1", 0.1, {0, 1}, {0, 1});
    const Input share = toy_input("share", "1", 0.2, {0, 0.5}, {0, 1}),
                depth = toy_input("depth", "1", 2, {1, 3}, {0, 9});
    Kernel north, south;
    north.name = "north";
    north.inputs = {pace, cost, share};
    north.outcomes = outcomes;
    south.name = "south";
    south.inputs = {depth, share, cost};
    south.inputs[1].limit_hi = 0.5;
    south.outcomes = outcomes;
    south.outcomes.push_back({"depth_reached", "1", OutcomeKind::real, "", 0, 10, {}, {}});
    return std::vector<Kernel>{north, south};
  }();
  return all;
}

/// The plans of a study of both, `rest` behind the line that names them.
inline std::vector<Plan> rival_plans(const std::string& rest, const std::vector<std::string>& options = {}) {
  return load_plans(write_file("rivals.ini", "[study]\nkernel = north, south\n" + rest), options, rival_kernels());
}

inline Plan plan_alone(const std::string& kernel, const std::string& rest) {
  return load_plan(write_file("alone.ini", "[study]\nkernel = " + kernel + "\n" + rest), {}, rival_kernels());
}

/// The whole message of the error, folders cut off; "" if there is none.
inline std::string rival_problems(const std::string& text, const std::vector<std::string>& options = {}) {
  return problems_of(text, options, rival_kernels());
}

}  // namespace truce::testing
