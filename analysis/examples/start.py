# What the examples share: the result that the command line names, refused in one line where it will not do.
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent))
from command import Problem, reading, require, run  # noqa: E402, F401  (for the examples)


def result(*columns):
    """Name of the result file in the first word of the command line: a row for each point, and these inputs or outcomes."""
    import files  # needs h5py, which the example has required by now
    from results import require_result

    if len(sys.argv) < 2:
        raise Problem(f"no result file is named; say python3 {sys.argv[0]} first.h5")
    path = sys.argv[1]
    with reading(path), files.opened(path) as file:
        require_result(path, file)
        if "run" in file:
            raise Problem(f"{path} has runs as rows (a row for each point is wanted); run its study with `rows = point`")
        known = [n for n in file if files.text_of(file[n].attrs.get("role", "")) == "uncertainty"] + outcomes_in(file)
        missing = [c for c in columns if c not in known]
    if missing:
        raise Problem(f"{path} has no {missing[0]} (it has {', '.join(known)}); name one of them, or another result")
    return path


def outcomes_in(file):
    """Names of the outcomes of an open result, which come with the variance between runs."""
    return [n[:-4] for n in file if n.endswith("_var") and not n.endswith("_diff_var")]
