"""First answers that were given before a lead came in here, with the promises that they kept or broke."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from songsheet.base import bulk
from songsheet.base.adopting import MOST, Ref, TooManyRows
from songsheet.clocks.kinds import FIRST_ANSWER, NEXT_CONTACT
from songsheet.clocks.making import Promise, made
from songsheet.clocks.models import Clock
from songsheet.journal.act import act
from songsheet.leads.adopt_leads import WORKING_DAY
from songsheet.leads.events import LeadAnswered
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

ENDED = (Clock.State.KEPT, Clock.State.BROKEN)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """Who answered a lead of a person (by key) and when, and since when an answer was promised."""

    lead: Ref
    person: str
    member: Ref
    since: datetime
    answered_at: datetime


def adopt_answers(rows: Sequence[AnswerRow], *, by: Acting, at: datetime) -> int:
    """Bring first answers in, at most 2,000, each promised within a working day; how many were new.

    Where a promise of the lead runs, it is from now on that of the next contact, until the same instant.
    """
    by.must(Right.WORK)
    if len(rows) > MOST:
        raise TooManyRows(f"{len(rows)} answers; at most {MOST} in one call")
    about = [one.lead[1] for one in rows]
    there = set(
        Clock.objects.filter(about__in=about, kind=FIRST_ANSWER, state__in=ENDED).values_list(
            "about", flat=True
        )
    )
    fresh = [one for one in rows if one.lead[1] not in there]
    with act(by=by.actor, at=at, lane="history") as record:
        clocks = made(
            [
                Promise(FIRST_ANSWER, one.lead[1], one.member[0], one.since, WORKING_DAY, alerts=False)
                for one in fresh
            ]
        )
        for clock, one in zip(clocks, fresh, strict=True):
            clock.state = Clock.State.KEPT if one.answered_at <= clock.due_at else Clock.State.BROKEN
            clock.ended_at = one.answered_at
        _next(fresh)
        Clock.objects.bulk_create(clocks)
        bodies = [
            {
                "lead": one.lead[1],
                "person": one.person,
                "member": one.member[1],
                "in_time": clock.state == Clock.State.KEPT,
            }
            for clock, one in zip(clocks, fresh, strict=True)
        ]
        record.bulk(LeadAnswered, bodies, [one.answered_at for one in fresh])
    return len(fresh)


def _next(rows: Sequence[AnswerRow]) -> None:
    """Of those that are answered the next contact is what runs."""
    bulk.execute(
        """update clocks_clock set kind = %s, started_at = least(answered, due_at)
             from unnest(%s::text[], %s::timestamptz[]) as given (lead, answered)
            where about = lead and state = 'running' and kind = %s and hours = ''""",
        [NEXT_CONTACT, [one.lead[1] for one in rows], [one.answered_at for one in rows], FIRST_ANSWER],
    )
