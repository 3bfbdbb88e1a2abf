"""Which entries tell whom: the reader of notices. Nobody is told of what they did themselves."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from songsheet.agreements.events import (
    CalledToTheTable,
    VersionEdited,
    VersionInForce,
    VersionOffered,
    VersionRefused,
    VersionWithdrawn,
)
from songsheet.beside.events import WebhookStopped
from songsheet.clocks.events import (
    ClockBreached,
    ClockKept,
    ClockMissed,
    ClockMoved,
    ClockPaused,
    ClockStopped,
    ClockWarned,
)
from songsheet.clocks.kinds import VERDICT
from songsheet.deals.events import DealEnded, DealGone, DealOpened, DealPassedOn, NextStepSet
from songsheet.flows.bulk.change_many import AT_ONCE
from songsheet.flows.events import ManyChanged
from songsheet.handoffs.events import (
    AnswerTakenBack,
    LeadReturned,
    ReturnAnswered,
    ReturnDisputed,
    ReturnTakenBack,
)
from songsheet.handoffs.verdicts.events import (
    VerdictAnswered,
    VerdictAnswerTakenBack,
    VerdictGiven,
    VerdictTakenBack,
)
from songsheet.imports.events import ImportFailed, ImportFinished
from songsheet.intake.appointments.events import (
    MeetingBooked,
    MeetingCancelled,
    MeetingGiven,
    MeetingMoved,
)
from songsheet.journal.entries import Entry
from songsheet.journal.events import Event
from songsheet.journal.reader import Reader
from songsheet.leads.enquiries.events import (
    EnquiryAnswered,
    EnquiryCame,
    EnquiryClosed,
    EnquiryGiven,
    EnquiryGone,
    EnquiryMoved,
    EnquiryTakenBack,
)
from songsheet.leads.events import (
    LeadAnswered,
    LeadCame,
    LeadEnded,
    LeadGiven,
    LeadGone,
    LeadPutBack,
    LeadTaken,
    LeadTakenUp,
)
from songsheet.leads.routing.events import LeadRouted, LeadsWait
from songsheet.leads.routing.world import LAST_RESORT
from songsheet.notices.actions import Telling, note, settle, settle_promises, take_back
from songsheet.notices.models import Cause
from songsheet.notices.whom import Members, Whom
from songsheet.touches.events import (
    MembersMentioned,
    TaskChanged,
    TaskDone,
    TaskGone,
    TaskPlanned,
    TaskReminded,
    TouchGone,
)

#: From so many on, what one member gives another at once is one notice.
MANY = 6
_OF_TASKS = (Cause.TASK_GIVEN, Cause.REMINDER)
_OF_RETURNS = (Cause.RETURNED, Cause.RETURN_DISPUTED)
_OF_PROMISES = (Cause.CLOCK_SOON, Cause.CLOCK_OVER)
_OF_ENQUIRIES = (Cause.ENQUIRY_GIVEN,)
_OF_AGREEMENTS = (Cause.AGREEMENT_ASKED, Cause.AGREEMENT_LATE)


def tell(entries: list[Entry[Any]]) -> None:
    """Note what members are to be told of these entries, then settle what is done with."""
    whom = Whom(entries)
    note(_together([telling for entry in entries for telling in _tellings(entry, whom)]))
    _settle_promises(entries)
    for entry in entries:
        _settle(entry)
        _settle_enquiry(entry)


def _tellings(entry: Entry[Any], whom: Whom) -> Iterator[Telling]:
    told = TELLS.get(type(entry.event))
    if told is None:
        return
    cause, about, members = told(entry.event, whom)
    by = whom.behind(entry.actor)
    for member, key in members:
        if key != by or cause == Cause.BULK_DONE:
            yield Telling(member, str(cause), about, by or entry.actor, entry.position, entry.occurred_at)


def _promised(event: Any) -> str:
    """What was promised; a verdict is told of by its clock, for the lead has another one beside it."""
    return str(event.clock if event.kind == VERDICT else event.about)


Tells = Callable[[Any, Whom], tuple[Cause, str, Members]]


def _passed_on(event: TaskChanged, whom: Whom) -> tuple[Cause, str, Members]:
    passed = "member" in event.fields.split(", ")
    return Cause.TASK_GIVEN, event.task, whom.has_task(event.task) if passed else []


def _changed(event: ManyChanged, whom: Whom) -> tuple[Cause, str, Members]:
    behind = event.rows > AT_ONCE  # of what was done at once the page has told
    return Cause.BULK_DONE, event.bulk, whom.changed(event.bulk) if behind else []


def _routed(event: LeadRouted, whom: Whom) -> tuple[Cause, str, Members]:
    """Whose it is now; where nobody could take it, who answers for the queue."""
    if event.member:
        return Cause.LEAD_GIVEN, event.lead, whom.keyed([event.member])
    shouted = event.method == LAST_RESORT
    return Cause.QUEUE_WAITS, event.queue or "", whom.answers_for(event.queue) if shouted else []


#: What an entry tells whom: cause, thing, members.
TELLS: dict[type[Event], Tells] = {
    MembersMentioned: lambda event, whom: (Cause.MENTION, event.touch, whom.keyed(event.members)),
    TaskPlanned: lambda event, whom: (Cause.TASK_GIVEN, event.task, whom.keyed([event.member])),
    TaskChanged: _passed_on,
    TaskReminded: lambda event, whom: (Cause.REMINDER, event.task, whom.keyed([event.member])),
    LeadGiven: lambda event, whom: (Cause.LEAD_GIVEN, event.lead, whom.keyed([event.member])),
    LeadRouted: _routed,
    LeadsWait: lambda event, whom: (Cause.QUEUE_WAITS, event.queue, whom.keyed([event.member])),
    LeadCame: lambda event, whom: (Cause.LEAD_GIVEN, event.lead, whom.keyed([event.owner])),
    DealPassedOn: lambda event, whom: (Cause.DEAL_GIVEN, event.deal, whom.keyed([event.member])),
    DealOpened: lambda event, whom: (Cause.DEAL_GIVEN, event.deal, whom.keyed([event.owner])),
    EnquiryCame: lambda event, whom: (Cause.ENQUIRY_GIVEN, event.enquiry, whom.keyed([event.owner])),
    EnquiryMoved: lambda event, whom: (Cause.ENQUIRY_GIVEN, event.enquiry, whom.keyed([event.owner])),
    EnquiryGiven: lambda event, whom: (Cause.ENQUIRY_GIVEN, event.enquiry, whom.keyed([event.member])),
    EnquiryTakenBack: lambda event, whom: (Cause.ENQUIRY_GIVEN, event.enquiry, whom.keyed([event.owner])),
    ImportFinished: lambda event, whom: (Cause.IMPORT_DONE, event.run, whom.imports(event.run)),
    ImportFailed: lambda event, whom: (Cause.IMPORT_FAILED, event.run, whom.imports(event.run)),
    ManyChanged: _changed,
    VersionOffered: lambda event, whom: (Cause.AGREEMENT_ASKED, event.terms, whom.keyed(event.asked)),
    CalledToTheTable: lambda event, whom: (Cause.AGREEMENT_LATE, event.terms, whom.keyed(event.members)),
    LeadReturned: lambda event, whom: (Cause.RETURNED, event.return_key, whom.keyed([event.owes])),
    ReturnDisputed: lambda event, whom: (Cause.RETURN_DISPUTED, event.return_key, whom.keyed(event.heads)),
    ReturnAnswered: lambda event, whom: (Cause.RETURN_ANSWERED, event.return_key, whom.keyed([event.asked])),
    VerdictGiven: lambda event, whom: (Cause.VERDICT_GIVEN, event.verdict_key, whom.keyed([event.owes])),
    VerdictAnswered: lambda event, whom: (
        Cause.VERDICT_ANSWERED,
        event.verdict_key,
        whom.keyed([event.asked]),
    ),
    ClockWarned: lambda event, whom: (Cause.CLOCK_SOON, _promised(event), whom.keyed([event.member])),
    ClockBreached: lambda event, whom: (Cause.CLOCK_OVER, _promised(event), whom.keyed([event.member])),
    MeetingBooked: lambda event, whom: (Cause.MEETING_BOOKED, event.meeting, whom.keyed([event.member])),
    MeetingGiven: lambda event, whom: (Cause.MEETING_BOOKED, event.meeting, whom.keyed([event.member])),
    MeetingMoved: lambda event, whom: (Cause.MEETING_MOVED, event.meeting, whom.keyed([event.member])),
    MeetingCancelled: lambda event, whom: (
        Cause.MEETING_CANCELLED,
        event.meeting,
        whom.keyed([event.member]),
    ),
    WebhookStopped: lambda event, whom: (Cause.WEBHOOK_STOPPED, event.webhook, whom.mends(event.webhook)),
}


def _together(told: list[Telling]) -> list[Telling]:
    """Six leads that one member gives another at once are one notice with a number."""
    piles: dict[tuple[int, str, str], list[Telling]] = defaultdict(list)
    for one in told:
        piles[one.member, one.cause, one.by].append(one)
    found = []
    for pile in piles.values():
        last = pile[-1]
        if len(pile) >= MANY and last.by.startswith("member_") and last.cause.endswith("_given"):
            found.append(replace(last, about=last.by, count=len(pile)))
        else:
            found += pile
    return found


def _settle(entry: Entry[Any]) -> None:
    event, before = entry.event, entry.position
    match event:
        case TaskDone():
            settle(event.task, before=before, at=entry.occurred_at, causes=_OF_TASKS)
        case VersionInForce() | VersionRefused() | VersionWithdrawn() | VersionEdited():
            settle(event.terms, before=before, at=entry.occurred_at, causes=_OF_AGREEMENTS)
        case ReturnDisputed() | ReturnAnswered():
            settle(event.return_key, before=before, at=entry.occurred_at, causes=_OF_RETURNS)
        case VerdictAnswered():
            settle(event.verdict_key, before=before, at=entry.occurred_at, causes=[Cause.VERDICT_GIVEN])
        case VerdictTakenBack():
            take_back(event.verdict_key, before=before)
        case VerdictAnswerTakenBack():
            take_back(event.verdict_key, before=before, causes=[Cause.VERDICT_ANSWERED])
        case ReturnTakenBack():
            take_back(event.return_key, before=before)
        case AnswerTakenBack():
            take_back(event.return_key, before=before, causes=[Cause.RETURN_ANSWERED, Cause.RETURN_DISPUTED])
        case TaskGone():
            take_back(event.task, before=before)
        case TouchGone():
            take_back(event.touch, before=before)
        case LeadPutBack():
            take_back(event.lead, before=before, but=event.owner or "", causes=[Cause.LEAD_GIVEN])
        case LeadRouted():
            take_back(event.lead, before=before, but=event.member or "", causes=[Cause.LEAD_GIVEN])


def _settle_enquiry(entry: Entry[Any]) -> None:
    """It is answered; or it is another's, who is told, and whoever had it need not read of it."""
    event, before = entry.event, entry.position
    match event:
        case EnquiryAnswered() | EnquiryClosed():
            settle(event.enquiry, before=before, at=entry.occurred_at, causes=_OF_ENQUIRIES)
        case EnquiryMoved() | EnquiryGiven() | EnquiryTakenBack() | EnquiryGone():
            whose = getattr(event, "member", None) or getattr(event, "owner", None)
            take_back(event.enquiry, before=before, but=whose or "", causes=_OF_ENQUIRIES)


