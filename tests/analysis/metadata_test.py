#!/usr/bin/python3
"""What a result says of itself to other tools, as CF has it, and its codebook: metadata_test.py TRUCE."""
import pathlib
import re
import shutil
import sys
import unittest

from made_study import ELSEWHERE, STUDY, OnStudy, words_of

try:
    import h5py
    import numpy as np
except ImportError as missing:
    print(f"SKIPPED: {missing}")
    sys.exit(77)

# Factors of units that UDUNITS knows, and the two that it does not: the codebook says what these are.
UNIT = re.compile(r"1|\(?(1|stake|month)(/(month|stake|sqrt\(month\)))?\)?(\^2)?")


class Metadata(OnStudy):
    @classmethod
    def make(cls, made):
        made.write("study.ini", STUDY)
        made.run_study()
        made.run_study("--store.file=runs.h5", "--store.rows=run", "--store.quantiles=no")

    def test_follows_cf(self):
        for name in ("study.h5", "runs.h5"):
            with h5py.File(self.path(name)) as file:
                self.assertEqual(words_of(file.attrs["Conventions"]), "CF-1.10")
                for n, variable in file.items():
                    with self.subTest(file=name, variable=n):
                        self.check_variable(file, n, variable)

    def check_variable(self, file, name, variable):
        attributes = {k: words_of(v) for k, v in variable.attrs.items()}
        self.assertRegex(name, r"^[A-Za-z]\w*$")
        self.assertGreater(len(attributes["long_name"]), 2)
        self.assertTrue(UNIT.fullmatch(attributes["units"]), attributes["units"])
        if "_FillValue" in attributes:
            self.assertEqual(attributes["_FillValue"].dtype, variable.dtype)
        if "flag_meanings" in attributes:
            values, meanings = np.atleast_1d(attributes["flag_values"]), attributes["flag_meanings"].split(" ")
            self.assertEqual(values.dtype, variable.dtype)
            self.assertEqual(len(values), len(set(meanings)))
            self.assertTrue(all(re.fullmatch(r"[A-Za-z0-9][\w.+@-]*", m) for m in meanings), meanings)
            stored = np.asarray(variable[()], float)
            self.assertTrue(set(np.unique(stored[np.isfinite(stored)])) <= set(values))
        if h5py.h5ds.is_scale(variable.id):
            self.assertEqual(variable.ndim, 1)
            self.assertTrue((np.diff(variable[()]) > 0).all())  # coordinates are monotonic
        else:
            for i in range(variable.ndim):
                scale = variable.dims[i][0]
                self.assertEqual((scale.ndim, len(scale)), (1, variable.shape[i]))
                self.assertIn(scale.name.lstrip("/"), file)

    def test_codes_of_choices_and_endings_have_names(self):
        with h5py.File(self.path("study.h5")) as file, h5py.File(self.path("runs.h5")) as runs:
            self.assertEqual(words_of(file["private_information"].attrs["flag_meanings"]), "cost power")
            np.testing.assert_array_equal(file["private_information"].attrs["flag_values"], [0.0, 1.0])
            self.assertEqual(set(np.unique(file["private_information"])), {0.0, 1.0})
            self.assertEqual(words_of(runs["ending"].attrs["flag_meanings"]).split()[0], "settlement")

    def test_netcdf_tools_read_it(self):
        if shutil.which("ncdump") is None:
            self.skipTest(ELSEWHERE.format("ncdump"))
        head = self.call("ncdump", "-h", "study.h5")
        self.assertIn("double ending_settlement(point, policy) ;", head)
        self.assertIn('private_information:flag_meanings = "cost power" ;', head)

    def test_codebook_has_every_variable_with_unit_role_and_codes(self):
        text = pathlib.Path(self.path("study.codebook.md")).read_text()
        rows = {m[1]: m[0] for m in re.finditer(r"^\| `(\w+)` \|.*$", text, re.M)}
        with h5py.File(self.path("study.h5")) as file:
            self.assertEqual(set(rows), set(file))
            for name, variable in file.items():
                self.assertIn(f"| {words_of(variable.attrs['units'])} |", rows[name])
                self.assertIn(words_of(variable.attrs["long_name"]), rows[name])
                if "role" in variable.attrs:
                    self.assertIn(f"| {words_of(variable.attrs['role'])} |", rows[name])
        self.assertIn("codes: 0 = cost, 1 = power", rows["private_information"])
        self.assertIn("codes: 0 = ok, 1 = some_runs_failed, 2 = all_runs_failed, 3 = not_computed", rows["status"])
        self.assertIn("1, 3, 6, 12", rows["war_month"])
        for word in ("stake", "1/sqrt(month)", "`_diff`", "`_n`", "standard_name", "UDUNITS"):
            self.assertIn(word, text)


if __name__ == "__main__":
    unittest.main(verbosity=2)
