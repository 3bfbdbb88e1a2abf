"""Into the archive and back: a record is hidden with the time of it, and comes back as it was.

What is shown must not rest on what is hidden: a person goes after their leads, a lead after its deals.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from songsheet.base import bulk
from songsheet.deals.step_acts import follow_steps
from songsheet.flows.events import RecordBroughtBack
from songsheet.journal.act import act
from songsheet.journal.events import Event
from songsheet.team.acting import Acting
from songsheet.touches.withdraw import told_back

#: Kind → who still rests on it, as SQL over the row `it`, and the words for that.
_RESTS: dict[str, tuple[str, str]] = {
    "people": (
        """exists (select from leads_lead lead join buyers_person mine on mine.id = lead.person_id
                    where (mine.id = it.id or mine.root_id = it.id) and lead.gone_at is null)
         or exists (select from leads_enquiry asked join buyers_person mine on mine.id = asked.person_id
                    where (mine.id = it.id or mine.root_id = it.id) and asked.gone_at is null
                      and asked.state = 'open')""",
        "This buyer has leads that are shown, or waits for an answer. Archive those first, or answer.",
    ),
    "companies": (
        """exists (select from buyers_person one join buyers_company mine on mine.id = one.company_id
                    where (mine.id = it.id or mine.root_id = it.id) and one.gone_at is null)""",
        "People of this company are shown. Archive those first, or move them.",
    ),
    "leads": (
        "exists (select from deals_deal deal where deal.lead_id = it.id and deal.gone_at is null)",
        "A deal rests on this lead. Archive the deal first.",
    ),
    **dict.fromkeys(("deals", "touches", "tasks", "campaigns"), ("false", "")),
}
#: Kind → what it rests on, as SQL over the row `it`, and the words for that being archived.
_UNDER: dict[str, tuple[str, str]] = {
    "people": (
        "exists (select from buyers_company one where one.id = it.company_id and one.gone_at is not null)",
        "Their company is archived. Bring that back first.",
    ),
    "companies": ("false", ""),
    "leads": (
        "exists (select from buyers_person one where one.id = it.person_id and one.gone_at is not null)",
        "Its buyer is archived. Bring them back first.",
    ),
    "deals": (
        "exists (select from leads_lead one where one.id = it.lead_id and one.gone_at is not null)",
        "The lead that it rests on is archived. Bring that back first.",
    ),
    **dict.fromkeys(
        ("touches", "tasks"),
        (
            "exists (select from buyers_person one where one.id = it.person_id and one.gone_at is not null)",
            "Its buyer is archived. Bring them back first.",
        ),
    ),
    "campaigns": ("false", ""),
}
_MAILS_FREE = " and not exists (select from buyers_mail o where o.address = r.address and o.gone_at is null)"
_IDS_FREE = (
    " and not exists (select from buyers_externalid o where o.system = r.system and o.kind = r.kind"
    " and o.external_id = r.external_id and o.gone_at is null)"
)
_ITSELF = "given.key = it.key"
#: What was merged into a record went with it, and comes back with it.
_MEANT = {
    what: f"({_ITSELF} or it.root_id = (select id from {table} root where root.key = given.key))"
    for what, table in (("people", "buyers_person"), ("companies", "buyers_company"))
}
#: Kind → what went with the record and comes back with it: table, its column, unless somebody has it now.
_BESIDE: dict[str, tuple[tuple[str, str, str], ...]] = {
    "people": (
        ("buyers_mail", "person_id", _MAILS_FREE),
        ("buyers_phone", "person_id", ""),
        ("buyers_externalid", "person_id", _IDS_FREE),
        ("buyers_consent", "person_id", ""),
        ("buyers_donotcontact", "person_id", ""),
    ),
    "companies": (("buyers_externalid", "company_id", _IDS_FREE),),
}

#: Kinds whose part has words of its own for it.
_OF_TOUCHES = ("touches", "tasks", "campaigns")


def _told(keys: Sequence[str]) -> tuple[type[Event], list[dict[str, Any]]]:
    return RecordBroughtBack, [{"record": key} for key in keys]


def still_held(what: str, table: str, keys: Sequence[str]) -> dict[str, str]:
    """Those of the keys on which something that is shown rests, and why they stay."""
    return _found(_RESTS[what], table, keys)


def still_under(what: str, table: str, keys: Sequence[str]) -> dict[str, str]:
    """Those of the keys that would rest on something hidden, and why they stay in the archive."""
    return _found(_UNDER[what], table, keys)


def archived_at(table: str, keys: Sequence[str]) -> dict[str, str]:
    """When each of these was archived, of those that are."""
    sql = f"select key, gone_at from {table} where key = any(%s::text[]) and gone_at is not null order by id"
    return {key: gone_at.isoformat() for key, gone_at in bulk.rows(sql, [list(keys)])}


def run_clocks(keys: Sequence[str], *, at: datetime) -> None:
    """The clocks of leads that stand open again run on, and those of verdicts that stopped with them; others
    that came in their place stop."""
    bulk.execute(
        """update clocks_clock it set state = 'stopped', ended_at = greatest(%s, it.started_at),
                  paused_at = null, paused_until = null
             from leads_lead lead where lead.key = any(%s::text[]) and it.about = lead.key
              and it.state in ('running', 'paused') and it.kind <> 'verdict' and it.id <> lead.clock_id""",
        [at, list(keys)],
    )
    bulk.execute(
        """with stood as (select lead.key, own.id, own.ended_at from leads_lead lead
                           join clocks_clock own on own.id = lead.clock_id where lead.key = any(%s::text[]))
           update clocks_clock set state = 'running', ended_at = null
            where state not in ('running', 'paused') and id in (
                  select id from stood union all
                  select verdict.id from stood join clocks_clock verdict on verdict.about = stood.key
                   where verdict.kind = 'verdict' and verdict.state = 'stopped'
                     and verdict.ended_at = stood.ended_at)""",
        [list(keys)],
    )


def _found(asked: tuple[str, str], table: str, keys: Sequence[str]) -> dict[str, str]:
    condition, why = asked
    found = bulk.rows(
        f"select key from {table} it where key = any(%s::text[]) and ({condition})", [list(keys)]
    )
    return {key: why for (key,) in found}


def bring_back(what: str, table: str, archived: Mapping[str, str], *, by: Acting, at: datetime) -> list[str]:
    """Show these records again that were archived at the times given; returns those that were hidden.

    What was merged into them is shown with them. Archiving made a version that nobody ever saw; it is given
    back.
    """
    with act(by=by.actor, at=at) as record:
        held = bulk.rows(
            f"""select it.id, it.key, it.gone_at from {table} it
                  join unnest(%s::text[], %s::timestamptz[]) as given(key, gone_at)
                    on given.gone_at = it.gone_at and {_MEANT.get(what, _ITSELF)}
                 order by it.id for no key update of it""",
            [list(archived), list(archived.values())],
        )
        ids, keys, times = [one[0] for one in held], [one[1] for one in held], [one[2] for one in held]
        for beside, column, unless in _BESIDE.get(what, ()):
            bulk.execute(
                f"""update {beside} r set gone_at = null
                      from unnest(%s::bigint[], %s::timestamptz[]) as given(id, gone_at)
                     where r.{column} = given.id and r.gone_at = given.gone_at{unless}""",
                [ids, times],
            )
        bulk.execute(
            f"update {table} set gone_at = null, version = version - 1 where id = any(%s::bigint[])", [ids]
        )
        if what == "leads":
            run_clocks(keys, at=at)
        if what == "deals":
            follow_steps(ids, at=at)
        event, bodies = told_back(what, ids) if what in _OF_TOUCHES else _told(keys)
        record.bulk(event, bodies, [at] * len(keys))
    return keys
