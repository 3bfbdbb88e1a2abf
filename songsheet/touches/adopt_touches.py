"""Touches brought in: known by the system, kind and id they have elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from songsheet.base.adopting import Adopted, Fault, Lane, Ref, Standing, Table, named, ref_id
from songsheet.base.chunks import Chunk, Given
from songsheet.journal.adopt import adopt_in_acts
from songsheet.team.acting import Acting
from songsheet.team.roles import Right
from songsheet.touches.adopt_campaigns import money_fault
from songsheet.touches.events import MembersMentioned, TouchChanged, TouchMade
from songsheet.touches.mentions import mentioned
from songsheet.touches.models import Touch


@dataclass(slots=True)
class TouchRow:
    """What is known of a contact; direction out with a member makes it an outgoing activity."""

    kind: str = ""
    direction: str = ""
    at: datetime | None = None
    person: Ref | None = None
    company: Ref | None = None
    member: Ref | None = None
    campaign: Ref | None = None
    lead_key: str = ""
    deal_key: str = ""
    seconds: int | None = None
    subject: str = ""
    text: str = ""
    amount: int | None = None
    currency: str = ""
    status: str = ""
    external: tuple[str, str] | None = None


def adopt_touches(
    rows: Sequence[TouchRow], *, by: Acting, at: datetime, lane: Lane = "history"
) -> list[Adopted]:
    """Bring touches in; the same again changes nothing."""
    by.must(Right.WORK)
    return adopt_in_acts(Touches, rows, entries_of=_entries_of, by=by.actor, at=at, lane=lane)


def _entries_of(row: TouchRow) -> int:
    return 2 if mentioned(row.text) else 1


class Touches(Chunk[TouchRow]):
    """The touches of one chunk."""

    table = Table(Touch)
    prefix = "touch"
    realm = 4
    identity = ("system", "kind", "external_id")

    def values(self, row: TouchRow) -> dict[str, Any]:
        system, external_id = row.external or ("", "")
        return {
            "kind": row.kind,
            "direction": row.direction,
            "at": row.at,
            "person_id": ref_id(row.person),
            "company_id": ref_id(row.company),
            "member_id": ref_id(row.member),
            "campaign_id": ref_id(row.campaign),
            "lead_key": row.lead_key,
            "deal_key": row.deal_key,
            "seconds": row.seconds,
            "subject": row.subject,
            "text": row.text,
            "amount": row.amount,
            "currency": row.currency,
            "status": row.status,
            "system": system,
            "external_id": external_id,
        }

    def fault(self, row: TouchRow, values: dict[str, Any]) -> Fault | None:
        if not values["kind"]:
            return "A touch needs its kind, such as call or mail. Give one.", "kind"
        if row.at is None:
            return "A touch needs to say when it was. Give the time.", "at"
        return money_fault(values, "amount")

    def made(self, standing: Standing, given: Given[TouchRow]) -> None:
        row = given.row
        body = {
            "touch": standing.key,
            "kind": standing.values["kind"],
            "direction": standing.values["direction"],
            "person": row.person and row.person[1],
            "company": row.company and row.company[1],
            "member": row.member and row.member[1],
            "lead": row.lead_key or None,
            "deal": row.deal_key or None,
            "campaign": row.campaign and row.campaign[1],
        }
        self.happened.append((TouchMade, body, standing.values["at"]))
        if row.kind == Touch.Kind.NOTE and (named := mentioned(row.text)):
            told = {"touch": standing.key, "members": named}
            self.happened.append((MembersMentioned, told, standing.values["at"]))

    def changed(self, standing: Standing, given: Given[TouchRow], before: dict[str, Any]) -> None:
        body = {
            "touch": standing.key,
            "fields": named(before),
            "version": standing.version,
            "person": given.row.person and given.row.person[1],
            "lead": standing.values["lead_key"] or None,
        }
        self.happened.append((TouchChanged, body, self.at))
