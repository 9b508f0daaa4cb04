# Puts a report together: sections of exhibits and facts for one or several results, rendered by the template.
import os
from collections import namedtuple

import jinja2
import markupsafe

import command
from pages import (boxes, companions, exhibits, facts, hashes, heat_maps, in_short, ledger, limits, outcomes, policies, rivals,
                   sensitivity, wars, words)
from pages.companions import HERE
from pages.exhibits import Hint

# A part of the page; `parts` are Exhibits and Hints.
Section = namedtuple("Section", "id title intro parts")
# What the page says of one result before its sections.
Sheet = namedtuple("Sheet", "id name short design inputs constants run sections study reproduce analysed calibrated")


def with_code(text):
    """Words in `backticks` as code."""
    parts = [markupsafe.escape(p) for p in str(text).split("`")]
    return markupsafe.Markup("").join(markupsafe.Markup("<code>%s</code>") % p if i % 2 else p
                                      for i, p in enumerate(parts))


def title_of(results):
    if not results:
        return "A ledger of claims"
    titles = {r.title() for r in results}
    return titles.pop() if len(titles) == 1 else f"{len(results)} results side by side"


def sections_of(result, moved):
    """What the page says of one result, question by question, and what lies beside the result."""
    analysis, no_analysis = companions.answers_beside(result, "analysis")
    calibration, no_calibration = companions.answers_beside(result, "calibration")
    ranked = sensitivity.ranked_inputs(result, analysis)
    sections = [
        Section("outcomes", "What happened", "", [
            outcomes.endings(result), outcomes.survival(result), outcomes.along(result), outcomes.effects(result, moved),
            heat_maps.heat_maps(result, ranked), outcomes.blocked(result)]),
        Section("inputs", "What matters", "", [
            sensitivity.index_bars(result, analysis, no_analysis), sensitivity.chance(result, analysis)]),
        Section("policies", "Which policy", policies.HOW if analysis and "robustness" in analysis.tables else "",
                policies.parts(result, analysis)),
        Section("boxes", "Where it happens", "", boxes.parts(result, analysis)),
        Section("real-wars", "Against real wars", "", [
            wars.targets(result, calibration, no_calibration),
            wars.discrepancies([(result.attribute("kernel"), calibration)]), wars.durations(result, calibration),
            wars.left_inputs(result, calibration)]),
    ]
    sections = [s._replace(parts=[p for p in s.parts if p is not None]) for s in sections]
    return [s for s in sections if s.parts], analysis, calibration


def write_parts(parts, folder, prefix=""):
    for part in parts:
        if part.kind == "exhibit":
            part.name = prefix + part.name
            exhibits.write(part, folder)


def sheet_of(result, number, many, folder):
    """All that the page says of one result; its figures are written into the folder."""
    moved = outcomes.moves(result)
    sections, analysis, calibration = sections_of(result, moved)
    for section in sections:
        write_parts(section.parts, folder, f"{result.attribute('kernel')}." if many else "")
    with open(os.path.join(folder, facts.study_name(result)), "w", encoding="utf-8") as file:
        file.write(facts.study_file(result))
    return Sheet(f"result-{number}", result.attribute("kernel"), in_short.sentences(result, moved), facts.design(result),
                 facts.inputs(result), facts.constants(result), facts.run(result), sections, facts.study_text(result),
                 facts.reproduce(result, folder), analysis is not None, calibration is not None)


def kernels_section(results):
    if len(results) < 2:
        return []
    calibrated = wars.discrepancies([(r.attribute("kernel"), companions.answers_beside(r, "calibration")[0]) for r in results])
    return [Section("kernels", "Kernels side by side", "",
                    [*rivals.side_by_side_parts(results), *([calibrated] if calibrated else [])])]


def claims_section(ledgers):
    told = [(found, parts) for found in ledgers if (parts := ledger.parts(found))]
    if told:
        return [Section("claims", "Claims of the memo", ledger.how_to_read(),
                        [part for _, parts in told for part in parts])]
    return [Section("claims", "Claims of the memo", "", [
        Hint("Claims of the memo", "No ledger of claims lies beside these results.",
             "`truce run claims.ini` (share/truce/configs has one), then `truce claims claims.*.h5`")])]


def render(results, folder, ledgers=()):
    """The page of Results and of Answers that hold ledgers, as HTML; pictures and data go into `folder`."""
    try:
        if not os.path.isdir(folder):
            os.mkdir(folder)
    except OSError as error:
        raise command.Problem(f"{folder} cannot be made ({error.strerror}); name another place with --out",
                              code=6) from error
    sheets = []
    for number, result in enumerate(results, 1):
        with command.reading(result.path), exhibits.style():
            sheets.append(sheet_of(result, number, len(results) > 1, folder))
    with exhibits.style():
        before, after = kernels_section(results), claims_section(ledgers)
        for section in before + after:
            write_parts(section.parts, folder)
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(HERE / "pages"), autoescape=True,
                                     undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(code=with_code, unbroken=words.unbroken)
    return environment.get_template("report.html").render(
        title=title_of(results), sheets=sheets, before=before, after=after, many=len(results) > 1,
        folder=os.path.basename(folder),
        limits=limits.limits(results, any(s.analysed for s in sheets), any(s.calibrated for s in sheets), ledgers),
        files=hashes.files(results, ledgers), judged=hashes.judged(ledgers),
        cite=facts.cite([*results, *ledgers][0]),
        runs=words.count(sum(r.runs() for r in results)), hashes=[r.attribute("content_hash") for r in results or ledgers],
        kernels=", ".join(r.attribute("kernel") for r in results))

