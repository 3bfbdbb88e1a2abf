"""The promises behind each figure, as a list."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import BigIntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from songsheet.clocks.kinds import KINDS
from songsheet.clocks.models import Clock
from songsheet.clocks.queries import seen_by
from songsheet.deals.models import Deal
from songsheet.desk.promises.read import COUNTED, NONE, SIDES
from songsheet.doors.cells import link_cell
from songsheet.doors.days import iso
from songsheet.doors.listing import Column, Filter, Listing, Sort
from songsheet.handoffs.models import Return
from songsheet.handoffs.verdicts.models import Verdict
from songsheet.leads.models import Lead
from songsheet.team.acting import Acting
from songsheet.team.queries import member_choices, member_with
from songsheet.ui.when import when

Rows = QuerySet[Any]
#: What is promised about a return, a verdict or a deal is promised about its lead.
_ID = Coalesce(
    Subquery(Lead.objects.filter(key=OuterRef("about")).values("id")[:1]),
    Subquery(Return.objects.filter(key=OuterRef("about")).values("lead_id")[:1]),
    Subquery(Verdict.objects.filter(key=OuterRef("about")).values("lead_id")[:1]),
    Subquery(Deal.objects.filter(key=OuterRef("about")).values("lead_id")[:1]),
    output_field=BigIntegerField(),
)
_LEAD = Lead.objects.filter(id=OuterRef("lead_of"))


def promises_behind(zone: str, at: datetime) -> Listing:
    """The list with its filters, by days of the house, as things stand at this time."""
    here = ZoneInfo(zone)
    return Listing(
        name="promises",
        title="Promises",
        base=lambda viewer: _counted(viewer, at),
        path="/promises/all",
        row_path=_path,
        columns=COLUMNS,
        filters=(
            Filter("side", "Who promised", _of_side, "choice", _sides),
            Filter("how", "Kept or missed", _ended, "choice", _ends),
            Filter(
                "member", "Member", _of_member, "choice", lambda: [*member_choices(), (NONE, _("Nobody"))]
            ),
            Filter("tier", "Tier", _of_tier),
            Filter("from", "Due from", _since(here), "date"),
            Filter("until", "Due until", _until(here), "date"),
        ),
        sorts=(
            Sort("-due", "Due latest", ("-due_at", "-id"), "clock_by_due"),
            Sort("due", "Due soonest", ("due_at", "id"), "clock_by_due"),
        ),
    )


def _counted(viewer: Acting, at: datetime) -> Rows:
    over = Q(state__in=[Clock.State.KEPT, Clock.State.BROKEN]) | Q(state=Clock.State.RUNNING, due_at__lt=at)
    return seen_by(viewer).filter(over, kind__in=COUNTED).annotate(lead_of=_ID).annotate(
        buyer=Subquery(_LEAD.values_list(Coalesce("person__root__name", "person__name"))[:1]),
        buyer_key=Subquery(_LEAD.values_list(Coalesce("person__root__key", "person__key"))[:1]),
        tier=Subquery(_LEAD.values("tier")[:1]),
    )  # fmt: skip


def _path(clock: Any) -> str:
    if clock.about.startswith("enquiry_"):
        return f"/enquiries/{clock.about}"
    if clock.about.startswith("meeting_"):
        return f"/meetings/{clock.about}"
    return f"/buyers/{clock.buyer_key}" if clock.buyer_key else "/promises"


def _what(clock: Clock) -> str:
    return _(KINDS[clock.kind].label)


def _how(clock: Clock) -> str:
    return _("Kept") if clock.state == Clock.State.KEPT else _("Missed")


COLUMNS = (
    Column(
        "buyer", "Buyer", lambda one: one.buyer or "", link_cell(_path, lambda one: one.buyer or _what(one))
    ),
    Column("kind", "Promise", lambda one: one.kind, _what),
    Column("member", "Member", lambda one: one.member.name if one.member else ""),
    Column("tier", "Tier", lambda one: one.tier or ""),
    Column("how", "How", _how),
    Column("started", "Promised", lambda one: iso(one.started_at), lambda one: when(one.started_at)),
    Column("due", "Due", lambda one: iso(one.due_at), lambda one: when(one.due_at)),
    Column("ended", "Done", lambda one: iso(one.ended_at), lambda one: when(one.ended_at)),
)


def _sides() -> list[tuple[str, str]]:
    return [(side, str(title)) for side, title in SIDES.items()]


def _ends() -> list[tuple[str, str]]:
    return [("kept", _("Kept")), ("missed", _("Missed"))]


def _of_side(rows: Rows, value: str) -> Rows:
    if value not in SIDES:
        raise ValueError(value)
    return rows.filter(kind__in=[one.name for one in KINDS.values() if one.side == value])


def _ended(rows: Rows, value: str) -> Rows:
    if value not in dict(_ends()):
        raise ValueError(value)
    kept = Q(state=Clock.State.KEPT)
    return rows.filter(kept if value == "kept" else ~kept)


def _of_member(rows: Rows, value: str) -> Rows:
    return rows.filter(member_id=None if value == NONE else member_with(value))


def _of_tier(rows: Rows, value: str) -> Rows:
    return rows.filter(tier=value) if value != NONE else rows.filter(Q(tier="") | Q(tier=None))


def _since(zone: ZoneInfo) -> Callable[[Rows, str], Rows]:
    return lambda rows, value: rows.filter(due_at__gte=_day(value, zone))


def _until(zone: ZoneInfo) -> Callable[[Rows, str], Rows]:
    return lambda rows, value: rows.filter(due_at__lt=_day(value, zone, timedelta(days=1)))


def _day(value: str, zone: ZoneInfo, more: timedelta = timedelta()) -> datetime:
    return datetime.combine(date.fromisoformat(value) + more, time(), zone)
