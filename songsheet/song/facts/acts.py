"""What the acts on facts share: one held, who may, names and scopes read, the clock of the review."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from songsheet.base.text import clean
from songsheet.clocks.actions import start_clocks, stop_clock
from songsheet.clocks.kinds import FACT_REVIEW
from songsheet.clocks.making import Promise
from songsheet.clocks.models import CURRENT
from songsheet.song.facts.errors import FactIsWithdrawn, FactRefused, NoSuchFact, NotYourFact
from songsheet.song.facts.models import NAME, Fact, FactScope
from songsheet.song.facts.queries import scope_of
from songsheet.song.facts.scopes import Scope
from songsheet.song.facts.values import KINDS
from songsheet.song.market.models import Segment
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.queries import house
from songsheet.team.roles import Right

_NAME = re.compile(NAME, re.ASCII)
#: Words that a predicate has for itself.
RESERVED = {"and", "or", "not", "in", "yes", "no", "new"}
MOST_CHOICES = 30


def working(by: Acting) -> Acting:
    """Who states facts may start and stop the clocks about them."""
    return replace(by, rights=by.rights | {Right.WORK})


def held(name: str) -> Fact:
    """One fact locked until the act ends; a withdrawn one is refused."""
    rows = Fact.objects.select_for_update(of=("self",), no_key=True).select_related("owner", "clock")
    fact = None if "\x00" in name else rows.filter(name=name).first()
    if fact is None:
        raise NoSuchFact(name)
    if fact.gone_at:
        raise FactIsWithdrawn(name)
    return fact


def may_change(fact: Fact, by: Acting) -> bool:
    """Whether somebody may change a fact: its owner, and whoever sets up the house."""
    is_owner = by.member is None or fact.owner_id == by.member.id
    return by.may(Right.STATE) and (is_owner or by.may(Right.HOUSE))


def must_be_theirs(fact: Fact, by: Acting) -> None:
    """Refuse unless they answer for the fact."""
    by.must(Right.STATE)
    if not may_change(fact, by):
        raise NotYourFact(f"{fact.owner.name} answers for this fact. Ask them, or doubt it where it stands.")


def name_of(given: str) -> str:
    """The name of a fact as predicates call it."""
    name = given.strip().lower()
    words = set(name.split("."))
    if not _NAME.fullmatch(name) or words & RESERVED:
        raise FactRefused(
            "A fact is called by a word, or a group and a field, such as returns.days. Use small letters, "
            "digits and underscores; and, or, not, in, yes, no and new mean something else.",
            field="name",
        )
    return name


def kind_of(given: str) -> str:
    """A kind of value that there is."""
    if given not in KINDS:
        raise FactRefused(f"A fact says one of {', '.join(KINDS)}. Choose one.", field="kind")
    return given


def choices_of(kind: str, given: Any) -> list[str]:
    """The choices of a fact, each once; others than a choice have none."""
    each = list(
        dict.fromkeys(one for one in (clean(str(each), 80, field="choices") for each in given) if one)
    )
    if kind == "choice" and not 2 <= len(each) <= MOST_CHOICES:
        raise FactRefused(f"Give two to {MOST_CHOICES} choices, one a line.", field="choices")
    if kind != "choice" and each:
        raise FactRefused("Only a choice has choices. Leave them empty.", field="choices")
    return each


def scope_read(product: str, market: str, segment: str) -> Scope:
    """Where something holds, as it was given; the segment by its key."""
    if segment and not Segment.objects.filter(key=segment, gone_at=None).exists():
        raise FactRefused("There is no such segment. It may be archived; choose another.", field="segment")
    said = {
        name: " ".join(clean(text, 80, field=name).split())
        for name, text in (("product", product), ("market", market))
    }
    return Scope(said["product"], said["market"], segment)


def scope_row(fact: Fact, scope: Scope) -> FactScope:
    """The row of a scope of a fact, made where there is none; the fact is held."""
    segment = Segment.objects.filter(key=scope.segment).first() if scope.segment else None
    rows = FactScope.objects.filter(fact=fact, product=scope.product, market=scope.market, segment=segment)
    found = rows.select_related("segment").first()
    return found or FactScope.objects.create(
        fact=fact, product=scope.product, market=scope.market, segment=segment
    )


def where_of(row: FactScope) -> str:
    """A scope in the words of an entry."""
    segment = row.segment
    return scope_of(row).says({segment.key: segment.name} if segment else None)


def owner_of(key: str, by: Acting) -> Member:
    """Who is to answer for a fact: whom the key names, or whoever states it."""
    found = Member.objects.active().filter(key=key).first() if key else by.member
    if found is None:
        raise FactRefused("Somebody of the team answers for a fact. Choose a member.", field="owner")
    return found


def watch(fact: Fact, *, by: Acting, at: datetime) -> None:
    """Let its clock run until it is to be looked at again, if there is a day. The row is not saved here."""
    if fact.clock is not None and fact.clock.state in CURRENT:
        stop_clock(fact.clock.key, by=working(by), at=at)
    fact.clock = None
    if fact.review_on is None or fact.gone_at:
        return
    due = datetime.combine(fact.review_on, time(12), ZoneInfo(house().zone)).astimezone(UTC)
    promise = Promise(FACT_REVIEW, fact.key, fact.owner_id, at, due_at=max(due, at))
    (fact.clock,) = start_clocks([promise], by=working(by), at=at)


def day_to_come(day: date | None, at: datetime) -> date | None:
    """A day of review, which must not be over."""
    if day is not None and not at.date() <= day <= at.date() + timedelta(days=3660):
        raise FactRefused("Look at it again on a day to come, within ten years.", field="review_on")
    return day
