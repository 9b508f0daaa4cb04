# Opens a sample result with h5py and with xarray's two netCDF-4 engines, and recomputes the content hash.
import hashlib
import os
import struct
import subprocess
import sys
import tempfile

try:
    import h5netcdf  # noqa: F401
    import h5py
    import netCDF4
    import numpy as np
    import xarray
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

ROWS, PIECE = 66000, 65536
NAMES = ["point", "policy", "war_month", "war_length", "survival", "runs_failed", "status", "autocracy", "base",
         "replicates", "guarantee"]


def content_hash(file):
    """The definition in FORMAT.md, second implementation."""
    total = hashlib.sha256()
    for name in NAMES:
        values = file[name][()]
        shape = np.shape(values)
        values = np.atleast_1d(np.asarray(values))
        total.update(name.encode() + b"\0" + str(values.dtype).encode() + b"\0")
        total.update(b"".join(struct.pack("<q", n) for n in shape))
        for at in range(0, len(values), PIECE):
            piece = np.ascontiguousarray(values[at:at + PIECE])
            if piece.dtype == np.float64:
                piece = np.where(np.isnan(piece), np.uint64(0x7FF8000000000000), piece.view(np.uint64))
            total.update(hashlib.sha256(piece.tobytes()).digest())
    return total.hexdigest()


def check_h5py(path):
    with h5py.File(path, "r") as file:
        assert sorted(file) == sorted(NAMES), list(file)
        assert file["war_length"].fletcher32 and file["war_length"].chunks == (PIECE, 3)
        assert np.isnan(file["war_length"].fillvalue)
        for created in [file[name].id.get_create_plist() for name in ["/"] + NAMES]:
            assert not created.get_obj_track_times(), "object times would change the bytes from second to second"
        hash_in_file = file.attrs["content_hash"]
        hash_in_file = hash_in_file.decode() if isinstance(hash_in_file, bytes) else hash_in_file
        assert hash_in_file == content_hash(file), (hash_in_file, content_hash(file))


def check_dataset(data):
    assert dict(data.sizes) == {"point": ROWS, "policy": 3, "war_month": 2}, data.sizes
    assert data["survival"].dims == ("point", "policy", "war_month")
    assert list(data["war_month"].values) == [12, 60.5] and data["war_month"].attrs["units"] == "month"
    assert data["point"].values[-1] == ROWS - 1
    rows, policies = np.arange(ROWS)[:, None], np.arange(3)[None, :]
    expected = np.where(rows % 5 == 3, np.nan, rows * 3.0 + policies * 0.25)
    np.testing.assert_array_equal(data["war_length"].values, expected)
    np.testing.assert_array_equal(data["runs_failed"].values, 1 + 3 * np.arange(ROWS))
    assert data["runs_failed"].dtype == np.int32 and data["status"].dtype == np.uint8
    assert list(np.atleast_1d(data["status"].attrs["flag_values"])) == [0, 1, 2]
    assert data["status"].attrs["flag_meanings"] == "ok some_failed all_failed"
    assert data["autocracy"].attrs["long_name"] == "autocracy, à la carte", data["autocracy"].attrs
    assert data["replicates"].item() == 64 and list(data["guarantee"].values) == [0, 0.25, 0.5]
    assert data.attrs["file_type"] == "truce result" and int(data.attrs["seed"]) == 861
    assert data.attrs["title"] == "" and len(data.attrs["study"]) == 100019, len(data.attrs["study"])


with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "sample.h5")
    subprocess.run([sys.argv[1], path], check=True)
    check_h5py(path)
    for engine in ("h5netcdf", "netcdf4"):
        with xarray.open_dataset(path, engine=engine, decode_times=False) as data:
            check_dataset(data)
    with xarray.open_dataset(path) as data:
        check_dataset(data)
    with netCDF4.Dataset(path) as data:
        assert list(data.variables) == NAMES, list(data.variables)
print("h5py, h5netcdf and netcdf4 agree")
