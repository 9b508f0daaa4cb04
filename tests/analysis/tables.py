# Reads the CSV tables that tests compare.
import csv
import pathlib


def rows_of(path):
    """The rows of a table: a dictionary each."""
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tables_of(folder, stem):
    """{table: rows} of <stem>.<table>.csv, as truce analyze and calibrate write them."""
    files = pathlib.Path(folder).glob(f"{stem}.*.csv")
    return {path.name[len(stem) + 1 : -len(".csv")]: rows_of(path) for path in files}
