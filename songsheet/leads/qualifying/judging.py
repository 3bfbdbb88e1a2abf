"""Definitions compiled into one statement: for each lead its points, and what of each criterion was seen."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from songsheet.agreements.kinds.qualified_lead import NUMBERS, Criterion, QualifiedLead
from songsheet.base import bulk
from songsheet.base.text import fold
from songsheet.leads.qualifying.facts import facts_of


@dataclass(frozen=True, slots=True)
class Seen:
    """Whether a criterion holds, and by what: a number, or words of the criterion's own, never a buyer's."""

    holds: bool
    by: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What a definition says of one lead; `seen` in the order of its criteria."""

    id: int
    key: str
    points: int
    is_qualified: bool
    seen: tuple[Seen, ...]


def judged(
    definition: QualifiedLead, which: str, values: Mapping[str, Any], *, at: datetime | None = None
) -> list[Judged]:
    """What a definition says of the leads that `which` tells, SQL over `lead` with its `values`, by id.

    At a moment, or without one at the moment of their last touch, which is when leads are looked at.
    """
    statement, given = told([definition], which)
    numbers = range(len(definition.criteria))
    holds, seen = (", ".join(form.format(n) for n in numbers) for form in ("c0_{}", "coalesce(s0_{}, '')"))
    found = bulk.rows(
        f"{statement} select id, key, p0, q0, array[{holds}], array[{seen}] from told order by id",
        {**values, **given, "at": at},
    )
    return [
        Judged(id_, key, points, is_qualified, tuple(map(Seen, holding, by)))
        for id_, key, points, is_qualified, holding, by in found
    ]


def told(
    definitions: Sequence[QualifiedLead],
    which: str,
    *,
    facts: Sequence[str] = (),
    columns: Sequence[str] = (),
) -> tuple[str, dict[str, Any]]:
    """A statement up to `told` and its values beside `at`: per lead and number of a definition points `p0`
    and whether it is qualified `q0`, per number of a criterion whether it holds `c0_0` and by what `s0_0`.

    And more `columns` over other `facts`.
    """
    looked, ends, values = list(columns), [], dict[str, Any]()
    for number, definition in enumerate(definitions):
        criteria = definition.criteria
        for nth, one in enumerate(criteria):
            name = f"{number}_{nth}"
            test, by = _test(one, f"v{name}")
            looked += [f"coalesce({test}, false) as c{name}", f"({by})::text as s{name}"]
            values |= _values(one, f"v{name}")
        points = " + ".join(f"c{number}_{nth}::int * {one.points}" for nth, one in enumerate(criteria))
        needed = [f"c{number}_{nth}" for nth, one in enumerate(criteria) if one.needed]
        enough = " and ".join([*needed, f"{points} >= {definition.enough.points}"])
        ends += [f"{points} as p{number}", f"({enough}) as q{number}"]
    names = [*facts, *(one.looks_at for each in definitions for one in each.criteria)]
    statement = f"""{facts_of(names, which)},
looked as materialized (
    select id, key, {", ".join(looked)} from facts),
told as (
    select *, {", ".join(ends)} from looked)"""
    return statement, values


def _test(one: Criterion, name: str) -> tuple[str, str]:
    """SQL for whether it holds, and for by what."""
    fact = one.looks_at
    number = fact if fact in NUMBERS else "''"
    match one.test:
        case "is_known":
            return f"{fact} is not null", number
        case "is_one_of":
            holds = f"{fact} = any(%({name})s::text[])"
            return holds, f"case when {holds} then {fact} end"
        case "is_none_of":  # what is not known is none of them
            holds = f"({fact} is null or {fact} <> all(%({name})s::text[]))"
            return holds, f"case when not {holds} then {fact} end"
        case "mentions":
            return f"{fact} ~ %({name})s", f"substring({fact} from %({name})s)"
        case "at_least":
            return f"{fact} >= {one.number}", number
        case "at_most":
            return f"{fact} <= {one.number}", number


def _values(one: Criterion, name: str) -> dict[str, Any]:
    if one.test == "mentions":
        return {name: mentioning(one.values)}
    words = [fold(value) for value in one.values]
    return {name: words} if one.test in ("is_one_of", "is_none_of") else {}


def mentioning(words: Sequence[str]) -> str:
    """A regular expression for a folded text that mentions one of these words."""
    return rf"\m({'|'.join(re.escape(fold(word)) for word in words)})\M"
