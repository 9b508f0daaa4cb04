# Draws the figure of a truce result file: draw.py FILE [--out PNG].
import argparse
import os
import warnings

import command

command.require("draw", "numpy", "h5py", "matplotlib")

import files  # noqa: E402  (a missing library is told first)
from results import Result  # noqa: E402

# What each format must leave out for the same file to give the same picture.
FORMATS = {".png": {"Software": None}, ".pdf": {"CreationDate": None}, ".svg": {"Date": None}}


def picture_name(out, inputs):
    """The picture to write, with .png where the name has no ending; never over one of `inputs` or what is no picture."""
    ending = os.path.splitext(out)[1]
    if ending and ending.lower() not in FORMATS:
        raise command.Problem(f"{out} is no picture that this script can write (it writes {', '.join(FORMATS)}); "
                              "name another with --out")
    return files.free_for(out if ending else out + ".png", files.BEGINNINGS[ending.lower() or ".png"], inputs)


def save(drawn, out):
    """Writes a figure: the same figure, the same bytes."""
    # A title may use a script that the font lacks: its letters become boxes, the rest of the figure is right.
    warnings.filterwarnings("ignore", "Glyph .* missing")
    try:
        drawn.savefig(out, dpi=200, metadata=FORMATS[os.path.splitext(out)[1].lower()])
    except OSError as error:
        raise files.written_to(out, error) from error


def draw():
    parser = argparse.ArgumentParser(description="Draw the figure of a truce result file.")
    parser.add_argument("file", help="a result file (HDF5) that truce sealed")
    parser.add_argument("--out", help="picture to write (.png, .pdf or .svg); default: the file's name with .png")
    options = parser.parse_args()
    out = picture_name(options.out or os.path.splitext(options.file)[0] + ".png", [options.file])
    with command.reading(options.file):
        result = Result(options.file)
        import figure  # matplotlib is slow to load: a bad file name is told first

        drawn = figure.draw(result)
    save(drawn, out)
    print(out)


if __name__ == "__main__":
    command.run("draw", draw)
