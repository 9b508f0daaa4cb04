// The random stream against Random123's known answers, and the place of every counter word.
#include "kernels/philox.hpp"

#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>

#include "kernels/engine.hpp"

namespace truce {
namespace {

// Random123 1.14, tests/kat_vectors, philox4x32 10: counter, key, block.
constexpr const char* known_answers = R"(
00000000 00000000 00000000 00000000 00000000 00000000 6627e8d5 e169c58d bc57ac4c 9b00dbd8
ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff 408f276d 41c83b0e a20bc7c6 6d5451fd
243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0 d16cfe09 94fdcceb 5001e420 24126ea1
)";

TEST(Philox, GivesTheKnownAnswersOfRandom123) {
  std::istringstream table(known_answers);
  table >> std::hex;
  int rows = 0;
  Words counter, expected;
  std::array<std::uint32_t, 2> key;
  while (table >> counter[0] >> counter[1] >> counter[2] >> counter[3] >> key[0] >> key[1] >> expected[0] >>
         expected[1] >> expected[2] >> expected[3]) {
    EXPECT_EQ(philox(counter, key), expected) << "row " << rows;
    ++rows;
  }
  EXPECT_EQ(rows, 3);
}

TEST(Stream, PutsSeedReplicateStreamAndRowWhereTheDesignSays) {
  const Stream stream{0x299f31d0a4093822U, 0x00ab'cdef'0370'7344U, 0x85a308d3U};
  EXPECT_EQ(stream.block(0x5a, 0x243f6a88U),
            philox({0x243f6a88U, 0x85a308d3U, 0x5aabcdefU, 0x03707344U}, {0xa4093822U, 0x299f31d0U}));
}

TEST(Stream, GivesDifferentBlocksWhenAnythingChanges) {
  const Stream base{861, 5, 7};
  std::set<Words> blocks = {base.block(month_stream, 1),
                            base.block(month_stream, 2),
                            base.block(set_up_stream, 1),
                            Stream{862, 5, 7}.block(month_stream, 1),
                            Stream{861 + (std::uint64_t{1} << 32), 5, 7}.block(month_stream, 1),
                            Stream{861, 6, 7}.block(month_stream, 1),
                            Stream{861, 5 + (std::uint64_t{1} << 40), 7}.block(month_stream, 1),
                            Stream{861, 5, 8}.block(month_stream, 1)};
  EXPECT_EQ(blocks.size(), 8U);
}

TEST(Uniform, IsNeverZeroOrOneAndExact) {
  EXPECT_EQ(uniform(0), 0x1p-33);
  EXPECT_EQ(uniform(0xffffffffU), 1.0 - 0x1p-33);
  EXPECT_EQ(1.0 - uniform(0), uniform(0xffffffffU));
  EXPECT_EQ(uniform(0x80000000U), 0.5 + 0x1p-33);
}

/// Reports the uniform that step `at` drew.
struct Recorder {
  template <class Real>
  struct Params {
    Real at;
  };
  template <class Real>
  struct State {
    Real month, drawn;
  };
  template <class Real>
  struct Outcomes {
    Real drawn;
  };
  static constexpr int normals_per_step = 0, uniforms_per_step = 1;
  static constexpr std::uint64_t step_limit = 1000;
  template <class Draw>
  static State<double> start(const Params<double>&, const Draw&) {
    return {0, 0};
  }
  template <class Real, class Draw>
  static Mask<Real> step(const Params<Real>& p, State<Real>& s, const Draw& draws) {
    s.month = s.month + Real(1.0);
    s.drawn = draws.uniform(0);
    return p.at <= s.month;
  }
  static Outcomes<double> finish(const Params<double>&, const State<double>& s) { return {s.drawn}; }
};

TEST(Engine, SharesOneBlockAmongTheStepsThatFitIntoIt) {
  for (const double at : {1.0, 2.0, 3.0, 4.0, 5.0, 7.0, 8.0, 9.0, 101.0}) {
    double drawn = 0;
    std::uint8_t failed = 1;
    const Task task{&at, 3, 2, 1, &drawn, &failed};
    Engine<Recorder, double> engine;
    engine.begin(17, {&task, 1});
    EXPECT_TRUE(engine.advance(1000));
    const auto step = static_cast<std::uint32_t>(at);
    EXPECT_EQ(drawn, uniform(Stream{17, 3, 2}.block(month_stream, step / 4)[step % 4])) << at;
    EXPECT_EQ(failed, 0);
  }
}

}  // namespace
}  // namespace truce
