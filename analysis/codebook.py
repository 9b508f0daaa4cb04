# Writes the data dictionary of a truce result file beside it: codebook.py FILE [--out MD].
import argparse
import os
import sys

from results import Result, ResultError, text_of


def cell(text):
    return str(text).replace("|", "\\|").replace("\n", " ")


def remark(result, name):
    """What else the file says of a variable: role, distribution or value, flag meanings, where it is defined."""
    parts = []
    role = result.attribute("role", name)
    if role == "constant":
        parts.append(f"constant, {result.input(name):g}")
    elif role:
        parts.append(" ".join(filter(None, (role, result.attribute("distribution", name)))))
    meanings = result.attribute("flag_meanings", name).split()
    if meanings:
        codes = result.file[name].attrs.get("flag_values", range(len(meanings)))
        parts.append(", ".join(f"{int(c)}: {m}" for c, m in zip(codes, meanings)))
    if result.attribute("comment", name):
        parts.append(result.attribute("comment", name))
    return "; ".join(parts)


def codebook(result):
    """The dictionary as Markdown: the file's own attributes, then one row per dimension and variable."""
    lines = [f"# Codebook of {os.path.basename(result.path)}", "", result.title(), ""]
    for name, value in result.file.attrs.items():
        if name not in ("study", "title") and not name.startswith("_"):
            lines.append(f"- {name}: `{cell(text_of(value))}`")
    lines += ["", "| variable | dimensions | unit | type | meaning | range, values |", "|---|---|---|---|---|---|"]
    scales = result.scales()
    for name in scales + result.names():
        variable = result.file[name]
        over = [f"{name}: {len(variable)}"] if name in scales else result.dimensions(name)
        lines.append("| " + " | ".join(cell(c) for c in (
            f"`{name}`", ", ".join(over) or "-", result.attribute("units", name), variable.dtype.name,
            result.attribute("long_name", name), remark(result, name))) + " |")
    if result.attribute("study"):
        lines += ["", "The study:", "", *("    " + line for line in result.attribute("study").splitlines())]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description="Write the data dictionary of a truce result file.")
    parser.add_argument("file", help="a result file (HDF5) that truce sealed")
    parser.add_argument("--out", help="file to write; default: the file's name with .codebook.md")
    options = parser.parse_args()
    out = options.out or os.path.splitext(options.file)[0] + ".codebook.md"
    try:
        text = codebook(Result(options.file))
        with open(out, "w", encoding="utf-8") as stream:
            stream.write(text)
    except (ResultError, OSError) as problem:
        sys.exit(f"codebook: {problem}")
    print(out)


if __name__ == "__main__":
    main()
