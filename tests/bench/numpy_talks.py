"""anchored_peace in numpy: what fighting and promises are worth, and a round of talks, for many histories at once."""

import numpy as np


class Rows:
    """Columns at some rows, gathered as they are asked for; a column that is one number stays so."""

    def __init__(self, columns, rows):
        self._columns, self._rows = columns, rows

    def __getattr__(self, name):
        column = self._columns[name]
        value = column if np.ndim(column) == 0 else column[self._rows]
        self.__dict__[name] = value
        return value

    def rows(self):
        return self._rows

    def at(self, rows):
        """The same columns at some of these rows."""
        return Rows(self._columns, self._rows[rows])


def months_of_war(m, mu, s2, r):
    """Expected discounted months of war of a front at m in (0,1)."""
    speed = np.abs(mu)
    root = np.sqrt(mu * mu + 2 * r * s2)
    towards, against = -2 * r / (speed + root), -(speed + root) / s2
    up, down = np.where(mu > 0, towards, against), np.where(mu > 0, against, towards)
    twice_q = -2 * root / s2
    above, below = -np.expm1(twice_q * (1 - m)), -np.expm1(twice_q * m)
    return (1 - (np.exp(up * (1 - m)) * below + np.exp(down * m) * above) / (above + below - above * below)) / r


def need(fight, claim, audience_cost):
    return np.clip(np.where(fight >= claim, fight, (fight + audience_cost * claim) / (1 + audience_cost)), 0, 1)


def touched(before, after, s2):
    """Chance that a month between these distances of a barrier touched it."""
    chance = np.exp(np.minimum(-2 * before * after / np.maximum(s2, 1e-30), 0))
    return np.where((before <= 0) | (after <= 0), 1.0, chance)


def best_d(terms_a, w, eta):
    """Largest U_d over the settlements that give A exactly terms_a."""
    land, best = 1 - w, np.full(np.shape(terms_a), -1.0)
    some_land, some_security = np.maximum(land, 1e-30), np.maximum(w, 1e-30)
    shares = [terms_a / some_land, (terms_a - w) / some_land, (terms_a - land) / some_security, terms_a / some_security]
    for i, share in enumerate(shares):
        unit = np.clip(share, 0, 1)
        good = (share >= -1e-9) & (share <= 1 + 1e-9) & ((land >= 1e-9) | (i >= 2))
        value = land * (1 - unit) + (w if i == 0 else 0) if i < 2 else w * (1 - unit ** (1 / eta)) + (land if i == 3 else 0)
        best = np.where(good, np.maximum(best, value), best)
    return best


def band(p, t, terms_a, terms_d, hold_a, hold_d):
    """Distances up and down to a breach, with 1 - exp(-2q .) of both and of their sum."""
    up, down = np.maximum(terms_a - t.fight_a + hold_a, 1e-4), np.maximum(terms_d - t.fight_d + hold_d, 1e-4)
    above, below = -np.expm1(p.twice_q * up), -np.expm1(p.twice_q * down)
    return up, down, above, below, above + below - above * below


def worth_a(p, t, terms_a, seen):
    _, down, above, _, whole = seen
    out = np.exp(p.rate_down * down) * above / whole
    return terms_a * (1 - out) + out * (t.fight_a - down)


def worth_d(p, t, terms_d, seen):
    up, _, _, below, whole = seen
    out = np.exp(p.rate_up * up) * below / whole
    return terms_d * (1 - out) + out * (t.fight_d - up)


def weigh(p, t, rows, best, terms, seen, prices, principled):
    """Puts a settlement on the table in `rows` of best[score, terms_a, terms_d, principled]."""
    values = worth_a(p, t, terms[0], seen[0]), worth_d(p, t, terms[1], seen[1])
    gain_a = values[0] - prices[0] - p.audience_cost_a * np.maximum(0, t.claim_a - values[0]) - t.fight_a
    gain_d = values[1] - prices[1] - p.audience_cost_d * np.maximum(0, t.claim_d - values[1]) - t.fight_d
    power = p.bargaining_power
    score = np.where((gain_a >= 0) & (gain_d >= 0), np.maximum(gain_a, 0) ** power * np.maximum(gain_d, 0) ** (1 - power), -1)
    better = score > best[0, rows]
    for row, value in zip(best, (score, *terms, principled)):
        row[rows[better]] = value[better] if np.ndim(value) else value


def negotiate(p, t, is_open):
    """best[score, terms_a, terms_d, principled] of each round; score -1: nothing is signed."""
    best = np.zeros((4, len(t.fight_a)))
    best[0] = -1
    rows = np.flatnonzero(is_open)
    if len(rows):
        q, u = p.at(rows), t.at(rows)
        for i in range(8):
            a = u.need_a + (i + 0.5) / 8 * (1 - u.need_d - u.need_a)
            d = best_d(a, q.security_weight, u.eta)
            seen = band(q, u, a, d, u.hold_a, q.hold_d)
            weigh(q, u, rows, best, (a, d), (seen, seen), (0, 0), 0)
    a, d = p.just_share, 1 - p.just_share
    belief_a, belief_d = 1 - p.cynicism * t.autocracy, 1 - p.cynicism * p.autocracy_d
    anchor_a, anchor_d = p.justice_anchor * belief_a / t.scale, p.justice_anchor * belief_d
    seen_by_a = band(p, t, a, d, t.hold_a + anchor_a, p.hold_d + anchor_d * belief_a)
    seen_by_d = band(p, t, a, d, t.hold_a + anchor_a * belief_d, p.hold_d + anchor_d)
    price = p.doctrine_cost * t.lock_in + p.defiance_value
    prices = price * t.autocracy / t.scale, price * p.autocracy_d
    weigh(p, t, np.arange(len(t.fight_a)), best, (a, d), (seen_by_a, seen_by_d), prices, 1)
    return best


def obstacle(t, is_open):
    """Column of the first obstacle that applies, counted from blocked_rents."""
    reasons = [t.cost_a + t.cost_d < 0, t.fight_a + t.fight_d > 1, t.need_a + t.need_d > 1, ~is_open]
    return np.select(reasons, [0, 1, 2, 3], 4)
