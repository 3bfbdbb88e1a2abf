"""The lists of touches and activities: what page, API and export show of them."""

from dataclasses import replace
from functools import partial

from songsheet.doors.archive import IN_ARCHIVE
from songsheet.doors.cells import link_cell
from songsheet.doors.days import end_of, iso, start_of
from songsheet.doors.listing import Column, Filter, Group, Listing, Sort
from songsheet.touches.campaign_listing import CAMPAIGNS
from songsheet.touches.editing import STATUS, SUBJECT
from songsheet.touches.models import Touch
from songsheet.touches.narrowing import (
    about,
    by_member,
    campaigns,
    choices_of,
    company_cell,
    key_of,
    members,
    name_of,
    of_buyer_or_company,
    of_campaign,
    of_person,
    one_of,
    person_cell,
)
from songsheet.touches.queries import activities_seen_by, archived_touches, touches_seen_by
from songsheet.touches.task_listing import TASKS
from songsheet.ui.when import when

__all__ = ["ACTIVITIES", "CAMPAIGNS", "TASKS", "TOUCHES"]


def touch_path(touch: Touch) -> str:
    """A touch is read in the story of its buyer, else of its company."""
    if touch.person:
        return f"/buyers/{touch.person.whole.key}"
    return f"/companies/{touch.company.whole.key}" if touch.company else "/touches"


def _direction(touch: Touch) -> str:
    return str(Touch.Direction(touch.direction).label) if touch.direction else ""


def _long(touch: Touch) -> str:
    minutes, seconds = divmod(touch.seconds or 0, 60)
    return f"{minutes}:{seconds:02}" if touch.seconds is not None else ""


_FIND_ARCHIVED = partial(of_buyer_or_company, hidden=True)

TOUCHES = Listing(
    name="touches",
    title="Touches",
    base=touches_seen_by,
    archive=archived_touches,
    bulk=True,
    path="/touches",
    row_path=touch_path,
    columns=(
        Column(
            "kind",
            "Kind",
            lambda one: one.kind,
            link_cell(touch_path, lambda one: Touch.Kind(one.kind).label),
        ),
        Column("direction", "Direction", lambda one: one.direction, _direction),
        Column("at", "When", lambda one: iso(one.at), lambda one: when(one.at)),
        Column(
            "person",
            "Person",
            lambda one: key_of(one.person),
            person_cell,
            written=lambda one: name_of(one.person),
        ),
        Column(
            "company",
            "Company",
            lambda one: key_of(one.company),
            company_cell,
            written=lambda one: name_of(one.company),
        ),
        Column(
            "member",
            "Member",
            lambda one: key_of(one.member),
            lambda one: name_of(one.member),
            written=lambda one: name_of(one.member),
        ),
        Column(
            "campaign",
            "Campaign",
            lambda one: key_of(one.campaign),
            lambda one: name_of(one.campaign),
            written=lambda one: name_of(one.campaign),
        ),
        Column("lead", "Lead", lambda one: one.lead_key or None, shown=False),
        Column("deal", "Deal", lambda one: one.deal_key or None, shown=False),
        Column("seconds", "Seconds", lambda one: one.seconds, _long, numeric=True, shown=False),
        Column("subject", "Subject", lambda one: one.subject, edit=SUBJECT),
        Column("status", "Status", lambda one: one.status, edit=STATUS),
        Column("external_id", "External id", lambda one: one.external_id, shown=False),
    ),
    filters=(
        Filter(
            "q",
            "Search",
            find=of_buyer_or_company,
            find_hidden=partial(of_buyer_or_company, hidden=True),
            personal=True,
        ),
        Filter("kind", "Kind", one_of("kind", Touch.Kind), "choice", choices_of(Touch.Kind)),
        Filter(
            "direction",
            "Direction",
            one_of("direction", Touch.Direction),
            "choice",
            choices_of(Touch.Direction),
        ),
        Filter("person", "Person", of_person),
        Filter("member", "Member", by_member, "choice", members),
        Filter("campaign", "Campaign", of_campaign, "choice", campaigns),
        Filter("lead", "Lead", about("lead")),
        Filter("deal", "Deal", about("deal")),
        Filter("from", "From", lambda rows, value: rows.filter(at__gte=start_of(value)), "date"),
        Filter("until", "Until", lambda rows, value: rows.filter(at__lt=end_of(value)), "date"),
        IN_ARCHIVE,
    ),
    sorts=(
        Sort("-at", "Newest first", ("-at", "-id"), "touch_by_at"),
        Sort("at", "Oldest first", ("at", "id"), "touch_by_at"),
    ),
    groups=(
        Group("member", "By member", "touch_of_member"),
        Group("campaign", "By campaign", "touch_of_campaign"),
    ),
)

ACTIVITIES = replace(
    TOUCHES,
    name="activities",
    title="Activities",
    base=activities_seen_by,
    archive=None,
    bulk=False,
    filters=tuple(one for one in TOUCHES.filters if one is not IN_ARCHIVE),
    path="/activities",
    sorts=(
        Sort("-at", "Newest first", ("-at", "-id"), "activity_by_at"),
        Sort("at", "Oldest first", ("at", "id"), "activity_by_at"),
    ),
)
