"""anchored_peace for numba, one scalar history after another: anchored_peace_numba.py POINTS REPLICATES [SECONDS].

An independent program like textbook.cpp, with numpy's generator inside numba. Exit code 77: numba is not installed.
"""

import collections
import math
import sys

import numpy
import played

try:
    from numba import njit
except ImportError:
    sys.exit(77)

MISSING = math.nan


@njit(cache=True)
def months_of_war(m, mu, s2, r):
    """Expected discounted months of war of a front at m in (0,1)."""
    speed, root = abs(mu), math.sqrt(mu * mu + 2 * r * s2)
    towards, against = -2 * r / (speed + root), -(speed + root) / s2
    up, down = (towards, against) if mu > 0 else (against, towards)
    above, below = -math.expm1(-2 * root / s2 * (1 - m)), -math.expm1(-2 * root / s2 * m)
    return (1 - (math.exp(up * (1 - m)) * below + math.exp(down * m) * above) / (above + below - above * below)) / r


@njit(cache=True)
def need(fight, claim, audience_cost):
    wanted = fight if fight >= claim else (fight + audience_cost * claim) / (1 + audience_cost)
    return min(max(wanted, 0.0), 1.0)


@njit(cache=True)
def touched(before, after, s2):
    """Chance that a month between these distances of a barrier touched it."""
    if before <= 0 or after <= 0:
        return 1.0
    if s2 <= 0:
        return 0.0
    exponent = -2 * before * after / s2
    return 0.0 if exponent < -40 else math.exp(exponent)


@njit(cache=True)
def unit(share):
    return min(max(share, 0.0), 1.0)


@njit(cache=True)
def feasible(share):
    return -1e-9 <= share <= 1 + 1e-9


@njit(cache=True)
def best_d(terms_a, w, eta):
    """Largest U_d over the settlements that give A exactly terms_a; for w <= 1/2 territory compensates."""
    if w <= 0.5 or eta == 1:
        return 1 - terms_a
    land, best = 1 - w, -1.0
    if land >= 1e-9:
        if feasible(terms_a / land):
            best = max(best, land * (1 - unit(terms_a / land)) + w)
        if feasible((terms_a - w) / land):
            best = max(best, land * (1 - unit((terms_a - w) / land)))
    if feasible((terms_a - land) / w):
        best = max(best, w * (1 - unit((terms_a - land) / w) ** (1 / eta)))
    if feasible(terms_a / w):
        best = max(best, land + w * (1 - unit(terms_a / w) ** (1 / eta)))
    return best


@njit(cache=True)
def band(p, terms_a, terms_d, fight_a, fight_d, hold_a, hold_d):
    """Distances up and down to a breach, with 1 - exp(-2q .) of both and of their sum."""
    up, down = max(terms_a - fight_a + hold_a, 1e-4), max(terms_d - fight_d + hold_d, 1e-4)
    above, below = -math.expm1(p.twice_q * up), -math.expm1(p.twice_q * down)
    return up, down, above, below, above + below - above * below


@njit(cache=True)
def worth_a(p, terms_a, fight_a, seen):
    _, down, above, _, whole = seen
    out = math.exp(p.rate_down * down) * above / whole
    return terms_a * (1 - out) + out * (fight_a - down)


@njit(cache=True)
def worth_d(p, terms_d, fight_d, seen):
    up, _, _, below, whole = seen
    out = math.exp(p.rate_up * up) * below / whole
    return terms_d * (1 - out) + out * (fight_d - up)


@njit(cache=True)
def nash(p, table, terms_a, terms_d, seen_by_a, seen_by_d, price_a, price_d):
    """Nash product of a settlement, -1 if it is not acceptable. table: fight_a, fight_d, claim_a, claim_d."""
    fight_a, fight_d, claim_a, claim_d = table
    value = worth_a(p, terms_a, fight_a, seen_by_a)
    gain_a = value - price_a - p.audience_cost_a * max(0.0, claim_a - value) - fight_a
    if gain_a < 0:
        return -1.0
    value = worth_d(p, terms_d, fight_d, seen_by_d)
    gain_d = value - price_d - p.audience_cost_d * max(0.0, claim_d - value) - fight_d
    if gain_d < 0:
        return -1.0
    return gain_a**p.bargaining_power * gain_d ** (1 - p.bargaining_power)


