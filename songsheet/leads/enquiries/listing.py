"""The list of enquiries: what page, API and export show of it."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from songsheet.agreements.kinds.enquiry_sorting import OUT_OF_SCOPE, SORTS
from songsheet.base.text import fold
from songsheet.buyers.queries import called
from songsheet.doors.archive import IN_ARCHIVE
from songsheet.doors.days import end_of, iso, start_of
from songsheet.doors.listing import Column, Filter, Found, Group, Listing, Sort
from songsheet.leads.enquiries.models import Enquiry
from songsheet.leads.enquiries.queries import archived_enquiries, enquiries_seen_by
from songsheet.leads.enquiries.sorting import why
from songsheet.team.queries import member_choices, member_with
from songsheet.touches.models import Campaign, Source
from songsheet.touches.narrowing import NONE, campaigns, key_of, name_of
from songsheet.ui.when import when

Rows = QuerySet[Any]
_EXCERPT = 120


def enquiry_path(one: Enquiry) -> str:
    """The page of an enquiry."""
    return f"/enquiries/{one.key}"


def _person_cell(one: Enquiry) -> SafeString:
    return format_html('<a href="{}">{}</a>', enquiry_path(one), one.person.whole.name or _("Somebody"))


def _text_cell(one: Enquiry) -> str:
    words = " ".join(one.text.split())
    return words if len(words) <= _EXCERPT else f"{words[: _EXCERPT - 1]}…"


def _search(rows: Rows, value: str, most: int, *, hidden: bool = False) -> Found:
    hits = called(value, most, hidden=hidden)
    return Found(rows.filter(person__in=hits.people), hits.complete)


def _kind(rows: Rows, value: str) -> Rows:
    if value == "out_of_scope":
        return rows.filter(kind__in=OUT_OF_SCOPE)
    if value not in SORTS:
        raise ValueError(value)
    return rows.filter(kind=value)


def _kinds() -> list[tuple[str, str]]:
    return [*_each_kind(), ("out_of_scope", _("Out of scope"))]


def _each_kind() -> list[tuple[str, str]]:
    return [(kind, str(label)) for kind, label in SORTS.items()]


def _state(rows: Rows, value: str) -> Rows:
    if value not in Enquiry.State.values:
        raise ValueError(value)
    return rows.filter(state=value)


def _each_state() -> list[tuple[str, str]]:
    return [(str(one.value), str(one.label)) for one in Enquiry.State]


def _of_source(rows: Rows, value: str) -> Rows:
    if value == NONE:
        return rows.filter(source=None)
    return rows.filter(source_id=Source.objects.filter(name_folded=fold(value)).values("id")[:1])


def _sources() -> list[tuple[str, str]]:
    names = Source.objects.order_by("name").values_list("name", flat=True)
    return [*((name, name) for name in names), (NONE, _("Unknown source"))]


def _of_campaign(rows: Rows, value: str) -> Rows:
    if value == NONE:
        return rows.filter(campaign=None)
    return rows.filter(campaign_id=Campaign.objects.filter(key=value).values("id")[:1])


def _owned(rows: Rows, value: str) -> Rows:
    return rows.filter(owner=None) if value == "nobody" else rows.filter(owner_id=member_with(value))


def _moved(rows: Rows, value: str) -> Rows:
    return rows.exclude(moved_by=None) if value == "yes" else rows.filter(moved_by=None)


ENQUIRIES = Listing(
    name="enquiries",
    title="Enquiries",
    base=enquiries_seen_by,
    archive=archived_enquiries,
    path="/enquiries",
    row_path=enquiry_path,
    columns=(
        Column("key", "Key", lambda one: one.key, shown=False),
        Column("person", "Who asked", lambda one: one.person.key, _person_cell,
               written=lambda one: one.person.whole.name),
        Column("kind", "Kind", lambda one: one.kind, lambda one: one.kind_label,
               written=lambda one: one.kind_label),
        Column("text", "What they ask", lambda one: one.text, _text_cell),
        Column("state", "State", lambda one: one.state, lambda one: one.get_state_display(),
               written=lambda one: one.get_state_display()),
        Column("owner", "Owner", lambda one: key_of(one.owner), lambda one: name_of(one.owner),
               written=lambda one: name_of(one.owner)),
        Column("due", "Due", lambda one: iso(one.clock.due_at) if one.clock else None,
               lambda one: when(one.clock.due_at) if one.clock else ""),
        Column("came", "Came", lambda one: iso(one.came_at), lambda one: when(one.came_at)),
        Column("source", "Source", lambda one: one.source.name if one.source else "", shown=False),
        Column("campaign", "Campaign", lambda one: key_of(one.campaign),
               lambda one: name_of(one.campaign), written=lambda one: name_of(one.campaign), shown=False),
        Column("answer", "Answer", lambda one: one.answer, shown=False),
        Column("answered", "Answered", lambda one: iso(one.answered_at),
               lambda one: when(one.answered_at) if one.answered_at else "", shown=False),
        Column("sorted", "Sorted by", lambda one: why(one.sorted_by.get("kind", one.kind), one.sorted_by),
               shown=False),
        Column("why", "Why moved or closed", lambda one: one.why, shown=False),
        Column("lead", "Lead", lambda one: key_of(one.lead), shown=False),
    ),
    filters=(
        Filter("q", "Search", find=_search, find_hidden=partial(_search, hidden=True), personal=True),
        Filter("kind", "Kind", _kind, "choice", _kinds),
        Filter("state", "State", _state, "choice", _each_state),
        Filter("owner", "Owner", _owned, "choice", lambda: [*member_choices(), ("nobody", _("Nobody"))]),
        Filter("source", "Source", _of_source, "choice", _sources),
        Filter("campaign", "Campaign", _of_campaign, "choice", campaigns),
        Filter("moved", "Moved by one of us", _moved, "choice", lambda: [("yes", _("Yes")), ("no", _("No"))]),
        Filter("from", "Came from", lambda rows, value: rows.filter(came_at__gte=start_of(value)), "date"),
        Filter("until", "Came until", lambda rows, value: rows.filter(came_at__lt=end_of(value)), "date"),
        IN_ARCHIVE,
    ),
    sorts=(
        Sort("-came", "Newest first", ("-came_at", "-id"), "enquiry_by_came"),
        Sort("came", "Oldest first", ("came_at", "id"), "enquiry_by_came"),
    ),
    groups=(
        Group("kind", "By kind", "enquiry_of_kind", _each_kind),
        Group("state", "By state", "enquiry_of_state", _each_state),
        Group("owner", "By owner", "enquiry_of_owner"),
    ),
)  # fmt: skip
