"""Reads of facts: what is true at an instant in a place, and how it came to be so."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from songsheet.song.facts.errors import NoSuchFact
from songsheet.song.facts.models import Dispute, Fact, FactScope, FactValue
from songsheet.song.facts.scopes import EVERYWHERE, Scope
from songsheet.song.facts.values import Value, read, said
from songsheet.team.acting import Acting
from songsheet.team.roles import Right


@dataclass(frozen=True, slots=True)
class Stated:
    """What a fact says in a place: the value, in words, and from when until when."""

    name: str
    label: str
    kind: str
    value: Value
    says: str
    where: Scope
    since: datetime
    until: datetime | None


#: By the name of the fact what it says, in each place where it says something of its own.
Facts = Mapping[str, list[Stated]]
_FACT = ("name", "label", "kind", "unit")
_COLUMNS = (
    *(f"scope__fact__{name}" for name in _FACT), "scope__product", "scope__market", "scope__segment__key",
    "value", "valid_from", "valid_until",
)  # fmt: skip


def facts_seen_by(viewer: Acting) -> QuerySet[Fact]:
    """The facts that are not withdrawn."""
    viewer.must(Right.LOOK)
    return Fact.objects.filter(gone_at=None).select_related("owner", "clock")


def fact_for(viewer: Acting, name: str) -> Fact:
    """One fact by its name, a withdrawn one too."""
    viewer.must(Right.LOOK)
    found = (
        None if "\x00" in name else Fact.objects.filter(name=name).select_related("owner", "clock").first()
    )
    if found is None:
        raise NoSuchFact(name)
    return found


def stated_at(at: datetime, names: Collection[str] | None = None) -> Facts:
    """What every fact, or those of these names, says at an instant, in every place; in one statement."""
    holding = FactValue.objects.filter(_holds_at(at), voided_at=None)
    if names is not None:
        holding = holding.filter(scope__fact__name__in=list(names))
    found: dict[str, list[Stated]] = defaultdict(list)
    for name, label, kind, unit, product, market, segment, stored, since, until in holding.values_list(
        *_COLUMNS
    ):
        value = read(kind, stored)
        where = Scope(product, market, segment or "")
        words = said(kind, value, unit)
        found[name].append(Stated(name, label, kind, value, words, where, since, until))
    return found


def facts_at(
    at: datetime, scope: Scope = EVERYWHERE, names: Collection[str] | None = None
) -> dict[str, Stated]:
    """What each fact says at an instant in a place: the most particular value that covers it."""
    return said_at(stated_at(at, names), scope)


def said_at(stated: Facts, scope: Scope) -> dict[str, Stated]:
    """Of what every fact says in several places, what counts in this one."""
    found = {name: said_in(each, scope) for name, each in stated.items()}
    return {name: one for name, one in found.items() if one is not None}


def said_in(each: list[Stated], scope: Scope) -> Stated | None:
    """Of what a fact says in several places, what counts in this one."""
    fitting = [one for one in each if one.where.covers(scope)]
    return max(fitting, key=lambda one: one.where.weight(), default=None)


def history_of(fact: Fact) -> list[FactValue]:
    """Every value it has had or is to have, the latest first; also what was planned and never held."""
    rows = FactValue.objects.filter(scope__fact=fact).select_related("scope__segment", "stated_by")
    return list(rows.order_by("-valid_from", "-id"))


def disputes_of(fact: Fact) -> list[Dispute]:
    """What was doubted about it, the latest first."""
    rows = Dispute.objects.filter(fact=fact).select_related("raised_by", "answered_by", "settled_by", "clock")
    return list(rows.order_by("-id"))


def scope_of(row: FactScope) -> Scope:
    """A stored scope as it is reckoned with."""
    return Scope(row.product, row.market, row.segment.key if row.segment else "")


def is_true_at(one: FactValue, at: datetime) -> bool:
    """Whether a value holds at an instant."""
    return (
        one.voided_at is None and one.valid_from <= at and (one.valid_until is None or at < one.valid_until)
    )


def _holds_at(at: datetime) -> Q:
    return Q(valid_from__lte=at) & (Q(valid_until=None) | Q(valid_until__gt=at))


def next_changes(fact: Fact, at: datetime) -> list[FactValue]:
    """What it is to say from a later instant on, the soonest first."""
    rows = FactValue.objects.filter(scope__fact=fact, voided_at=None, valid_from__gt=at)
    return list(rows.select_related("scope__segment", "scope__fact").order_by("valid_from", "id"))
