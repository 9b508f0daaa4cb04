// Polynomial coefficients of kernels/math.hpp; written by tests/kernels/fit_math.py, not by hand.
#pragma once

#include "kernels/isa.hpp"

namespace truce {
inline namespace TRUCE_ISA {

template <class Scalar>
struct Tables;

template <>
struct Tables<double> {
  /// (exp(r) - 1 - r) / r^2 for |r| <= ln(2)/2. Highest power first.
  static constexpr double exp_tail[] = {
      0x1.af38c03804c23p-26, 0x1.289197b05519bp-22, 0x1.71de0da4ea540p-19, 0x1.a019b8fdc4827p-16, 0x1.a01a01a7c68ddp-13,
      0x1.6c16c1788fd02p-10, 0x1.11111111109b0p-7,  0x1.5555555553d59p-5,  0x1.5555555555556p-3,  0x1.0000000000001p-1};
  /// (log((1+s)/(1-s)) - 2s) / s^3 in z = s^2, |s| <= 3 - 2 sqrt(2). Highest power first.
  static constexpr double log_tail[] = {0x1.0c044ccf380aap-3, 0x1.0fbe84f5caccap-3, 0x1.3b1c35fbecd93p-3,
                                        0x1.745cf90196560p-3, 0x1.c71c720160332p-3, 0x1.2492492476c8bp-2,
                                        0x1.9999999999a38p-2, 0x1.5555555555555p-1};
  /// quantile/(2u-1) in w - 3.125, 0 <= w <= 6.25. Highest power first.
  static constexpr double quantile_centre[] = {
      0x1.5a490b7731a15p-68,  -0x1.dbeccf1c596c1p-70, -0x1.242603ecc64dfp-61, 0x1.e00593a36d4b8p-60,
      0x1.964c14c7e5669p-56,  -0x1.a879e14feca93p-53, -0x1.06b76f40aecacp-54, 0x1.501a572b2af16p-47,
      -0x1.fdae8a4c93954p-45, -0x1.028853bd2f0d2p-43, 0x1.05c6bd9d338b9p-38,  -0x1.42da7457f1ed4p-36,
      -0x1.50c1aff54493dp-34, 0x1.98a57af79a002p-30,  -0x1.8faf5546388a4p-28, -0x1.6125a5d8b9a27p-25,
      0x1.4186be8c34437p-21,  -0x1.032ee3ba720ebp-19, -0x1.49627602c03eep-16, 0x1.14e8fc42a1299p-12,
      -0x1.12994fbb84299p-10, -0x1.179b2574060cbp-7,  0x1.5bc94440cc7ecp-2,   0x1.2b57ec65a8009p+1};
  /// quantile/(2u-1) in sqrt(w) - 3.75, 2.5 <= sqrt(w) <= 5. Highest power first.
  static constexpr double quantile_tail[] = {
      0x1.a9ef04937ffa3p-41,  0x1.90769b80c7ceap-38,  -0x1.5910f086b42fap-35, 0x1.33d9e891c75f5p-35,
      0x1.e259da24c8999p-33,  -0x1.eae5140372e0dp-31, 0x1.f2fe9a1316f93p-30,  -0x1.d484a4c0b01a9p-32,
      -0x1.d68e430d7885ep-27, 0x1.d862d2f2cce89p-25,  -0x1.9234917d0d999p-24, -0x1.e7f6e8763fea6p-25,
      0x1.a97a77fec9d92p-21,  -0x1.32cfbce85e587p-19, 0x1.9750d2eec9a95p-19,  0x1.28caa6d76bdb0p-19,
      -0x1.7c874752cb205p-16, 0x1.188d6a2486e6bp-14,  -0x1.1be96138c048bp-13, 0x1.d9279924e18cep-13,
      -0x1.89d38c2c46322p-12, 0x1.93d37ff4bb20bp-11,  -0x1.dd02a62d26df3p-10, 0x1.7cd1d59836222p-9,
      0x1.6d2e28ff9ec88p+0,   0x1.44b42d1539c77p+2};
  /// quantile/(2u-1)/sqrt(w) in 1/sqrt(w) - 0.1385, 5 <= sqrt(w) <= 13. Highest power first.
  static constexpr double quantile_far[] = {
      -0x1.e05fcf5e81dfbp+58, -0x1.788d53e219647p+55, 0x1.c148904608f38p+52,  0x1.da2755b5d761cp+50,
      -0x1.23b66a79e9060p+43, -0x1.0dfc20d4e4bcfp+44, -0x1.0a0ae2c223992p+41, 0x1.0016084fbd11ap+37,
      -0x1.25c1d5af92489p+31, 0x1.abc65e2301929p+31,  -0x1.76e73afe550edp+28, 0x1.27c9bf973db0cp+26,
      -0x1.89ff22cb283a0p+23, 0x1.18aa853d3bdefp+21,  -0x1.93a017b08cc21p+18, 0x1.2a4d8d4bb9ae6p+16,
      -0x1.c6935ba586b9ep+13, 0x1.67f1c53698582p+11,  -0x1.2b83b53456592p+9,  0x1.094ec930c37b9p+7,
      -0x1.f82962999047fp+4,  0x1.0dfbcc1cfedd6p+3,   -0x1.9bd264cb1617fp+1,  0x1.a5587f3b4c56fp+0,
      -0x1.144e6d82d94c5p-2,  -0x1.12805dcecdd59p-2,  0x1.63908ee759c78p+0};
};

template <>
struct Tables<float> {
  /// (exp(r) - 1 - r) / r^2 for |r| <= ln(2)/2. Highest power first.
  static constexpr float exp_tail[] = {0x1.6d11240000000p-10F, 0x1.120b880000000p-7F, 0x1.55551a0000000p-5F,
                                       0x1.5554dc0000000p-3F, 0x1.0000000000000p-1F};
  /// (log((1+s)/(1-s)) - 2s) / s^3 in z = s^2, |s| <= 3 - 2 sqrt(2). Highest power first.
  static constexpr float log_tail[] = {0x1.2ee6500000000p-2F, 0x1.997c2e0000000p-2F, 0x1.55555c0000000p-1F};
  /// quantile/(2u-1) in w - 3.125, 0 <= w <= 6.25. Highest power first.
  static constexpr float quantile_centre[] = {0x1.0f7b1a0000000p-30F, -0x1.bfca220000000p-28F, -0x1.37a1960000000p-25F,
                                              0x1.432f3e0000000p-21F, -0x1.05efb80000000p-19F, -0x1.497dc60000000p-16F,
                                              0x1.14f28c0000000p-12F, -0x1.1298f20000000p-10F, -0x1.179b4a0000000p-7F,
                                              0x1.5bc9440000000p-2F,  0x1.2b57ec0000000p+1F};
  /// quantile/(2u-1) in sqrt(w) - 3.75, 2.5 <= sqrt(w) <= 4. Highest power first.
  static constexpr float quantile_tail[] = {-0x1.8fe1100000000p-12F, -0x1.d772a20000000p-19F, -0x1.ccf7f60000000p-12F,
                                            0x1.996d240000000p-11F,  -0x1.db76d80000000p-10F, 0x1.7cd5e20000000p-9F,
                                            0x1.6d2e280000000p+0F,   0x1.44b42e0000000p+2F};
};

}  // namespace TRUCE_ISA
}  // namespace truce
