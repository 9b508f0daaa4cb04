// The number types whose bits the tests compare: from one lane to two registers of the widest machine.
#pragma once

#include "kernels/twin.hpp"
#include "kernels/vector.hpp"

namespace truce {
inline namespace TRUCE_ISA {

template <class... Real>
struct NumberTypes {};

/// Every width, also those for which the machine needs several registers: dear to compile.
using AllInDouble = NumberTypes<double, Twin<double>, Vector<double, 2>, Vector<double, 4>, Twin<Vector<double, 4>>,
                                Vector<double, 8>, Twin<Vector<double, 8>>>;
using AllInFloat = NumberTypes<float, Twin<float>, Vector<float, 4>, Vector<float, 8>, Twin<Vector<float, 8>>,
                               Vector<float, 16>, Twin<Vector<float, 16>>>;

/// Bytes of the machine's widest register.
#if defined(__AVX512F__)
inline constexpr int widest = 64;
#elif defined(__AVX2__) && defined(__FMA__)
inline constexpr int widest = 32;
#endif

/// One lane, and the two widths that the machine has registers for; without vectors of its own, one lane and two.
#if defined(__AVX2__)
using OwnInDouble = NumberTypes<double, Vector<double, widest / 8>, Twin<Vector<double, widest / 8>>>;
using OwnInFloat = NumberTypes<float, Vector<float, widest / 4>, Twin<Vector<float, widest / 4>>>;
#else
using OwnInDouble = NumberTypes<double, Twin<double>>;
using OwnInFloat = NumberTypes<float, Twin<float>>;
#endif

template <class Real>
inline constexpr int registers = 1;
template <class Half>
inline constexpr int registers<Twin<Half>> = 2 * registers<Half>;

}  // namespace TRUCE_ISA
}  // namespace truce
