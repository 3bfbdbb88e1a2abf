"""While a flood comes in, taking in rests between its rounds; not for long, and not for one large batch."""

from songsheet.intake.arriving.loop import LASTS, MOST_REST, REST, Pace


def rests(arrivals: list[tuple[float, int]]) -> list[float]:
    """The rests after rounds of a tenth of a second, at these times and with so many arrived by then."""
    pace = Pace(0.0)
    return [pace.rest(last, now, 0.1) for now, last in arrivals]


def test_what_comes_as_fast_as_it_is_taken_in_leaves_no_rest() -> None:
    assert not any(rests([(n / 2, n * 400) for n in range(100)]))


def test_one_large_batch_is_no_flood() -> None:
    assert not any(rests([(0.0, 0), (1.0, 0), (1.2, 1_000), (1.4, 1_000), (3.0, 1_000), (5.1, 1_000)]))


def test_a_flood_is_gone_behind_until_it_ends_or_has_lasted_a_minute() -> None:
    flood = [(n / 2, n * 2_000) for n in range(60)]
    told = rests([*flood, (32.0, 120_000), (34.1, 120_000)])
    assert told[2] == 0.0
    assert set(told[8:60]) == {0.1 * REST}
    assert told[-1] == 0.0

    lasting = rests([(n / 2, n * 2_000) for n in range(400)])
    rested = [one for one in lasting if one]
    assert LASTS - 10 <= len(rested) / 2 <= LASTS
    assert not any(lasting[-200:])


def test_a_rest_is_never_long() -> None:
    pace = Pace(0.0)
    assert [pace.rest(now * 5_000, float(now), 60.0) for now in range(5)][-1] == MOST_REST