def _settle_promises(entries: list[Entry[Any]]) -> None:
    """With two statements, for other hours move a hundred thousand; of what is over only that is told."""
    at = entries[-1].occurred_at
    over = {
        _promised(entry.event): entry.position for entry in entries if isinstance(entry.event, ClockBreached)
    }
    settle_promises(over, at=at, causes=[Cause.CLOCK_SOON])
    ended = {
        _about(entry.event): entry.position for entry in entries if isinstance(entry.event, PROMISE_ENDS)
    }
    settle_promises(ended, at=at, causes=_OF_PROMISES)


def _about(event: Any) -> str:
    if isinstance(event, VerdictGiven):
        return event.clock or ""
    if isinstance(event, NextStepSet | DealEnded | DealGone | DealPassedOn):
        return event.deal
    return getattr(event, "lead", None) or _promised(event)


#: After these nobody owes what they owed before, or not at that time.
PROMISE_ENDS = (
    LeadAnswered, LeadTaken, LeadTakenUp, LeadGiven, LeadRouted, LeadPutBack, LeadEnded, LeadGone, ClockKept,
    ClockMissed, ClockMoved, ClockPaused, ClockStopped, VerdictGiven, NextStepSet,
    DealEnded, DealGone, DealPassedOn,
)  # fmt: skip
SETTLES = (
    TaskDone, TaskGone, TouchGone, LeadPutBack, VersionInForce, VersionRefused, VersionWithdrawn,
    VersionEdited, ReturnDisputed, ReturnAnswered, ReturnTakenBack, AnswerTakenBack, EnquiryAnswered,
    EnquiryClosed, EnquiryGone, VerdictAnswered, VerdictTakenBack, VerdictAnswerTakenBack, *PROMISE_ENDS,
)  # fmt: skip
READER = Reader("notices.tell", batch=tell, hears=tuple(dict.fromkeys((*TELLS, *SETTLES))), since="now")
