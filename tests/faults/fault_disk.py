"""A study on a disk that goes wrong when told to: what the tests of this folder share.

Each test file is run as: FILE TRUCE SHIM [sample | full] [TestClass[.test]], with SHIM the library to preload.
"""
import collections
import concurrent.futures
import errno
import fcntl
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import traceback
import unittest

sys.path.append(str(pathlib.Path(__file__).parents[1] / "sweep" / "run"))
import study_folder  # noqa: E402  (takes TRUCE from the command line)
from studies import ruin  # noqa: E402

TRUCE, SHIM = os.path.abspath(study_folder.TRUCE), os.path.abspath(sys.argv.pop(1))
FULL = len(sys.argv) > 1 and sys.argv[1] == "full"
if sys.argv[1:2] in (["sample"], ["full"]):
    del sys.argv[1]

# In memory a sync costs nothing: what it would have saved is the model's matter, not the disk's.
ROOM = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
PATIENCE = 60  # seconds, five times as many with ranks; only a run that hangs needs them
MOST_FAULTS = 20  # then enough is known

STUDY = "# truce run ../study.ini\n" + ruin(4, 32, "sobol", "title = faults\nseed = 7\n") + "block = 1\n"

# kinds of studies whose frames differ; the longest point of `chunks` has three accumulators
VARIANTS = {"points": (), "runs": ("--store.rows=run",),
            "chunks": ("--study.replicates=2500", "--design.points=4", "--store.block=1")}

Done = collections.namedtuple("Done", "code text calls")
Call = collections.namedtuple("Call", "number name path other offset result bytes")


class Hang(Exception):
    """A run did not end."""


def calls_of(log):
    """The lines of a log as calls, numbered from 1."""
    lines = log.read_text().splitlines() if log.exists() else []
    calls = []
    for number, line in enumerate(lines, 1):
        name, path, other, offset, result, data = line.split("\t")
        calls.append(Call(number, name, path, other, int(offset), int(result), bytes.fromhex(data)))
    return calls


class Disk:
    """A folder on the disk with one study's files; the study file lies beside it, where nothing goes wrong."""

    def __init__(self, words=(), study=STUDY):
        self.base = pathlib.Path(os.path.realpath(tempfile.mkdtemp(prefix="truce-faults-", dir=ROOM)))
        self.folder = self.base / "disk"
        self.folder.mkdir()
        (self.base / "study.ini").write_text(study)
        self.words = words

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.base, ignore_errors=True)

    def truce(self, *words, fault=None, launch=(), log=True):
        """Runs truce in the folder; `fault` are the orders of the shim without their prefix FAULT_."""
        log_file = self.base / "log"
        log_file.unlink(missing_ok=True)
        orders = {"LD_PRELOAD": SHIM, "FAULT_FOLDER": str(self.folder), "FAULT_LOG": str(log_file)}
        orders |= {f"FAULT_{key.upper()}": str(value) for key, value in (fault or {}).items()}
        env = {**os.environ, **study_folder.MPI, **(orders if fault or log else {})}
        try:
            done = subprocess.run([*launch, TRUCE, *words], cwd=self.folder, env=env, capture_output=True, text=True,
                                  timeout=5 * PATIENCE if launch else PATIENCE)
        except subprocess.TimeoutExpired as late:
            raise Hang(f"{words} hangs") from late
        return Done(done.returncode, done.stderr + done.stdout, calls_of(log_file))

    def run(self, *words, **more):
        return self.truce("run", "../study.ini", "--quiet", *self.words, *words, **more)

    def wait_for_the_lock(self):
        """mpirun may end before its ranks have."""
        live = self.folder / "study.h5.journal" / "live"
        if live.exists():
            with open(live) as file:
                fcntl.flock(file, fcntl.LOCK_EX)

    def hash(self):
        file = self.folder / "study.h5"
        return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else None

    def files(self):
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*"))


def seen_by_readers(file):
    """All that readers get of a result: names in order, types, shapes, values, dimensions, attributes, as one hash."""
    import h5py  # only where it is asked for

    seen = hashlib.sha256()
    with h5py.File(file) as result:
        for item in (result, *result.values()):
            simple = {name: value for name, value in item.attrs.items() if name not in ("DIMENSION_LIST", "REFERENCE_LIST")}
            seen.update(repr((item.name, [(n, type(v), v) for n, v in simple.items()])).encode())
            if isinstance(item, h5py.Dataset):
                scales = [[scale.name for scale in axis.values()] for axis in item.dims]
                seen.update(repr((item.dtype, item.shape, scales)).encode() + item[()].tobytes())
    return seen.hexdigest()


class Reference:
    """What an undisturbed run makes, and the calls that it takes."""

    def __init__(self, words=()):
        with Disk(words) as disk:
            done = disk.run()
            if done.code != 0:
                raise SystemExit(f"the undisturbed run fails: {done.text}")
            self.words, self.calls, self.hash = words, done.calls, disk.hash()
            self.manifest = stated(disk)
            self.codebook = (disk.folder / "study.codebook.md").read_bytes()
            self.seen = seen_by_readers(disk.folder / "study.h5")

    def fault_of(self, disk):
        """What is not as the undisturbed run left it, "" if nothing."""
        if disk.hash() != self.hash:
            return f"the result has other bytes: {disk.hash()}"
        if disk.files() != ["study.codebook.md", "study.h5", "study.manifest.json"]:
            return f"the folder holds {disk.files()}"
        if stated(disk) != self.manifest:
            return f"the manifest states {stated(disk)}"
        if (disk.folder / "study.codebook.md").read_bytes() != self.codebook:
            return "the codebook differs"
        return ""

    def fault_after(self, disk, *words):
        """The same after the command is given again, without a fault."""
        done = disk.run(*words)
        return f"the next run ends {done.code}: {done.text}" if done.code != 0 else self.fault_of(disk)


def stated(disk):
    manifest = json.loads((disk.folder / "study.manifest.json").read_text())
    return {key: manifest[key] for key in ("file_hash", "content_hash", "bytes", "study_id")}


def spelled(kind):
    """A fault as a person reads it."""
    return errno.errorcode.get(kind, kind)


class FaultTest(unittest.TestCase):
    def survive(self, what, cases, trial):
        """Runs trial(case) for all cases, as many at a time as there are cores; each returns "" or what went wrong."""
        def told(case):
            try:
                return trial(case)
            except Exception:
                return traceback.format_exc()

        cases = list(cases)
        self.assertTrue(cases, f"no {what} to inject")
        faults, tried = [], 0
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for case, text in zip(cases, pool.map(told, cases)):
                tried += 1
                faults += [f"{case}: {text}"] if text else []
                if len(faults) == MOST_FAULTS or "Hang:" in text:
                    pool.shutdown(cancel_futures=True)
                    break
        print(f"{what}: {tried} injected, {tried - len(faults)} survived", flush=True)
        if faults:
            self.fail("\n".join(faults))
