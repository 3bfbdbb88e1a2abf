"""The clock of a deal: an open one that is worked on promises its next step by the end of a day."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from songsheet.agreements.kinds.service_levels import SERVICE_LEVELS
from songsheet.agreements.queries import in_force
from songsheet.base import bulk
from songsheet.base.ids import many_keys
from songsheet.base.time import day_of
from songsheet.clocks.kinds import NEXT_STEP
from songsheet.clocks.making import WARNED_MINUTES
from songsheet.deals.errors import NextStepMissing
from songsheet.team.queries import house

#: What deals with these ids promise: an owner, until when; and what runs about them already.
_WANT = """
with meant as (select id, key from deals_deal where id = any(%(ids)s::bigint[])),
want as (
    select deal.key, deal.owner_id as member,
           (deal.next_step_on + time '17:00') at time zone %(zone)s as due
      from meant join deals_deal deal on deal.id = meant.id
     where deal.state = 'open' and not deal.at_rest and deal.gone_at is null),
runs as (
    select clock.id, clock.about, clock.due_at, clock.member_id from meant
      join clocks_clock clock on clock.about = meant.key
     where clock.kind = %(kind)s and clock.state in ('running', 'paused'))"""
_STOP = f"""{_WANT}
update clocks_clock it set state = 'stopped', ended_at = greatest(%(at)s, it.started_at),
       paused_at = null, paused_until = null
  from runs where it.id = runs.id and runs.about not in (select key from want)"""
_MOVE = f"""{_WANT}
update clocks_clock it set member_id = want.member,
       due_at = case when it.state = 'paused' then it.due_at else greatest(want.due, it.started_at) end,
       warn_at = case when it.state = 'paused' then it.warn_at
                      else greatest(want.due - %(warned)s::interval, it.started_at) end,
       warned_at = case when want.due > %(at)s then null else it.warned_at end,
       breached_at = case when want.due > %(at)s or it.breached_at is null then null
                          else greatest(it.breached_at, want.due) end
  from runs join want on want.key = runs.about
 where it.id = runs.id
   and (runs.member_id <> want.member or runs.due_at <> greatest(want.due, it.started_at))"""
_START = f"""{_WANT},
fresh as (
    select want.*, row_number() over (order by key) as n from want
     where not exists (select from runs where runs.about = want.key))
insert into clocks_clock (key, kind, about, member_id, state, hours, started_at, due_at, warn_at, alerts)
select (%(keys)s::text[])[n::int], %(kind)s, key, member, 'running', '', least(%(at)s, due), due,
       greatest(due - %(warned)s::interval, least(%(at)s, due)), due > %(at)s
  from fresh"""
_DONE = """
update clocks_clock set state = case when %(at)s <= due_at or state = 'paused' then 'kept' else 'broken' end,
       ended_at = greatest(%(at)s, started_at), paused_at = null, paused_until = null
 where about = %(about)s and kind = %(kind)s and state in ('running', 'paused')"""


def must_be_near(day: date, at: datetime) -> None:
    """Whoever dates a next step does so within what was agreed; files may hold days further away."""
    levels = in_force(SERVICE_LEVELS, at)
    last = day_of(at, house().zone) + timedelta(days=levels.next_step.days) if levels else day
    if levels and day > last:
        raise NextStepMissing(
            f"The next step of a deal lies at most {levels.next_step.days} days ahead, as agreed. "
            f"Give a day until {last:%-d %B %Y}.",
            field="next_step_on",
        )


def follow_steps(ids: Sequence[int], *, at: datetime) -> None:
    """Let the clocks of these held deals stand as they do: one about each that is open and worked on, due at
    the end of the day of its next step, its owner's; none about others. Of what was over nobody is told."""
    if not ids:
        return
    values = {
        "ids": list(ids), "zone": house().zone, "kind": NEXT_STEP, "at": at,
        "warned": timedelta(minutes=WARNED_MINUTES), "keys": many_keys("clock", len(ids)),
    }  # fmt: skip
    for statement in (_STOP, _MOVE, _START):
        bulk.execute(statement, values)


def step_done(key: str, *, at: datetime) -> None:
    """Another step follows: what was promised of the last one is kept, or was late."""
    bulk.execute(_DONE, {"about": key, "kind": NEXT_STEP, "at": at})
