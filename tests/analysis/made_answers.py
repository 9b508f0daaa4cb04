# Makes files of answers with known numbers, laid out as `truce analyze` lays them out, for the tests of analysis/.
import h5py
import numpy as np


def write(path, tables, **attributes):
    """`tables`: {name: (summary, {axis: labels}, {answer: (unit, values over the axes)})}."""
    with h5py.File(path, "w", track_order=True) as file:
        file.attrs.update({"file_type": np.bytes_("truce analysis"), "kernel": "made_up", **attributes})
        for summary, axes, answers in tables.values():
            for axis, labels in axes.items():
                if axis not in file:
                    scale = file.create_dataset(axis, data=np.arange(len(labels)))
                    scale.make_scale(axis)
                    scale.attrs.update({"flag_values": np.arange(len(labels), dtype=float),
                                        "flag_meanings": np.bytes_(" ".join(x.replace(" ", ",") for x in labels))})
        for table, (summary, axes, answers) in tables.items():
            file.attrs[f"table_{table}"] = np.bytes_(summary)
            for name, (unit, values) in answers.items():
                variable = file.create_dataset(name, data=np.asarray(values, float))
                assert variable.shape == tuple(len(file[axis]) for axis in axes), name
                variable.attrs.update({"units": np.bytes_(unit), "long_name": np.bytes_(name), "table": np.bytes_(table)})
                for i, axis in enumerate(axes):
                    variable.dims[i].attach_scale(file[axis])


OUTCOMES, INPUTS = ["ending_settlement", "war_months", "failed"], ["autocracy_a", "justice_anchor", "talks_every"]
READINGS = ["mean_response", "one_run", "common_random_numbers", "uncorrected"]


def indices(policies=("guarantee_a=0", "guarantee_a=0.3", "guarantee_a=0.6")):
    """The tables of Sobol' indices: ST of input i of outcome o at policy p is 0.5 - 0.1 i + 0.01 o + 0.001 p."""
    i, o, p = np.arange(len(INPUTS)), np.arange(len(OUTCOMES)), np.arange(len(policies))
    total = 0.5 - 0.1 * i + 0.01 * o[:, None, None] + 0.001 * p[:, None]
    total = np.where(np.arange(len(READINGS)) == 2, np.nan, total[..., None] * [1.0, 0.4, 1.0, 1.5])
    axes = {"outcome": OUTCOMES, "policy": list(policies)}
    answers = {}
    for name, value in (("S1", total - 0.05), ("ST", total)):
        answers.update({name: ("1", value), f"{name}_low": ("1", value - 0.02), f"{name}_high": ("1", value + 0.03),
                        f"{name}_conf": ("1", np.full_like(value, 0.025))})
    answers["sobol_n"] = ("1", np.full_like(total, 512) - 2 * i[:, None])
    answers["sobol_told"] = ("1", np.ones_like(total))
    chance = np.broadcast_to(np.array([0.6, 0.7, np.nan])[:, None], (len(OUTCOMES), len(policies)))
    shares = {"chance_share": ("1", chance), "chance_share_low": ("1", chance - 0.1),
              "chance_share_high": ("1", chance + 0.1), "sobol_base_points": ("1", np.full_like(chance, 512))}
    shares.update({f"response_variance{end}": ("unit", np.full_like(chance, v))
                   for end, v in (("", 2), ("_low", 1), ("_high", 3))})
    return {"sobol": ("Sobol' indices", {**axes, "input": INPUTS, "reading": READINGS}, answers),
            "sobol_variance": ("what varies, by cause", axes, shares)}


