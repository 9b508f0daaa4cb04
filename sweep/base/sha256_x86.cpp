// SHA-256 by the instructions that x86 has for it: four rounds and four words of the schedule at a time.
#include "sweep/base/sha256_compress.hpp"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace truce {

#if defined(__x86_64__)

namespace {

/// The eight words in the order in which the instructions want them.
struct Halves {
  __m128i abef, cdgh;
};

/// Rounds k to k + 3 with the words `w`.
__attribute__((target("sha,sse4.1"))) inline void four_rounds(Halves& state, __m128i w, std::size_t k) {
  const auto* constants = reinterpret_cast<const __m128i*>(sha256_constants.data() + k);
  const __m128i added = _mm_add_epi32(w, _mm_loadu_si128(constants));
  state.cdgh = _mm_sha256rnds2_epu32(state.cdgh, state.abef, added);
  state.abef = _mm_sha256rnds2_epu32(state.abef, state.cdgh, _mm_shuffle_epi32(added, 0x0e));
}

/// `w0` becomes the four words of the schedule that follow w0, w1, w2, w3.
__attribute__((target("sha,sse4.1"))) inline void extend(__m128i& w0, __m128i w1, __m128i w2, __m128i w3) {
  const __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), _mm_alignr_epi8(w3, w2, 4));
  w0 = _mm_sha256msg2_epu32(sum, w3);
}

__attribute__((target("sha,sse4.1"))) inline void compress_block(Halves& state, const std::byte* block) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  const auto* from = reinterpret_cast<const __m128i*>(block);
  __m128i w0 = _mm_shuffle_epi8(_mm_loadu_si128(from), big_endian);
  __m128i w1 = _mm_shuffle_epi8(_mm_loadu_si128(from + 1), big_endian);
  __m128i w2 = _mm_shuffle_epi8(_mm_loadu_si128(from + 2), big_endian);
  __m128i w3 = _mm_shuffle_epi8(_mm_loadu_si128(from + 3), big_endian);
  const Halves before = state;
  for (std::size_t k = 0; k < 48; k += 16) {
    four_rounds(state, w0, k);
    extend(w0, w1, w2, w3);
    four_rounds(state, w1, k + 4);
    extend(w1, w2, w3, w0);
    four_rounds(state, w2, k + 8);
    extend(w2, w3, w0, w1);
    four_rounds(state, w3, k + 12);
    extend(w3, w0, w1, w2);
  }
  four_rounds(state, w0, 48);
  four_rounds(state, w1, 52);
  four_rounds(state, w2, 56);
  four_rounds(state, w3, 60);
  state.abef = _mm_add_epi32(state.abef, before.abef);
  state.cdgh = _mm_add_epi32(state.cdgh, before.cdgh);
}

}  // namespace

bool has_sha256_instructions() {
  static const bool has = [] {  // cpuid is slow on virtual machines
    unsigned a = 0, b = 0, c = 0, d = 0;
    if (__get_cpuid_count(7, 0, &a, &b, &c, &d) == 0 || (b & bit_SHA) == 0) return false;
    return __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & bit_SSE4_1) != 0 && (c & bit_SSSE3) != 0;
  }();
  return has;
}

__attribute__((target("sha,sse4.1"))) void sha256_compress_x86(Sha256State& state, std::span<const std::byte> blocks) {
  auto* words = reinterpret_cast<__m128i*>(state.data());
  const __m128i badc = _mm_shuffle_epi32(_mm_loadu_si128(words), 0xb1);
  const __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128(words + 1), 0x1b);
  Halves halves{_mm_alignr_epi8(badc, efgh, 8), _mm_blend_epi16(efgh, badc, 0xf0)};
  for (std::size_t at = 0; at + 64 <= blocks.size(); at += 64) compress_block(halves, blocks.data() + at);
  const __m128i feba = _mm_shuffle_epi32(halves.abef, 0x1b), dchg = _mm_shuffle_epi32(halves.cdgh, 0xb1);
  _mm_storeu_si128(words, _mm_blend_epi16(feba, dchg, 0xf0));
  _mm_storeu_si128(words + 1, _mm_alignr_epi8(dchg, feba, 8));
}

#else

bool has_sha256_instructions() { return false; }
void sha256_compress_x86(Sha256State& state, std::span<const std::byte> blocks) {
  sha256_compress_portable(state, blocks);
}

#endif

}  // namespace truce
