# What a page shows: exhibits (a figure or a table, with the data behind it) and hints for what is missing.
import csv
import io
import os
import warnings
from dataclasses import dataclass, field

import numpy as np

import command
import figure
from pages import svg

# What each picture must leave out for the same file to give the same bytes.
FORMATS = {"svg": {"Date": None}, "png": {"Software": None}}


@dataclass
class Exhibit:
    """`name`: of its files; `caption`: what is seen and how to read it; `alt`: the same for who cannot see it.

    `columns` and `rows` are its data (rows of numbers and texts). `table`: heads and rows of texts for the page itself.
    """

    name: str
    title: str
    caption: str
    alt: str = ""
    figure: object = None
    columns: tuple = ()
    rows: list = field(default_factory=list)
    table: tuple = ()
    element: str = ""  # the figure as part of the page
    written: list = field(default_factory=list)  # endings of its files
    kind: str = "exhibit"


@dataclass
class Hint:
    """Something that is not there yet: what, why, and the command that makes it (empty: none does)."""

    title: str
    why: str
    command: str = ""
    kind: str = "hint"


def sheet(height, key_of=(), bars=False):
    """A figure `height` inches high under its key; `key_of`: (slot, label) of each line, or of each bar."""
    drawn = figure.page("", list(key_of) or [(0, "")], height, foot=0.04)
    for line in (drawn.legends[0].get_lines() if bars and drawn.legends else []):
        line.set(linestyle="", marker="s", markersize=7)
    return drawn


def style():
    """The context in which figures are drawn and written: letters as outlines look the same with any fonts."""
    return figure.plt.rc_context({**figure.panels.STYLE, "svg.fonttype": "path"})


def spelled(value):
    """A cell of CSV: numbers to their last digit, empty where there is none."""
    if isinstance(value, (float, np.floating)):
        return repr(float(value)) if np.isfinite(value) else ""
    return value


def write(exhibit, folder):
    """Writes <folder>/<name>.svg, .png and .csv, whichever there is, and makes the figure an element."""
    try:
        if exhibit.rows:
            with open(os.path.join(folder, exhibit.name + ".csv"), "w", newline="", encoding="utf-8") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(exhibit.columns)
                writer.writerows([spelled(v) for v in row] for row in exhibit.rows)
            exhibit.written.append("csv")
        if exhibit.figure is not None:
            write_figure(exhibit, folder)
    except OSError as error:
        raise command.Problem(f"{folder} cannot be written ({error.strerror or error}); name another place with "
                              "--out", code=6) from error


def write_figure(exhibit, folder):
    # A name may use a script that the font lacks: its letters become boxes, the rest of the figure is right.
    warnings.filterwarnings("ignore", "Glyph .* missing")
    drawn, path = exhibit.figure, os.path.join(folder, exhibit.name)
    with style():
        drawn.draw_without_rendering()
        drawn.set_layout_engine(None)  # it has done its work, which takes longer than drawing
        drawn.savefig(path + ".png", dpi=160, metadata=FORMATS["png"])
        for patch in (drawn.patch, *(axes.patch for axes in drawn.axes)):
            patch.set_visible(False)
        text = io.StringIO()
        drawn.savefig(text, format="svg", metadata=FORMATS["svg"])
        figure.plt.close(drawn)
    with open(path + ".svg", "w", encoding="utf-8") as file:
        file.write(svg.on_white(text.getvalue()))
    exhibit.written += FORMATS
    exhibit.element = svg.inlined(text.getvalue(), exhibit.name, exhibit.alt)
    exhibit.figure = None
