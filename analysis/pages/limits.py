# What a report cannot tell: sentences that hold for every study, and those that this one calls for.
import selection
from pages.ledger_lines import Lines


def limits(results, has_analysis, has_history, ledgers=()):
    """Sentences, the most important first. `ledgers`: Answers that hold claims, with results or alone."""
    lines = [(found, *line) for found in map(Lines, ledgers) for line in found]
    kernels = {kernel for _, _, kernel, _ in lines}
    said = ["These are consequences of a model's assumptions for the parameter values asked for. They are no forecast of "
            "any war, and no advice.",
            "Ranges of inputs are this project's judgement unless `truce describe` names a source; no input is estimated "
            "from data. Other ranges give other averages."]
    if len(results) == 1:
        said.append("One model is an assumption: rivals explain by other means why wars last. What holds here may fail in "
                    "them; `truce report` takes the results of several kernels together.")
    if len(results) > 1 or len(kernels) > 1:
        said.append("Kernels that agree are no proof: they share inputs, parts and authors.")
    said.append("The effect of the regime is not identified by real wars: there are too few of them between democracies, "
                "and regimes were not given out by chance."
                + ("" if has_history else " Nothing here was compared with real wars."))
    looked_at = {found.outcome(*line)[0] for found, *line in lines}
    if any("peace_survival" in r.curves or "peace_months" in r.outcomes for r in results) or "peace_months" in looked_at:
        said.append("Lengths of peace are those of settlements that were reached: an input that lets harder cases settle can "
                    "shorten them without harming any.")
    if lines:
        said.append("What a claim means as a formula is a judgement: another move, outcome or condition asks it another way, "
                    "and shares are those of the ranges that were chosen.")
    said.append("Undecided means that chance alone could have made a difference. It is neither support nor refutation, and "
                "among many comparisons some signs are named by chance: one in 370 where nothing is there.")
    if any(selection.varies(r) for r in results):
        said.append("A mean over points weighs the space of inputs as the study's distributions do; a heat map averages "
                    "over everything that it does not show.")
    if results and not has_analysis:
        said.append("Along a single input nothing shows how inputs act together; `truce analyze` does.")
    failed = sum(r.failed() for r in results)
    if failed:
        said.append(f"Runs that failed ({failed:,}) are left out: if they fail where wars are special, means are off there.")
    return said
