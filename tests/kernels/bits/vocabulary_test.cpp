// Every operation of every number type and instruction set gives, lane by lane, the bits of one plain lane.
#include "tests/kernels/bits/vocabulary.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdio>
#include <limits>
#include <string>
#include <vector>

#include "kernels/contract.hpp"
#include "kernels/philox.hpp"

namespace truce {
inline namespace plain {
void write_vocabularies(testing::Vocabularies& into);
}
#ifdef __x86_64__
namespace v3 {
void write_vocabularies(testing::Vocabularies& into);
}
namespace v4 {
void write_vocabularies(testing::Vocabularies& into);
}
#endif

namespace testing {
namespace {

template <class T>
struct Named {
  std::string name;
  Vocabulary<T> vocabulary;
};

template <class T>
void append(std::vector<Named<T>>& all, std::string_view set, const Vocabulary<T>* first, int count) {
  for (const auto* one = first; one != first + count; ++one)
    all.push_back({std::string(set) + " " + std::to_string(one->registers) + "x" +
                       std::to_string(one->lanes / one->registers) + (sizeof(T) == 4 ? " float" : " double"),
                   *one});
}

struct InstructionSet {
  const char* name;
  void (*write)(Vocabularies&);
};
constexpr InstructionSet instruction_sets[] = {{"plain", plain::write_vocabularies},
#ifdef __x86_64__
                                               {"v3", v3::write_vocabularies},
                                               {"v4", v4::write_vocabularies}
#endif
};

/// The number types that this processor can run, one plain lane first.
template <class T>
std::vector<Named<T>> vocabularies() {
  std::vector<Named<T>> all;
  for (const auto& [name, write] : instruction_sets) {
    if (find_code(kernels()[0], Arithmetic::in_double, name) == nullptr) continue;
    Vocabularies written;
    write(written);
    if constexpr (sizeof(T) == 4)
      append(all, name, written.in_float, written.floats);
    else
      append(all, name, written.in_double, written.doubles);
  }
  return all;
}

/// The same bits; the payload and sign of a NaN aside.
template <class T>
bool same(T a, T b) {
  using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
  return std::bit_cast<Bits>(a) == std::bit_cast<Bits>(b) || (std::isnan(a) && std::isnan(b));
}

template <class T>
std::vector<T> edges() {
  using L = std::numeric_limits<T>;
  const T half_root = std::sqrt(T(0.5)), root = std::sqrt(T(2));
  std::vector<T> all = {0,
                        1,
                        T(1.5),
                        3,
                        T(0.1),
                        100,
                        L::min(),
                        L::max(),
                        L::epsilon(),
                        half_root,
                        L::denorm_min(),
                        L::infinity(),
                        root,
                        1 + L::epsilon(),
                        L::min() - L::denorm_min(),
                        std::nextafter(half_root, T(0))};
  const auto positive = all.size();
  for (std::size_t i = 0; i < positive; ++i) all.push_back(-all[i]);
  all.push_back(L::quiet_NaN());
  return all;
}

/// Every triple of edges once, each lane next to others than its own.
template <class T>
struct Triples {
  std::vector<T> values = edges<T>();
  std::size_t count = values.size() * values.size() * values.size();
  std::array<T, 3> at(std::size_t i) const {
    static_assert(7919 % 3 != 0 && 7919 % 11 != 0);  // so that every triple comes once: there are 33 edges
    const std::size_t n = values.size(), k = i * 7919 % count;
    return {values[k % n], values[k / n % n], values[k / n / n]};
  }
};

template <class T>
class LaneByLane : public ::testing::Test {};
using Scalars = ::testing::Types<double, float>;
TYPED_TEST_SUITE(LaneByLane, Scalars);

/// Lanes with the triples from `first` on, as [operand][lane].
template <class T>
void fill(const Triples<T>& triples, std::size_t first, int lanes, T (&operands)[3][most_lanes]) {
  for (int lane = 0; lane < lanes; ++lane) {
    const auto triple = triples.at(first + static_cast<std::size_t>(lane));
    for (std::size_t k = 0; k < 3; ++k) operands[k][lane] = triple[k];
  }
}

std::string shown(double x) {
  char text[40];
  std::snprintf(text, sizeof text, "%a", x);
  return text;
}

template <class T>
int faults_of(const Vocabulary<T>& wide, const Vocabulary<T>& one, const Triples<T>& triples,
              std::string& first_fault) {
  int faults = 0;
  T many[3][most_lanes], single[3][most_lanes];
  Results<T> found, expected;
  for (std::size_t i = 0; i + static_cast<std::size_t>(wide.lanes) <= triples.count;
       i += static_cast<std::size_t>(wide.lanes)) {
    fill(triples, i, wide.lanes, many);
    wide.apply(many[0], many[1], many[2], found);
    for (int lane = 0; lane < wide.lanes; ++lane) {
      fill(triples, i + static_cast<std::size_t>(lane), 1, single);
      one.apply(single[0], single[1], single[2], expected);
      for (int k = 0; k < expected.count; ++k) {
        if (same(found.values[k][lane], expected.values[k][0])) continue;
        if (faults++ > 0) continue;
        first_fault = std::string(found.names[k]) + " of " + shown(single[0][0]) + ", " + shown(single[1][0]) + ", " +
                      shown(single[2][0]) + " in lane " + std::to_string(lane) + " is " + shown(found.values[k][lane]) +
                      ", not " + shown(expected.values[k][0]);
      }
    }
  }
  return faults;
}

TYPED_TEST(LaneByLane, OperationsGiveTheBitsOfOnePlainLane) {
  const auto all = vocabularies<TypeParam>();
  const Triples<TypeParam> triples;
  ASSERT_EQ(triples.values.size(), 33U);
  ASSERT_EQ(all[0].vocabulary.lanes, 1);
  for (const auto& [name, wide] : all) {
    std::string first_fault;
    EXPECT_EQ(faults_of(wide, all[0].vocabulary, triples, first_fault), 0) << name << ": " << first_fault;
  }
}

/// x with x * odd = 1 modulo 2^32, by Newton's iteration.
std::uint32_t inverse(std::uint32_t odd) {
  std::uint32_t x = odd;
  for (int i = 0; i < 5; ++i) x *= 2 - odd * x;
  return x;
}

/// The counter whose Philox block is `words`: the rounds backwards.
Words counter_of(Words words, const std::array<std::uint32_t, 2>& key) {
  for (std::uint32_t round = philox4x32_rounds; round-- > 0;) {
    const std::uint32_t a = words[3] * inverse(PHILOX_M4x32_0), b = words[1] * inverse(PHILOX_M4x32_1);
    const auto high = [](std::uint64_t x, std::uint64_t y) { return static_cast<std::uint32_t>(x * y >> 32); };
    words = {a, words[0] ^ high(b, PHILOX_M4x32_1) ^ (key[0] + round * PHILOX_W32_0), b,
             words[2] ^ high(a, PHILOX_M4x32_0) ^ (key[1] + round * PHILOX_W32_1)};
  }
  return words;
}

/// Blocks of words at the ends of what a uniform can be, and some hundred others.
std::vector<Words> blocks(const std::array<std::uint32_t, 2>& key) {
  std::vector<Words> all;
  const std::uint32_t words[] = {0, 1, 0x1ff, 0x200, 0x7fffffff, 0x80000000, 0xfffffdff, 0xfffffe00, 0xffffffff};
  for (const std::uint32_t a : words)
    for (const std::uint32_t b : words) all.push_back(counter_of({a, b, b, a}, key));
  for (std::uint32_t i = 0; i < 256; ++i) all.push_back({i, ~i, i << 24, i * 2654435761U});
  return all;
}

TYPED_TEST(LaneByLane, UniformsAreThoseOfScalarPhilox) {
  using T = TypeParam;
  const std::array<std::uint32_t, 2> key{0xfffffff0U, 861};
  const auto all = blocks(key);
  ASSERT_EQ(philox(counter_of({0, ~0U, 5, 0x200}, key), key), (Words{0, ~0U, 5, 0x200}));
  for (const auto& [name, wide] : vocabularies<T>()) {
    const auto lanes = static_cast<std::size_t>(wide.lanes);
    std::uint64_t words[4 * most_lanes];
    T found[4 * most_lanes];
    for (std::size_t first = 0; first + lanes <= all.size(); ++first) {
      for (std::size_t i = 0; i < 4 * lanes; ++i)  // the high halves hold anything
        words[i] = all[first + i % lanes][i / lanes] | (first + i) * 0x9e3779b900000000U;
      wide.draw(words, key.data(), found);
      for (std::size_t i = 0; i < 4 * lanes; ++i) {
        const T expected = uniform_as<T>(philox(all[first + i % lanes], key)[i / lanes]);
        ASSERT_TRUE(same(found[i], expected)) << name << " word " << i / lanes << " lane " << i % lanes;
        ASSERT_TRUE(found[i] > 0 && found[i] < 1) << name;
      }
    }
  }
}

TYPED_TEST(LaneByLane, SpreadTakesTheFirstLanesInOrder) {
  using T = TypeParam;
  T x[most_lanes], spread[most_lanes], variants[8 * most_lanes];
  for (int i = 0; i < most_lanes; ++i) x[i] = static_cast<T>(i + 1);
  for (const auto& [name, wide] : vocabularies<T>()) {
    const std::uint64_t all = ~std::uint64_t{0} >> (64 - wide.lanes);
    for (std::uint64_t number = 1; number < 3000; ++number) {
      const std::uint64_t left = number * 0x9e3779b97f4a7c15U >> 7 & all;
      if (left == 0) continue;
      std::vector<int> lanes;
      for (int lane = 0; lane < wide.lanes; ++lane)
        if ((left >> lane & 1U) != 0) lanes.push_back(lane);
      const std::size_t runs = wide.lanes < 8 ? 1 : static_cast<std::size_t>(wide.lanes) / 8;
      std::uint64_t expected_left = left;
      for (std::size_t k = 0; k < std::min(runs, lanes.size()); ++k) expected_left &= ~(std::uint64_t{1} << lanes[k]);
      ASSERT_EQ(wide.spread(x, left, spread, variants), expected_left) << name;
      for (int lane = 0; lane < wide.lanes; ++lane) {
        const auto run = static_cast<std::size_t>(lane / 8);
        ASSERT_EQ(spread[lane], x[run < lanes.size() ? lanes[run] : lanes[0]]) << name << " lane " << lane;
      }
      for (int i = 0; i < std::max(8, wide.lanes); ++i) ASSERT_EQ(variants[i], 100 + i % 8) << name;
    }
  }
}

/// What one plain lane must be, by the standard library and by its definition.
TEST(OnePlainLane, SplitsAndScalesAsTheStandardLibraryDoes) {
  const auto one = vocabularies<double>()[0].vocabulary;
  Results<double> results;
  const auto value = [&](const std::string& name) {
    for (int i = 0; i < results.count; ++i)
      if (results.names[i] == name) return results.values[i][0];
    return std::nan("");
  };
  for (const double x : edges<double>()) {
    const double b = 2, c = 3;
    one.apply(&x, &b, &c, results);
    EXPECT_TRUE(same(value("min"), 2 < x ? 2.0 : x));
    EXPECT_TRUE(same(value("max"), x < 2 ? 2.0 : x));
    EXPECT_TRUE(same(value("fma"), std::fma(x, b, c)));
    if (!std::isnormal(x)) continue;
    EXPECT_EQ(std::ldexp(value("mantissa of split"), static_cast<int>(value("exponent of split"))), std::abs(x));
    EXPECT_GE(value("mantissa of split"), std::sqrt(0.5) - 1e-16);
    EXPECT_LT(value("mantissa of split"), std::sqrt(2.0));
    if (x == std::floor(x) && std::abs(x) < 1000) {
      EXPECT_EQ(value("power_of_two"), std::ldexp(1.0, static_cast<int>(x)));
    }
  }
}

}  // namespace
}  // namespace testing
}  // namespace truce
