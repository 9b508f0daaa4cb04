#!/usr/bin/python3
"""Every call of a whole run fails in turn, once or from then on, with every errno that makes sense: the run ends 6 and names the
file, or 0 with the right bytes; never with a signal, never not at all. The same command then ends with the same bytes. A write
of the result that says it was made, and was not, is found when the file is read back (7), or what it lost is the library's own
accounts (free space, order of attributes), which no reader sees."""
import errno
import os
import re
import unittest
from errno import EDQUOT, EINTR, EIO, EMFILE, ENOLCK, ENOSPC

from fault_disk import FULL, VARIANTS, Disk, FaultTest, Reference, seen_by_readers, spelled

KINDS = {"open": (EIO, EMFILE, EINTR), "create": (EIO, ENOSPC, EDQUOT, EINTR), "read": (EIO, EINTR, "short"),
         "write": (EIO, ENOSPC, EDQUOT, EINTR, "short"), "truncate": (EIO, ENOSPC), "fsync": (EIO, ENOSPC, EDQUOT, EINTR),
         "fdatasync": (EIO, ENOSPC, EDQUOT, EINTR), "rename": (EIO, ENOSPC, EDQUOT), "link": (EIO, ENOSPC, EDQUOT),
         "unlink": (EIO,), "mkdir": (EIO, ENOSPC, EDQUOT), "rmdir": (EIO,), "flock": (EIO, ENOLCK, EINTR), "close": (EIO,),
         "futimens": (EIO,)}
HARMLESS = (EINTR, "short")  # no errors: the call asks to be made again


def group_of(call, kind, on):
    """Faults of one group differ by the block or the place in the file only."""
    return call.name, re.sub(r"\d+", "", os.path.basename(call.path)), kind, on


def orders(reference, most):
    """All faults, or the first, the last and some between of each group: `most`, three times as many of HDF5's writes."""
    groups = {}
    for call in reference.calls:
        for kind in KINDS[call.name] + (("lost",) if is_of_hdf5(call) else ()):
            for on in ("", call.name, "all") if kind not in (*HARMLESS, "lost") else ("",):
                if on != "all" or kind in (EIO, ENOSPC):
                    fault = {"call": call.number, "kind": kind} | ({"on": on} if on else {})
                    groups.setdefault(group_of(call, kind, on), []).append(fault)
    for faults in groups.values():
        count = 3 * most if is_of_hdf5(reference.calls[faults[0]["call"] - 1]) else most
        step = max(1, (len(faults) - 1) // (count - 1)) if count > 1 else len(faults)
        yield from faults if FULL else faults[::step]


def is_of_hdf5(call):
    return call.name == "write" and ".h5.tmp" in call.path


def lost_unseen(reference, done, disk, fault):
    """Whether a lost write left a file that reads, and verifies, as the undisturbed one, though its bytes differ."""
    file = disk.folder / "study.h5"
    return (fault["kind"] == "lost" and done.code == 0 and disk.hash() != reference.hash
            and seen_by_readers(file) == reference.seen and disk.truce("verify", "study.h5").code == 0)


def wrong(reference, done, disk, fault):
    """What is wrong with how the run ended under `fault`."""
    call, kind = reference.calls[fault["call"] - 1], fault["kind"]
    if done.code == 0:
        return "" if disk.hash() == reference.hash else f"it ends 0 with the hash {disk.hash()}"
    if kind == "lost":
        return "" if done.code == 7 else f"it ends {done.code}: {done.text}"
    if done.code != 6 or (kind in HARMLESS and not opened_by_a_library(call)):
        return f"it ends {done.code}: {done.text}"
    failed = {os.path.basename(path) for c in done.calls if c.result == -kind for path in (c.path, c.other) if path}
    named = [name for name in failed if re.sub(r"\.\d+$", "", name) in done.text or name == disk.folder.name]
    if not named:
        return f"the message does not name one of {failed}: {done.text}"
    if call.name == "write" and kind in (ENOSPC, EDQUOT) and not re.search(r"\d+ bytes", done.text):
        return f"the message does not say how many bytes are needed: {done.text}"
    return ""


def opened_by_a_library(call):
    """HDF5, and the standard library with folders, take an interrupted open for a failure; the kernel interrupts none there."""
    name = os.path.basename(call.path)
    return call.name in ("open", "create") and (".h5.tmp" in name or name.startswith("attempt-") or name == "study.h5.journal")


class ErrorSweep(FaultTest):
    def sweep(self, variant, most, where=""):
        reference = Reference(VARIANTS[variant])

        def trial(fault):
            with Disk(reference.words) as disk:
                done = disk.run(fault=fault)
                if lost_unseen(reference, done, disk, fault):
                    return ""
                told = wrong(reference, done, disk, fault) or reference.fault_after(disk)
                call = reference.calls[fault["call"] - 1]
                return told and f"{call.name} of {call.path}, {spelled(fault['kind'])}: {told}"

        cases = [fault for fault in orders(reference, most) if where in reference.calls[fault["call"] - 1].path]
        self.survive(f"errors, {variant}", cases, trial)

    def test_points(self):
        self.sweep("points", 2)

    def test_accumulators(self):
        self.sweep("chunks", 1, "rank-")  # the rest is as with points


if __name__ == "__main__":
    unittest.main(verbosity=2)
