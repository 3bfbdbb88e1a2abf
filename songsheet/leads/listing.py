"""The list of leads: what page, API and export show of it."""

from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from songsheet.base.text import fold
from songsheet.buyers.queries import called
from songsheet.doors.archive import IN_ARCHIVE
from songsheet.doors.cells import link_cell
from songsheet.doors.days import end_of, in_words, iso, start_of
from songsheet.doors.listing import Column, Filter, Found, Group, Listing, Sort
from songsheet.leads.actions import change_lead
from songsheet.leads.editing import LOOK_AGAIN, OWNER, SOURCE, TIER, TIERS, WANTS
from songsheet.leads.heard.queries import NOTHING, OTHER, leads_in_words, leads_that_said
from songsheet.leads.models import ENDED_STATES, OPEN_STATES, Lead, Queue
from songsheet.leads.queries import archived_leads, read_buyers, seen_by
from songsheet.tags.listing import TAGS, WITH_TAG
from songsheet.tags.queries import with_tags
from songsheet.team.fields import listing as own
from songsheet.team.queries import member_choices, member_with
from songsheet.touches.models import Campaign, Source
from songsheet.ui.components.marks import chip
from songsheet.ui.when import when

#: The value of a filter for rows that have none of it.
NONE = "none"


def lead_path(lead: Lead) -> str:
    return f"/buyers/{lead.person.whole.key}"


def _company(lead: Lead) -> str:
    company = lead.company or lead.person.whole.company
    return company.whole.name if company else ""


def _owner(lead: Lead) -> str:
    return lead.owner.name if lead.owner else (lead.queue.name if lead.queue else "")


def _owner_cell(lead: Lead) -> SafeString | str:
    if lead.owner or not lead.is_open:
        return _owner(lead)
    return format_html('<span class="quiet">{}</span>', _owner(lead))


def marks_of(lead: Lead) -> list[str]:
    """The tier of a lead and its marks, in words."""
    marks = [lead.tier.capitalize()] if lead.tier else []
    marks += [_("Deal seeker")] if lead.deal_seeker else []
    return [*marks, _("Named account")] if lead.is_named_account else marks


def _tier_cell(lead: Lead) -> SafeString:
    return format_html_join(" ", "{}", ((chip(mark),) for mark in marks_of(lead)))


def _tiers() -> list[tuple[str, str]]:
    return [*((one, one.capitalize()) for one in TIERS), (NONE, "No tier")]


