// Means of whole histories from an independent scalar program with another random generator, 10^6 histories each.
#pragma once

#include <span>
#include <string_view>

#include "tests/kernels/run_kernel.hpp"

namespace truce::testing {

/// Printed mean and standard error (0: not printed), with the number of printed decimals.
struct Printed {
  std::string_view outcome;
  double mean, standard_error;
  int decimals;
};

struct WholeCase {
  std::string_view name;
  Changes changes;
  std::vector<Printed> expected;
};

inline WholeCase case_defaults() {
  return {"A",
          {},
          {{"ending_settlement", 0.09239, 0.00029, 5},
           {"ending_victory_a", 0.32097, 0.00047, 5},
           {"ending_victory_d", 0.58637, 0.00049, 5},
           {"ending_ongoing", 0.00027, 0.00002, 5},
           {"war_months", 67.26476, 0.05288, 5},
           {"settlement_a", 0.37517, 0.00071, 5},
           {"principled", 0.27579, 0.00147, 5},
           {"peace_months", 165.66522, 0.31418, 5},
           {"relapsed", 0.65997, 0.00156, 5},
           {"welfare_a", 0.15688, 0.00036, 5},
           {"welfare_d", 0.40893, 0.00042, 5},
           {"wars", 1.06482, 0.00026, 5},
           {"war_months_total", 69.43545, 0.05462, 5},
           {"peace_at_horizon", 0.04206, 0.00020, 5},
           {"blocked_rents", 0.00000, 0.00000, 5},
           {"blocked_information", 15.57781, 0.00928, 5},
           {"blocked_audience", 11.26516, 0.00542, 5},
           {"blocked_indivisibility", 7.76471, 0.01400, 5},
           {"blocked_commitment", 32.11101, 0.03876, 5},
           {"changed", 0.13323, 0.00034, 5},
           {"imperfect_peace_d", 0.38104, 0.00005, 5},
           {"fighting_on_d", 0.03144, 0.00042, 5}}};
}

inline WholeCase case_war_only() {
  return {"B",
          {{"talks_every", 0},
           {"initial_position", 0.35},
           {"advantage_mean", 0.002},
           {"advantage_sd", 0.01},
           {"battle_volatility", 0.08},
           {"aid_effect", 0}},
          {{"ending_settlement", 0.00000, 0.00000, 5},
           {"ending_victory_a", 0.43493, 0.00050, 5},
           {"ending_victory_d", 0.56506, 0.00050, 5},
           {"ending_ongoing", 0.00000, 0.00000, 5},
           {"war_months", 31.84193, 0.02774, 5},
           {"welfare_a", 0.31125, 0.00043, 5},
           {"welfare_d", 0.46186, 0.00047, 5},
           {"wars", 1.00000, 0.00000, 5},
           {"war_months_total", 31.84193, 0.02774, 5},
           {"peace_at_horizon", 0.00000, 0.00000, 5},
           {"blocked_rents", 0.00000, 0.00000, 5},
           {"blocked_information", 0.00000, 0.00000, 5},
           {"blocked_audience", 0.00000, 0.00000, 5},
           {"blocked_indivisibility", 0.00000, 0.00000, 5},
           {"blocked_commitment", 0.00000, 0.00000, 5},
           {"changed", 0.06124, 0.00024, 5}}};
}

inline WholeCase case_two_democracies() {
  return {"C",
          {{"autocracy_a", 0},
           {"autocracy_d", 0},
           {"guarantee_a", 0.6},
           {"justice_anchor", 0.6},
           {"fatigue_rate", 0},
           {"withdrawal_hazard", 0},
           {"war_cost_a", 0.008},
           {"war_cost_d", 0.008},
           {"battle_volatility", 0.04}},
          {{"ending_settlement", 1.00000, 0.00000, 5},  {"ending_victory_a", 0.00000, 0.00000, 5},
           {"ending_victory_d", 0.00000, 0.00000, 5},   {"ending_ongoing", 0.00000, 0.00000, 5},
           {"war_months", 1.00000, 0.00000, 5},         {"settlement_a", 0.17560, 0.00006, 5},
           {"principled", 0.01332, 0.00011, 5},         {"peace_months", 355.73390, 0.02355, 5},
           {"relapsed", 0.02983, 0.00017, 5},           {"welfare_a", 0.16845, 0.00006, 5},
           {"welfare_d", 0.81311, 0.00006, 5},          {"wars", 1.03086, 0.00018, 5},
           {"war_months_total", 1.06820, 0.00053, 5},   {"peace_at_horizon", 0.98294, 0.00013, 5},
           {"blocked_rents", 0.00000, 0.00000, 5},      {"blocked_information", 0.00000, 0.00000, 5},
           {"blocked_audience", 0.00000, 0.00000, 5},   {"blocked_indivisibility", 0.00000, 0.00000, 5},
           {"blocked_commitment", 0.00000, 0.00000, 5}, {"changed", 0.51192, 0.00050, 5},
           {"imperfect_peace_d", 0.93139, 0.00004, 5},  {"fighting_on_d", -0.10869, 0.00003, 5}}};
}

inline WholeCase case_all_or_nothing() {
  return {"D",
          {{"security_weight", 0.9},
           {"indivisibility", 12},
           {"autocracy_a", 1},
           {"war_cost_a", 0.008},
           {"war_cost_d", 0.008},
           {"battle_volatility", 0.04},
           {"balance_drift", 0}},
          {{"ending_settlement", 0.91922, 0.00027, 5},  {"ending_victory_a", 0.00000, 0.00000, 5},
           {"ending_victory_d", 0.08078, 0.00027, 5},   {"ending_ongoing", 0.00000, 0.00000, 5},
           {"war_months", 17.29622, 0.00538, 5},        {"settlement_a", 0.43390, 0.00033, 5},
           {"principled", 0.38494, 0.00051, 5},         {"peace_months", 270.13886, 0.10273, 5},
           {"relapsed", 0.45102, 0.00052, 5},           {"welfare_a", 0.25857, 0.00030, 5},
           {"welfare_d", 0.42998, 0.00028, 5},          {"wars", 1.44581, 0.00056, 5},
           {"war_months_total", 21.13272, 0.00994, 5},  {"peace_at_horizon", 0.68413, 0.00046, 5},
           {"blocked_rents", 0.00000, 0.00000, 5},      {"blocked_information", 0.00000, 0.00000, 5},
           {"blocked_audience", 0.02506, 0.00018, 5},   {"blocked_indivisibility", 11.77038, 0.00534, 5},
           {"blocked_commitment", 4.54117, 0.00527, 5}, {"changed", 0.42880, 0.00049, 5},
           {"imperfect_peace_d", 0.17575, 0.00004, 5},  {"fighting_on_d", 0.26189, 0.00028, 5}}};
}

inline WholeCase case_mixed() {
  return {"E",
          {{"autocracy_a", 0.7},
           {"autocracy_d", 0.4},
           {"talks_every", 3},
           {"territorial_boost", 0.5},
           {"guarantee_d", 0.1},
           {"war_cost_a", 0.007},
           {"war_cost_d", 0.008},
           {"momentum_months", 3},
           {"horizon_months", 240},
           {"cynicism", 0.5}},
          {{"ending_settlement", 0.67289, 0.00047, 5},  {"ending_victory_a", 0.10348, 0.00030, 5},
           {"ending_victory_d", 0.22364, 0.00042, 5},   {"ending_ongoing", 0.00000, 0.00000, 5},
           {"war_months", 27.92559, 0.01193, 5},        {"settlement_a", 0.28991, 0.00029, 5},
           {"principled", 0.01889, 0.00017, 5},         {"peace_months", 127.15166, 0.08122, 5},
           {"relapsed", 0.73823, 0.00054, 5},           {"welfare_a", 0.10727, 0.00032, 5},
           {"welfare_d", 0.33574, 0.00037, 5},          {"wars", 1.58343, 0.00065, 5},
           {"war_months_total", 43.57035, 0.02520, 5},  {"peace_at_horizon", 0.36024, 0.00048, 5},
           {"blocked_rents", 0.00000, 0.00000, 5},      {"blocked_information", 0.00000, 0.00000, 5},
           {"blocked_audience", 0.45061, 0.00052, 5},   {"blocked_indivisibility", 1.60935, 0.00163, 5},
           {"blocked_commitment", 6.41230, 0.00392, 5}, {"changed", 0.23375, 0.00042, 5},
           {"imperfect_peace_d", 0.48913, 0.00016, 5},  {"fighting_on_d", -0.13177, 0.00036, 5}}};
}

inline WholeCase case_rents() {
  return {"F",
          {{"autocracy_d", 0.2},
           {"territorial_boost", 1},
           {"war_cost_a", 0.002},
           {"war_cost_d", 0.001},
           {"defiance_reward", 0.004},
           {"defiance_months", 12},
           {"aid_effect", 0},
           {"change_hazard", 0},
           {"optimism_a", 0},
           {"optimism_d", 0}},
          {{"blocked_rents", 6.9992, 0, 4},
           {"blocked_audience", 16.261, 0.005, 3},
           {"blocked_indivisibility", 18.91, 0.03, 2},
           {"blocked_commitment", 34.94, 0.04, 2},
           {"fighting_on_d", 0.1280, 0.0004, 4}}};
}

}  // namespace truce::testing
