// Where the beliefs about a battle are integrated: the Gauss-Legendre rule of 64 nodes on 0..1.
#pragma once

#include "kernels/number.hpp"

namespace truce {
inline namespace TRUCE_ISA {
namespace forts {

/// Node j and node 63 - j mirror each other at 1/2, which is none: the nearest stand 0.0122 from it.
inline constexpr int node_count = 64;

/// A number at each node.
template <class Scalar>
struct AtNodes {
  Scalar of[node_count];
  /// Those of the nodes from `first` on, in the lanes of a number.
  template <class Real>
  Real load(int first) const {
    Real x;
    __builtin_memcpy(static_cast<void*>(&x), of + first, sizeof x);
    return x;
  }
  template <class Real>
  void store(int first, const Real& x) {
    __builtin_memcpy(of + first, &x, sizeof x);
  }
};

template <class Scalar>
struct Nodes {
  AtNodes<Scalar> chance, weight;
};

template <class Scalar>
constexpr Nodes<Scalar> nodes_of() {
  constexpr double lower[] = {0.0003474791321139303, 0.0018299416140223604, 0.00449331426162784,  0.008331873057687022,
                              0.013336586105044517,  0.01949560017397314,   0.026794312570798593, 0.035215413934030215,
                              0.044738931460748595,  0.055342277002442944,  0.06700030092295359,  0.07968535187370981,
                              0.09336734243860122,   0.1080138205283293,    0.12359004636973406,  0.1400590749141946,
                              0.15738184347288336,   0.17551726437267132,   0.19442232241380336,  0.21405217689868297,
                              0.23436026799005272,   0.2552984271464735,    0.27681699137326793,  0.2988649210180042,
                              0.32138992083116596,   0.34433856400489454,   0.3676564188956163,   0.39128817812999644,
                              0.41517778978800357,   0.4392685903519397,    0.4635034391061005,   0.48782485366828776};
  constexpr double weights[] = {
      0.0008916403608482165, 0.002073516630281234, 0.0032522289844891814, 0.0044233799131819735, 0.005584069730065564,
      0.006731523948359321,  0.007863015238012359, 0.008975857887848672,  0.010067411576765104,  0.011135086904191627,
      0.012176351284355437,  0.01318873485752733,  0.014169836307129742,  0.015117328536201239,  0.016028964177425775,
      0.016902580918570803,  0.017736106628441193, 0.018527564270120023,  0.019275076589307813,  0.01997687056636017,
      0.020631281621311764,  0.021236757561826795, 0.021791862264661725,  0.022295279081878283,  0.02274581396370907,
      0.023142398290657208,  0.02348409140810501,  0.023770082857415154,  0.023999694298229155,  0.024172381117401477,
      0.024287733720751714,  0.024345478504569862};
  Nodes<Scalar> nodes{};
  for (int j = 0; j < node_count / 2; ++j) {
    const int mirror = node_count - 1 - j;
    nodes.chance.of[j] = static_cast<Scalar>(lower[j]);
    nodes.chance.of[mirror] = static_cast<Scalar>(1 - lower[j]);
    nodes.weight.of[j] = nodes.weight.of[mirror] = static_cast<Scalar>(weights[j]);
  }
  return nodes;
}

}  // namespace forts
}  // namespace TRUCE_ISA
}  // namespace truce
