# Puts a report together: sections of exhibits and facts for one or several results, rendered by the template.
import os
from collections import namedtuple

import jinja2
import markupsafe

import command
import kernel_files
import selection
from pages import companions, exhibits, facts, heat_maps, limits, outcomes, words
from pages.companions import HERE

# A part of the page; `parts` are Exhibits and Hints.
Section = namedtuple("Section", "id title intro parts")
# What the page says of one result before its sections.
Sheet = namedtuple("Sheet", "id name design inputs constants run sections study reproduce")


def with_code(text):
    """Words in `backticks` as code."""
    parts = [markupsafe.escape(p) for p in str(text).split("`")]
    return markupsafe.Markup("").join(markupsafe.Markup("<code>%s</code>") % p if i % 2 else p
                                      for i, p in enumerate(parts))


def title_of(results):
    titles = {r.title() for r in results}
    return titles.pop() if len(titles) == 1 else f"{len(results)} results side by side"


def outcomes_section(result, analysis):
    ranked = []
    parts = [outcomes.endings(result), outcomes.survival(result), outcomes.along(result), outcomes.effects(result),
             heat_maps.heat_maps(result, ranked), outcomes.blocked(result)]
    return Section("outcomes", "What happened", "", [p for p in parts if p is not None])


def sheet_of(result, number, many, folder):
    """All that the page says of one result; its figures are written into the folder."""
    analysis, why = companions.answers_beside(result, "analysis")
    sections = [outcomes_section(result, analysis)]
    prefix = f"{result.attribute('kernel')}." if many else ""
    for section in sections:
        for part in section.parts:
            if part.kind == "exhibit":
                part.name = prefix + part.name
                exhibits.write(part, folder)
    with open(os.path.join(folder, facts.study_name(result)), "w", encoding="utf-8") as file:
        file.write(facts.study_file(result))
    return Sheet(f"result-{number}", result.attribute("kernel"), facts.design(result), facts.inputs(result),
                 facts.constants(result), facts.run(result), sections, facts.study_text(result),
                 facts.reproduce(result, folder))


def render(results, folder):
    """The page as HTML; pictures and data go into `folder`."""
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise command.Problem(f"{folder} cannot be made ({error.strerror}); name another place with --out") from error
    sheets = []
    for number, result in enumerate(results, 1):
        with command.reading(result.path), exhibits.style():
            sheets.append(sheet_of(result, number, len(results) > 1, folder))
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(HERE / "pages"), autoescape=True,
                                     undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["code"] = with_code
    return environment.get_template("report.html").render(
        title=title_of(results), sheets=sheets, many=len(results) > 1, folder=os.path.basename(folder),
        limits=limits.limits(results, False, False), cite=facts.cite(results[0]),
        runs=words.count(sum(r.runs() for r in results)), hashes=[r.attribute("content_hash") for r in results],
        kernels=", ".join(r.attribute("kernel") for r in results))

