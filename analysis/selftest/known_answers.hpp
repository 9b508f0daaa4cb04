// Studies of the test functions, and the numbers that their analysis must give: closed forms and content hashes.
#pragma once

#include <string>
#include <vector>

namespace truce::analysis {

/// A number in a table of the analysis.
struct Known {
  std::string table, answer;        ///< e.g. "sobol", "ST"; with ST_low and ST_high beside it
  std::vector<std::string> labels;  ///< its place: one of each axis of the table
  double expected = 0;
  bool exacting = false;  ///< must lie inside its interval, not just near it
};

struct KnownStudy {
  std::string name;     ///< of its files
  std::string text;     ///< INI
  std::string content;  ///< content hash of the result: for any number of ranks, processor and compiler
  std::vector<Known> answers;
};

/// First-order and total indices, in closed form, of the inputs in declaration order.
struct Indices {
  double variance = 0;
  std::vector<double> first, total;
};
Indices ishigami_indices();  ///< x1, x2, x3
Indices sobol_g_indices();   ///< u1 .. u8
/// stochastic_ishigami for the given mean of the replicates' noise, the same at all points; 0: of the mean response.
/// x1, x2, x3, inert
Indices noisy_ishigami_indices(double noise);
/// Variance of one run of stochastic_ishigami at its point, on average over the points.
double chance_of_noisy_ishigami();

/// ishigami and sobol_g (without chance, 2 replicates), stochastic_ishigami at 2 replicates, once with random numbers
/// of its own at each point and once with the same everywhere.
std::vector<KnownStudy> known_studies();

}  // namespace truce::analysis