def _in_tier(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(tier="" if value == NONE else value)


def _mail(lead: Any) -> str:
    return next((mail.address for mail in lead.person.mails_there), "")


def _state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "open":
        return rows.filter(state__in=OPEN_STATES)
    if value == "ended":
        return rows.filter(state__in=ENDED_STATES)
    if value not in Lead.State.values:
        raise ValueError(value)
    return rows.filter(state=value)


def _search(rows: QuerySet[Any], value: str, most: int, *, hidden: bool = False) -> Found:
    hits = called(value, most, hidden=hidden)
    return Found(rows.filter(Q(person__in=hits.people) | Q(company__in=hits.companies)), hits.complete)


def _owned(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(owner=None) if value == "nobody" else rows.filter(owner_id=member_with(value))


def _of_source(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == NONE:
        return rows.filter(source=None)
    return rows.filter(source_id=Source.objects.filter(name_folded=fold(value)).values("id")[:1])


def _of_campaign(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == NONE:
        return rows.filter(campaign=None)
    return rows.filter(campaign_id=Campaign.objects.filter(key=value).values("id")[:1])


def _in_queue(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == NONE:
        return rows.filter(queue=None)
    return rows.filter(queue_id=Queue.objects.filter(key=value).values("id")[:1])


def _states() -> list[tuple[str, str]]:
    return [("open", "Open"), ("ended", "Ended"), *_each_state()]


def _each_state() -> list[tuple[str, str]]:
    return [(str(state.value), str(state.label)) for state in Lead.State]


def _campaigns() -> list[tuple[str, str]]:
    named = Campaign.objects.filter(gone_at=None).order_by("name").values_list("key", "name")
    return [*named[:500], (NONE, "No campaign")]


def _queues() -> list[tuple[str, str]]:
    return [*Queue.objects.order_by("name").values_list("key", "name"), (NONE, "In no queue")]


def _sources() -> list[tuple[str, str]]:
    names = Source.objects.order_by("name").values_list("name", flat=True)
    return [*((name, name) for name in names), (NONE, "Unknown source")]


def _said() -> list[tuple[str, str]]:
    names = Source.objects.order_by("name").values_list("name", flat=True)
    return [*((name, name) for name in names), (OTHER, "In other words"), (NOTHING, "Nothing said")]


LEADS = Listing(
    name="leads",
    title="Leads",
    base=with_tags(seen_by),
    archive=with_tags(archived_leads),
    bulk=True,
    board="/leads/board",
    path="/leads",
    row_path=lead_path,
    columns=own.columns("lead", change_lead)(
        Column(
            "person",
            "Person",
            lambda lead: lead.person.whole.name,
            link_cell(lead_path, lambda lead: lead.person.whole.name),
        ),
        Column("company", "Company", _company),
        Column("state", "State", lambda lead: lead.state, lambda lead: Lead.State(lead.state).label),
        Column("owner", "Owner", _owner, _owner_cell, edit=OWNER),
        Column("source", "Source", lambda lead: lead.source.name if lead.source else "", edit=SOURCE),
        Column("campaign", "Campaign", lambda lead: lead.campaign.name if lead.campaign else ""),
        Column("came", "Came", lambda lead: iso(lead.came_at), lambda lead: when(lead.came_at)),
        Column("wants", "Wants", lambda lead: lead.wants, shown=False, edit=WANTS),
        Column("tier", "Tier", lambda lead: lead.tier, _tier_cell, edit=TIER),
        Column(
            "look_again_on",
            "Look again on",
            lambda lead: iso(lead.look_again_on),
            lambda lead: in_words(lead.look_again_on),
            shown=False,
            edit=LOOK_AGAIN,
        ),
        Column("mail", "Mail", _mail, shown=False),
        Column("external_id", "External id", lambda lead: lead.external_id, shown=False),
        TAGS,
    ),
    filters=own.filters("lead")(
        Filter("q", "Search", find=_search, find_hidden=partial(_search, hidden=True), personal=True),
        Filter("state", "State", _state, "choice", _states),
        Filter("owner", "Owner", _owned, "choice", lambda: [("nobody", "Nobody"), *member_choices()]),
        Filter("source", "Source", _of_source, "choice", _sources),
        Filter("said", "Said they came by", leads_that_said, "choice", _said),
        Filter("heard", "Said in these words", leads_in_words, personal=True),
        Filter("campaign", "Campaign", _of_campaign, "choice", _campaigns),
        Filter("queue", "Queue", _in_queue, "choice", _queues),
        Filter("tier", "Tier", _in_tier, "choice", _tiers),
        Filter("seeks", "Deal seekers", lambda rows, value: rows.filter(deal_seeker=value == "yes"), "flag"),
        Filter("from", "Came from", lambda rows, value: rows.filter(came_at__gte=start_of(value)), "date"),
        Filter("until", "Came until", lambda rows, value: rows.filter(came_at__lt=end_of(value)), "date"),
        WITH_TAG,
        IN_ARCHIVE,
        Filter(
            "external_id",
            "External id",
            lambda rows, value: rows.filter(external_id=value),
            personal=True,
        ),
    ),
    sorts=own.sorts("lead")(
        Sort("-came", "Newest first", ("-came_at", "-id"), "lead_by_came"),
        Sort("came", "Oldest first", ("came_at", "id"), "lead_by_came"),
    ),
    groups=own.groups("lead")(
        Group("state", "By state", "lead_of_state", _each_state),
        Group("owner", "By owner", "lead_of_owner"),
        Group("source", "By source", "lead_of_source"),
        Group("queue", "By queue", "lead_of_queue"),
        Group("campaign", "By campaign", "lead_of_campaign"),
    ),
    beside=True,
    complete=read_buyers,
)