def robustness(policies=("guarantee_a=0", "guarantee_a=0.3", "guarantee_a=0.6")):
    """Metrics: maximin prefers the first policy, laplace the last, starr no one of the first two; the last is best at 70 %
    of the points."""
    axes = {"outcome": OUTCOMES, "goal": ["higher", "lower"], "policy": list(policies)}
    value = np.array([[0.3, 0.1, 0.5], [0.2, 0.2, 0.515], [0.1, 0.3, 0.4]])  # [policy][maximin, laplace, starr]
    rank = np.array([[1, 3, 2], [2, 2, 1], [3, 1, 3]])
    value, rank = (np.broadcast_to(v, (len(OUTCOMES), 2, 3, 3)) for v in (value, rank))
    metrics = {"robustness": ("", value), "robustness_low": ("", value - 0.01), "robustness_high": ("", value + 0.01),
               "robustness_rank": ("1", rank), "robustness_rank_stability": ("1", np.full_like(value, 0.9))}
    bias = np.broadcast_to(np.array([0.125, 0, 0]), value.shape)  # of an extreme, none of a mean
    metrics.update({"robustness_noise_bias": ("", bias), "robustness_corrected": ("", value - bias),
                    "robustness_told": ("1", np.ones_like(value))})
    best = np.broadcast_to(np.array([0.1, 0.2, 0.7]), (len(OUTCOMES), 2, 3))
    shares = {f"best_{n}{end}": ("1", best + by) for n in ("share", "chance", "decided")
              for end, by in (("", 0), ("_low", -0.05), ("_high", 0.05))}
    return {"robustness": ("metrics", {**axes, "metric": ["maximin", "laplace", "starr"]}, metrics),
            "best_policy": ("how often each is the best", axes, shares)}


def boxes(policies=("guarantee_a=0", "guarantee_a=0.3", "guarantee_a=0.6")):
    """Boxes at the first policy: of many settlements autocracy_a at most 0.25, surely, and justice_anchor from 0.3 on,
    perhaps; of few settlements the same, which new points do not confirm (p 0.3)."""
    axes = {"outcome": OUTCOMES, "policy": list(policies), "goal": ["higher", "lower"], "box": ["1", "2"]}
    shape = (len(OUTCOMES), len(policies), 2, 2)

    def only(value):
        """The value (or values along the last axis) at the first place of all axes."""
        full = np.full((*shape, *np.shape(value)), np.nan)
        full[0, 0, :, 0] = value
        return full

    p_new = only(0.01)
    p_new[0, 0, 1, 0] = 0.3
    table = {"coverage": 0.4, "density": 0.8, "density_low": 0.75, "density_high": 0.85, "mass": 0.125, "base_rate": 0.25}
    nothing = np.nan
    limits = {"low": [0.0, 0.3, nothing], "high": [0.25, 0.6, nothing], "quasi_p": [0.001, 0.4, nothing],
              "low_from": [0, 0.25, nothing], "low_to": [0, 0.35, nothing], "high_from": [0.2, 0.6, nothing],
              "high_to": [0.3, 0.6, nothing]}
    return {"prim": ("boxes", axes, {**{f"prim_{n}": ("1", only(v)) for n, v in table.items()},
                                    "prim_p_new": ("1", p_new)}),
            "prim_limits": ("limits", {**axes, "box_input": INPUTS},
                            {f"prim_{n}": ("", only(v)) for n, v in limits.items()})}


