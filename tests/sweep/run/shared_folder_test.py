#!/usr/bin/python3
"""Ranks that do not write to one folder are told so before they compute: two folders stand for the disks of two nodes."""
import os
import subprocess
import unittest

from study_folder import MPI, TRUCE, Folder


class OwnDisks(Folder):
    REPLICATES = "--study.replicates=256"

    def on_own_disks(self, *words):
        """Rank 0 in the folder A, rank 1 in B."""
        command = [TRUCE, "run", str(self.folder / "study.ini"), "--quiet", "--store.block=8", self.REPLICATES, *words]
        launch = [part for disk in "AB" for part in ("-n", "1", "--wdir", str(self.folder / disk), *command, ":")][:-1]
        return subprocess.run(["mpirun", *launch], text=True, capture_output=True, timeout=120, env={**os.environ, **MPI})

    def refused(self, attempt, *words):
        """Nobody has computed anything, and no mark is left."""
        done = self.on_own_disks(*words)
        self.assertEqual(done.returncode, 6, done.stdout + done.stderr)
        host, folder = os.uname().nodename, f"study.h5.journal/{attempt}"
        self.assertIn(f"rank 1 on {host} does not see {self.folder}/B/{folder}, which rank 0 on {host} made as "
                      f"{self.folder}/A/{folder} (all ranks must write to one shared folder)", done.stderr)
        self.assertIn("run from a folder that all nodes share, or name one with --store.file", done.stderr)
        self.assertEqual(list(self.folder.glob(f"?/{folder}/*")), [])

    def setUp(self):
        super().setUp()
        for disk in "AB":
            (self.folder / disk).mkdir()

    def test_are_named_and_nothing_is_computed(self):
        self.refused("attempt-0001")
        self.assertFalse((self.folder / "B/study.h5.journal").exists())

    def test_are_named_where_an_older_job_left_a_folder_of_that_name(self):
        (self.folder / "B/study.h5.journal/attempt-0001.share-1-of-2").mkdir(parents=True)
        self.refused("attempt-0001.share-1-of-2", "--share=1/2")

    def test_do_no_harm_if_the_result_is_on_a_shared_one(self):
        done = self.on_own_disks(f"--store.file={self.folder}/whole.h5")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.run_study("--store.block=8", self.REPLICATES)
        self.assertEqual(self.bytes_of("whole.h5"), self.bytes_of())


if __name__ == "__main__":
    unittest.main(verbosity=2)
