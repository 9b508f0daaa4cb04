// Compiled once per instruction set: every operation of every number type, as plain function pointers.
#include "tests/kernels/bits/vocabulary.hpp"

#include "kernels/philox_lanes.hpp"
#include "kernels/spread.hpp"
#include "tests/kernels/bits/number_types.hpp"

namespace truce {
inline namespace TRUCE_ISA {

/// Writes down what the operations give, by the bytes of the number and not by lane_of, which is one of them.
template <class Real>
struct Notes {
  using T = Scalar<Real>;
  testing::Results<T>& results;

  void number(const char* name, const Real& x) const {
    results.names[results.count] = name;
    __builtin_memcpy(results.values[results.count++], &x, sizeof x);
  }
  void mask(const char* name, const char* selected, const Mask<Real>& mask) const {
    const std::uint64_t bits = Lanes<Real>::bits(mask);
    results.names[results.count] = name;
    for (int i = 0; i < Lanes<Real>::count; ++i)
      results.values[results.count][i] = static_cast<T>(static_cast<int>(bits >> i & 1U));
    ++results.count;
    number(selected, select(mask, Real(1.0), Real(0.0)));
    number("any is bits other than 0", Real(any(mask) == (bits != 0) ? 1.0 : 0.0));
    const std::uint64_t beyond = Lanes<Real>::count == 64 ? 0 : bits >> Lanes<Real>::count;
    number("no bits beyond the lanes", Real(beyond == 0 ? 1.0 : 0.0));
  }
};

template <class Real>
Real loaded(const Scalar<Real>* lanes) {
  Real x;
  __builtin_memcpy(static_cast<void*>(&x), lanes, sizeof x);
  return x;
}

template <class Real>
void arithmetic(const Notes<Real>& notes, const Real& a, const Real& b, const Real& c) {
  notes.number("a + b", a + b);
  notes.number("a - b", a - b);
  notes.number("a * b", a * b);
  notes.number("a / b", a / b);
  notes.number("-a", -a);
  notes.number("fma", fma(a, b, c));
  notes.number("sqrt", sqrt(a));
  notes.number("abs", abs(a));
  notes.number("min", min(a, b));
  notes.number("max", max(a, b));
  notes.number("power_of_two", power_of_two(a + Real(Format<Scalar<Real>>::shift)));
  Real mantissa, exponent;
  split(abs(a), mantissa, exponent);
  notes.number("mantissa of split", mantissa);
  notes.number("exponent of split", exponent);
}

template <class Real>
void apply(const Scalar<Real>* from_a, const Scalar<Real>* from_b, const Scalar<Real>* from_c,
           testing::Results<Scalar<Real>>& results) {
  const Real a = loaded<Real>(from_a), b = loaded<Real>(from_b), c = loaded<Real>(from_c);
  const Notes<Real> notes{results};
  results.count = 0;
  arithmetic(notes, a, b, c);
  const auto less = a < b, less_equal = b <= c;
  notes.mask("a < b", "select by a < b", less);
  notes.mask("b <= c", "select by b <= c", less_equal);
  notes.mask("both", "select by both", both(less, less_equal));
  notes.mask("either", "select by either", either(less, less_equal));
  notes.mask("negate", "select by negate", negate(less));
  notes.number("select", select(less, b, c));
  Real set(0.0);
  for (int i = 0; i < Lanes<Real>::count; ++i) set_lane(set, i, from_a[i]);
  notes.number("set_lane", set);
  for (int i = 0; i < Lanes<Real>::count; ++i) results.values[results.count][i] = lane_of(b, i);
  results.names[results.count++] = "lane_of";
}

template <class Real>
void draw(const std::uint64_t* words, const std::uint32_t* key, Scalar<Real>* uniforms) {
  constexpr int lanes = Lanes<Real>::count;
  Counters<lanes> counters;
  __builtin_memcpy(counters.word, words, sizeof counters.word);
  const KeySchedule schedule({key[0], key[1]});
  const auto drawn = Uniforms<Real>::draw(counters, 0, schedule);
  __builtin_memcpy(uniforms, &drawn, sizeof drawn);
}

template <class Real>
std::uint64_t spread(const Scalar<Real>* x, std::uint64_t left, Scalar<Real>* spread_out, Scalar<Real>* variants) {
  if (left == 0) __builtin_unreachable();  // Spread asks for one lane at least
  const Spread<Real> spread(left);
  const Real out = spread(loaded<Real>(x));
  __builtin_memcpy(spread_out, &out, sizeof out);
  for (int pass = 0; pass < Spread<Real>::passes; ++pass) {
    const Real of_pass = Spread<Real>::variants(pass, [](int variant) { return 100 + variant; });
    __builtin_memcpy(variants + pass * Lanes<Real>::count, &of_pass, sizeof of_pass);
  }
  return left;
}

template <class Into, class... Real>
int write(Into* into, NumberTypes<Real...>) {
  ((*into++ = {Lanes<Real>::count, registers<Real>, apply<Real>, draw<Real>, spread<Real>}), ...);
  return sizeof...(Real);
}

void write_vocabularies(testing::Vocabularies& into) {
  into.doubles = write(into.in_double, AllInDouble{});
  into.floats = write(into.in_float, AllInFloat{});
}

}  // namespace TRUCE_ISA
}  // namespace truce
