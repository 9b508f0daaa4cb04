# Draws how long wars and peaces last in models that real wars do not rule out, beside real ones: history.py FILE...
import argparse
import csv
import os

import command

command.require("history", "numpy", "h5py", "matplotlib")

import numpy as np  # noqa: E402  (a missing library is told first)

import draw as pictures  # noqa: E402
import files  # noqa: E402
import kernel_files  # noqa: E402
from results import require_result, results_among  # noqa: E402

REAL_WARS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "real_wars")
MONTHS_A_DAY, MONTHS_A_YEAR = 12 / 365.2425, 12
CURVES = {"war_survival": ("wars lasting longer", "months of war"),
          "peace_survival": ("peaces lasting longer", "months since the settlement")}
REAL = "black"
NOTE = ("Black: real wars (95 of Correlates of War 4.0) and peaces after a negotiated end (63 pairs, until they are at war "
        "again), Kaplan-Meier at the times that the tables have, with 95 % intervals. Band and line: 5, 50 and 95 % of the "
        "points of the model that real wars do not rule out; grey: of all points. A point is one setting, asked to be all "
        "wars at once. Not ruled out is not confirmed, and real wars do not identify the effect of the regime.")


def real_curve(name):
    """Months, shares and both ends of their 95 % intervals: all wars, or peaces after a negotiated end."""
    war = name == "war_survival"
    wanted = {"group": "all"} if war else {"event": "renewed_war", "group": "negotiated"}
    with open(os.path.join(REAL_WARS, f"{name}.csv"), newline="", encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if all(r[k] == v for k, v in wanted.items())]
    time = [float(r["days"]) * MONTHS_A_DAY if war else float(r["years"]) * MONTHS_A_YEAR for r in rows]
    return (np.array(time), *(np.array([float(r[c]) for r in rows]) for c in ("S", "lo95", "hi95")))


def calibration_of(path):
    """first.h5 -> first.calibration.h5, which truce calibrate writes."""
    kind = ""
    if os.path.exists(path):
        with files.opened(path) as file:
            kind = files.kind_in(file)
            if kind in (files.ANALYSIS, files.LEDGER):
                require_result(path, file)
    its_own = kind == files.CALIBRATION or path.endswith(".calibration.h5")
    own = path if its_own else os.path.splitext(path)[0] + ".calibration.h5"
    if not os.path.exists(own):
        raise command.Problem(f"{own} does not exist (it says which points are left); run truce calibrate "
                              f"{path.replace('.calibration', '')}")
    return own


class Calibrated:
    """What truce calibrate found for one result."""

    def __init__(self, path):
        self.path = path
        with command.reading(path), files.opened(path) as file:
            if files.kind_in(file) != files.CALIBRATION:
                raise command.Problem(f"{path} is no calibration (it has no left_points); name a file that truce "
                                      "calibrate wrote")
            self.kernel = files.text_of(file.attrs["kernel"])
            self.left, self.low, self.high, self.points = (
                float(file[n][0]) for n in ("left", "left_low", "left_high", "left_points"))
            self.curves = {n: self._curve(file, n) for n in CURVES if f"{n}_q50" in file}

    @staticmethod
    def _curve(file, name):
        """Months, and [space: all, left][quantile: 5, 50, 95 %][month]."""
        months = files.text_of(file[name.replace("survival", "month")].attrs["flag_meanings"]).split()
        shares = np.array([file[f"{name}_q{q}"][()] for q in ("05", "50", "95")])
        return np.array(months, float), shares.transpose(2, 0, 1)


def draw_panel(axes, found, name, colour, marker="o"):
    """One curve of one kernel beside the real one."""
    if name in found.curves:
        months, (everything, left) = found.curves[name]
        axes.fill_between(months, everything[0], everything[2], color="0.5", alpha=0.18, linewidth=0)
        if found.points > 0:
            axes.fill_between(months, left[0], left[2], color=colour, alpha=0.35, linewidth=0)
            axes.plot(months, left[1], color=colour, marker=marker)
    time, share, low, high = real_curve(name)
    seen = time <= (125 if name == "war_survival" else 245)
    axes.errorbar(time[seen], share[seen], [(share - low)[seen], (high - share)[seen]], color=REAL, marker=".",
                  markersize=4, linewidth=0.9, elinewidth=0.7, capsize=1.5)
    axes.set(ylim=(0, 1.02), ylabel=CURVES[name][0])
    if name == "war_survival":
        axes.set_xscale("log")
        axes.set_xticks([1, 3, 6, 12, 24, 60, 120], [1, 3, 6, 12, 24, 60, 120])
        axes.minorticks_off()
        axes.set_xlim(0.9, 130)
    else:
        axes.set(xticks=range(0, 241, 60), xlim=(0, 248))


def calibrations_of(paths):
    """What truce calibrate found for some results, or in some of its files: one for a kernel, in their order."""
    wanted = dict.fromkeys(calibration_of(p) for p in results_among(paths, "history", kept=[files.CALIBRATION]))
    found = kernel_files.by_kernel((one.kernel, one.path, one) for one in map(Calibrated, wanted))
    if len(found) > kernel_files.MOST:
        raise command.Problem(f"{len(found)} kernels are too many (only {kernel_files.MOST} colours are told apart by "
                              f"every eye); name at most {kernel_files.MOST}")
    return [(found[name], slot) for name, slot in kernel_files.slots_of(found).items()]


def draw(paths):
    """The figure of some calibrations, a row for each."""
    found = calibrations_of(paths)
    import figure  # matplotlib is slow to load: what is wrong with the files is told first
    import panels

    with figure.plt.rc_context(panels.STYLE):
        drawn = figure.page("Models that real wars do not rule out, and real wars", [(0, "")], 1.45 * len(found) + 0.75, 0.7)
        grid = drawn.subplots(len(found), 2, squeeze=False)
        for row, (one, slot) in zip(grid, found):
            for axes, name in zip(row, CURVES):
                draw_panel(axes, one, name, panels.COLOURS[slot], panels.MARKERS[slot])
                if one is found[-1][0]:
                    axes.set_xlabel(CURVES[name][1])
            share = f"{100 * one.left:.2g} % of the space is left [{100 * one.low:.2g}, {100 * one.high:.2g}]"
            figure.write_title(row[0], f"{one.kernel}: {share}")
        figure.write_note(drawn, [NOTE])
    return drawn


def main():
    parser = argparse.ArgumentParser(description="Draw calibrated results beside real wars.")
    parser.add_argument("files", nargs="+", metavar="FILE", help="results that truce calibrate has seen, or its files")
    parser.add_argument("--out", default="real_wars.png", help="picture to write (.png, .pdf or .svg; default real_wars.png)")
    options = parser.parse_args()
    out = pictures.picture_name(options.out, options.files)
    pictures.save(draw(options.files), out)
    print(out)


if __name__ == "__main__":
    command.run("history", main)
