"""Leads are judged by what both sides have signed, many at once; before that the starters run in shadow."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson

from songsheet.base import bulk
from songsheet.base.adopting import MOST, TooManyRows
from songsheet.journal.act import Because, Record, together
from songsheet.leads.models import OPEN_STATES, Judgement, Lead
from songsheet.leads.qualifying.events import LeadQualified, LeadTiered
from songsheet.leads.qualifying.queries import Agreed, agreed
from songsheet.leads.qualifying.tiering import Tiered, judge_by
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

#: A lead may give two entries, and an act holds at most 2,000.
MOST_IN_AN_ACT = 1_000

_HELD = """
select lead.id, lead.key, lead.state, lead.tier, lead.deal_seeker, person.key, company.key
  from leads_lead lead join buyers_person person on person.id = lead.person_id
  left join buyers_company company on company.id = lead.company_id
 where lead.id = any(%(ids)s::bigint[]) and lead.gone_at is null and not lead.at_rest
   and lead.state = any(%(open)s::text[])
 order by lead.id for no key update of lead"""
_TYPES = {
    "lead_id": "bigint", "definition_id": "bigint", "tiers_id": "bigint", "points": "integer",
    "is_qualified": "boolean", "asks": "integer", "seen": "text", "tier": "text", "tier_by": "text",
    "word": "text", "seeks": "text", "account": "text",
}  # fmt: skip
_NEW = ", ".join(f"excluded.{name}" for name in _TYPES)
_KEEP = f"""
insert into leads_judgement ({", ".join(_TYPES)}, at)
select {", ".join("seen::jsonb" if name == "seen" else name for name in _TYPES)}, %s::timestamptz
  from unnest({", ".join(f"%s::{kind}[]" for kind in _TYPES.values())}) as given({", ".join(_TYPES)})
    on conflict (lead_id) do update set ({", ".join(_TYPES)}, at) = ({_NEW}, excluded.at)
 where ({", ".join(f"leads_judgement.{name}" for name in _TYPES)}) is distinct from ({_NEW})"""


class _Held:
    """A lead while it is judged, and how it was judged before."""

    def __init__(self, row: Sequence[Any], before: Judgement | None) -> None:
        self.id, self.key, self.state, self.tier, self.deal_seeker, self.person, self.company = row
        self.before = before


def judge(ids: Sequence[int], *, by: Acting, at: datetime, because: Because = None) -> None:
    """Judge these leads as they stand, at most 2,000; those that have ended or lie at rest are left alone.

    Where a definition is in force a new lead that meets it is qualified from now on; where tiers are in
    force, a lead whose tier or mark is another one gets it. Otherwise it is kept what the starter says.
    """
    if len(ids) > MOST:
        raise TooManyRows(f"{len(ids)} leads; at most {MOST} in one call")
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), MOST_IN_AN_ACT):
        judge_each(dict.fromkeys(ordered[start : start + MOST_IN_AN_ACT], because), by=by, at=at)


def judge_each(causes: Mapping[int, Because], *, by: Acting, at: datetime) -> None:
    """Judge leads, at most 1,000, each because of an entry of its own."""
    by.must(Right.WORK)
    with together() as gathered:
        held = _held(list(causes))
        terms = agreed(at)
        ids = {"ids": list(held)}
        found = judge_by(terms.terms, "lead.id = any(%(ids)s::bigint[])", ids, at=at)
        _keep(found, terms, at)
        because = defaultdict[int, list[Tiered]](list)
        for one in found:
            cause = causes[one.id]
            because[cause.position if cause else 0].append(one)
        moved = []
        for those in because.values():
            record = Record(gathered, by.actor, at, causes[those[0].id], "live")
            moved += list(_tell(record, those, held, terms, at))
        bulk.update("leads_lead", {"state": "text", "tier": "text", "deal_seeker": "boolean"}, moved)


def _held(ids: list[int]) -> dict[int, _Held]:
    rows = bulk.rows(_HELD, {"ids": ids, "open": list(OPEN_STATES)})
    before = Judgement.objects.in_bulk([row[0] for row in rows])
    return {row[0]: _Held(row, before.get(row[0])) for row in rows}


def _keep(found: Sequence[Tiered], terms: Agreed, at: datetime) -> None:
    """Write what is another judgement than before."""
    criteria = terms.terms.definition.criteria
    versions = [one.id if one else None for one in (terms.definition, terms.tiers)]
    lines = []
    for one in found:
        seen = [
            {"name": named.name, "holds": saw.holds, "by": saw.by, "points": named.points if saw.holds else 0}
            for named, saw in zip(criteria, one.seen, strict=True)
        ]
        lines += [(one.id, *versions, one.points, one.is_qualified, one.asks, orjson.dumps(seen).decode(),
                   one.tier, one.tier_by, one.word, one.seeks, one.account)]  # fmt: skip
    if lines:
        bulk.execute(_KEEP, [at, *(list(column) for column in zip(*lines, strict=True))])


def _tell(
    record: Record, found: Sequence[Tiered], held: Mapping[int, _Held], terms: Agreed, at: datetime
) -> Iterator[tuple[int, str, str, bool]]:
    """Record what became of these leads; what of each that changed is to be written."""
    qualified, tiered = [], []
    for one in found:
        lead = held[one.id]
        if terms.definition and one.is_qualified and _is_news(lead):
            lead.state = Lead.State.QUALIFIED if lead.state == Lead.State.NEW else lead.state
            qualified += [_qualified(one, lead, terms)]
        if terms.tiers and _is_another(one, lead):
            tiered += [_tiered(one, lead, terms)]
            lead.tier, lead.deal_seeker = one.tier, bool(one.seeks)
    record.bulk(LeadQualified, [body for _, body in qualified], [at] * len(qualified))
    record.bulk(LeadTiered, [body for _, body in tiered], [at] * len(tiered))
    for id_ in dict.fromkeys(id_ for id_, _ in [*qualified, *tiered]):
        yield id_, str(held[id_].state), held[id_].tier, held[id_].deal_seeker


def _is_news(lead: _Held) -> bool:
    """It is new, or did not meet a definition in force until now."""
    was = lead.before
    return lead.state == Lead.State.NEW or not (was and was.definition_id and was.is_qualified)


def _is_another(one: Tiered, lead: _Held) -> bool:
    """Tier or mark is another one than the agreement said until now; what somebody changed since stays."""
    was = lead.before
    return not (was and was.tiers_id) or (was.tier, was.seeks != "") != (one.tier, one.seeks != "")


def _qualified(one: Tiered, lead: _Held, terms: Agreed) -> tuple[int, dict[str, Any]]:
    assert terms.definition is not None
    evidence = [
        {"criterion": named.name, "holds": saw.holds, "by": saw.by, "points": named.points * saw.holds}
        for named, saw in zip(terms.terms.definition.criteria, one.seen, strict=True)
    ]
    return one.id, {
        "lead": lead.key,
        "person": lead.person,
        "company": lead.company,
        "state": str(lead.state),
        "version": terms.definition.key,
        "points": one.points,
        "evidence": evidence,
    }


def _tiered(one: Tiered, lead: _Held, terms: Agreed) -> tuple[int, dict[str, Any]]:
    assert terms.tiers is not None
    return one.id, {
        "lead": lead.key,
        "person": lead.person,
        "tier": one.tier,
        "before": lead.tier,
        "tier_by": one.tier_by,
        "deal_seeker": bool(one.seeks),
        "points": one.points,
        "version": terms.tiers.key,
    }
