# python3 analysis/examples/with_pandas.py first.h5
"""Reads a result as a pandas table, a row per point and policy (python3-pandas, python3-xarray, python3-h5netcdf).

`truce export first.h5 --csv --out first.csv` writes the same numbers; pandas reads them to the last digit by
pandas.read_csv("first.csv", float_precision="round_trip")."""
import start

start.require("with_pandas", "h5py", "pandas", "xarray", "h5netcdf")

import xarray  # noqa: E402  (a missing library is told first)


def main():
    results = xarray.open_dataset(start.result("ending_settlement", "war_months"), engine="h5netcdf")
    rows = [d for d in ("point", "policy") if d in results.dims]
    # Curves have a dimension more; without them a table has one row per point and policy.
    table = results[[n for n in results if set(results[n].dims) <= set(rows)]].to_dataframe().reset_index()
    print(f"{len(table)} rows, {len(table.columns)} columns")

    levers = [n for n in results if results[n].attrs.get("role") == "lever"]
    print(table.groupby(levers or "status")[["ending_settlement", "war_months"]].mean())
    inputs = [n for n in results if results[n].attrs.get("role") == "uncertainty"]
    ranks = table[inputs + ["ending_settlement"]].corr(method="spearman")
    print(ranks["ending_settlement"].drop("ending_settlement"))


start.run("with_pandas", main)
