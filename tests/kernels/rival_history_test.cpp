// What the rivals share, seen through a war that is settled at once or never.
#include <gtest/gtest.h>

#include "kernels/code_of.hpp"
#include "kernels/rival/declaration.hpp"
#include "kernels/twin.hpp"
#include "kernels/vector.hpp"
#include "tests/kernels/run_kernel.hpp"

namespace truce {
namespace {

/// Settles at the balance of forces before the first month, or is decided by arms in it.
struct AtOnce {
  template <class Real>
  struct Inputs {
    Real settles, terms_a;
  };
  template <class Real>
  struct Constants {
    Real none;
  };
  template <class Real>
  struct State {
    Real none;
  };
  template <class Real>
  struct Outcomes {
    Real war_cost;
  };
  static rival::Prepared<Constants<double>> prepare(const rival::Inputs<double>& in, const Inputs<double>&) {
    return {{}, rival::war_until_collapse(0.03, in.discount_rate, in.defiance_months)};
  }
  template <class Params, class Draw>
  static State<double> start(const Params&, const Draw&) {
    return {};
  }
  template <class Params, class Real, class Draw>
  static rival::Agreement<Real> offer(const Params& p, const rival::History<Real>&, const rival::Regime<Real>&,
                                      State<Real>&, const Draw&, const Mask<Real>& where) {
    return {both(where, Real(0.5) < p.own.settles), p.own.terms_a, p.in.initial_position};
  }
  template <class Params, class Real, class Draw>
  static rival::Decision<Real> fight(const Params& p, const rival::History<Real>&, const rival::Regime<Real>&,
                                     State<Real>&, const Draw& draws, const Mask<Real>& where) {
    const auto a = draws.uniform(0) < p.in.initial_position;
    return {both(where, a), both(where, negate(a))};
  }
  template <class Params, class Real>
  static Real held(const Params& p, const State<Real>&) {
    return p.in.initial_position;
  }
  template <class Params>
  static Outcomes<double> finish(const Params& p, const State<double>&, const rival::History<double>&) {
    return {p.k.loss_a};
  }
};

using Model = rival::Model<AtOnce>;

Kernel kernel() {
  Kernel k = declared::rival_kernel<AtOnce>("at_once", "settled at once");
  k.inputs.push_back({"settles", "1", InputKind::integer, 1, 0, 1, 0, 1, "whether", "", ""});
  k.inputs.push_back({"settled_at", "stake", InputKind::real, 0.5, 0, 1, 0, 1, "terms", "", ""});
  k.outcomes.push_back({"war_cost", "stake", OutcomeKind::real, "", 0, 1, {}, {}});
  Code code = code_of<Model, double>("here");
  code.prepare = prepare_of<Model>;
  k.codes = {code};
  return k;
}

template <class Real>
Code code_in() {
  Code code = code_of<Model, Real>("here");
  code.prepare = prepare_of<Model>;
  return code;
}

TEST(RivalHistory, GivesTheSameBytesInLanes) {
  const Kernel k = kernel();
  std::vector<std::vector<double>> points;
  for (int i = 0; i < 60; ++i) {
    points.push_back(testing::inputs_of(k, {{"durability", i % 3},
                                            {"settles", i % 4 > 0},
                                            {"settled_at", 0.3 + 0.01 * i},
                                            {"change_hazard", 0.01 * (i % 5)},
                                            {"autocracy_a", 0.2 * (i % 6)}}));
  }
  const auto one = testing::run_points(code_in<double>(), points, 50);
  EXPECT_TRUE(one.same_bytes(testing::run_points(code_in<Twin<Vector<double, 8>>>(), points, 50)));
}

TEST(RivalHistory, WithNothingToHoldItPeaceLastsAsLongAsItsBand) {
  const Kernel k = kernel();
  const auto runs = testing::run_with(k,
                                      {{"renege_cost_a", 0},
                                       {"renege_cost_d", 0},
                                       {"guarantee_a", 0},
                                       {"justice_anchor", 0},
                                       {"balance_drift", 0},
                                       {"territorial_boost", 0},
                                       {"horizon_months", 12000},
                                       {"balance_volatility", 0.015}},
                                      20000);
  const auto peace = testing::estimate(runs, testing::index_of(k.outcomes, "peace_months"));
  const auto relapsed = testing::estimate(runs, testing::index_of(k.outcomes, "relapsed"));
  std::printf("peace %g +- %g, relapsed %g\n", peace.mean, peace.standard_error, relapsed.mean);
  EXPECT_EQ(relapsed.mean, 1);
}

}  // namespace
}  // namespace truce
