"""What of a lead is changed in its list, in place: how each is typed, and its action."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from songsheet.base.adopting import RowRefused
from songsheet.base.refusals import Stale
from songsheet.base.text import fold
from songsheet.doors.listing import Edit
from songsheet.leads.actions import change_lead, free_lead, give_lead
from songsheet.leads.errors import NurturingNeeds
from songsheet.leads.models import Lead
from songsheet.team.acting import Acting
from songsheet.team.queries import member_choices, member_keyed
from songsheet.team.roles import Right
from songsheet.touches.models import Source

TIERS = ("hot", "ready", "concierge", "nurture")
Choices = Sequence[tuple[str, str]]


def _edit(
    read: Callable[[Lead], str],
    given: Callable[[Lead, str], dict[str, Any]],
    kind: str = "text",
    choices: Callable[[], Choices] = tuple,
) -> Edit:
    def write(row: Lead, text: str, *, version: int, by: Acting, at: datetime) -> None:
        change_lead(row.key, by=by, at=at, version=version, **given(row, text))

    return Edit(read, write, Right.WORK, kind, choices)


def _wants(lead: Lead, text: str) -> dict[str, Any]:
    return {"wants": text}


def _tier(lead: Lead, text: str) -> dict[str, Any]:
    if text and text not in TIERS:
        raise RowRefused(f"A tier is one of {', '.join(TIERS)}.", field="tier")
    return {"tier": text}


def _look_again(lead: Lead, text: str) -> dict[str, Any]:
    if not text and lead.state == Lead.State.NURTURING and not lead.at_rest:
        raise NurturingNeeds(
            "A nurtured lead has a day to look again. Give another one.", field="look_again_on"
        )
    try:
        return {"look_again_on": date.fromisoformat(text) if text else None}
    except ValueError:
        raise RowRefused("Write the day like 2026-05-12.", field="look_again_on") from None


def _source(lead: Lead, text: str) -> dict[str, Any]:
    found = (
        Source.objects.filter(name_folded=fold(text)).values_list("id", flat=True).first() if text else None
    )
    if text and found is None:
        raise RowRefused(f"There is no source “{text[:60]}”. Add it first.", field="source")
    return {"source_id": found}


def _sources() -> Choices:
    names = Source.objects.order_by("name").values_list("name", flat=True)
    return [("", "—"), *((name, name) for name in names)]


def _give(lead: Lead, text: str, *, version: int, by: Acting, at: datetime) -> None:
    if version != lead.version:
        raise Stale("Somebody changed this lead since you opened it. Look at it again.", version=lead.version)
    if text:
        give_lead(lead.key, member_keyed(text), by=by, at=at)
    else:
        free_lead(lead.key, by=by, at=at)


WANTS = _edit(lambda lead: lead.wants, _wants)
TIER = _edit(
    lambda lead: lead.tier, _tier, "choice", lambda: [("", "—"), *((one, one.capitalize()) for one in TIERS)]
)
LOOK_AGAIN = _edit(
    lambda lead: lead.look_again_on.isoformat() if lead.look_again_on else "", _look_again, "date"
)
SOURCE = _edit(lambda lead: lead.source.name if lead.source else "", _source, "choice", _sources)
OWNER = Edit(
    lambda lead: lead.owner.key if lead.owner else "",
    _give,
    Right.OFFER,
    "choice",
    lambda: [("", "Nobody: back to a queue"), *member_choices()],
    fits=lambda lead: lead.is_open,
)
