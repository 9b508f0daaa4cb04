"""A damaged result file is found, by the right exit code and in time: result_bytes.py TRUCE CHANGES PARSED.

With a manifest every change is damage (7), found before HDF5 parses it. Without one HDF5 parses what was changed: it may
be unable to (7), another study may stand there (2), or the change may lie where nothing is read (0). HDF5 1.10 itself
crashes or hangs on some of these files; that is counted (a signal below 0, "never"), as nothing of truce has seen them
yet. What is accepted has the content of the file that was changed. CHANGES files are tried with a manifest, the first
PARSED of them without one too.
"""
import collections
import pathlib
import random
import signal
import subprocess
import sys
import tempfile

sys.path.append(str(pathlib.Path(__file__).parents[1] / "sweep" / "run"))
from studies import ruin  # noqa: E402

FATAL = (signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT, signal.SIGFPE)
SEED = 861
STUDY = ruin(3, 20, more="[levers]\nforts_a = list(3, 5)\n")


def run(truce, folder, *words):
    """(exit code, what it prints); below 0: the signal that ended it."""
    try:
        done = subprocess.run([truce, *words], cwd=folder, capture_output=True, text=True, errors="replace", timeout=120)
    except subprocess.TimeoutExpired:
        return "never", "still runs after 120 s"
    return done.returncode, done.stdout + done.stderr


def changed(dice, good):
    """The bytes after one change of a random kind, never the same as before."""
    while True:
        bad = bytearray(good)
        at, length = dice.randrange(len(bad)), min(1 << dice.randrange(10), len(bad))
        kind = dice.randrange(6)
        if kind == 0:
            bad[at] ^= 1 << dice.randrange(8)
        elif kind == 1:
            bad[at] = dice.choice((0x00, 0x01, 0x7F, 0x80, 0xFF))
        elif kind == 2:
            bad[at : at + length] = bytes(len(bad[at : at + length]))
        elif kind == 3:
            bad[at : at + length] = dice.randbytes(len(bad[at : at + length]))
        elif kind == 4:
            source = dice.randrange(len(bad))
            piece = bad[source : source + length]
            bad[at : at + len(piece)] = piece
            del bad[len(good) :]
        else:
            del bad[at:]
        if bytes(bad) != good:
            return bytes(bad)


def check(truce, folder, changes, parsed):
    dice = random.Random(SEED)
    (folder / "a.ini").write_text(STUDY)
    code, text = run(truce, folder, "run", "a.ini", "--quiet")
    assert code == 0, text
    file, manifest = folder / "a.h5", folder / "a.manifest.json"
    good, content = file.read_bytes(), text.split("content ")[1].split(",")[0]
    codes = {True: collections.Counter(), False: collections.Counter()}
    sealed = manifest.read_bytes()
    for number in range(changes):
        bad = changed(dice, good)
        file.write_bytes(bad)
        for with_manifest in (True, False)[: 2 if number < parsed else 1]:
            manifest.write_bytes(sealed) if with_manifest else manifest.unlink()
            code, text = run(truce, folder, "verify", "a.h5", "--points=2")
            codes[with_manifest][code] += 1
            allowed = (7,) if with_manifest else (0, 2, 7, "never", *(-fatal for fatal in FATAL))
            if code not in allowed or (code == 0 and content not in text):
                kept = pathlib.Path(tempfile.gettempdir()) / f"damaged_{number}.h5"
                kept.write_bytes(bad)
                sys.exit(f"change {number}: `truce verify` of {kept} ended with {code}:\n{text}")
    return codes


def main():
    truce = str(pathlib.Path(sys.argv[1]).resolve())
    changes, parsed = int(sys.argv[2]), int(sys.argv[3])
    with tempfile.TemporaryDirectory() as folder:
        codes = check(truce, pathlib.Path(folder), changes, parsed)
    for with_manifest, counts in codes.items():
        shown = ", ".join(f"{count} ended with {code}" for code, count in counts.most_common())
        print(f"{sum(counts.values())} changes {'with' if with_manifest else 'without'} a manifest: {shown}")


if __name__ == "__main__":
    main()
