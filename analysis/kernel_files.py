# Reads result files of several kernels, one each: their order, their colours, and in which inputs they are not alike.
from collections import namedtuple

import numpy as np

import command
from results import Result

# These have the same place and colour whatever they are compared with; others come after them, by name.
KNOWN = ("anchored_peace", "crisis_offer", "shifting_power", "forts", "screening", "war_of_nerves")
MOST = 6  # kernels in one figure: as many as panels.COLOURS

# A result file as its kernel's. `slot`: of its colour and marker; `policy`: index of the policy that is read.
Kernel = namedtuple("Kernel", "name slot result policy")


def kernels_of(paths, policy=0):
    """The kernels of result files, in an order that is not that of the files; `policy` counts from 0."""
    if len(paths) < 2:
        raise command.Problem(f"{paths[0]} is one file (there is nothing to put beside it); "
                              "name a file of another kernel, or use draw.py and findings.py")
    if len(paths) > MOST:
        raise command.Problem(f"{len(paths)} files are too many (only {MOST} colours are told apart by every eye); "
                              f"name at most {MOST}")
    results = []
    for path in paths:
        with command.reading(path):
            results.append(Result(path))
        if policy >= results[-1].policies:
            raise command.Problem(f"{path} has no policy {policy} (they count from 0, and it has {results[-1].policies}); "
                                  "name another with --policy")
    found = by_kernel((r.attribute("kernel", otherwise="?"), r.path, r) for r in results)
    return [Kernel(name, slot, found[name], policy) for name, slot in slots_of(found).items()]


def by_kernel(files):
    """{kernel: what was read} of (kernel, path, what was read); two files of one kernel are refused."""
    found, paths = {}, {}
    for name, path, read in files:
        if name in found:
            raise command.Problem(f"{path} is of kernel {name}, as is {paths[name]} (one file stands for a kernel); "
                                  "leave one out")
        found[name], paths[name] = read, path
    return found


def slots_of(names):
    """Colours by kernel, in the order of drawing."""
    known, others = [n for n in KNOWN if n in names], sorted(n for n in names if n not in KNOWN)
    free = [i for i in range(MOST) if i >= len(KNOWN) or KNOWN[i] not in names]
    return {**{n: KNOWN.index(n) for n in known}, **dict(zip(others, free))}


def title_of(kernels):
    titles = {k.result.attribute("title").strip() for k in kernels} - {""}
    return titles.pop() if len(titles) == 1 else f"{len(kernels)} kernels side by side"


def varied_in_two(kernels):
    """Inputs that at least two files vary, as the kernels declare them."""
    names = dict.fromkeys(n for k in kernels for n in k.result.varied)
    return [n for n in names if sum(n in k.result.varied for k in kernels) > 1]


def has_order(kernels, name):
    """Whether more and less of an input mean something: two names can be told apart, three are no scale."""
    varied = [k.result for k in kernels if name in k.result.varied]
    return all(len(r.attribute("flag_meanings", name).split()) < 3 for r in varied)


def same_points(kernels):
    """Whether the files have the same rows: each shared input the same values at the same points."""
    for name in varied_in_two(kernels):
        first, *others = [k.result.input(name) for k in kernels if name in k.result.varied]
        if not all(np.array_equal(first, x) for x in others):
            return False
    return True


def state(kernel, name):
    """What a file does with an input: how it varies, or its one value at the policy that is read."""
    result = kernel.result
    if name in result.varied:
        return result.attribute("distribution", name, "varied")
    return result.spelled(name, np.broadcast_to(result.input(name), result.policies)[kernel.policy])


def states(kernels, name):
    """By what files do with an input: the names of the kernels that do it."""
    found = {}
    for k in kernels:
        if name in (*k.result.varied, *k.result.levers, *k.result.constants):
            found.setdefault(state(k, name), []).append(k.name)
    return found


def differences(kernels):
    """Inputs that files do not treat alike, with their states: a difference between kernels may come from these."""
    names = dict.fromkeys(n for k in kernels for n in (*k.result.varied, *k.result.levers, *k.result.constants))
    return {n: s for n, s in ((n, states(kernels, n)) for n in names) if len(s) > 1}


def policy_label(kernels):
    """`guarantee_a=0`: the levers that have one value in all files that know them."""
    levers = dict.fromkeys(n for k in kernels for n in k.result.levers)
    return " ".join(f"{n}={next(iter(s))}" for n, s in ((n, states(kernels, n)) for n in levers) if len(s) == 1)
