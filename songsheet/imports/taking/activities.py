"""Calls, meetings, mails, notes, campaign members, invoices and tasks out of the rows of a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from songsheet.base.adopting import Adopted, Ref
from songsheet.imports.records import Part
from songsheet.imports.taking.leads import campaigns_of
from songsheet.imports.taking.slice import Slice, column
from songsheet.imports.taking.standing import standing_values
from songsheet.touches.adopt import TaskRow, TouchRow

#: Kind of record → kind of touch, and the direction where the file says none.
TOUCHES = {
    "call": ("call", "out"),
    "meeting": ("meeting", "out"),
    "mail": ("mail", "out"),
    "note": ("note", ""),
    "campaign_member": ("campaign", ""),
    "invoice": ("invoice", ""),
}


@dataclass(slots=True)
class _About:
    """Whom and what an activity is about."""

    person: Ref | None
    company: Ref | None
    lead_key: str
    deal_key: str


def take_touches(part: Part, into: Slice) -> list[Adopted | None]:
    """Contacts of a buyer with us."""
    kind, usual = TOUCHES[part.record.kind]
    dated = standing_values("touch", "at", part, into, touch=kind)
    owners, campaigns = into.owners(part), campaigns_of(part, into)
    names = (
        "direction",
        "at",
        "until",
        "duration",
        "subject",
        "text",
        "status",
        "amount",
        "currency",
        "number",
    )
    f = {name: column(part, name) for name in names}
    rows = []
    for at, (id_, about) in enumerate(zip(part.ids, _about(part, into), strict=True)):
        when, amount = f["at"][at], f["amount"][at]
        subject = f["subject"][at] or ""
        rows.append(
            TouchRow(
                kind=kind,
                direction=f["direction"][at] or ("" if part.rows[at] in into.partial else usual),
                at=when or dated.get(id_),
                person=about.person,
                company=about.company,
                member=owners[at],
                campaign=campaigns[at],
                lead_key=about.lead_key,
                deal_key=about.deal_key,
                seconds=f["duration"][at] if f["duration"][at] is not None else _lasted(when, f["until"][at]),
                subject=f"{f['number'][at]} {subject}".strip()[:500] if f["number"][at] else subject,
                text=f["text"][at] or "",
                amount=amount.minor if amount else None,
                currency=amount.currency if amount else "",
                status=f["status"][at] or "",
                external=(into.system, id_),
            )
        )
    return into.adopt("touch", rows, part.rows)


def take_tasks(part: Part, into: Slice) -> list[Adopted | None]:
    """What members mean to do, or did."""
    named = standing_values("task", "subject", part, into)
    owners = into.owners(part)
    f = {name: column(part, name) for name in ("subject", "text", "at", "due", "done", "done_at")}
    rows = []
    for at, (id_, about) in enumerate(zip(part.ids, _about(part, into), strict=True)):
        done_at = f["done_at"][at]
        if f["done"][at] and done_at is None:
            done_at = f["due"][at] or f["at"][at] or into.at
        rows.append(
            TaskRow(
                subject=f["subject"][at] or named.get(id_) or (f["text"][at] or "")[:500],
                person=about.person,
                member=owners[at],
                lead_key=about.lead_key,
                deal_key=about.deal_key,
                made_at=f["at"][at],
                due_at=f["due"][at],
                done_at=done_at,
                external=(into.system, id_),
            )
        )
    return into.adopt("task", rows, part.rows)


def _about(part: Part, into: Slice) -> Iterator[_About]:
    """What each row refers to; a deal brings its lead, a lead its person, a person their company."""
    found = [into.linked(part, name) for name in ("person", "lead", "deal", "company")]
    for person, lead, deal, company in zip(*found, strict=True):
        known = [one for one in (person, lead, deal) if one]
        people = [one.person for one in known if one.person]
        companies = [one.company for one in (company, *known) if one and one.company]
        resting = lead.ref if lead else deal.lead if deal else None
        yield _About(
            people[0] if people else None,
            companies[0] if companies else None,
            resting[1] if resting else "",
            deal.ref[1] if deal else "",
        )


def _lasted(begun: object, until: object) -> int | None:
    if begun is None or until is None:
        return None
    lasted = until - begun  # type: ignore[operator]
    day = timedelta(days=1)
    return int(lasted.total_seconds()) if timedelta(0) <= lasted <= day else None
