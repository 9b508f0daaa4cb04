#!/usr/bin/python3
"""Small real disks that fill up in the journal, in the seal, in the manifest and in the codebook: the run ends 6 and says how many
bytes are needed; once there is room the same command ends with the same bytes.

Needs root and a mount namespace of its own; is skipped, and says so, where it gets none.
"""
import os
import pathlib
import re
import signal
import subprocess
import sys
import unittest

MINE = "TRUCE_MOUNT_NAMESPACE"
if MINE not in os.environ:
    alone = ["unshare", "--mount", "--propagation", "private"]
    probe = subprocess.run([*alone, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, text=True)
    if probe.returncode != 0:
        print(f"SKIPPED: no small disk can be mounted here ({probe.stderr.strip()}); run it as root")
        sys.exit(77)
    os.execvpe(alone[0], [*alone, sys.executable, "-B", *sys.argv], {**os.environ, MINE: "1"})

from fault_disk import PATIENCE, SHIM, TRUCE, Disk, FaultTest, Reference  # noqa: E402

BIG = ("--design.points=2048", "--store.block=64")  # some 330 KB of journal, and as much in the result
MEGABYTES = 8
PLACES = {"journal": {"name": "write", "path": "rank-", "call": 31}, "seal": {"name": "write", "path": ".h5.tmp", "call": 12},
          "seal's end": {"name": "write", "path": ".h5.tmp", "call": 60},
          "manifest": {"name": "create", "path": "manifest", "call": 1},
          "codebook": {"name": "write", "path": "codebook", "call": 1}, "plan": {"name": "create", "path": "plan", "call": 1}}


def mount(disk, kind):
    """A new file system in place of the disk's folder."""
    words = ["-t", "tmpfs", "-o", f"size={MEGABYTES}m", "none"]
    if kind == "ext4":
        image = disk.base / "image"
        subprocess.run(["truncate", "--size", f"{MEGABYTES}M", image], check=True)
        subprocess.run(["mkfs.ext4", "-q", "-m", "0", "-O", "^has_journal", image], check=True)
        words = ["-o", "loop", str(image)]
    done = subprocess.run(["mount", *words, disk.folder], capture_output=True, text=True)
    if done.returncode != 0:
        raise unittest.SkipTest(f"no {kind} can be mounted here: {done.stderr.strip()}")
    for thing in disk.folder.iterdir():  # lost+found
        thing.rmdir()


def fill(path):
    """Writes zeros until not one byte more goes."""
    with open(path, "wb", buffering=0) as file:
        for size in (1 << 16, 512, 1):
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError:
                pass


class FullDisk(FaultTest):
    def stopped_run(self, disk, place):
        """Stops the run before the call, fills the disk, and lets it go on; its exit code and what it says."""
        orders = {f"FAULT_{key.upper()}": str(value) for key, value in place.items()}
        run = subprocess.Popen([TRUCE, "run", "../study.ini", "--quiet", *disk.words], cwd=disk.folder, text=True,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                               env={**os.environ, **orders, "LD_PRELOAD": SHIM, "FAULT_KIND": "stop",
                                    "FAULT_FOLDER": str(disk.folder)})
        _, status = os.waitpid(run.pid, os.WUNTRACED)
        self.assertTrue(os.WIFSTOPPED(status), f"the run ended before {place}")
        fill(disk.folder / "filler")
        os.kill(run.pid, signal.SIGCONT)
        _, text = run.communicate(timeout=PATIENCE)
        return run.returncode, text

    def fills_up(self, kind):
        reference = Reference(BIG)
        for name, place in PLACES.items():
            with self.subTest(place=name), Disk(BIG) as disk:
                mount(disk, kind)
                try:
                    code, text = self.stopped_run(disk, place)
                    self.assertEqual(code, 6, text)
                    self.assertRegex(text, r"No space left on device|no room", text)
                    self.assertRegex(text, r"\d+ bytes", text)
                    self.assertEqual(disk.run().code, 6, "a second try on the full disk")
                    (disk.folder / "filler").unlink()
                    self.assertEqual(reference.fault_after(disk), "")
                finally:
                    subprocess.run(["umount", disk.folder], check=True)
        print(f"full disks, {kind}: {len(PLACES)} injected")

    def test_in_memory(self):
        self.fills_up("tmpfs")

    def test_ext4(self):
        self.fills_up("ext4")

    def test_that_has_no_room_for_the_result_says_how_much_it_takes(self):
        with Disk(BIG) as disk:
            mount(disk, "tmpfs")
            self.assertEqual(disk.run(fault={"name": "create", "path": ".h5.tmp", "call": 1, "kind": "crash"}).code, -9)
            fill(disk.folder / "filler")
            os.truncate(disk.folder / "filler", (disk.folder / "filler").stat().st_size - 100000)
            done = disk.run()
            self.assertEqual(done.code, 6, done.text)
            needed = int(re.search(r"it needs (\d+) bytes", done.text).group(1))
            (disk.folder / "filler").unlink()
            self.assertEqual(Reference(BIG).fault_after(disk), "")
            self.assertGreaterEqual(needed, pathlib.Path(disk.folder / "study.h5").stat().st_size)
            subprocess.run(["umount", disk.folder], check=True)


if __name__ == "__main__":
    unittest.main(verbosity=2)