@njit(cache=True)
def negotiate(p, table, is_open, need_a, need_d, eta, autocracy, scale, hold_a, hold_d, lock_in):
    """(score, terms_a, terms_d, principled) of the settlement that is signed; score -1: none."""
    fight_a, fight_d, _, _ = table
    best = (-1.0, 0.0, 0.0, 0.0)
    if is_open:
        for i in range(8):
            a = need_a + (i + 0.5) / 8 * (1 - need_d - need_a)
            d = best_d(a, p.security_weight, eta)
            seen = band(p, a, d, fight_a, fight_d, hold_a, hold_d)
            score = nash(p, table, a, d, seen, seen, 0.0, 0.0)
            if score > best[0]:
                best = (score, a, d, 0.0)
    a, d = p.just_share, 1 - p.just_share
    belief_a, belief_d = 1 - p.cynicism * autocracy, 1 - p.cynicism * p.autocracy_d
    anchor_a, anchor_d = p.justice_anchor * belief_a / scale, p.justice_anchor * belief_d
    seen_by_a = band(p, a, d, fight_a, fight_d, hold_a + anchor_a, hold_d + anchor_d * belief_a)
    seen_by_d = band(p, a, d, fight_a, fight_d, hold_a + anchor_a * belief_d, hold_d + anchor_d)
    price = p.doctrine_cost * lock_in + p.defiance_value
    score = nash(p, table, a, d, seen_by_a, seen_by_d, price * autocracy / scale, price * p.autocracy_d)
    return (score, a, d, 1.0) if score > best[0] else best


@njit(cache=True)
def posterior(p, prior, moved, t):
    denominator = p.s2 + t * p.prior_variance
    return prior if denominator <= 0 else prior + p.prior_variance * (moved - t * prior) / denominator


@njit(cache=True)
def obstacle(costs, fights, needs, is_open):
    """Column of the first obstacle that applies, counted from blocked_rents."""
    if costs < 0:
        return 0
    if fights > 1:
        return 1
    if needs > 1:
        return 2
    return 4 if is_open else 3


