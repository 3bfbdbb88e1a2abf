"""Touches and tasks as the API takes and gives them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from songsheet.base.adopting import Adopted, Lane
from songsheet.base.ids import BODY_PATTERN
from songsheet.buyers.models import Company, Person
from songsheet.doors.api import (
    Currency,
    External,
    Given,
    Key,
    Minor,
    Moment,
    Text,
    Version,
    adopt_good,
    keyed,
    named_by,
)  # fmt: skip
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.touches.adopt_tasks import TaskRow, adopt_tasks
from songsheet.touches.adopt_touches import TouchRow, adopt_touches
from songsheet.touches.mentions import to_keys
from songsheet.touches.models import LAST, Campaign, Task, Touch

Seconds = Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)]
Subject = Annotated[Text, Field(max_length=500)]
Words = Annotated[Text, Field(max_length=100_000)]
LeadKey = Annotated[str, Field(pattern=f"^lead_{BODY_PATTERN}$")]
DealKey = Annotated[str, Field(pattern=f"^deal_{BODY_PATTERN}$")]


class TouchIn(Given):
    """A contact; direction `out` with a member makes it an outgoing activity. Without a time it is now."""

    kind: Touch.Kind
    direction: Touch.Direction = Touch.Direction.NONE
    at: Moment | None = None
    person: Key | None = None
    company: Key | None = None
    member: Key | None = Field(None, description="of an outgoing one: who asks, where nobody is named")
    campaign: Key | None = None
    lead: LeadKey | None = None
    deal: DealKey | None = None
    seconds: Seconds | None = None
    subject: Subject = ""
    text: Words = ""
    amount: Minor | None = None
    currency: Currency = ""
    status: Annotated[Text, Field(max_length=60)] = ""
    external: External | None = None


class TouchChange(Given):
    """The fields to correct; null clears one."""

    version: Version | None = None
    at: Moment = Field(default_factory=lambda: LAST)
    person: Key | None = None
    company: Key | None = None
    member: Key | None = None
    campaign: Key | None = None
    lead: LeadKey | None = None
    deal: DealKey | None = None
    seconds: Seconds | None = None
    subject: Subject | None = None
    text: Words | None = None
    status: Annotated[Text, Field(max_length=60)] | None = None


class TaskIn(Given):
    """What somebody means to do by a time; without a member it is the task of who asks."""

    subject: Annotated[Text, Field(min_length=1, max_length=500)]
    person: Key | None = None
    member: Key | None = None
    lead: LeadKey | None = None
    deal: DealKey | None = None
    due_at: Moment | None = None
    done_at: Moment | None = None
    remind_at: Moment | None = Field(None, description="when its member is told, once")
    external: External | None = None


class TaskChange(Given):
    """The fields to change; null clears one."""

    version: Version | None = None
    subject: Annotated[Text, Field(min_length=1, max_length=500)] = ""
    person: Key | None = None
    member: Key | None = None
    lead: LeadKey | None = None
    deal: DealKey | None = None
    due_at: Moment | None = None
    remind_at: Moment | None = None


class TouchOut(Schema):
    """A touch."""

    key: str
    kind: str
    direction: str
    at: datetime
    person: str | None
    company: str | None
    member: str | None
    campaign: str | None
    lead: str | None
    deal: str | None
    seconds: int | None
    subject: str
    text: str
    amount: dict[str, int] | None
    status: str
    external: dict[str, str] | None
    version: int

    @classmethod
    def of(cls, one: Touch) -> "TouchOut":
        money = {one.currency: one.amount} if one.amount is not None else None
        return cls(**shown(one, cls, but=("amount",)), amount=money)


class TaskOut(Schema):
    """A task."""

    key: str
    subject: str
    person: str | None
    member: str | None
    lead: str | None
    deal: str | None
    made_at: datetime
    due_at: datetime | None
    done_at: datetime | None
    remind_at: datetime | None
    reminded_at: datetime | None
    external: dict[str, str] | None
    version: int

    @classmethod
    def of(cls, one: Task) -> "TaskOut":
        return cls(**shown(one, cls))


def bring_touches(
    given: Sequence[TouchIn], *, by: Acting, at: datetime, lane: Lane = "live"
) -> list[Adopted]:
    """Write contacts down as they are given."""
    known, times = _known(given), _times_of(given)
    own = (by.member.id, by.member.key) if by.member else None

    def row_of(one: TouchIn) -> TouchRow:
        refs: dict[str, Any] = {name: named_by(known[name], getattr(one, name), name, name) for name in known}
        if refs["member"] is None and one.direction == Touch.Direction.OUT:
            refs["member"] = own
        values = one.model_dump(exclude={*known, "external", "at", "lead", "deal"})
        if one.kind == Touch.Kind.NOTE:
            values["text"] = to_keys(one.text)
        about: dict[str, Any] = {"lead_key": one.lead or "", "deal_key": one.deal or ""}
        return TouchRow(
            **values, **about, **refs, at=one.at or times.get((one.kind, pair(one)), at), external=pair(one)
        )

    return adopt_good(given, row_of, lambda rows: adopt_touches(rows, by=by, at=at, lane=lane))


def _times_of(given: Sequence[TouchIn]) -> dict[tuple[str, Any], datetime]:
    """When the touches were that are sent again without a time: that does not make them happen now."""
    again = [pair(one) or ("", "") for one in given if one.external and one.at is None]
    found = Touch.objects.filter(
        system__in={system for system, _ in again}, external_id__in={id_ for _, id_ in again}
    )
    return {
        (kind, (system, id_)): was_at
        for kind, system, id_, was_at in found.values_list("kind", "system", "external_id", "at")
    } if again else {}  # fmt: skip


def bring_tasks(given: Sequence[TaskIn], *, by: Acting, at: datetime, lane: Lane = "live") -> list[Adopted]:
    """Plan tasks as they are given."""
    people = keyed(Person, (one.person for one in given), gone_at=None)
    members = keyed(Member, (one.member for one in given))
    own = (by.member.id, by.member.key) if by.member else None

    def row_of(one: TaskIn) -> TaskRow:
        return TaskRow(
            subject=one.subject,
            person=named_by(people, one.person, "person", "person"),
            member=named_by(members, one.member, "member", "member") or own,
            lead_key=one.lead or "",
            deal_key=one.deal or "",
            due_at=one.due_at,
            done_at=one.done_at,
            remind_at=one.remind_at,
            external=pair(one),
        )

    return adopt_good(given, row_of, lambda rows: adopt_tasks(rows, by=by, at=at, lane=lane))


def _known(given: Sequence[TouchIn]) -> dict[str, Any]:
    return {
        "person": keyed(Person, (one.person for one in given), gone_at=None),
        "company": keyed(Company, (one.company for one in given), gone_at=None),
        "member": keyed(Member, (one.member for one in given)),
        "campaign": keyed(Campaign, (one.campaign for one in given), gone_at=None),
    }


def pair(one: Any) -> tuple[str, str] | None:
    """What another system calls it, where it was given."""
    return one.external.pair if one.external else None


def shown(one: Any, schema: type[Schema], but: tuple[str, ...] = ()) -> dict[str, Any]:
    """What an answer shows of a row: keys of what it refers to."""
    values = {}
    for name in schema.model_fields:
        if name in ("lead", "deal"):
            values[name] = getattr(one, f"{name}_key") or None
        elif name == "external":
            values[name] = {"system": one.system, "id": one.external_id} if one.external_id else None
        elif name in ("person", "company", "member", "campaign"):
            row = getattr(one, name)
            values[name] = row.key if row else None
        elif name not in but:
            values[name] = getattr(one, name)
    return values
