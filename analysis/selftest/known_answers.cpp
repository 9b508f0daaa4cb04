// Closed forms as they stand in the first comments of kernels/ishigami.hpp, sobol_g.hpp and stochastic_ishigami.hpp.
#include "analysis/selftest/known_answers.hpp"

#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "kernels/philox.hpp"

namespace truce::analysis {
namespace {

constexpr double pi = std::numbers::pi;
constexpr std::uint64_t seed = 861;
constexpr std::uint32_t replicates = 2;

std::string study(const std::string& kernel, std::int64_t points, const std::string& more) {
  return "[study]\nkernel = " + kernel + "\nseed = " + std::to_string(seed) +
         "\nreplicates = " + std::to_string(replicates) + "\n" + more +
         "[design]\nmethod = saltelli\npoints = " + std::to_string(points) + "\n[inputs]\nall = range\n";
}

/// S1 and ST of each input in one reading: `indices`, where chance adds `chance` to the variance, and to each total
/// index if it is taken for interaction.
std::vector<Known> of_all_inputs(const std::vector<std::string>& inputs, const Indices& indices,
                                 const std::string& reading, double chance = 0, bool taken_for_interaction = false) {
  std::vector<Known> known;
  const double variance = indices.variance + chance;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const std::vector<std::string> labels{"y", "all", inputs[i], reading};
    const double interaction = taken_for_interaction ? chance : 0;
    known.push_back({"sobol", "S1", labels, indices.first[i] * indices.variance / variance});
    known.push_back({"sobol", "ST", labels, (indices.total[i] * indices.variance + interaction) / variance});
  }
  return known;
}

void append(std::vector<Known>& known, const std::vector<Known>& more) {
  known.insert(known.end(), more.begin(), more.end());
}

const std::vector<std::string> angles{"x1", "x2", "x3"}, angles_and_inert{"x1", "x2", "x3", "inert"};

std::vector<Known> of_own_numbers() {
  const Indices indices = noisy_ishigami_indices(0);
  const double chance = chance_of_noisy_ishigami();
  std::vector<Known> known = of_all_inputs(angles_and_inert, indices, "mean_response");
  known.back().exacting = true;  // the total index of the inert input, once chance is taken out
  append(known, of_all_inputs(angles_and_inert, indices, "one_run", chance));
  append(known, of_all_inputs(angles_and_inert, indices, "uncorrected", chance / replicates, true));
  known.push_back({"sobol_variance", "chance_share", {"y", "all"}, chance / (indices.variance + chance)});
  known.push_back({"sobol_variance", "response_variance", {"y", "all"}, indices.variance});
  return known;
}

/// Mean of the replicates' normals where all points draw from stream 0: month 1 is word 1 of draw block 0.
double common_noise() {
  double sum = 0;
  for (std::uint32_t r = 0; r < replicates; ++r)
    sum += quantile(boost::math::normal(), uniform(Stream{seed, 0, r}.block(month_stream, 0)[1]));
  return sum / replicates;
}

}  // namespace

Indices ishigami_indices() {
  constexpr double a = 7, b = 0.1;
  const double pi4 = std::pow(pi, 4), pi8 = pi4 * pi4;
  const double of_1 = std::pow(1 + b * pi4 / 5, 2) / 2, of_2 = a * a / 8, of_1_and_3 = 8 * b * b * pi8 / 225;
  const double all = of_1 + of_2 + of_1_and_3;
  return {all, {of_1 / all, of_2 / all, 0}, {(of_1 + of_1_and_3) / all, of_2 / all, of_1_and_3 / all}};
}

Indices sobol_g_indices() {
  std::vector<double> parts;
  double product = 1;
  for (const double a : {0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0}) {
    parts.push_back(1 / (3 * (1 + a) * (1 + a)));
    product *= 1 + parts.back();
  }
  Indices indices{product - 1, {}, {}};
  for (const double part : parts) {
    indices.first.push_back(part / indices.variance);
    indices.total.push_back(part * product / (1 + part) / indices.variance);
  }
  return indices;
}

Indices noisy_ishigami_indices(double noise) {
  const Indices without = ishigami_indices();
  const double of_3 = std::pow(3.5 * noise * pi, 2) / 12, all = without.variance + of_3;
  Indices indices{all, {}, {}};
  for (std::size_t i = 0; i < 3; ++i) {
    const double more = i == 2 ? of_3 : 0;
    indices.first.push_back((without.first[i] * without.variance + more) / all);
    indices.total.push_back((without.total[i] * without.variance + more) / all);
  }
  indices.first.push_back(0);
  indices.total.push_back(0);
  return indices;
}

double chance_of_noisy_ishigami() { return std::pow(3.5 * pi, 2) / 3; }

std::vector<KnownStudy> known_studies() {
  const std::vector<std::string> factors{"u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8"};
  return {
      {"ishigami", study("ishigami", 16384, ""), "753fb1dde6e870d29866be41ac6ab698332c304e920288839f9bc33f966fd2d6",
       of_all_inputs(angles, ishigami_indices(), "mean_response")},
      {"sobol_g", study("sobol_g", 16384, ""), "fb62d176c1857475d27e8a9ea2cc3673ce045e9136374ea3cf198221ac931021",
       of_all_inputs(factors, sobol_g_indices(), "mean_response")},
      {"stochastic_ishigami", study("stochastic_ishigami", 65536, ""),
       "7e534930272099feaff84993adcdb5d3f3e34b3779b87724f1adf8deddbacdef", of_own_numbers()},
      {"stochastic_ishigami_common", study("stochastic_ishigami", 16384, "common_random_numbers = yes\n"),
       "400fdccb4c779aea08cf2c86291ba78fca112d5c14939fdc581ce6135859b676",
       of_all_inputs(angles_and_inert, noisy_ishigami_indices(common_noise()), "common_random_numbers")},
  };
}

}  // namespace truce::analysis
