"""The tier and the marks of leads, compiled with the definition into one statement.

The first tier whose rule holds is the lead's. By what they mention or where they come from it counts at once.
By points alone, Guides get only what meets the definition, where one is in force: anything else goes to the
next tier below that is nobody of theirs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from songsheet.agreements.kinds.qualified_lead import QualifiedLead
from songsheet.agreements.kinds.tiers_and_routing import TierRule, TiersAndRouting
from songsheet.base import bulk
from songsheet.base.text import fold
from songsheet.buyers.identity import company_domain
from songsheet.leads.qualifying.judging import Seen, mentioning, told


@dataclass(frozen=True, slots=True)
class Terms:
    """By what leads are judged. `binding`: the definition is in force; `asked`: needed questions count."""

    definition: QualifiedLead
    tiers: TiersAndRouting
    binding: bool
    asked: bool = True


@dataclass(frozen=True, slots=True)
class Tiered:
    """What the agreements say of one lead; `seen` in the order of the criteria."""

    id: int
    key: str
    points: int
    is_qualified: bool
    asks: int
    tier: str
    tier_by: str
    word: str
    seeks: str
    account: str
    seen: tuple[Seen, ...]


def judge_by(terms: Terms, which: str, values: Mapping[str, Any], *, at: datetime | None) -> list[Tiered]:
    """What the terms say of the leads that `which` tells, SQL over `lead` with its `values`, by id; at a
    moment, or without one at that of their last touch."""
    statement, given = tiered(terms, which)
    names = [one.name for one in fields(Tiered)][:-1]
    numbers = range(len(terms.definition.criteria))
    holds, seen = (", ".join(form.format(n) for n in numbers) for form in ("c0_{}", "coalesce(s0_{}, '')"))
    found = bulk.rows(
        f"""{statement}
select {", ".join(names)}, array[{holds}], array[{seen}] from tiered order by id""",
        {**values, **given, "at": at},
    )
    return [
        Tiered(**dict(zip(names, row, strict=False)), seen=tuple(map(Seen, row[-2], row[-1])))
        for row in found
    ]


def tiered(terms: Terms, which: str, beside: TiersAndRouting | None = None) -> tuple[str, dict[str, Any]]:
    """A statement up to `tiered`, and its values beside `at`: all of `Tiered` but `seen` by id; and as
    `other_tier` what other tiers would say, where those are given `beside`."""
    rules, marks = terms.tiers.tiers, terms.tiers.marks
    looked, values = [], dict[str, Any]()
    for prefix, each in (("", rules), ("b", beside.tiers if beside else ())):
        for n, rule in enumerate(each):
            looked += [f"{_mention(rule.mentions, f'{prefix}words{n}', values)} as {prefix}m{n}"]
            looked += [f"{_among('source', rule.sources, f'{prefix}sources{n}', values)} as {prefix}o{n}"]
    looked += [f"{_mention(marks.deal_seekers, 'seekers', values)} as seeking"]
    accounts = [company_domain(one) or one for one in marks.named_accounts]
    looked += [f"{_among('domain', accounts, 'accounts', values)} as named"]
    statement, given = told([terms.definition], which, facts=("source", "wants", "domain"), columns=looked)
    asked = [one.asks for one in terms.definition.questions if one.needed and terms.asked]
    binds = "is_qualified" if terms.binding else "true"
    tier, by, word = _chosen(rules, binds)
    other = f", {_chosen(beside.tiers, binds, 'b')[0]} as other_tier" if beside else ""
    statement = f"""{statement},
met as (
    select told.*, p0 as points, asks, q0 and asks = 0 as is_qualified
      from told, lateral (
           select count(*)::int as asks from unnest(%(asked)s::text[]) as question
            where not exists (select from leads_answer answer
                               where answer.lead_id = told.id and answer.question = question
                                 and answer.gone_at is null)) as open),
tiered as (
    select *, {tier} as tier, {by} as tier_by, coalesce({word}, '') as word,
           coalesce(seeking, '') as seeks, coalesce(named, '') as account{other}
      from met)"""
    return statement, {**given, **values, "asked": asked}


def _chosen(rules: Sequence[TierRule], met: str, prefix: str = "") -> list[str]:
    """SQL for the tier, by what it was reached, and the word or the source."""
    lines, reached = [], 10_000
    for n, rule in enumerate(rules):
        lines += [(f"{prefix}m{n} is not null", rule.tier, "mentions", f"{prefix}m{n}")]
        lines += [(f"{prefix}o{n} is not null", rule.tier, "sources", f"{prefix}o{n}")]
        reached = min(reached, rule.points)  # what was enough for Guides is enough for any tier below
        enough = f"points >= {rule.points} and {met}" if rule.to == "guide" else f"points >= {reached}"
        lines += [(enough, rule.tier, "points", "''")]
    last = ("", rules[-1].tier, "points", "''")
    return [
        "case " + " ".join(f"when {line[0]} then {form.format(line[place])}" for line in lines)
        + f" else {form.format(last[place])} end"
        for place, form in ((1, "'{}'"), (2, "'{}'"), (3, "{}"))
    ]  # fmt: skip


def _mention(words: Sequence[str], name: str, values: dict[str, Any]) -> str:
    """SQL for the first of these words that they mention."""
    if not words:
        return "null::text"
    values[name] = mentioning(words)
    return f"substring(wants from %({name})s)"


def _among(fact: str, words: Sequence[str], name: str, values: dict[str, Any]) -> str:
    """SQL for a fact that is one of these words."""
    if not words:
        return "null::text"
    values[name] = [fold(word) for word in words]
    return f"case when {fact} = any(%({name})s::text[]) then {fact} end"
