"""What the time itself does to clocks: they run on, warn, and fall due. Set-based, each told once."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from songsheet.base import bulk
from songsheet.base.adopting import MOST
from songsheet.clocks.actions import RESUMED, about, run_on
from songsheet.clocks.events import ClockBreached, ClockMoved, ClockResumed, ClockWarned
from songsheet.clocks.making import calendar_of, count
from songsheet.clocks.models import Clock
from songsheet.clocks.queries import counted_by
from songsheet.journal.act import Record, act
from songsheet.journal.events import Event
from songsheet.team.acting import Acting
from songsheet.team.hours.calendars import calendars
from songsheet.team.roles import Right

_BREACHED = ("breached_at", "due_at", "due_at", "")
_WARNED = (
    "warned_at",
    "warn_at",
    "due_at, warn_at",
    "and warned_at is null and warn_at is not null and due_at > %(at)s",
)
_TELL = """
with due as materialized (
    select id from clocks_clock
     where state = 'running' and alerts and breached_at is null and {when} <= %(at)s {more}
     order by {when} limit %(most)s for no key update skip locked),
told as (
    update clocks_clock clock set {mark} = %(at)s from due where clock.id = due.id
 returning clock.id, clock.key as clock, clock.kind, clock.about, clock.member_id, clock.due_at,
           clock.warn_at)
select clock, kind, about, member.key, {times}
  from told left join team_member member on member.id = told.member_id
 order by {when}, told.id"""


def tell_what_is_due(*, by: Acting, at: datetime) -> int:
    """Run on what waited until now, tell what fell due, then warn of what is about to; how many were told."""
    by.must(Right.WORK)
    told = _every(lambda: _resume(by, at))
    told += _every(lambda: _tell(ClockBreached, _BREACHED, by, at))
    return told + _every(lambda: _tell(ClockWarned, _WARNED, by, at))


def recount(members: Collection[str] | None, *, by: Acting, at: datetime) -> int:
    """Count the promises of these members anew, or everybody's, as a calendar changed; how many moved.

    A change of hours makes nothing late: where the new time is over already, the old one stands.
    """
    by.must(Right.WORK)
    moved, after = 0, 0
    while True:
        with act(by=by.actor, at=at) as record:
            held = counted_by(members).filter(id__gt=after, state=Clock.State.RUNNING, due_at__gt=at)
            ids = list(
                held.select_for_update(of=("self",), no_key=True)
                .order_by("id")
                .values_list("id", flat=True)[:MOST]
            )
            clocks = list(Clock.objects.filter(id__in=ids).select_related("member").order_by("id"))
            moved += _recount(clocks, record)
        if len(ids) < MOST:
            return moved
        after = ids[-1]


def _every(chunk: Any) -> int:
    total = 0
    while done := chunk():
        total += done
    return total


def _tell(event: type[Event], which: tuple[str, str, str, str], by: Acting, at: datetime) -> int:
    """One chunk; who is locked by somebody comes with the next run."""
    mark, when, times, more = which
    with act(by=by.actor, at=at) as record:
        found = bulk.rows(
            _TELL.format(mark=mark, when=when, times=times, more=more), {"at": at, "most": MOST}
        )
        bodies = [
            {"clock": key, "kind": kind, "about": subject, "member": member, "due_at": due.isoformat()}
            for key, kind, subject, member, due, *_ in found
        ]
        record.bulk(event, bodies, [one[-1] for one in found])
    return len(found)


def _resume(by: Acting, at: datetime) -> int:
    with act(by=by.actor, at=at) as record:
        waiting = Clock.objects.filter(state=Clock.State.PAUSED, paused_until__lte=at)
        held = waiting.select_for_update(of=("self",), no_key=True, skip_locked=True)
        clocks = list(held.select_related("member").order_by("paused_until", "id")[:MOST])
        found = calendars()
        for clock in clocks:
            assert clock.paused_until is not None
            run_on(clock, clock.paused_until, found)
        _write(clocks, RESUMED)
        bodies = [{**about(clock), "due_at": clock.due_at.isoformat()} for clock in clocks]
        record.bulk(ClockResumed, bodies, [at] * len(clocks))
    return len(clocks)


def _recount(clocks: Sequence[Clock], record: Record) -> int:
    found, changed, bodies = calendars(), list[Clock](), []
    for clock in clocks:
        before = clock.due_at, clock.warn_at
        count(clock, calendar_of(clock, found))
        if clock.due_at == before[0] or clock.due_at <= record.at:
            clock.due_at, clock.warn_at = before
            continue
        if clock.warn_at and clock.warn_at > record.at:
            clock.warned_at = None
        changed.append(clock)
        bodies.append({**about(clock), "due_at": clock.due_at.isoformat(), "before": before[0].isoformat()})
    _write(changed, ["due_at", "warn_at", "warned_at"])
    record.bulk(ClockMoved, bodies, [record.at] * len(bodies))
    return len(changed)


def _write(clocks: Sequence[Clock], names: Sequence[str]) -> None:
    types = {name: "text" if name == "state" else "timestamptz" for name in names}
    bulk.update("clocks_clock", types, [(one.id, *(getattr(one, name) for name in names)) for one in clocks])
