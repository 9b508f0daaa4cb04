# Reads a ledger of claims line by line: a line is a claim asked of one kernel over one part of the ranges.
import numpy as np

VERDICTS = ("holds", "fails", "no_effect", "undecided")
SHARES = (*VERDICTS, "undefined")  # undefined points are part of the undecided ones: too few runs have the outcome


class Lines:
    """The lines of a ledger (Answers). `claims`, `kernels`, `ranges`: labels, the kernels that cannot be asked too."""

    def __init__(self, ledger):
        self.ledger, self.table = ledger, ledger.tables["ledger"]
        self.claims, self.kernels, self.ranges = (self.table.labels(a) for a in ("claim", "kernel", "ranges"))

    def __iter__(self):
        """(claim, kernel, ranges) of what was asked."""
        return ((c, k, r) for c in self.claims for k in self.kernels for r in self.ranges if self.asked(c, k, r))

    def asked(self, *line):
        return np.isfinite(self.number("verdict", *line))

    def number(self, name, claim, kernel, ranges):
        """An answer at a line; NaN where the ledger does not have it."""
        place = {"claim": claim, "kernel": kernel, "ranges": ranges}
        return float(self.table.at(name, **place)) if self.table.has(name) else np.nan

    def estimate(self, name, *line):
        """Value, lower and upper end of its interval."""
        return tuple(self.number(n, *line) for n in (name, f"{name}_low", f"{name}_high"))

    def verdict(self, *line):
        return VERDICTS[int(self.number("verdict", *line))].replace("_", " ")

    def by_construction(self, *line):
        return self.number("by_construction", *line) == 1

    def one_sided(self, *line):
        return self.number("one_sided", *line) == 1

    def mark(self, *line):
        """`*` by construction, `!` one-sided: signs that agree without being evidence."""
        return "*" if self.by_construction(*line) else "!" if self.one_sided(*line) else ""

    def agreement(self, claim, ranges):
        """`holds in 5 (1 one-sided), fails in 1 of 6; one shared part`: by construction is counted apart."""
        lines = [line for line in self if line[0] == claim and line[2] == ranges]
        free = [line for line in lines if not self.by_construction(*line)]
        said = [", ".join(self._counted(verdict, free) for verdict in ("holds", "fails")) + f" of {len(free)}"] if free else []
        said += [f"by construction in {len(lines) - len(free)}"] * (len(lines) > len(free))
        return "; ".join(said + ["one shared part"] * bool(said and self.text("shared", claim)))

    def _counted(self, verdict, lines):
        found = [line for line in lines if self.verdict(*line) == verdict]
        one_sided = sum(self.one_sided(*line) for line in found)
        return f"{verdict} in {len(found)}" + (f" ({one_sided} one-sided)" if one_sided else "")

    def text(self, kind, *place):
        """An attribute such as title_C1 or move_C1_forts_full; empty where there is none."""
        return str(self.ledger.attribute("_".join((kind, *place)), "")).strip()

    def title(self, claim):
        """`C1 Autocracy lowers settlement`, whether or not the title begins with the claim's name."""
        title = self.text("title", claim)
        return title if title.startswith(claim) else f"{claim} {title}".strip()

    def outcome(self, *line):
        """(name, unit) of what is looked at."""
        name, _, unit = self.text("outcome", *line).partition(" [")
        return name, unit.rstrip("]")

    def box(self, verdict, *line):
        """(lines of [inputs], p) of the box that was found for a verdict; None where there is none.

        Lines come from a text with line ends, which `attribute` turns into blanks."""
        text = self.ledger.file.attrs.get("_".join(("box", *line, verdict)), "")
        text = text.decode(errors="replace") if isinstance(text, bytes) else text
        found = "; ".join(part for part in text.splitlines() if part.strip())
        return (found, self.number(f"{verdict}_box_p_new", *line)) if found else None
