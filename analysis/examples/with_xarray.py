# python3 analysis/examples/with_xarray.py first.h5
"""Opens a result in xarray: names, units, a mean over points by policy, a survival curve (python3-xarray, -h5netcdf)."""
import start

start.require("with_xarray", "h5py", "xarray", "h5netcdf")

import xarray  # noqa: E402  (a missing library is told first)


def main():
    results = xarray.open_dataset(start.result("autocracy_a", "ending_settlement", "war_months"), engine="h5netcdf")
    about = results.attrs
    print(about["kernel"], "version", about["kernel_version"], "content", about["content_hash"][:12])

    # Inputs lie over `point`, levers over `policy`, outcomes over both: xarray lines them up by name.
    months = results["war_months"].weighted(results["war_months_n"]).mean("point")
    print(f"{results['war_months'].attrs['long_name']} [{results['war_months'].attrs['units']}]")
    for policy in range(results.sizes.get("policy", 1)):
        levers = {n: float(v[policy]) for n, v in results.items() if v.attrs.get("role") == "lever"}
        print(" ", levers, float(months[policy] if "policy" in months.dims else months))

    # What is not defined at a point is NaN and left out; `_n` says how many runs stand behind each value.
    autocratic = results.where(results["autocracy_a"] > 0.5, drop=True)
    print("share settled where autocracy_a > 0.5:", float(autocratic["ending_settlement"].mean()))
    if "war_survival" in results:
        print(results["war_survival"].mean([d for d in results["war_survival"].dims if d != "war_month"]).to_series())


start.run("with_xarray", main)
