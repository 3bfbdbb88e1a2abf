"""The list of leads: what page, API and export show of it."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString

from songsheet.base.text import fold
from songsheet.doors.listing import Column, Filter, Listing, Sort, day_from, iso, link_cell
from songsheet.leads.models import ENDED_STATES, OPEN_STATES, Lead, Queue
from songsheet.leads.queries import seen_by
from songsheet.team.models import Member
from songsheet.touches.models import Campaign, Source
from songsheet.ui.when import when


def lead_path(lead: Lead) -> str:
    return f"/buyers/{lead.person.key}"


def _company(lead: Lead) -> str:
    company = lead.company or lead.person.company
    return company.name if company else ""


def _owner(lead: Lead) -> str:
    return lead.owner.name if lead.owner else (lead.queue.name if lead.queue else "")


def _owner_cell(lead: Lead) -> SafeString | str:
    if lead.owner or not lead.is_open:
        return _owner(lead)
    return format_html('<span class="quiet">{}</span>', _owner(lead))


def _mail(lead: Lead) -> str:
    mails = list(lead.person.mails.all())
    return mails[0].address if mails else ""


def _state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "open":
        return rows.filter(state__in=OPEN_STATES)
    if value == "ended":
        return rows.filter(state__in=ENDED_STATES)
    if value not in Lead.State.values:
        raise ValueError(value)
    return rows.filter(state=value)


def _search(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    start = fold(value)
    return rows.filter(Q(person__name_folded__startswith=start) | Q(person__mails__address__startswith=start)).distinct()


def _owned(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "nobody":
        return rows.filter(owner=None)
    return rows.filter(owner__key=value)


LEADS = Listing(
    name="leads",
    title="Leads",
    base=seen_by,
    path="/leads",
    row_path=lead_path,
    columns=(
        Column("person", "Person", lambda lead: lead.person.name, link_cell(lead_path, lambda lead: lead.person.name)),
        Column("company", "Company", _company),
        Column("state", "State", lambda lead: lead.state, lambda lead: lead.get_state_display()),
        Column("owner", "Owner", _owner, _owner_cell),
        Column("source", "Source", lambda lead: lead.source.name if lead.source else ""),
        Column("campaign", "Campaign", lambda lead: lead.campaign.name if lead.campaign else ""),
        Column("came", "Came", lambda lead: iso(lead.came_at), lambda lead: when(lead.came_at)),
        Column("mail", "Mail", _mail),
        Column("external_id", "External id", lambda lead: lead.external_id),
    ),
    filters=(
        Filter("q", "Search", _search),
        Filter(
            "state", "State", _state, "choice",
            lambda: [("open", "Open"), ("ended", "Ended"), *[(s.value, str(s.label)) for s in Lead.State]],
        ),
        Filter(
            "owner", "Owner", _owned, "choice",
            lambda: [("nobody", "Nobody"), *Member.objects.exclude(state="left").values_list("key", "name")],
        ),
        Filter(
            "source", "Source", lambda rows, value: rows.filter(source__name_folded=fold(value)), "choice",
            lambda: [(name, name) for name in Source.objects.order_by("name").values_list("name", flat=True)],
        ),
        Filter(
            "campaign", "Campaign", lambda rows, value: rows.filter(campaign__key=value), "choice",
            lambda: list(Campaign.objects.filter(gone_at=None).order_by("name").values_list("key", "name")[:500]),
        ),
        Filter(
            "queue", "Queue", lambda rows, value: rows.filter(queue__key=value), "choice",
            lambda: list(Queue.objects.order_by("name").values_list("key", "name")),
        ),
        Filter("from", "Came from", lambda rows, value: rows.filter(came_at__date__gte=day_from(value)), "date"),
        Filter("until", "Came until", lambda rows, value: rows.filter(came_at__date__lte=day_from(value)), "date"),
        Filter("external_id", "External id", lambda rows, value: rows.filter(external_id=value)),
    ),
    sorts=(
        Sort("-came", "Newest first", ("-came_at", "-id"), "lead_by_came"),
        Sort("came", "Oldest first", ("came_at", "id"), "lead_by_came"),
    ),
)  # fmt: skip
