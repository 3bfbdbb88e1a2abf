"""Facts: stated, changed from an instant on, true in a place, looked at again, withdrawn."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from songsheet.base.money import Money
from songsheet.base.refusals import Stale
from songsheet.clocks.events import ClockKept, ClockStopped
from songsheet.clocks.models import Clock
from songsheet.journal import check
from songsheet.journal.testing import assert_recorded
from songsheet.song.errors import NotSung
from songsheet.song.facts.actions import (
    change_fact,
    describe_fact,
    review_fact,
    state_fact,
    withdraw_fact,
)
from songsheet.song.facts.errors import (
    FactIsThere,
    FactIsWithdrawn,
    FactRefused,
    NoSuchFact,
    NotYourFact,
)
from songsheet.song.facts.events import FactChanged, FactDescribed, FactReviewed, FactStated, FactWithdrawn
from songsheet.song.facts.models import FactValue
from songsheet.song.facts.queries import facts_at
from songsheet.song.facts.scopes import Scope
from songsheet.song.facts.values import Duration, Percent
from songsheet.song.market.actions import add_segment
from songsheet.song.tests.facts import operations, stated
from songsheet.team.acting import Acting, as_member
from songsheet.team.errors import RightMissing

DAY = timedelta(days=1)


@pytest.fixture
def una(db: None, at: datetime) -> Acting:
    return operations(at)


def says(name: str, at: datetime, scope: Scope = Scope()) -> str:  # noqa: B008
    found = facts_at(at, scope).get(name)
    return found.says if found else "unknown"


def test_each_kind_of_value_is_typed_kept_and_said(una: Acting, at: datetime) -> None:
    given = {
        "shipping.free": ("offer", "not offered", False, "not offered"),
        "leasing": ("yes_no", "yes", True, "yes"),
        "delivery.fee": ("money", "49.50 EUR", Money(4950, "EUR"), "€49.50"),
        "vat": ("percent", "19 %", Percent(1900), "19%"),
        "returns": ("duration", "60 days", Duration(60, "days"), "60 days"),
        "guarantee.days": ("number", "30", Decimal(30), "30 days"),
        "certified.since": ("date", "2024-03-01", date(2024, 3, 1), "2024-03-01"),
        "hotline": ("text", "Weekdays, nine to five", "Weekdays, nine to five", "Weekdays, nine to five"),
    }
    for name, (kind, text, _value, _words) in given.items():
        stated(name, kind, text, by=una, at=at, unit="days" if kind == "number" else "")
    stated("fitting.by", "choice", "PARTNER", choices=["us", "partner"], by=una, at=at)
    found = facts_at(at)
    for name, (_kind, _text, value, words) in given.items():
        assert (found[name].value, found[name].says) == (value, words)
    assert found["fitting.by"].value == "partner"
    assert_recorded(FactStated, name="shipping.free", value="not offered", kind="offer")
    for kind, wrong in (("offer", "perhaps"), ("money", "much"), ("percent", "19"), ("duration", "30"),
                        ("number", "1e9"), ("date", "2026-02-30"), ("yes_no", "offered")):  # fmt: skip
        with pytest.raises(NotSung):
            stated("other", kind, wrong, by=una, at=at)
    assert check.run(full=True, only=["I7"]) == []


def test_a_change_holds_from_its_instant_and_the_past_stays_as_it_was(una: Acting, at: datetime) -> None:
    stated("returns", "duration", "60 days", by=una, at=at)
    later = at + 10 * DAY
    change_fact("returns", value="30 days", valid_from=later, why="Too many came back.", by=una, at=at)
    assert (says("returns", later - DAY), says("returns", later)) == ("60 days", "30 days")
    assert says("returns", at - DAY) == "unknown"
    assert_recorded(FactChanged, name="returns", before="60 days", value="30 days", version=2)
    with pytest.raises(FactRefused):
        change_fact("returns", value="14 days", valid_from=at - DAY, by=una, at=at)
    with pytest.raises(Stale):
        change_fact("returns", value="14 days", version=1, by=una, at=at)
    change_fact("returns", value="45 days", by=una, at=at + DAY)
    assert says("returns", later + DAY) == "45 days"
    assert FactValue.objects.filter(voided_at__isnull=False).count() == 1
    assert check.run(full=True, only=["I7"]) == []


def test_what_is_so_for_a_while_says_afterwards_what_it_said_before(una: Acting, at: datetime) -> None:
    stated("delivery.fee", "money", "49 EUR", by=una, at=at)
    change_fact("delivery.fee", value="0 EUR", valid_from=at + DAY, valid_until=at + 3 * DAY, by=una, at=at)
    fees = [says("delivery.fee", at + days * DAY) for days in (0, 1, 2, 3, 30)]
    assert fees == ["€49", "€0", "€0", "€49", "€49"]
    change_fact("delivery.fee", value="10 EUR", valid_from=at + 2 * DAY, valid_until=at + 4 * DAY,
                by=una, at=at)  # fmt: skip
    fees = [says("delivery.fee", at + days * DAY) for days in (0, 1, 2, 3, 4)]
    assert fees == ["€49", "€0", "€10", "€10", "€49"]


def test_the_most_particular_place_decides(una: Acting, at: datetime) -> None:
    firms = add_segment(name="Firms", by=una, at=at)
    stated("returns", "duration", "30 days", by=una, at=at)
    change_fact("returns", value="14 days", market="IE", by=una, at=at)
    change_fact("returns", value="90 days", product="Chairs", by=una, at=at)
    change_fact("returns", value="60 days", segment=firms.key, by=una, at=at)
    places = {
        Scope(): "30 days",
        Scope(market="GB"): "30 days",
        Scope(market="IE"): "14 days",
        Scope(segment=firms.key): "60 days",
        Scope(market="IE", segment=firms.key): "14 days",
        Scope(product="Chairs", market="IE"): "90 days",
    }
    assert {place: says("returns", at, place) for place in places} == places


def test_two_values_never_hold_at_once_in_one_place(una: Acting, at: datetime) -> None:
    stated("returns", "duration", "60 days", by=una, at=at)
    there = FactValue.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        FactValue.objects.create(
            scope=there.scope, value=there.value, valid_from=at + DAY, stated_at=at, stated_by=una.member
        )


def test_only_its_owner_or_who_sets_up_the_house_changes_it(
    una: Acting, cast: dict[str, Any], at: datetime
) -> None:
    team = {name: as_member(member) for name, member in cast.items()}
    stated("returns", "duration", "60 days", by=una, at=at)
    with pytest.raises(RightMissing):
        stated("other", "yes_no", "yes", by=team["priya"], at=at)
    with pytest.raises(RightMissing):
        change_fact("returns", value="30 days", by=team["priya"], at=at)
    with pytest.raises(NotYourFact):
        change_fact("returns", value="30 days", by=team["tom"], at=at)
    change_fact("returns", value="30 days", by=team["amara"], at=at)
    describe_fact("returns", owner=cast["tom"].key, source="Terms, 4.2", by=una, at=at)
    assert_recorded(FactDescribed, name="returns", fields=["owner", "source"], owner=cast["tom"].key)
    change_fact("returns", value="14 days", by=team["tom"], at=at)
    with pytest.raises(NotYourFact):
        change_fact("returns", value="30 days", by=una, at=at)


def test_it_is_looked_at_again_by_its_day(una: Acting, at: datetime) -> None:
    fact = stated("returns", "duration", "60 days", review_on=date(2026, 6, 1), by=una, at=at)
    clock = Clock.objects.get(about=fact.key)
    assert (clock.kind, clock.member, clock.due_at.date()) == ("fact_review", una.member, date(2026, 6, 1))
    review_fact("returns", next_on=date(2026, 12, 1), by=una, at=at + DAY)
    assert_recorded(ClockKept, clock=clock.key)
    assert_recorded(FactReviewed, name="returns", next_on="2026-12-01", version=2)
    assert Clock.objects.get(about=fact.key, state="running").due_at.date() == date(2026, 12, 1)
    with pytest.raises(FactRefused):
        review_fact("returns", next_on=date(2025, 1, 1), by=una, at=at)
    withdraw_fact("returns", why="We sell no more.", by=una, at=at + DAY)
    assert_recorded(FactWithdrawn, name="returns", why="We sell no more.")
    assert_recorded(ClockStopped, about=fact.key)
    assert (says("returns", at), says("returns", at + DAY)) == ("60 days", "unknown")
    with pytest.raises(FactIsWithdrawn):
        change_fact("returns", value="30 days", by=una, at=at)
    assert check.run(full=True, only=["I7"]) == []


def test_a_name_is_a_group_and_a_field(una: Acting, at: datetime) -> None:
    stated("shipping.free", "offer", "no", by=una, at=at)
    with pytest.raises(FactIsThere):
        stated("Shipping.Free ", "offer", "no", by=una, at=at)
    for wrong in ("", "9days", "a b", "a..b", "not", "x.and", "a.b.c.d", "ü", "a" * 90):
        with pytest.raises(FactRefused):
            stated(wrong, "offer", "no", by=una, at=at)
    with pytest.raises(NoSuchFact):
        change_fact("nothing", value="1", by=una, at=at)
    with pytest.raises(FactRefused):
        state_fact(name="a", label="A", kind="smell", value="x", by=una, at=at)
    with pytest.raises(FactRefused):
        stated("a", "choice", "x", choices=["x"], by=una, at=at)
    with pytest.raises(FactRefused):
        stated("a", "offer", "no", valid_from=at, valid_until=at, by=una, at=at)
