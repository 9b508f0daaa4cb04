#!/usr/bin/python3
"""A node dies at a random moment of a run's history and leaves what the model of the disk allows: the same command ends with the
same bytes, and computes no block again that was committed."""
import random
import struct
import unittest

from durable import Durable
from errno import EIO, ENOSPC
from fault_disk import FULL, VARIANTS, Disk, FaultTest, Reference


def frames_of(call):
    """The units of a frame whose header this call writes, and whether it holds rows."""
    if call.name == "write" and call.bytes[:4] == b"TRCJ":
        first, count = struct.unpack_from("<qq", call.bytes, 32)
        return [(unit, call.bytes[6]) for unit in range(first, first + count)]
    return []


class History:
    """Runs of one study, one after another, the last one undisturbed."""

    def __init__(self, variant, faults):
        self.variant = variant
        with Disk(VARIANTS[variant]) as disk:
            self.top, self.calls = str(disk.folder), []
            for fault in (*faults, None):
                self.begun = len(self.calls)  # of the last run
                self.calls += disk.run(fault=fault).calls

    @classmethod
    def random(cls, variant, seed):
        chance = random.Random(seed)
        return cls(variant, [cls.disturbance(chance) for _ in range(chance.choice([0, 0, 1, 1, 2]))])

    @staticmethod
    def disturbance(chance):
        if chance.random() < 0.6:
            return {"call": chance.randint(1, chance.choice([35, 420])), "kind": "crash"}  # often before the first block
        name, kind = chance.choice([("fdatasync", EIO), ("fdatasync", ENOSPC), ("fsync", EIO), ("write", ENOSPC)])
        return {"call": chance.randint(1, 40), "kind": kind, "name": name}

    def before(self, cut):
        """The disk's model after `cut` calls, and the units that were committed when the last of them was made."""
        durable, committed, written = Durable(self.top), set(), {}
        for number, call in enumerate(self.calls[:cut], 1):
            durable.feed(call)
            written.setdefault(call.path, []).extend(frames_of(call))
            if call.name == "fdatasync" and call.result == 0 and number < cut:
                committed |= set(written.pop(call.path, []))
        return durable, committed


class Unlucky:
    """In place of random numbers: nothing that may be lost is kept."""

    @staticmethod
    def choice(options):
        return "none"

    @staticmethod
    def randint(least, _):
        return least

    @staticmethod
    def random():
        return 1.0


class NodeLoss(FaultTest):
    def setUp(self):
        self.references = {variant: Reference(words) for variant, words in VARIANTS.items()}

    def lose(self, history, cut, chance):
        """What is wrong after the loss, "" if nothing."""
        durable, committed = history.before(cut)
        with Disk(VARIANTS[history.variant]) as disk:
            durable.leave(chance, disk.folder)
            done = disk.run()
            again = committed & {unit for call in done.calls for unit in frames_of(call)}
            told = f"it ends {done.code}: {done.text}" if done.code != 0 else self.references[history.variant].fault_of(disk)
            if again and not told:
                told = f"computes the committed blocks {sorted(again)} again"
            return told and f"{history.variant}, cut after {cut} of {len(history.calls)} calls: {told}"

    def test_at_random_loses_nothing_that_was_committed(self):
        histories = [History.random(variant, seed) for variant in VARIANTS for seed in range(20 if FULL else 4)]

        def trial(seed):
            chance = random.Random(seed)
            history = chance.choice(histories)
            return self.lose(history, chance.randint(1, len(history.calls)), chance)

        self.survive("node losses", range(1000 if FULL else 100), trial)

    def test_after_an_attempt_that_ended_at_any_call_of_its_start(self):
        """What the first attempt made but did not sync, the second one finds, and must not take for durable."""
        calls = self.references["points"].calls
        start = [c for c in calls[:1 + next(c.number for c in calls if c.name == "write" and "rank-" in c.path)]
                 if c.name != "read"]
        faults = [{"call": c.number, "kind": "crash"} for c in start]
        faults += [{"call": c.number, "kind": EIO} for c in start if c.name in ("fsync", "fdatasync")]

        def trial(fault):
            history = History("points", [fault])
            commits = [n for n, c in enumerate(history.calls, 1) if c.name == "fdatasync" and n > history.begun and
                       "rank-" in c.path]
            return self.lose(history, commits[5] + 1, Unlucky())

        self.survive("node losses after a bad start", faults, trial)

    def test_after_a_sync_that_failed(self):
        """What it may have dropped is not durable even if the next sync of that file goes well."""
        def trial(number):
            history = History("points", [{"name": "fdatasync", "path": "rank-", "call": number, "kind": EIO}])
            failed = next(n for n, c in enumerate(history.calls) if c.name == "fdatasync" and c.result == -EIO)
            commits = [n for n, c in enumerate(history.calls) if c.name == "fdatasync" and n > failed and "rank-" in c.path]
            return self.lose(history, commits[3] + 2, Unlucky())

        self.survive("node losses after a failed sync", range(1, 28, 1 if FULL else 6), trial)


if __name__ == "__main__":
    unittest.main(verbosity=2)