@njit(cache=True)
def play_one(p, o):
    """One history into o[outcome]; its months. One long function: numba keeps the state in registers."""
    o[:] = 0.0
    o[0], o[1], o[2:6], o[17:19] = 3, p.horizon_months, MISSING, MISSING
    autocracy, month, support, memory, discount = p.autocracy_a, 0.0, p.patron_support, 1.0, 1.0
    scale = 1 + p.territorial_boost * autocracy
    eta = 1 + (p.indivisibility - 1) * autocracy * (1 - p.collective_formula)
    at_war, won, withdrawn, principled, new_war, m = True, False, False, 0.0, True, p.initial_position
    start = theta = aid_sum = momentum = defiance = claim_a = claim_d = terms_a = terms_d = hi_base = lo_base = 0.0
    signed = first_talks = first_welfare = 0.0
    t, hold_d = 0, p.renege_cost_d + p.guarantee_d
    belief_d = 1 - p.cynicism * p.autocracy_d
    while True:
        if new_war:
            at_war, new_war, o[8], start, t = True, False, o[8] + 1, m, 0
            aid_sum, momentum, defiance, claim_a, claim_d = 0.0, 0.0, 1.0, p.claim_a, p.claim_d
            theta = p.advantage_mean + p.advantage_sd * numpy.random.normal()
        if month >= p.horizon_months:
            break
        month += 1
        if o[16] == 0 and numpy.random.random() < p.change_hazard:
            o[16], autocracy, scale, eta = 1, 0.0, 1.0, 1.0
        if at_war or principled == 0:
            memory *= p.doctrine_decay
        if not withdrawn:
            support += p.fade * (p.support_floor - support)
            if numpy.random.random() < p.withdrawal_hazard:
                support, withdrawn = p.support_floor, True
        weight = discount
        discount *= p.discount
        weight -= discount
        before, hold_a = m, (p.renege_cost_a + p.guarantee_a * support) / scale
        if not at_war:
            o[6] += weight * terms_a
            o[7] += weight * terms_d
            m += p.balance_drift + p.balance_volatility * numpy.random.normal()
            hi = hi_base + hold_a + principled * p.justice_anchor * (1 - p.cynicism * autocracy) / scale
            lo = lo_base - hold_d - principled * p.justice_anchor * belief_d
            u = numpy.random.random()
            by_a = u < touched(hi - before, hi - m, p.balance_s2)
            if by_a or 1 - u < touched(before - lo, m - lo, p.balance_s2):
                if by_a:
                    o[6] -= discount * (p.renege_cost_a + p.guarantee_a * support)
                else:
                    o[7] -= discount * hold_d
                if o[8] == 1:
                    o[4], o[5] = month - 0.5 - signed, 1
                m, new_war = min(max(m, 0.02), 0.98), True
            continue
        o[6] += weight * (m - p.war_cost_a / p.discount_rate)
        o[7] += weight * (1 - m - p.war_cost_d / p.discount_rate)
        aid = p.aid_effect * support
        m += theta - aid + p.battle_volatility * numpy.random.normal()
        aid_sum += aid
        t += 1
        u = numpy.random.random()
        by_a = u < touched(1 - before, 1 - m, p.s2)
        if by_a or 1 - u < touched(before, m, p.s2):
            o[6 if by_a else 7] += discount
            o[9] += t - 0.5
            if o[8] == 1:
                o[0], o[1] = 1 if by_a else 2, month - 0.5
            won = True
            break
        if p.talks_every == 0:
            continue
        defiance *= p.defiance_decay
        seen, reward = m - start + aid_sum, p.defiance_reward * defiance
        mu_a = posterior(p, p.advantage_mean + p.optimism_a, seen, t) - aid
        mu_d = posterior(p, p.advantage_mean - p.optimism_d, seen, t) - aid
        cost_a = (p.war_cost_a * (1 - p.cost_insulation * autocracy) - reward * autocracy) / scale
        cost_d = p.war_cost_d * (1 - p.cost_insulation * p.autocracy_d) - reward * p.autocracy_d
        fight_a = m + (mu_a - cost_a) * months_of_war(m, mu_a, p.s2, p.discount_rate)
        fight_d = 1 - m - (mu_d + cost_d) * months_of_war(m, mu_d, p.s2, p.discount_rate)
        momentum += (m - before - momentum) / p.momentum_months
        follow = min(1.0, p.claim_adjustment * abs(momentum))
        claim_a += follow * (fight_a - claim_a)
        claim_d += follow * (fight_d - claim_d)
        if t % p.talks_every != 0:
            continue
        need_a, need_d = need(fight_a, claim_a, p.audience_cost_a), need(fight_d, claim_d, p.audience_cost_d)
        on_offer = best_d(need_a, p.security_weight, eta)
        if first_talks == 0:
            first_talks, first_welfare = discount, o[7]
            o[17] = worth_d(p, on_offer, fight_d, band(p, need_a, on_offer, fight_a, fight_d, hold_a, hold_d))
        is_open = on_offer >= need_d
        score, terms_a, terms_d, principled = negotiate(p, (fight_a, fight_d, claim_a, claim_d), is_open, need_a, need_d,
                                                        eta, autocracy, scale, hold_a, hold_d,
                                                        1 - (1 - p.doctrine_initial) * memory)
        if score >= 0:
            at_war, hi_base, lo_base = False, m + terms_a - fight_a, m - (terms_d - fight_d)
            o[9] += t
            if o[8] == 1:
                o[0], o[1], o[2], o[3], signed = 0, month, terms_a, principled, month
        elif o[8] == 1:
            o[11 + obstacle(cost_a + cost_d, fight_a + fight_d, need_a + need_d, is_open)] += 1
    if not won:
        o[6] += discount * (m if at_war else terms_a)
        o[7] += discount * (1 - m if at_war else terms_d)
        if at_war:
            o[9] += t
        else:
            o[10] = 1
            if o[8] == 1:
                o[4], o[5] = p.horizon_months - signed, 0
    if first_talks > 0:
        o[18] = (o[7] - first_welfare) / first_talks - o[17]
    return month


@njit(cache=True)
def play_point(p, seed, outcomes):
    numpy.random.seed(seed)
    months = 0.0
    for run in range(outcomes.shape[0]):
        months += play_one(p, outcomes[run])
    return months


def play(points, replicates):
    """[run, outcome] and the months of all histories; runs of a point are neighbours, one seed a point."""
    outcomes = numpy.empty((len(points) * replicates, len(played.OUTCOMES)))
    months = 0.0
    for i, point in enumerate(points):
        months += play_point(point, 861 + i, outcomes[i * replicates : (i + 1) * replicates])
    return outcomes, months


def points_of(columns):
    """One named tuple of plain numbers per point: what numba can unpack."""
    point = collections.namedtuple("Point", columns)
    return [point(*map(float, values)) for values in zip(*columns.values())]


if __name__ == "__main__":
    POINTS = points_of(played.with_constants(played.read_points(sys.argv[1])))
    play(POINTS[:1], 1)  # compiles, or loads what was compiled
    played.measure("numba", POINTS, play)
