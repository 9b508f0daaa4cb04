# Facts about a run as tables: its design and inputs, what was run and when, how to cite and to repeat it.
import datetime
import os
import re

import numpy as np

from manifests import manifest_of, stem_of
from pages import companions, words

METHODS = {
    "grid": "full factorial grid", "monte_carlo": "independent random points", "latin_hypercube": "Latin hypercube",
    "sobol": "scrambled Sobol' points", "saltelli": "Saltelli's design for Sobol' indices",
    "morris": "Morris' radial design", "paired": "pairs of points on the same random numbers", "list": "a list of points",
}


def study_keys(result):
    """The canonical study text as {section: {key: value}}."""
    sections, section = {}, ""
    for line in study_text(result).splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif " = " in line and not line.startswith("#"):
            key, value = line.split(" = ", 1)
            sections.setdefault(section, {})[key] = value
    return sections


def study_text(result):
    """The canonical study text, every key that decides a number, one a line."""
    text = result.file.attrs.get("study", "")
    return text.decode(errors="replace") if isinstance(text, bytes) else text


def study_file(result):
    """A study that makes the result again; the title is no part of the canonical text."""
    title = result.attribute("title").strip()
    line = f"title = {title}\n" if title and "#" not in title else ""
    return study_text(result).replace("[study]\n", f"[study]\n{line}", 1)


def design(result):
    """Rows (what, value) on how the points were chosen and how often each was run."""
    keys = study_keys(result)
    method = keys.get("design", {}).get("method", "")
    study = keys.get("study", {})
    replicates = study.get("replicates", "")
    if "precision_of" in study:
        replicates = (f"{replicates} and more at each point, up to {study.get('replicates_max', '?')}, until "
                      f"{study['precision_of']} is known to {study.get('precision', '?')}")
    common = study.get("common_random_numbers") == "yes"
    rows = [("kernel", f"{result.attribute('kernel')} version {result.attribute('kernel_version', otherwise='?')}"),
            ("design", f"{METHODS.get(method, method or 'not stated')}"), ("points", words.count(result.points)),
            ("members", f"{len(result.members)} of each point, of which the first, {result.members[0]}, is drawn"
             if result.members else ""),
            ("policies", words.count(result.policies)), ("replicates", replicates or "not stated"),
            ("runs", f"{result.runs():,}"), ("seed", result.attribute("seed")),
            ("random numbers", "common to all points" if common else "independent at each point, shared by its policies")]
    return [row for row in rows if str(row[1])]


def inputs(result):
    """Heads and rows of what varied and what was chosen: (input, role, range, unit, meaning)."""
    rows = [(n, "varied", result.attribute("distribution", n, "varied"), result.unit(n), result.meaning(n))
            for n in result.varied]
    for name in (n for n in result.names() if result.attribute("role", n) == "moved"):
        ends = (value_text(result, name, float(result.file[name].attrs[a])) if a in result.file[name].attrs
                else result.attribute("distribution", name, "varied") for a in ("from", "to"))
        rows.append((name, "moved", " \u2192 ".join(ends), result.unit(name), result.meaning(name)))
    for name in result.levers:
        values = np.unique(result.input(name))
        rows.append((name, "policy", ", ".join(value_text(result, name, v) for v in values), result.unit(name),
                     result.meaning(name)))
    return ("input", "role", "values", "unit", "meaning"), rows


def constants(result):
    rows = [(n, value_text(result, n, float(result.input(n))), result.unit(n), result.meaning(n))
            for n in result.constants]
    return ("input", "value", "unit", "meaning"), rows


def value_text(result, name, value):
    names = result.attribute("flag_meanings", name).split()
    return names[int(value)] if names and 0 <= int(value) < len(names) else f"{value:g}"


def run(result):
    """Rows (what, value) on what was run, by what program, when; times come from the manifest."""
    manifest = manifest_of(result.path)
    version = f"{result.attribute('truce_version', otherwise='?')} ({result.attribute('truce_git_hash', otherwise='?')})"
    rows = [("file", os.path.basename(result.path)), ("content hash", result.attribute("content_hash")),
            ("study id", result.attribute("study_id")), ("truce", version),
            ("runs that failed", words.count(result.failed()))]
    if not manifest:
        return rows + [("time", "not known: there is no manifest beside the file")]
    begun, sealed = manifest.get("last_attempt_begun"), manifest.get("sealed")
    rows += [("code", ", ".join(manifest.get("codes", []))), ("processes", str(manifest.get("ranks", ""))),
             ("attempts", str(manifest.get("attempts", ""))), ("sealed", readable(sealed))]
    took = time_between(begun, sealed)
    return rows + [("last attempt took", words.seconds(took))] * (took is not None)


def moment(text):
    try:
        return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")
    except (TypeError, ValueError):
        return None


def readable(text):
    return f"{moment(text):%d %B %Y, %H:%M} UTC" if moment(text) else str(text or "")


def time_between(begun, sealed):
    begun, sealed = moment(begun), moment(sealed)
    return (sealed - begun).total_seconds() if begun and sealed else None


def cite(source):
    """Sentences to cite: the program that made a result (or a ledger), then the memo."""
    facts = companions.citation()
    if not facts:
        return []
    sealed = moment(manifest_of(source.path).get("sealed"))
    year = f" ({sealed.year})" if sealed else ""
    link = facts.get("doi") or facts.get("repository-code") or facts.get("url")
    commit = source.attribute("truce_git_hash")
    program = (f"{', '.join(facts['authors'])}{year}. {facts['title']}. Version {source.attribute('truce_version')}"
               f"{f', commit {commit}' if commit else ''}.{f' {link}.' if link else ''}")
    memo = facts["memo"]
    return [program, f"{memo['author']} ({memo['year']}). {memo['title']}. {memo['institution']} {memo['number']}."]


def reproduce(result, folder):
    """Commands that make result, analysis and report again from the study kept in the report's folder."""
    file = os.path.basename(result.path)
    study = f"{os.path.basename(folder)}/{study_name(result)}"
    return [f"truce run {quoted(study)} --store.file={quoted(file)}", f"truce verify {quoted(file)} --points 10",
            f"truce analyze {quoted(file)}", f"truce report {quoted(file)}"]


def study_name(result):
    return os.path.basename(stem_of(result.path)) + ".study.ini"


def quoted(word):
    return word if re.fullmatch(r"[\w./+-]+", word) else "'" + word.replace("'", "'\\''") + "'"
