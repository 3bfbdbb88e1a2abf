"""What mends a leak, for pages and programs alike: which leads can still be saved, doing it, undoing it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from songsheet.base.refusals import NotFound
from songsheet.desk import standing
from songsheet.desk.letters.asked import Limits
from songsheet.desk.letters.behind import leads_behind
from songsheet.desk.letters.kinds import BY_NAME, Kind
from songsheet.flows import mend_a_leak
from songsheet.flows.models import Mending
from songsheet.leads.models import Lead
from songsheet.team.acting import Acting
from songsheet.team.models import House
from songsheet.team.roles import Right

#: What narrows the leads of a leak.
FILTERS = ("from", "until", "source", "campaign")
#: The leak → what its owners are asked.
ASKED_ABOUT = {
    "late": "silent",
    "silent": "silent",
    "worked_twice": "twice",
    "ended_without_reason": "reason",
    "returned_not_picked_up": "returned",
}


class NoSuchLeak(NotFound):
    code = "no_such_leak"


def kind_named(name: str) -> Kind:
    """The kind of leak with this name; refused when there is none."""
    if name not in BY_NAME:
        raise NoSuchLeak(f"“{name[:40]}” is not a leak. There are: {', '.join(BY_NAME)}.")
    return BY_NAME[name]


def right_for(kind: Kind) -> Right:
    """The right that mending it asks for."""
    return Right.OFFER if kind.act in ("offer", "take") else Right.WORK


def most_of(kind: Kind, limits: Limits) -> int:
    """For how many leads at once it is mended: who takes some, as many as they answer in a day."""
    if kind.act == "take":
        return max(1, limits.thresholds["taken_up_a_day"])
    most = {"offer": mend_a_leak.MOST_OFFERED, "step": mend_a_leak.MOST_DATED}
    return most.get(kind.act, mend_a_leak.MOST_ASKED)


def plan_of(kind: Kind, leads: list[Lead], limits: Limits, *, by: Acting) -> mend_a_leak.Plan | None:
    """Who would get which of these leads; None where mending it hands none."""
    if kind.act == "offer":
        return mend_a_leak.share_out(leads)
    if kind.act == "take" and by.member is not None:
        return mend_a_leak.share_with(by.member, leads, most_of(kind, limits))
    return None


def saveable(viewer: Acting, kind: Kind, given: Mapping[str, Any], *, house: House, limits: Limits) -> Any:
    """The rows of the leads of a leak that can still be saved, narrowed by what is given."""
    asked = {name: given[name] for name in FILTERS if given.get(name)}
    return leads_behind(house, limits).narrowed(viewer, {"still": kind.name, **asked}).rows


def newest(rows: Any, most: int) -> list[Lead]:
    """The leads of these rows, the newest first; each carries how it stands."""
    return [row.lead for row in rows.order_by("-came_at", "-lead_id")[:most]]


def mend(
    leads: list[Lead], kind: Kind, limits: Limits, *, step: str, on: date, by: Acting, at: datetime
) -> Mending:
    """Do what mends the leak with these leads: offer, take, ask, or date a next step."""
    by.must(right_for(kind))
    if kind.act == "offer":
        mending = mend_a_leak.offer_to_guides(leads, by=by, at=at)
    elif kind.act == "take":
        mending = mend_a_leak.take(leads, most=most_of(kind, limits), by=by, at=at)
    elif kind.act == "step":
        mending = mend_a_leak.date_next_steps(leads, step=step, on=on, by=by, at=at)
    else:
        mending = mend_a_leak.ask_the_owners(leads, about=ASKED_ABOUT[kind.name], by=by, at=at)
    standing.refresh([lead.id for lead in leads])
    return mending


def undo(key: str, *, by: Acting, at: datetime) -> tuple[Mending, int]:
    """Undo a mending; how many stay because somebody went on with them."""
    mending, stay = mend_a_leak.undo(key, by=by, at=at)
    leads = Lead.objects.filter(key__in=list(mending.done)) | Lead.objects.filter(
        deals__key__in=list(mending.done)
    )
    standing.refresh(list(leads.order_by().values_list("id", flat=True).distinct()))
    return mending, stay
