"""Leads brought in: known by what another system calls them. At rest they have no clock, live ones do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from typing import Any

from songsheet.base import bulk
from songsheet.base.adopting import Adopted, Fault, Lane, Ref, Standing, Table, named, ref_id
from songsheet.base.chunks import Chunk, Given
from songsheet.base.ids import many_keys
from songsheet.clocks.kinds import FIRST_ANSWER
from songsheet.clocks.making import counted, warned_before
from songsheet.journal.adopt import adopt_in_acts
from songsheet.leads.events import LeadCame, LeadChanged, LeadEnded, LeadGiven, LeadMoved
from songsheet.leads.models import ENDED_STATES, Lead
from songsheet.team.acting import Acting
from songsheet.team.hours.calendars import STAMP, calendars
from songsheet.team.roles import Right

#: Until the first agreement is signed: an answer within a working day, in minutes.
WORKING_DAY = 480
#: What a file says no more once somebody here took the lead up.
_OURS = ("state", "owner_id", "queue_id", "owned_since", "ended_at", "end_reason", "look_again_on", "at_rest")

#: What is written of a new clock, and queues with the stamp of the calendars that its promise is counted by.
_OF_CLOCKS = (
    "id", "key", "kind", "about", "member_id", "state", "hours", "minutes", "minutes_left", "started_at",
    "counts_from", "due_at", "warn_at", "alerts",
)  # fmt: skip
_QUEUES = f"select id, responsible_id, {STAMP} from leads_queue order by id"


@dataclass(slots=True)
class LeadRow:
    """What is known of a lead; `source` is (id, name). An open one without an owner waits in a queue.

    A live one may say since when it is its owner's, and when the first answer is due.
    """

    person: Ref
    company: Ref | None = None
    source: tuple[int, str] | None = None
    campaign: Ref | None = None
    owner: Ref | None = None
    queue: Ref | None = None
    state: str = ""
    came_at: datetime | None = None
    is_dated: bool = True
    ended_at: datetime | None = None
    end_reason: str = ""
    look_again_on: date | None = None
    contacted_elsewhere: bool = False
    wants: str = ""
    tier: str = ""
    custom: dict[str, Any] | None = None
    external: tuple[str, str] | None = None
    at_rest: bool = True
    owned_since: datetime | None = None
    due_at: datetime | None = None


_Clock = tuple[int, str, int | None, datetime, datetime, datetime]


def adopt_leads(
    rows: Sequence[LeadRow], *, by: Acting, at: datetime, lane: Lane = "history"
) -> list[Adopted]:
    """Bring leads in; the same again changes nothing, what was taken up here keeps owner and state."""
    by.must(Right.WORK)
    chunk_of = partial(Leads, alerts=lane == "live")
    return adopt_in_acts(chunk_of, rows, entries_of=_entries_of, by=by.actor, at=at, lane=lane)


def _entries_of(row: LeadRow) -> int:
    return 2 if row.state in ENDED_STATES else 1


class Leads(Chunk[LeadRow]):
    """The leads of one chunk."""

    table = Table(Lead)
    prefix = "lead"
    realm = 6

    def __init__(self, rows: Sequence[LeadRow], at: datetime, *, alerts: bool = True) -> None:
        self.alerts = alerts
        queues = bulk.rows(_QUEUES)
        self.responsible = {id_: member for id_, member, _ in queues}
        self.calendars = calendars(queues[0][2] if queues else None)
        #: Many came at the same instant to the same: counted once.
        self.counted = cache(partial(counted, self.calendars))
        #: Of each live lead its clock: member, hours, minutes, since when, until when, warned when.
        self.clocks: dict[str, tuple[Standing, _Clock]] = {}
        super().__init__(rows, at)

    def values(self, row: LeadRow) -> dict[str, Any]:
        system, external_id = row.external or ("", "")
        return {
            "person_id": row.person[0],
            "company_id": ref_id(row.company),
            "source_id": row.source[0] if row.source else None,
            "campaign_id": ref_id(row.campaign),
            "owner_id": ref_id(row.owner),
            "queue_id": ref_id(row.queue),
            "owned_since": row.owned_since,
            "state": row.state.strip(),
            "came_at": row.came_at,
            "is_dated": row.is_dated and row.came_at is not None,
            "ended_at": row.ended_at,
            "end_reason": row.end_reason,
            "look_again_on": row.look_again_on,
            "contacted_elsewhere": row.contacted_elsewhere,
            "wants": row.wants,
            "tier": row.tier,
            "at_rest": row.at_rest,
            "system": system,
            "external_id": external_id,
            "custom": row.custom,
        }

    def fault(self, row: LeadRow, values: dict[str, Any]) -> Fault | None:
        if values["state"] == "nurturing" and not row.at_rest and not (row.owner and row.look_again_on):
            return (
                "A lead that is nurtured has an owner and a date to look again. Give both.",
                "look_again_on",
            )
        if values["queue_id"] and values["queue_id"] not in self.responsible:
            return "There is no such queue.", "queue"
        return None

    def make(self, given: Given[LeadRow]) -> Standing:
        standing = super().make(given)
        values = standing.values
        values["state"] = values["state"] or "new"
        values["is_dated"] = values["is_dated"] or not values["at_rest"]  # a live one comes now
        values["came_at"] = values["came_at"] or self.at
        self._settle(values)
        if not values["at_rest"] and values["state"] not in ENDED_STATES:
            self.clocks[standing.key] = standing, self._clock(values, given.row.due_at)
        return standing

    def _clock(self, values: dict[str, Any], due: datetime | None) -> _Clock:
        """Who owes the first answer, and until when: in working time of whose the lead is, or as was said."""
        owner, since = values["owner_id"], values["owned_since"] or values["came_at"]
        member = owner or self.responsible[values["queue_id"]]
        if due:
            until = max(since, due)
            return member, "", None, since, until, warned_before(since, until)
        hours, until, warn = self.counted(owner, since, WORKING_DAY)
        return member, hours, WORKING_DAY, since, until, warn

    def _settle(self, values: dict[str, Any]) -> None:
        """An open lead has an owner or waits in a queue; an ended one says when it ended."""
        if values["state"] in ENDED_STATES:
            values["queue_id"] = None
            values["ended_at"] = values["ended_at"] or values["came_at"]
        else:
            values["ended_at"] = None
            values["queue_id"] = None if values["owner_id"] else values["queue_id"] or min(self.responsible)
        if values["owner_id"] and values["owned_since"] is None:
            values["owned_since"] = values["came_at"]

    def news(self, standing: Standing, given: Given[LeadRow]) -> tuple[Fault, dict[str, Any]]:
        hidden = (
            set(_OURS) if not standing.values["at_rest"] else {"at_rest", "queue_id", "ended_at", "state"}
        )
        if not given.values["is_dated"]:
            hidden |= {"came_at", "is_dated"}
        if not given.row.contacted_elsewhere:
            hidden.add("contacted_elsewhere")
        return ("", ""), {name: value for name, value in given.values.items() if name not in hidden}

    def more(self, standing: Standing, given: Given[LeadRow]) -> dict[str, Any]:
        """State, end and queue follow each other."""
        if not standing.values["at_rest"]:
            return {}
        values = standing.values
        stood = {name: values[name] for name in ("state", "ended_at", "queue_id", "owned_since")}
        values["state"] = given.values["state"] or values["state"]
        values["ended_at"] = given.values["ended_at"] or values["ended_at"]
        self._settle(values)
        return {name: old for name, old in stood.items() if old != values[name]}

    def made(self, standing: Standing, given: Given[LeadRow]) -> None:
        row, values = given.row, standing.values
        ended = values["state"] in ENDED_STATES
        promised = self.clocks.get(standing.key)
        body = {
            "lead": standing.key,
            "person": row.person[1],
            "company": row.company and row.company[1],
            "campaign": row.campaign and row.campaign[1],
            "source": row.source[1] if row.source else "",
            "state": "new" if ended else values["state"],
            "owner": row.owner and row.owner[1],
            "due_at": promised[1][4].isoformat() if promised else "",
        }
        self.happened.append((LeadCame, body, values["came_at"]))
        if ended:
            self._ended(standing, given)

    def changed(self, standing: Standing, given: Given[LeadRow], before: dict[str, Any]) -> None:
        row, values = given.row, standing.values
        about = {"lead": standing.key, "person": row.person[1]}
        body = {**about, "fields": named(before), "version": standing.version}
        self.happened.append((LeadChanged, body, self.at))
        if "owner_id" in before and row.owner:
            self.happened.append((LeadGiven, {**about, "member": row.owner[1]}, self.at))
        if "state" in before and values["state"] in ENDED_STATES:
            self._ended(standing, given)
        elif "state" in before:
            body = {**about, "state": values["state"], "before": before["state"]}
            self.happened.append((LeadMoved, body, self.at))

    def _ended(self, standing: Standing, given: Given[LeadRow]) -> None:
        values = standing.values
        body = {
            "lead": standing.key,
            "person": given.row.person[1],
            "state": values["state"],
        }
        self.happened.append((LeadEnded, body, values["ended_at"]))

    def write(self) -> None:
        """Clocks first, for the leads point at them. Of what was over before it came nobody is told."""
        ids = bulk.next_ids("clocks_clock", len(self.clocks))
        lines, text = [], cache(datetime.isoformat)  # the driver takes longer, and most are the same
        for (standing, clock), id_, key in zip(
            self.clocks.values(), ids, many_keys("clock", len(ids)), strict=True
        ):
            standing.values["clock_id"] = id_
            member, hours, minutes, since, until, warn = clock
            counts_from = text(since) if hours else None
            lines.append(
                (id_, key, FIRST_ANSWER, standing.key, member, "running", hours, minutes, minutes,
                 text(since), counts_from, text(until), text(warn), self.alerts and until > self.at)
            )  # fmt: skip
        bulk.copy_in("clocks_clock", _OF_CLOCKS, lines)
        self.shelf.write()
