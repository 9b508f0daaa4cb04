# Draws how long wars and peaces last in models that real wars do not rule out, beside real ones: history.py FILE...
import argparse
import csv
import os

import command

command.require("history", "numpy", "h5py", "matplotlib")

import h5py  # noqa: E402  (a missing library is told first)
import numpy as np  # noqa: E402

import draw as pictures  # noqa: E402

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
    own = path if path.endswith(".calibration.h5") else os.path.splitext(path)[0] + ".calibration.h5"
    if not os.path.exists(own):
        raise command.Problem(f"{own} does not exist (it says which points are left); run truce calibrate "
                              f"{path.replace('.calibration', '')}")
    return own


class Calibrated:
    """What truce calibrate found for one result."""

    def __init__(self, path):
        with command.reading(path), h5py.File(path, "r") as file:
            if "left_points" not in file:
                raise command.Problem(f"{path} is no calibration (it has no left_points); name a file that truce "
                                      "calibrate wrote")
            kernel = file.attrs["kernel"]
            self.kernel = kernel.decode() if isinstance(kernel, bytes) else kernel
            self.left, self.low, self.high, self.points = (
                float(file[n][0]) for n in ("left", "left_low", "left_high", "left_points"))
            self.curves = {n: self._curve(file, n) for n in CURVES if f"{n}_q50" in file}

    @staticmethod
    def _curve(file, name):
        """Months, and [space: all, left][quantile: 5, 50, 95 %][month]."""
        meanings = file[name.replace("survival", "month")].attrs["flag_meanings"]
        months = (meanings.decode() if isinstance(meanings, bytes) else meanings).split()
        shares = np.array([file[f"{name}_q{q}"][()] for q in ("05", "50", "95")])
        return np.array(months, float), shares.transpose(2, 0, 1)


def draw_panel(axes, found, name, colour):
    """One curve of one kernel beside the real one."""
    if name in found.curves:
        months, (everything, left) = found.curves[name]
        axes.fill_between(months, everything[0], everything[2], color="0.5", alpha=0.18, linewidth=0)
        if found.points > 0:
            axes.fill_between(months, left[0], left[2], color=colour, alpha=0.35, linewidth=0)
            axes.plot(months, left[1], color=colour, marker="o")
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


def draw(files):
    """The figure of some calibrations, a row for each."""
    import figure
    import panels

    found = [Calibrated(calibration_of(f)) for f in files]
    with figure.plt.rc_context(panels.STYLE):
        drawn = figure.page("Models that real wars do not rule out, and real wars", [(0, "")], 1.45 * len(found) + 0.75, 0.7)
        grid = drawn.subplots(len(found), 2, squeeze=False)
        for row, one in zip(grid, found):
            colour = panels.COLOURS[found.index(one) % len(panels.COLOURS)]
            for axes, name in zip(row, CURVES):
                draw_panel(axes, one, name, colour)
                if one is found[-1]:
                    axes.set_xlabel(CURVES[name][1])
            share = f"{100 * one.left:.2g} % of the space is left [{100 * one.low:.2g}, {100 * one.high:.2g}]"
            figure.write_title(row[0], f"{one.kernel}: {share}")
        figure.write_note(drawn, [NOTE])
    return drawn


def main():
    parser = argparse.ArgumentParser(description="Draw calibrated results beside real wars.")
    parser.add_argument("files", nargs="+", metavar="FILE", help="results that truce calibrate has seen, or its files")
    parser.add_argument("--out", default="history.png", help="picture to write (.png, .pdf or .svg)")
    options = parser.parse_args()
    out = pictures.picture_name("", options.out)
    pictures.save(draw(options.files), out)
    print(out)


if __name__ == "__main__":
    command.run("history", main)
