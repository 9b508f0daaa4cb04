# Finds what lies beside a result file: analysis, claims ledger, calibration; and what belongs to truce itself.
import os
import pathlib
import re

import command
import files
from answers import Answers
from manifests import stem_of

HERE = pathlib.Path(__file__).resolve().parent.parent


def shared_stem(results):
    """What files of one study have in common: out/rivals for out/rivals.<kernel>.h5; None for others."""
    stems = {stem_of(r.path).removesuffix("." + r.attribute("kernel")) for r in results}
    return stems.pop() if len(stems) == 1 else None


def answers_beside(result, kind):
    """(Answers, None) of `<stem>.<kind>.h5`, else (None, why not); an analysis of other numbers is not taken."""
    path = f"{stem_of(result.path)}.{kind}.h5"
    if not os.path.exists(path):
        return None, f"There is no {os.path.basename(path)} yet."
    with command.reading(path):
        found = Answers(path)
    stated = found.attribute("content_hash_of_result", "")
    if stated and stated != result.attribute("content_hash"):
        return None, f"{os.path.basename(path)} was made from another result (their content hashes differ)."
    return found, None


def ledgers_beside(results):
    """The ledgers of claims of some results: claims.claims.h5 for claims.C1.forts.h5 and for claims.h5."""
    found = []
    for result in results:
        folder, name = os.path.split(stem_of(result.path))
        parts = name.split(".")
        for count in range(len(parts), 0, -1):
            path = os.path.join(folder, ".".join(parts[:count]) + ".claims.h5")
            if path not in found and files.kind_of(path) == files.LEDGER:
                found.append(path)
    return found


def citation():
    """Facts of CITATION.cff: title, version, license, authors and the memo's reference; none where it is not found."""
    for place in (HERE.parent / "CITATION.cff", HERE.parent.parent / "doc" / "truce" / "CITATION.cff"):
        if place.exists():
            return parsed_citation(place.read_text(encoding="utf-8"))
    return {}


def parsed_citation(text):
    """The plain subset of YAML that the project's CITATION.cff is written in."""
    own, _, memo = text.partition("references:")

    def value(name, where):
        found = re.search(rf"^[\s-]*{name}: *(.*?) *$", where, re.M)
        return found[1].strip('"') if found else ""

    facts = {name: value(name, own) for name in ("title", "version", "license", "url", "repository-code", "doi")}
    names = re.findall(r"^\s*- name: *(.*?) *$", own, re.M)
    facts["authors"] = names + [f"{given} {family}" for family, given in
                                re.findall(r"family-names: *(.*?)\s+given-names: *(.*?) *$", own, re.M)]
    facts["memo"] = {"title": value("title", memo), "number": value("number", memo), "year": value("year", memo),
                     "author": f"{value('given-names', memo)} {value('family-names', memo)}",
                     "institution": value("name", memo)}
    return facts
