// Quantiles are constants and polynomials in them; nothing here calls the C library but sqrt, which rounds correctly.
#include "sweep/study/half_width.hpp"

#include <array>
#include <cmath>

namespace truce {
namespace {

constexpr double z = 1.9599639845400543;  // 97.5 % quantile of the normal distribution

/// Student's quantiles for 1 to 30 degrees of freedom, the nearest doubles.
constexpr std::array<double, 30> small_degrees{
    12.706204736174705, 4.302652729749464,  3.1824463052837095, 2.7764451051977943, 2.5705818356363155,
    2.44691185114497,   2.3646242515927853, 2.3060041352041667, 2.2621571627982053, 2.228138851986275,
    2.2009851600916397, 2.178812829667229,  2.1603686564627926, 2.144786687917804,  2.1314495455597755,
    2.1199052992212546, 2.109815577833317,  2.1009220402410387, 2.0930240544083096, 2.085963447265865,
    2.0796138447276804, 2.0738730679040263, 2.0686576104190486, 2.063898561628026,  2.0595385527532977,
    2.055529438642873,  2.0518305164802855, 2.048407141795245,  2.0452296421327043, 2.042272456301238};

constexpr double z2 = z * z;
constexpr double first = z * (z2 + 1) / 4;
constexpr double second = z * ((5 * z2 + 16) * z2 + 3) / 96;
constexpr double third = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
constexpr double fourth = z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160;

}  // namespace

double student_quantile(double degrees) {
  if (degrees <= 30) return small_degrees[static_cast<std::size_t>(degrees) - 1];
  return z + (first + (second + (third + fourth / degrees) / degrees) / degrees) / degrees;
}

double wilson_half_width(double share, double count) {
  const double spread = share * (1 - share) / count + z2 / (4 * count * count);
  return z * std::sqrt(spread) / (1 + z2 / count);
}

double student_half_width(double squares, double count) {
  return student_quantile(count - 1) * std::sqrt(squares / ((count - 1) * count));
}

}  // namespace truce
