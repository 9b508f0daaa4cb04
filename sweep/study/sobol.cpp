// The recurrence of Bratley & Fox (1988) on Boost's table, and the hash scrambling on reversed bits.
#include "sweep/study/sobol.hpp"

#include <bit>
#include <boost/random/sobol.hpp>
#include <stdexcept>

namespace truce {
namespace {

using Table = boost::random::default_sobol_table;

/// The 32 odd numbers m of one dimension, shifted to fractions.
void fill(std::size_t dimension, std::span<std::uint32_t> m) {
  for (auto& number : m) number = 1;  // dimension 0 is van der Corput's sequence
  if (dimension > 0) {
    const std::uint32_t polynomial = Table::polynomial(dimension - 1);
    const auto degree = static_cast<std::size_t>(std::bit_width(polynomial)) - 1;
    for (std::size_t k = 0; k < degree; ++k) m[k] = Table::minit(dimension - 1, k);
    for (std::size_t j = degree; j < m.size(); ++j) {
      m[j] = m[j - degree];
      for (std::size_t k = 0; k < degree; ++k) {
        const std::size_t back = degree - k;
        if ((polynomial >> k & 1U) != 0) m[j] ^= m[j - back] << back;
      }
    }
  }
  for (std::size_t k = 0; k < m.size(); ++k) m[k] <<= m.size() - 1 - k;
}

std::uint32_t reversed(std::uint32_t x) {
  x = (x >> 1 & 0x55555555U) | (x & 0x55555555U) << 1;
  x = (x >> 2 & 0x33333333U) | (x & 0x33333333U) << 2;
  x = (x >> 4 & 0x0f0f0f0fU) | (x & 0x0f0f0f0fU) << 4;
  x = (x >> 8 & 0x00ff00ffU) | (x & 0x00ff00ffU) << 8;
  return std::rotl(x, 16);
}

/// Each step carries only from lower to higher bits; on reversed bits that is from coarse to fine strata.
std::uint32_t laine_karras(std::uint32_t x, std::uint32_t key) {
  x ^= x * 0x3d20adeaU;
  x += key;
  x *= key >> 16 | 1U;
  x ^= x * 0x05526c56U;
  x ^= x * 0x53a22864U;
  return x;
}

}  // namespace

std::vector<std::uint32_t> sobol_directions(std::size_t dimensions) {
  if (dimensions > Table::max_dimension) throw std::out_of_range("sobol: more dimensions than direction numbers");
  std::vector<std::uint32_t> all(dimensions * 32);
  for (std::size_t d = 0; d < dimensions; ++d) fill(d, std::span(all).subspan(d * 32, 32));
  return all;
}

std::uint32_t owen_scramble(std::uint32_t x, std::array<std::uint32_t, 2> key) {
  return reversed(laine_karras(laine_karras(reversed(x), key[0]), key[1]));
}

}  // namespace truce
