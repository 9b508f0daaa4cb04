#!/usr/bin/python3
"""Fits the polynomials of kernels/math_tables.hpp with mpmath and prints that header.

Run: tests/kernels/fit_math.py > kernels/math_tables.hpp   (about a minute; needs python3-mpmath and python3-numpy)
"""
from numpy import float32
from mpmath import chebyfit, e, erfinv, exp, expm1, log, mp, mpf, sqrt

mp.dps = 50
FLOAT_TAIL_BITS, FLOAT_BITS = 21, 25  # of the tails of exp and log, which are small corrections; of the quantile
FLOAT_TERMS = 5, 3, (11, 8, 0, "4")  # exp, log, quantile: centre, tail, far, where the tail ends


def row(kind, bits, name, comment, function, interval, terms):
    coefficients, error = chebyfit(function, interval, terms, error=True)
    assert error < mpf(2) ** -bits * abs(function(interval[1])), (kind, name, error)
    suffix = "F" if kind == "float" else ""
    numbers = ",\n      ".join(as_text(kind, c) + suffix for c in coefficients)
    print(f"  /// {comment} Highest power first.\n  static constexpr {kind} {name}[] = {{\n      {numbers}}};")


def as_text(kind, number):
    return float(number).hex() if kind == "double" else float(float32(float(number))).hex()


def exp_tail(r):
    r = mpf(r)
    return (expm1(r) - r) / r**2 if abs(r) > 1e-12 else mpf(1) / 2 + r / 6


def log_tail(z):
    z = mpf(z)
    if z < mpf(10) ** -30:
        return mpf(2) / 3
    s = sqrt(z)
    return (log((1 + s) / (1 - s)) - 2 * s) / s**3


def quantile_over_x(w):
    """normal quantile(u) / (2u - 1) as a function of w = -log(4u(1-u))."""
    w = mpf(w)
    if w < mpf(10) ** -30:
        return sqrt(mp.pi / 2)
    mp.dps = 200 if w > 60 else 50
    x = sqrt(-expm1(-w))  # |2u - 1|
    value = sqrt(mpf(2)) * erfinv(x) / x if w <= 60 else sqrt(mpf(2)) * tail_erfinv(w) / x
    mp.dps = 50
    return +value


def tail_erfinv(w):
    """erfinv(sqrt(1 - exp(-w))) for large w by Newton steps on log erfc."""
    target = log(1 - sqrt(1 - exp(-w)))
    y = sqrt(w - log(mp.pi * w) / 2)
    for _ in range(60):
        step = (log(mp.erfc(y)) - target) / (-2 * exp(-(y**2)) / (sqrt(mp.pi) * mp.erfc(y)))
        y -= step
        if abs(step) < mpf(10) ** -45:
            break
    return y


def quantile_rows(kind, bits, centre, tail, far, most):
    row(kind, bits, "quantile_centre", "quantile/(2u-1) in w - 3.125, 0 <= w <= 6.25.",
        lambda t: quantile_over_x(t + mpf("3.125")), [mpf("-3.125"), mpf("3.125")], centre)
    row(kind, bits, "quantile_tail", f"quantile/(2u-1) in sqrt(w) - 3.75, 2.5 <= sqrt(w) <= {most}.",
        lambda t: quantile_over_x((t + mpf("3.75")) ** 2), [mpf("-1.25"), mpf(most) - mpf("3.75")], tail)
    if far:
        row(kind, bits, "quantile_far", "quantile/(2u-1)/sqrt(w) in 1/sqrt(w) - 0.1385, 5 <= sqrt(w) <= 13.",
            lambda t: quantile_over_x((t + mpf("0.1385")) ** -2) * (t + mpf("0.1385")),
            [mpf("-0.0616"), mpf("0.0616")], far)


def tables(kind, tail_bits, bits, exp_terms, log_terms, quantile):
    print(f"template <>\nstruct Tables<{kind}> {{")
    row(kind, tail_bits, "exp_tail", "(exp(r) - 1 - r) / r^2 for |r| <= ln(2)/2.", exp_tail, [-0.34668, 0.34668], exp_terms)
    row(kind, tail_bits, "log_tail", "(log((1+s)/(1-s)) - 2s) / s^3 in z = s^2, |s| <= 3 - 2 sqrt(2).", log_tail,
        [0, 0.02944], log_terms)
    quantile_rows(kind, bits, *quantile)
    print("};\n")


print("""// Polynomial coefficients of kernels/math.hpp; written by tests/kernels/fit_math.py, not by hand.
#pragma once

#include "kernels/isa.hpp"

namespace truce {
inline namespace TRUCE_ISA {

template <class Scalar>
struct Tables;
""")
tables("double", 51, 51, 10, 8, (24, 26, 27, "5"))
tables("float", FLOAT_TAIL_BITS, FLOAT_BITS, *FLOAT_TERMS)
print("}  // namespace TRUCE_ISA\n}  // namespace truce")
