// Seeded chance of a simulated schedule: the same seed gives the same schedule everywhere.
#pragma once

#include <algorithm>
#include <cstdint>

namespace truce::simulation {

/// SplitMix64 (Steele, Lea, Flood 2014).
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t word() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }
  std::int64_t between(std::int64_t lo, std::int64_t hi) {
    return lo + static_cast<std::int64_t>(word() % static_cast<std::uint64_t>(hi - lo + 1));
  }
  int rank(int size) { return static_cast<int>(between(0, size - 1)); }
  /// 0 < u < 1.
  double unit() { return (static_cast<double>(word() >> 12) + 0.5) * 0x1p-52; }
  bool chance(double probability) { return unit() < probability; }
  /// Seconds with a heavy tail (Pareto with exponent 1): at least `least`, half of them below twice that, cut at
  /// `most`.
  double heavy(double least, double most) { return std::min(most, least / unit()); }

 private:
  std::uint64_t state_;
};

}  // namespace truce::simulation
