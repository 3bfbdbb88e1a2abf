"""The list behind every figure of the letters: leads narrowed by how they stand."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString

from songsheet.base.money import Money
from songsheet.base.text import fold
from songsheet.desk.letters.asked import UNKNOWN, Limits
from songsheet.desk.letters.hands import HANDS, role_words, roles_of
from songsheet.desk.letters.kinds import BY_NAME, UNPROMISED, has
from songsheet.desk.models import Flag, Outcome, Response, Standing
from songsheet.doors.cells import link_cell
from songsheet.doors.listing import Column, Filter, Listing, Sort
from songsheet.leads.listing import lead_path
from songsheet.leads.models import Lead
from songsheet.team.acting import Acting
from songsheet.team.models import House
from songsheet.team.roles import Right
from songsheet.touches.models import Campaign, Source
from songsheet.ui.components.marks import money
from songsheet.ui.when import when

Rows = QuerySet[Any]
#: A row of the standing is known by its lead.
BY_ID = {"id": F("lead_id")}
_NAMED = re.compile(r"%\((\w+)\)s")


def stood(viewer: Acting) -> QuerySet[Standing]:
    """How the leads stand that the viewer may see; what a row shows is read for those of one page alone."""
    viewer.must(Right.LOOK)
    shown = Lead.objects.select_related("person__company", "company", "queue", "owner", "source", "campaign")
    shown = shown.prefetch_related("person__root__company__root", "person__company__root", "company__root")
    return Standing.objects.prefetch_related(Prefetch("lead", queryset=shown))


def where(rows: Rows, condition: str, values: dict[str, object]) -> Rows:
    """Leads that fit a condition over `desk_standing`, the same text that the letters count by."""
    given = [values[name] for name in _NAMED.findall(condition)]
    return rows.extra(where=[_NAMED.sub("%s", condition)], params=given)  # noqa: S610


def leads_behind(house: House, limits: Limits) -> Listing:
    """The list with its filters, as the thresholds are at one time."""
    zone = ZoneInfo(house.zone)
    return Listing(
        name="letters",
        title="Leads behind the letters",
        base=stood,
        path="/letters/leads",
        row_path=_path,
        row_key=lambda row: str(row.lead.key),
        key_field="lead__key",
        beside=True,
        columns=COLUMNS,
        filters=(
            Filter("leak", "Leak", _leaking(limits), "choice", _leaks),
            Filter("still", "Can still be saved", _saveable(limits), "choice", _leaks),
            Filter("outcome", "What came of it", _went, "choice", _outcomes),
            Filter("response", "First answer", _answered, "choice", _responses),
            Filter("hands", "In whose hands", _in_hands, "choice", _hands),
            Filter("source", "Source", _from_source, "choice", _sources),
            Filter("apart", "All sources but", _apart),
            Filter("campaign", "Campaign", _of_campaign, "choice", _campaigns),
            Filter("owner", "Owner", _owned),
            Filter("promised", "An answer is promised", _promised(limits), "flag"),
            Filter("reachable", "Can be reached", _reachable, "flag"),
            Filter("from", "Came from", _since(zone), "date"),
            Filter("until", "Came until", _until(zone), "date"),
        ),
        sorts=(
            Sort("-came", "Newest first", ("-came_at", "-id"), "standing_by_came", BY_ID),
            Sort("came", "Oldest first", ("came_at", "id"), "standing_by_came", BY_ID),
        ),
    )


def _path(row: Standing) -> str:
    return lead_path(row.lead)


def _person(row: Standing) -> str:
    return str(row.lead.person.whole)


def _first_answer(row: Standing) -> str | None:
    return _iso(row.first_out_at)


def _company(row: Standing) -> str:
    company = row.lead.company or row.lead.person.whole.company
    return company.whole.name if company else ""


def _owner(row: Standing) -> str:
    lead = row.lead
    return lead.owner.name if lead.owner else (lead.queue.name if lead.queue else "")


def _owner_cell(row: Standing) -> SafeString | str:
    return _owner(row) if row.lead.owner else format_html('<span class="quiet">{}</span>', _owner(row))


def _worth(row: Standing) -> Money | None:
    amount = row.won_amount if row.won_amount is not None else row.open_amount
    return Money(amount, row.currency) if amount is not None else None


COLUMNS = (
    Column("person", "Person", _person, link_cell(_path, _person)),
    Column("company", "Company", _company),
    Column("outcome", "What came of it", lambda row: str(Outcome(row.outcome).label)),
    Column("owner", "Owner", _owner, _owner_cell),
    Column("source", "Source", lambda row: row.lead.source.name if row.lead.source else UNKNOWN),
    Column("campaign", "Campaign", lambda row: row.lead.campaign.name if row.lead.campaign else ""),
    Column("came", "Came", lambda row: row.came_at.isoformat(), lambda row: when(row.came_at)),
    Column("first_out", "First answer", _first_answer, lambda row: when(row.first_out_at)),
    Column("last", "Last contact", lambda row: _iso(row.last_at), lambda row: when(row.last_at)),
    Column("worth", "Worth", _worth, lambda row: money(_worth(row)), numeric=True, money=True),
)


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _leaking(limits: Limits) -> Callable[[Rows, str], Rows]:
    return lambda rows, value: where(rows, _kind(value).condition, limits.values())


def _saveable(limits: Limits) -> Callable[[Rows, str], Rows]:
    def narrow(rows: Rows, value: str) -> Rows:
        kind = _kind(value)
        return where(rows, f"{kind.condition} and {kind.still}", limits.values())

    return narrow


def _kind(name: str) -> Any:
    if name not in BY_NAME:
        raise ValueError(name)
    return BY_NAME[name]


def _went(rows: Rows, value: str) -> Rows:
    if value == "any":
        return rows
    try:
        chosen = [Outcome[name.upper()] for name in value.split(",")]
    except KeyError:
        raise ValueError(value) from None
    return rows.filter(outcome__in=chosen)


def _answered(rows: Rows, value: str) -> Rows:
    return rows.filter(response=next(_of_label(Response, value)))


def _of_label(choices: Any, label: str) -> Any:
    found = [one for one in choices if one.label == label]
    if not found:
        raise ValueError(label)
    return iter(found)


def _in_hands(rows: Rows, value: str) -> Rows:
    if value == "nobody":
        return rows.filter(owner=None)
    if value not in HANDS:
        raise ValueError(value)
    return rows.filter(owner__role__in=roles_of(value))


def _from_source(rows: Rows, value: str) -> Rows:
    return rows.filter(source=None) if value == UNKNOWN else rows.filter(source__name_folded=fold(value))


def _apart(rows: Rows, value: str) -> Rows:
    """All but these sources; their names are parted by a bar."""
    names = value.split("|")
    known = Q(source__name_folded__in=[fold(name) for name in names])
    unknown = Q(source=None) if UNKNOWN in names else Q(source__isnull=True, pk__isnull=True)
    return rows.exclude(known).exclude(unknown)


def _of_campaign(rows: Rows, value: str) -> Rows:
    return rows.filter(campaign=None) if value == "none" else rows.filter(campaign__key=value)


def _owned(rows: Rows, value: str) -> Rows:
    return rows.filter(owner=None) if value == "nobody" else rows.filter(owner__key=value)


def _promised(limits: Limits) -> Callable[[Rows, str], Rows]:
    def narrow(rows: Rows, value: str) -> Rows:
        if value not in ("yes", "no"):
            raise ValueError(value)
        return where(rows, UNPROMISED if value == "no" else f"not ({UNPROMISED})", limits.values())

    return narrow


def _reachable(rows: Rows, value: str) -> Rows:
    if value not in ("yes", "no"):
        raise ValueError(value)
    condition = has(Flag.REACHABLE)
    return where(rows, condition if value == "yes" else f"not ({condition})", {})


def _since(zone: ZoneInfo) -> Callable[[Rows, str], Rows]:
    return lambda rows, value: rows.filter(
        came_at__gte=datetime.combine(date.fromisoformat(value), time(), zone)
    )


def _until(zone: ZoneInfo) -> Callable[[Rows, str], Rows]:
    day = timedelta(days=1)
    return lambda rows, value: rows.filter(
        came_at__lt=datetime.combine(date.fromisoformat(value) + day, time(), zone)
    )


def _leaks() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ")) for name in BY_NAME]


def _outcomes() -> list[tuple[str, str]]:
    return [(one.name.lower(), str(one.label)) for one in Outcome]


def _responses() -> list[tuple[str, str]]:
    words = ("within an hour", "within a day", "after more than a day", "never, or not known")
    return [(str(one.label), said) for one, said in zip(Response, words, strict=True)]


def _hands() -> list[tuple[str, str]]:
    return [*((name, role_words(name)) for name in HANDS), ("nobody", "Nobody")]


def _sources() -> list[tuple[str, str]]:
    names = Source.objects.order_by("name").values_list("name", flat=True)
    return [*((name, name) for name in names), (UNKNOWN, UNKNOWN)]


def _campaigns() -> list[tuple[str, str]]:
    found = Campaign.objects.filter(gone_at=None).order_by("name").values_list("key", "name")[:500]
    return [*found, ("none", "No campaign")]
