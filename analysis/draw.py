# Draws the figure of a truce result file: draw.py FILE [--out PNG].
import argparse
import os
import sys

from results import Result, ResultError


def main():
    parser = argparse.ArgumentParser(description="Draw the figure of a truce result file.")
    parser.add_argument("file", help="a result file (HDF5) that truce sealed")
    parser.add_argument("--out", help="picture to write; default: the file's name with .png")
    options = parser.parse_args()
    out = options.out or os.path.splitext(options.file)[0] + ".png"
    try:
        result = Result(options.file)
        import figure  # matplotlib is slow to load: a bad file name is told first

        figure.draw(result).savefig(out, dpi=200, metadata={"Software": None})
    except (ResultError, OSError) as problem:
        sys.exit(f"draw: {problem}")
    print(out)


if __name__ == "__main__":
    main()
