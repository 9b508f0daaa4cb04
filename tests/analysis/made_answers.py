# Makes files of answers with known numbers, laid out as `truce analyze` lays them out, for the tests of analysis/.
import h5py
import numpy as np


def write(path, tables, **attributes):
    """`tables`: {name: (summary, {axis: labels}, {answer: (unit, values over the axes)})}."""
    with h5py.File(path, "w", track_order=True) as file:
        file.attrs.update({"file_type": np.bytes_("truce analysis"), **attributes})
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
    chance = np.broadcast_to(np.array([0.6, 0.7, np.nan])[:, None], (len(OUTCOMES), len(policies)))
    shares = {"chance_share": ("1", chance), "chance_share_low": ("1", chance - 0.1),
              "chance_share_high": ("1", chance + 0.1)}
    return {"sobol": ("Sobol' indices", {**axes, "input": INPUTS, "reading": READINGS}, answers),
            "sobol_variance": ("what varies, by cause", axes, shares)}


def calibration():
    """Two targets, of which one rules out; what is left of two inputs, one of them told apart."""
    targets = {"real": [0.8, 0.48], "real_low": [0.7, 0.38], "real_high": [0.9, 0.58], "model_mean": [0.95, 0.21],
               "rules_out": [1, 0], "ruled_out": [0.25, 0.5], "ruled_out_low": [0.2, 0.4], "ruled_out_high": [0.3, 0.6]}
    left = {"left": [0.125, 0.5], "left_low": [0.1, 0.4], "left_high": [0.15, 0.6]}
    inputs = {"prior_q05": [0.05, 0], "prior_q50": [0.5, 0.3], "prior_q95": [0.95, 0.6], "left_q05": [0.4, 0],
              "left_q50": [0.7, 0.3], "left_q95": [0.99, 0.6], "distance": [0.5, 0.01], "distance_needed": [0.1, 0.1]}
    units = lambda answers: {n: ("1", v) for n, v in answers.items()}  # noqa: E731
    return {"targets": ("what rules out what", {"target": ["W30", "O1"]}, units(targets)),
            "left": ("what is left", {"criterion": ["largest_implausibility", "second_largest"]}, units(left)),
            "inputs": ("what the rest says", {"input": INPUTS[:2]}, units(inputs))}
