# Spells numbers, intervals, units and times for a page.
import re

import numpy as np

from findings import number


def minus(text):
    """A hyphen before a number as the sign that it is."""
    return re.sub(r"(?<![\w.)])-(?=\d)", "\u2212", text)


def short(value, digits=3):
    """A number of three digits, thousands with commas; a dash where there is none."""
    if value is None or not np.isfinite(value):
        return "\u2013"
    return minus(f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.{digits}g}")


def count(value):
    return f"{value:,}"


def are(number):
    """`1 is`, `2 are`."""
    return f"{count(number)} {'is' if number == 1 else 'are'}"


def with_unit(text, unit):
    return f"{text} {unit}" if unit not in ("", "1", "share") else text


def interval(low, high):
    """`0.21 to 0.34`: never a dash, which reads as minus; empty where there is none."""
    return f"{short(low)} to {short(high)}" if np.isfinite(low) and np.isfinite(high) else ""


def chance(p):
    """A p-value, of which nobody needs more than that it is small."""
    return "<\u00a00.0001" if p < 1e-4 else short(p, 2)


def unbroken(text):
    """Intervals and standard errors in brackets, `(0.2 to 0.3)`, kept on one line of a table."""
    return re.sub(r"\((?:se [^()]*|[^()]* to [^()]*)\)", lambda m: m[0].replace(" ", "\u00a0"), text)


def rounded(text):
    """Numbers of many digits in a text to four of them."""
    return re.sub(r"\d+\.\d{5,}", lambda m: f"{float(m[0]):.4g}", text)


def effect(estimate, unit=""):
    """`+0.123 (se 0.01)` with its unit."""
    if not np.isfinite(estimate.value):
        return "\u2013"
    error = f" (se {estimate.error:.2g})" if np.isfinite(estimate.error) else ""
    return with_unit(minus(number(estimate.value)), unit) + error


def seconds(value):
    if value < 120:
        return f"{value:.0f} s"
    if value < 7200:
        return f"{value / 60:.0f} min"
    return f"{value / 3600:.1f} h"
