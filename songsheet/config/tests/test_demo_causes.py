"""The causes that the demo declares are found again in what it draws."""

from collections import defaultdict
from datetime import UTC, datetime
from math import exp, log

import pytest

from songsheet.config.demo import causes
from songsheet.config.demo.company import era_of
from songsheet.config.demo.history import Draw, drawn
from songsheet.config.demo.records import Interest

#: Who came after this may not have ended by the Tuesday.
_ALL_ENDED = datetime(2026, 2, 1, tzinfo=UTC)
_EFFECTS = {
    **{("speed", name): effect for name, effect in causes.SPEED.items() if effect},
    **{("fit", name): effect for name, effect in causes.FIT.items() if effect},
    **{("channel", name): effect for name, effect in causes.CHANNEL.items() if effect},
    ("believes", "yes"): causes.BELIEF,
    ("load", "ten"): causes.LOAD_PER_TEN,
}


@pytest.fixture(scope="module")
def answered() -> list[Interest]:
    """Ten times the demo's leads: those that somebody answered and that have ended."""
    return [one for one in drawn(Draw("m")) if one.hours is not None and one.came_at < _ALL_ENDED]


def test_a_faster_first_answer_wins_more_often_by_the_declared_effect(answered):
    estimates = _logistic(answered)
    for speed in ("under_1h", "1h_to_24h"):
        assert estimates["speed", speed] == pytest.approx(causes.SPEED[speed], abs=0.3)
    assert estimates["speed", "under_1h"] > estimates["speed", "1h_to_24h"] > 0.2


def test_fit_belief_and_load_are_found_again(answered):
    estimates = _logistic(answered)
    assert estimates["fit", "good"] == pytest.approx(causes.FIT["good"], abs=0.35)
    assert estimates["believes", "yes"] == pytest.approx(causes.BELIEF, abs=0.35)
    assert estimates["load", "ten"] == pytest.approx(causes.LOAD_PER_TEN, abs=0.2)


def test_who_was_referred_buys_most_and_who_was_bought_least(answered):
    estimates = _logistic(answered)
    channels = {name: estimates["channel", name] for name in causes.CHANNEL if causes.CHANNEL[name]}
    assert max(channels, key=channels.__getitem__) == "Referrals"
    assert min(channels, key=channels.__getitem__) == "Bought lists"
    for name in ("Referrals", "Webinars"):
        assert channels[name] == pytest.approx(causes.CHANNEL[name], abs=0.45)


def test_the_department_answers_sooner_and_its_cycle_is_shorter(answered):
    hours, days = defaultdict(list), defaultdict(list)
    for one in answered:
        hours[era_of(one.came_at)].append(one.hours)
        if one.deal and one.deal.state == "won" and one.deal.closed_at:
            days[era_of(one.came_at)].append((one.deal.closed_at - one.came_at).days)
    assert sorted(hours["department"])[len(hours["department"]) // 2] < 6
    assert sorted(hours["silos"])[len(hours["silos"]) // 2] > 24
    for era in causes.ERAS:
        assert sum(days[era]) / len(days[era]) == pytest.approx(causes.CYCLE_DAYS[era], rel=0.08)


def _logistic(leads: list[Interest]) -> dict[tuple[str, str], float]:
    """Log odds of winning per declared effect, by Newton's method over counts of equal leads."""
    names = list(_EFFECTS)
    cells: dict[tuple[float, ...], list[int]] = defaultdict(lambda: [0, 0])
    for lead in leads:
        assert lead.hours is not None
        marks = {
            ("speed", causes.speed_of(lead.hours)): 1.0,
            ("fit", causes.fit_of(lead.buyer.firm.people_count if lead.buyer.firm else None)): 1.0,
            ("channel", lead.source): 1.0,
            ("believes", "yes"): float(bool(lead.believes)),
            ("load", "ten"): round(causes.tens_beyond(lead.load), 1),
        }
        cell = cells[(1.0, *(marks.get(name, 0.0) for name in names))]
        cell[0] += 1
        cell[1] += bool(lead.deal and lead.deal.state == "won")
    share = sum(won for _, won in cells.values()) / len(leads)
    beta = [log(share / (1 - share))] + [0.0] * len(names)
    for _ in range(8):
        beta = _step(beta, cells)
    return dict(zip(names, beta[1:], strict=True))


def _step(beta: list[float], cells: dict[tuple[float, ...], list[int]]) -> list[float]:
    size = len(beta)
    gradient, hessian = [0.0] * size, [[0.0] * size for _ in range(size)]
    for marks, (count, won) in cells.items():
        chance = 1 / (1 + exp(-sum(b * x for b, x in zip(beta, marks, strict=True))))
        for i in range(size):
            if marks[i]:
                gradient[i] += marks[i] * (won - count * chance)
                for j in range(size):
                    hessian[i][j] += marks[i] * marks[j] * count * chance * (1 - chance)
    return [b + d for b, d in zip(beta, _solve(hessian, gradient), strict=True)]


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i in range(len(rows)):
        pivot = max(range(i, len(rows)), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for r in range(len(rows)):
            if r != i:
                rows[r] = [a - rows[r][i] * b for a, b in zip(rows[r], rows[i], strict=True)]
    return [row[-1] for row in rows]
