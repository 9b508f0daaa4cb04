"""anchored_peace in numpy, vectorised over histories: anchored_peace_numpy.py POINTS REPLICATES [SECONDS].

An independent program like textbook.cpp. Each month works on the histories that are at war, then on those at peace;
talks on those that hold them, proposals on those whose zone is open. Histories that have ended are dropped in bulk.
"""

import sys

import numpy as np
import played
from numpy_talks import Rows, band, best_d, months_of_war, need, negotiate, obstacle, touched, worth_d

TOGETHER = 8192  # histories in hand at a time: their arrays stay in the cache


class Histories:
    """Histories that go through the months together. s: state and o_: outcomes, one number a history."""

    def __init__(self, p, count, random):
        self.p, self.count, self.random, self.month = p, count, random, 0
        zero = "m start theta aid_sum momentum defiance claim_a claim_d t terms_a terms_d principled_now hi_base lo_base"
        zero += " signed talked_discount talked_welfare changed withdrawn"
        self.s = {name: np.zeros(count) for name in zero.split()}
        full = {"support": p["patron_support"], "memory": 1.0, "discount": 1.0, "autocracy": p["autocracy_a"]}
        self.s |= {name: np.full(count, value) for name, value in full.items()}
        self.s["at_war"] = np.ones(count, bool)
        self.o = {f"o_{name}": np.zeros(count) for name in played.OUTCOMES}
        for name in "settlement_a principled peace_months relapsed imperfect_peace_d fighting_on_d".split():
            self.o[f"o_{name}"][:] = np.nan
        self.o["o_ending"][:], self.o["o_war_months"][:] = 3, p["horizon_months"]
        self.number, self.live = np.arange(count), np.ones(count, bool)
        self.open_war(np.arange(count), np.broadcast_to(p["initial_position"], count))

    def open_war(self, rows, m):
        s, p = self.s, Rows(self.p, rows)
        for name in "aid_sum momentum t".split():
            s[name][rows] = 0
        s["at_war"][rows], s["m"][rows], s["start"][rows], s["defiance"][rows] = True, m, m, 1
        s["claim_a"][rows], s["claim_d"][rows] = p.claim_a, p.claim_d
        s["theta"][rows] = p.advantage_mean + p.advantage_sd * self.random.standard_normal(len(rows))
        self.o["o_wars"][rows] += 1

    def play_month(self):
        """One month of all that live."""
        s, o, p, random = self.s, self.o, self.p, self.random
        self.month += 1
        change = (random.random(self.count) < p["change_hazard"]) & (s["changed"] == 0) & self.live
        s["changed"][change], s["autocracy"][change] = 1, 0
        s["scale"] = 1 + p["territorial_boost"] * s["autocracy"]
        s["memory"] *= np.where(s["at_war"] | (s["principled_now"] == 0), p["doctrine_decay"], 1)
        s["support"] += p["fade"] * (p["support_floor"] - s["support"])
        s["support"] = np.where(random.random(self.count) < p["withdrawal_hazard"], p["support_floor"], s["support"])
        s["hold_a"] = (p["renege_cost_a"] + p["guarantee_a"] * s["support"]) / s["scale"]
        s["weight"] = s["discount"] * (1 - p["discount"])
        s["discount"] *= p["discount"]
        peace, war = np.flatnonzero(~s["at_war"] & self.live), np.flatnonzero(s["at_war"] & self.live)
        months = len(war) + len(peace)
        if len(war):
            self.live[war] = ~self.war_month(war)
        if len(peace):
            self.peace_month(peace)
        last = self.live & (self.month >= p["horizon_months"])
        if last.any():
            self.capitalise(np.flatnonzero(last))
            self.live[last] = False
        return months

    def drop_ended(self, into):
        """Writes the outcomes of those that have ended to into[number] and forgets them."""
        o, ended = self.o, ~self.live
        talked = Rows(self.s | o, np.flatnonzero(ended & (self.s["talked_discount"] > 0)))
        gained = (talked.o_welfare_d - talked.talked_welfare) / talked.talked_discount
        o["o_fighting_on_d"][talked.rows()] = gained - talked.o_imperfect_peace_d
        o["o_changed"][:] = self.s["changed"]
        into[self.number[ended]] = np.stack([o[f"o_{name}"][ended] for name in played.OUTCOMES], axis=1)
        for columns in (self.s, o, self.p):
            columns.update({name: column[self.live] for name, column in columns.items() if np.ndim(column)})
        self.number, self.live = self.number[self.live], self.live[self.live]
        self.count = len(self.number)

    def war_month(self, war):
        """True where the war is won."""
        s, o = self.s, self.o
        h, p = Rows(s, war), Rows(self.p, war)
        o["o_welfare_a"][war] += h.weight * (h.m - p.war_cost_a / p.discount_rate)
        o["o_welfare_d"][war] += h.weight * (1 - h.m - p.war_cost_d / p.discount_rate)
        aid = p.aid_effect * h.support
        m = h.m + h.theta - aid + p.battle_volatility * self.random.standard_normal(len(war))
        s["m"][war], s["aid_sum"][war], s["t"][war] = m, h.aid_sum + aid, h.t + 1
        u = self.random.random(len(war))
        by_a = u < touched(1 - h.m, 1 - m, p.s2)
        by_d = ~by_a & (1 - u < touched(h.m, m, p.s2))
        won = by_a | by_d
        o["o_welfare_a"][war[by_a]] += s["discount"][war[by_a]]
        o["o_welfare_d"][war[by_d]] += s["discount"][war[by_d]]
        o["o_war_months_total"][war[won]] += s["t"][war[won]] - 0.5
        first = o["o_wars"][war] == 1
        o["o_ending"][war[by_a & first]], o["o_ending"][war[by_d & first]] = 1, 2
        o["o_war_months"][war[won & first]] = self.month - 0.5
        on = np.flatnonzero(~won & (p.talks_every > 0))  # without talks nobody's claims matter
        if len(on):
            self.bargain(war[on], (m - h.m)[on], aid[on])
        return won

    def bargain(self, war, moved, aid):
        s = self.s
        s["defiance"][war] *= Rows(self.p, war).defiance_decay
        h, p = Rows(s, war), Rows(self.p, war)
        seen, reward = h.m - h.start + h.aid_sum, p.defiance_reward * h.defiance
        means = p.advantage_mean + p.optimism_a, p.advantage_mean - p.optimism_d
        mu_a, mu_d = (x + p.prior_variance * (seen - h.t * x) / (p.s2 + h.t * p.prior_variance) - aid for x in means)
        cost_a = (p.war_cost_a * (1 - p.cost_insulation * h.autocracy) - reward * h.autocracy) / h.scale
        cost_d = p.war_cost_d * (1 - p.cost_insulation * p.autocracy_d) - reward * p.autocracy_d
        fight_a = h.m + (mu_a - cost_a) * months_of_war(h.m, mu_a, p.s2, p.discount_rate)
        fight_d = 1 - h.m - (mu_d + cost_d) * months_of_war(h.m, mu_d, p.s2, p.discount_rate)
        momentum = h.momentum + (moved - h.momentum) / p.momentum_months
        follow = np.minimum(1, p.claim_adjustment * np.abs(momentum))
        claim_a, claim_d = h.claim_a + follow * (fight_a - h.claim_a), h.claim_d + follow * (fight_d - h.claim_d)
        s["momentum"][war], s["claim_a"][war], s["claim_d"][war] = momentum, claim_a, claim_d
        due = np.flatnonzero(h.t % p.talks_every == 0)
        if len(due) == 0:
            return
        q = p.at(due)
        t = {"fight_a": fight_a, "fight_d": fight_d, "cost_a": cost_a, "cost_d": cost_d, "claim_a": claim_a,
             "claim_d": claim_d, "hold_a": h.hold_a, "autocracy": h.autocracy, "scale": h.scale,
             "eta": 1 + (p.indivisibility - 1) * h.autocracy * (1 - p.collective_formula),
             "lock_in": 1 - (1 - p.doctrine_initial) * h.memory,
             "need_a": need(fight_a, claim_a, p.audience_cost_a), "need_d": need(fight_d, claim_d, p.audience_cost_d)}
        self.talk(war[due], q, Rows({name: np.broadcast_to(value, len(war)) for name, value in t.items()}, due))

    def talk(self, rows, p, t):
        s, o = self.s, self.o
        on_offer = best_d(t.need_a, p.security_weight, t.eta)
        new = s["talked_discount"][rows] == 0
        if new.any():
            offer = worth_d(p, t, on_offer, band(p, t, t.need_a, on_offer, t.hold_a, p.hold_d))
            o["o_imperfect_peace_d"][rows[new]] = offer[new]
            s["talked_discount"][rows[new]] = s["discount"][rows[new]]
            s["talked_welfare"][rows[new]] = o["o_welfare_d"][rows[new]]
        is_open = on_offer >= t.need_d
        best = negotiate(p, t, is_open)
        agreed, first = best[0] >= 0, o["o_wars"][rows] == 1
        failed = np.flatnonzero(~agreed & first)
        column = obstacle(t, is_open)[failed]
        for i, name in enumerate("rents information audience indivisibility commitment".split()):
            o[f"o_blocked_{name}"][rows[failed[column == i]]] += 1
        signed = rows[agreed]
        _, terms_a, terms_d, principled = best[:, agreed]
        s["at_war"][signed], s["terms_a"][signed], s["terms_d"][signed] = False, terms_a, terms_d
        s["principled_now"][signed] = principled
        s["hi_base"][signed] = s["m"][signed] + terms_a - t.fight_a[agreed]
        s["lo_base"][signed] = s["m"][signed] - (terms_d - t.fight_d[agreed])
        o["o_war_months_total"][signed] += s["t"][signed]
        one, of = rows[agreed & first], first[agreed]
        o["o_ending"][one], o["o_war_months"][one], s["signed"][one] = 0, self.month, self.month
        o["o_settlement_a"][one], o["o_principled"][one] = terms_a[of], principled[of]

    def peace_month(self, peace):
        s, o = self.s, self.o
        h, p = Rows(s, peace), Rows(self.p, peace)
        o["o_welfare_a"][peace] += h.weight * h.terms_a
        o["o_welfare_d"][peace] += h.weight * h.terms_d
        m = h.m + p.balance_drift + p.balance_volatility * self.random.standard_normal(len(peace))
        s["m"][peace] = m
        anchor_a = h.principled_now * p.justice_anchor * (1 - p.cynicism * h.autocracy) / h.scale
        hi = h.hi_base + h.hold_a + anchor_a
        lo = h.lo_base - p.hold_d - h.principled_now * p.justice_anchor * (1 - p.cynicism * p.autocracy_d)
        u = self.random.random(len(peace))
        by_a = u < touched(hi - h.m, hi - m, p.balance_s2)
        by_d = ~by_a & (1 - u < touched(h.m - lo, m - lo, p.balance_s2))
        price_a = p.renege_cost_a + p.guarantee_a * h.support
        o["o_welfare_a"][peace] -= np.where(by_a, h.discount * price_a, 0)
        o["o_welfare_d"][peace] -= np.where(by_d, h.discount * p.hold_d, 0)
        broken = by_a | by_d
        rows = peace[broken & (o["o_wars"][peace] == 1)]
        o["o_peace_months"][rows], o["o_relapsed"][rows] = self.month - 0.5 - s["signed"][rows], 1
        if broken.any():
            self.open_war(peace[broken], np.clip(m[broken], 0.02, 0.98))

    def capitalise(self, rows):
        """At the horizon the position, or the terms, for ever."""
        s, o = self.s, self.o
        h = Rows(s, rows)
        o["o_welfare_a"][rows] += h.discount * np.where(h.at_war, h.m, h.terms_a)
        o["o_welfare_d"][rows] += h.discount * np.where(h.at_war, 1 - h.m, h.terms_d)
        o["o_war_months_total"][rows] += np.where(h.at_war, h.t, 0)
        o["o_peace_at_horizon"][rows] = ~h.at_war
        kept = rows[~h.at_war & (o["o_wars"][rows] == 1)]
        o["o_peace_months"][kept] = Rows(self.p, kept).horizon_months - s["signed"][kept]
        o["o_relapsed"][kept] = 0


def play(points, replicates):
    """[run, outcome] and the months of all histories; runs of a point are neighbours."""
    random, months = np.random.default_rng(861), 0
    count = len(points["horizon_months"])
    outcomes = np.empty((count * replicates, len(played.OUTCOMES)))
    for first in range(0, len(outcomes), TOGETHER):
        into = outcomes[first : first + TOGETHER]
        rows = np.arange(first, first + len(into)) // replicates
        columns = {name: column[rows] if count > 1 else column[0] for name, column in points.items()}
        histories = Histories(columns, len(into), random)
        while histories.count:
            months += histories.play_month()
            if histories.live.sum() <= histories.count // 2:
                histories.drop_ended(into)
    return outcomes, months


if __name__ == "__main__":
    POINTS = played.with_constants(played.read_points(sys.argv[1]))
    POINTS["hold_d"] = POINTS["renege_cost_d"] + POINTS["guarantee_d"]
    played.measure("numpy", POINTS, play)
