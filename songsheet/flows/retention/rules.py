"""The rules of the house: per purpose so many months, or for ever. Each change is a row of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from songsheet.flows.errors import NoSuchTerm
from songsheet.flows.events import RetentionSet
from songsheet.flows.models import RetentionRule
from songsheet.journal.act import act
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

LONGEST = 600


Drop = Callable[[str, Acting, datetime], object]


@dataclass(frozen=True)
class Purpose:
    """What is kept for a while: its name for people, what goes when, whose term is over, and how it goes.

    `find` takes the day until which the term ran and how many are wanted at most; `drop` takes one of them.
    What comes by the million goes by `sweep` instead: all that ended by then, for so many seconds at most; it
    says how many went.
    """

    label: str | Promise
    says: str | Promise
    find: Callable[[datetime, int], list[str]]
    drop: Drop | None = None
    sweep: Callable[[datetime, float], int] | None = None


def purposes() -> Mapping[str, Purpose]:
    """The table that the settings name."""
    table: Mapping[str, Purpose] = import_string(settings.RETENTION)
    return table


def rules() -> dict[str, RetentionRule]:
    """The rule that holds for each purpose; none yet means for ever."""
    newest = RetentionRule.objects.order_by("purpose", "-id").distinct("purpose")
    return {one.purpose: one for one in newest}


def over_at(rule: RetentionRule, at: datetime) -> datetime:
    """Until when something must have ended for its term to be over: so many months ago, by the 28th."""
    month = at.year * 12 + at.month - 1 - (rule.months or 0)
    return at.replace(year=month // 12, month=month % 12 + 1, day=min(at.day, 28))


def set_rules(given: Mapping[str, int | None], *, by: Acting, at: datetime) -> list[str]:
    """Set the months of some purposes, None for ever; returns which changed."""
    by.must(Right.HOUSE)
    by.must(Right.ERASE)
    known = purposes()
    changed = []
    with act(by=by.actor, at=at) as record:
        stand = rules()
        for name, months in given.items():
            if name not in known:
                raise NoSuchTerm(f"There is no purpose “{name[:40]}”.")
            if months is not None and not 1 <= months <= LONGEST:
                raise NoSuchTerm("A term is 1 to 600 months, or nothing at all: for ever.", field=name)
            before = stand[name].months if name in stand else None
            if months != before:
                RetentionRule.objects.create(purpose=name, months=months, by=by.actor.key, at=at)
                record(RetentionSet(purpose=name, months=months, before=before))
                changed.append(name)
    return changed
