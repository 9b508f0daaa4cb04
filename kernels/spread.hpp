// Eight variants of a few runs side by side: every lane of a number taken to eight lanes, or eight times to one.
#pragma once

#include <bit>
#include <cstdint>

#include "kernels/twin.hpp"
#include "kernels/vector.hpp"

namespace truce {
inline namespace TRUCE_ISA {

/// A number whose lane i is values[i / 8].
template <class Real>
struct InEights;

template <class T>
requires std::is_floating_point_v<T>
struct InEights<T> {
  static T of(const T* values, int first_lane) { return values[first_lane / 8]; }
};
template <class T, int n>
struct InEights<Vector<T, n>> {
  static Vector<T, n> of(const T* values, int first_lane) {
    Vector<T, n> x(static_cast<double>(values[first_lane / 8]));
    for (int i = 8; i < n; ++i) x.v[i] = values[(first_lane + i) / 8];
    return x;
  }
};
template <class Half>
struct InEights<Twin<Half>> {
  static Twin<Half> of(const Scalar<Half>* values, int first_lane) {
    return {InEights<Half>::of(values, first_lane), InEights<Half>::of(values, first_lane + Lanes<Half>::count)};
  }
};

/// Some lanes of a mask, each with eight variants of its own, in as many passes as that takes: variant v of run k
/// stands in pass (8 k + v) / lanes, lane (8 k + v) % lanes.
template <class Real>
class Spread {
 public:
  static constexpr int lanes = Lanes<Real>::count;
  static constexpr int runs = lanes < 8 ? 1 : lanes / 8;
  static constexpr int passes = lanes < 8 ? 8 / lanes : 1;
  static constexpr int variants_a_pass = 8 / passes;
  static_assert(8 % lanes == 0 || lanes % 8 == 0);

  /// Takes the first of the lanes in `left` out of it.
  explicit Spread(std::uint64_t& left) {
    for (int k = 0; k < runs; ++k, left &= left - 1) {
      lane_[k] = left != 0 ? std::countr_zero(left) : lane_[0];
      if (left != 0) ++count_;
    }
  }
  /// Runs in hand; where there are fewer than `runs`, the first fills the rest.
  int count() const { return count_; }
  int lane(int run) const { return lane_[run]; }

  /// Each run's number in its eight lanes.
  Real operator()(const Real& x) const {
    Scalar<Real> values[runs];
    for (int k = 0; k < runs; ++k) values[k] = lane_of(x, lane_[k]);
    return InEights<Real>::of(values, 0);
  }

  /// f(0) .. f(7) in the lanes of each run that stand in `pass`.
  template <class Function>
  static Real variants(int pass, const Function& f) {
    Real x(0.0);
    for (int lane = 0; lane < lanes; ++lane) set_lane(x, lane, static_cast<Scalar<Real>>(f((pass * lanes + lane) % 8)));
    return x;
  }

 private:
  int lane_[runs] = {};
  int count_ = 0;
};

}  // namespace TRUCE_ISA
}  // namespace truce
