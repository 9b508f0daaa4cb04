"""What the Python versions of anchored_peace share: points from a file, the point's constants, one line of JSON."""

import hashlib
import json
import math
import sys
import time

import numpy

OUTCOMES = """ending war_months settlement_a principled peace_months relapsed welfare_a welfare_d wars war_months_total
peace_at_horizon blocked_rents blocked_information blocked_audience blocked_indivisibility blocked_commitment changed
imperfect_peace_d fighting_on_d""".split()
ENDINGS = "settlement victory_a victory_d ongoing".split()


def read_points(path):
    """{input: array of one value per point} from comma-separated values whose first line is the names."""
    table = numpy.genfromtxt(path, delimiter=",", names=True)
    return {name: numpy.atleast_1d(table[name]) for name in table.dtype.names}


def with_constants(inputs):
    """Adds what is computed once per point: variance rates, monthly factors, the motion of the balance."""
    p = dict(inputs)
    r = p["discount_rate"]
    p["s2"] = p["battle_volatility"] ** 2
    p["prior_variance"] = p["advantage_sd"] ** 2
    p["balance_s2"] = p["balance_volatility"] ** 2
    p["fade"] = -numpy.expm1(-p["fatigue_rate"])
    p["support_floor"] = p["patron_floor"] * p["patron_support"]
    p["defiance_decay"] = numpy.exp(-1 / p["defiance_months"])
    p["doctrine_decay"] = numpy.exp(-1 / p["doctrine_months"])
    p["discount"] = numpy.exp(-r)
    p["defiance_value"] = p["defiance_reward"] / (r + 1 / p["defiance_months"])
    variance = numpy.maximum(p["balance_s2"], 1e-30)
    speed = numpy.abs(p["balance_drift"])
    root = numpy.sqrt(speed**2 + 2 * r * variance)
    towards, against = -2 * r / (speed + root), -(speed + root) / variance
    rising = p["balance_drift"] > 0
    p["rate_up"], p["rate_down"] = numpy.where(rising, towards, against), numpy.where(rising, against, towards)
    p["twice_q"] = -2 * root / variance
    return p


def means(outcomes):
    """{outcome: [count, mean, standard error]} of outcomes[run, outcome]; `ending` as a share per code."""
    columns = {}
    for name, column in zip(OUTCOMES, outcomes.T):
        if name == "ending":
            columns.update({f"ending_{ending}": (column == code).astype(float) for code, ending in enumerate(ENDINGS)})
        else:
            columns[name] = column[~numpy.isnan(column)]
    return {
        name: [len(x), float(x.mean()) if len(x) else 0.0, float(x.std(ddof=1)) / math.sqrt(len(x)) if len(x) > 1 else 0.0]
        for name, x in columns.items()
    }


def measure(program, points, play):
    """The main of a program: PROGRAM POINTS REPLICATES [SECONDS]. play(points, replicates) -> outcomes, months."""
    replicates = int(sys.argv[2])
    least = float(sys.argv[3]) if len(sys.argv) > 3 else 0.0
    passes, begin = 0, time.process_time()
    while passes == 0 or time.process_time() - begin < least:
        outcomes, months = play(points, replicates)
        passes += 1
    seconds = (time.process_time() - begin) / passes
    line = {"program": program, "runs": len(outcomes), "steps": int(months), "seconds": seconds, "passes": passes}
    line["checksum"] = hashlib.sha256(outcomes.tobytes()).hexdigest()[:16]
    print(json.dumps(line | {"means": means(outcomes)}))
