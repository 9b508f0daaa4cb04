// Half-widths of 95 % intervals, from + - * / and sqrt alone: the same bits on every machine, so that what is decided
// by them is the same everywhere.
#pragma once

#include <cstdint>

namespace truce {

/// The 97.5 % quantile of Student's t with `degrees` degrees of freedom, at least 1: a table up to 30, above it the
/// expansion of Cornish & Fisher about the normal quantile to the fourth power of 1/degrees (Abramowitz & Stegun 1964,
/// 26.7.5; Hill 1970, CACM algorithm 396), within 1e-6 of the exact value.
double student_quantile(double degrees);

/// Half-width of Wilson's score interval (Wilson 1927) of a share seen in `count` runs, at least 1. Never 0.
double wilson_half_width(double share, double count);

/// Half-width of Student's interval of a mean of `count` values, at least 2, whose squared deviations from their mean
/// sum to `squares`. In the unit of the values; 0 where they are all equal.
double student_half_width(double squares, double count);

}  // namespace truce
