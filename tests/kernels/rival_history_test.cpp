// What the rivals share, seen through a war that is settled when the test says.
#include <gtest/gtest.h>

#include "kernels/twin.hpp"
#include "kernels/vector.hpp"
#include "tests/kernels/rival/chosen.hpp"

namespace truce::testing {
namespace {

TEST(RivalHistory, GivesTheSameBytesInLanes) {
  const Kernel k = chosen_kernel();
  std::vector<std::vector<double>> points;
  for (int i = 0; i < 60; ++i) {
    points.push_back(inputs_of(k, {{"durability", i % 3},
                                   {"settles", i % 4},
                                   {"settled_at", 0.3 + 0.01 * i},
                                   {"change_hazard", 0.01 * (i % 5)},
                                   {"autocracy_a", 0.2 * (i % 6)}}));
  }
  const auto one = run_points(chosen_code<double>(), points, 50);
  EXPECT_TRUE(one.same_bytes(run_points(chosen_code<Twin<Vector<double, 2>>>(), points, 50)));
}

}  // namespace
}  // namespace truce::testing