def ledger():
    """Two claims, two kernels: C1 holds in forts and fails in screening, C2 is undecided in forts, as most of its points
    have no peace, and not asked of the other. C1 fails in a box that new points confirm, C2 in one that they do not."""
    shares = np.full((2, 2, 2, 4), np.nan)  # [claim][kernel][ranges][verdict]
    shares[0, 0], shares[0, 1], shares[1, 0] = [0.7, 0.1, 0, 0.2], [0.1, 0.6, 0.1, 0.2], [0.2, 0.1, 0, 0.7]
    verdict = np.array([[[0, 0], [1, 1]], [[3, 3], [np.nan, np.nan]]])
    known = np.where(np.isnan(verdict), np.nan, 0.0)
    answers = {"verdict": ("1", verdict), "effect": ("", known - 0.21), "effect_low": ("", known - 0.25),
               "effect_high": ("", known - 0.17), "by_construction": ("1", known + np.array([[[1], [0]], [[0], [0]]]))}
    for i, name in enumerate(("holds", "fails", "no_effect", "undecided")):
        answers.update({f"{name}{end}": ("1", shares[..., i] + by) for end, by in (("", 0), ("_low", -0.04), ("_high", 0.04))})
    answers.update({f"fails_box_{n}": ("1", known + v) for n, v in (("density", 0.9), ("coverage", 0.5))})
    by_claim = np.array([0, 1])[:, None, None]
    answers.update({"fails_box_p_new": ("1", known + np.where(by_claim, 0.2, 0.01)), "expected": ("1", known - 1),
                    "undefined": ("1", known + 0.6 * by_claim), "points": ("1", known + 512),
                    "effective_points": ("1", known + 512 - 400.4 * by_claim)})
    one_sided = known + np.array([[[0], [1]], [[0], [0]]])  # C1 in screening: no point goes the other way
    answers.update({"one_sided": ("1", one_sided), "along": ("1", known + 400), "against": ("1", known + 60 * (1 - one_sided)),
                    "pairs_against": ("1", np.where(by_claim, np.nan, known + 0.0312)), "shared": ("1", known + by_claim),
                    "extension": ("1", known + by_claim)})
    axes = {"claim": ["C1", "C2"], "kernel": ["forts", "screening"], "ranges": ["full", "inner"]}
    texts = {"title_C1": "Autocracy lowers settlement", "title_C2": "It shortens peace",
             "absent_C2": "screening: no peace_months", "shared_C2": "durability, holds",
             "extension_C2": "all of it; the memo does not say so", "section_C2": "Theory and Practice",
             "box_C1_screening_full_fails": "autocracy_a = uniform(0.5, 1)\nwar_cost_a = uniform(0.0023456789, 0.01)\n",
             "box_C2_forts_full_fails": "autocracy_a = uniform(0, 1)\n", "content": "claims", "truce_version": "9.9.9",
             "content_hash": "cd" * 32}
    for line in ("C1_forts_full", "C1_forts_inner", "C1_screening_full", "C1_screening_inner", "C2_forts_full", "C2_forts_inner"):
        texts.update({f"move_{line}": "autocracy_a = 0 -> 1", f"outcome_{line}": "ending_settlement [1]",
                      f"result_{line}": f"claims.{line.removesuffix('_full').replace('_', '.')}.h5"})
        if line.startswith("C2"):
            texts.update({f"under_{line}": "balance_drift = 0 -> 0.003", f"where_{line}": "guarantee_a = 0",
                          f"outcome_{line}": "peace_months [month]"})
    return {"ledger": ("the ledger", axes, answers)}, {n: np.bytes_(t) for n, t in texts.items()}


def calibration():
    """Two targets, of which one rules out; what is left of two inputs, one of them told apart."""
    targets = {"real": [0.8, 0.48], "real_low": [0.7, 0.38], "real_high": [0.9, 0.58], "model_mean": [0.95, 0.21],
               "rules_out": [1, 0], "ruled_out": [0.25, 0.5], "ruled_out_low": [0.2, 0.4], "ruled_out_high": [0.3, 0.6]}
    left = {"left": [0.125, 0.5], "left_low": [0.1, 0.4], "left_high": [0.15, 0.6], "left_points": [64, 256]}
    told = {"left_at": [0, 0.125, 0.25, 0.5], "left_at_low": [0, 0.1, 0.2, 0.4], "left_at_high": [0.01, 0.15, 0.3, 0.6],
            "left_at_points": [0, 64, 128, 256]}
    inputs = {"prior_q05": [0.05, 0], "prior_q50": [0.5, 0.3], "prior_q95": [0.95, 0.6], "left_q05": [0.4, 0],
              "left_q50": [0.7, 0.3], "left_q95": [0.99, 0.6], "distance": [0.5, 0.01], "distance_needed": [0.1, 0.1]}
    months = np.array([1, 12, 60, 120])
    middle = np.exp(-months[:, None] / [60.0, 30.0])  # [month][all, left]
    curves = {"war_survival_q05": middle * 0.8, "war_survival_q50": middle, "war_survival_q95": middle**0.5}
    units = lambda answers: {n: ("1", v) for n, v in answers.items()}  # noqa: E731
    return {"targets": ("what rules out what", {"target": ["W30", "O1"]}, units(targets)),
            "left": ("what is left", {"criterion": ["largest_implausibility", "second_largest"]}, units(left)),
            "discrepancies": ("what is left by discrepancy", {"stated_discrepancy": ["0", "0.05", "0.1", "0.15"]}, units(told)),
            "war_curve": ("how long wars last", {"war_month": [str(m) for m in months], "space": ["all", "left"]},
                          units(curves)),
            "inputs": ("what the rest says", {"input": INPUTS[:2]}, units(inputs))}
