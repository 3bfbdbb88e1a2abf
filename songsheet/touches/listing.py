"""The lists of touches, activities, tasks and campaigns: what the API and exports show of them."""

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from songsheet.base.money import Money
from songsheet.base.text import fold
from songsheet.buyers.queries import people_of
from songsheet.doors.days import end_of, iso, start_of
from songsheet.doors.listing import Column, Filter, Listing, Sort
from songsheet.team.fields import listing as own
from songsheet.team.queries import member_choices, member_with
from songsheet.touches.models import DUE_OR_LAST, Campaign, Source, Task, Touch
from songsheet.touches.queries import activities_seen_by, campaigns_seen_by, tasks_seen_by, touches_seen_by


def _key(row: Any) -> str | None:
    return row.key if row else None


def _person_path(row: Touch | Task) -> str:
    return f"/buyers/{row.person.key}" if row.person else "/buyers"


def _campaign_path(campaign: Campaign) -> str:
    return f"/leads?campaign={campaign.key}"


def _of(field: str, model: Any) -> Any:
    def narrow(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return rows.filter(**{f"{field}_id": model.objects.filter(key=value).values("id")[:1]})

    return narrow


def _of_person(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(person_id__in=people_of(value))


def _by_member(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(member=None) if value == "nobody" else rows.filter(member_id=member_with(value))


def _members() -> list[tuple[str, str]]:
    return [("nobody", "Nobody"), *member_choices()]


def _one_of(field: str, choices: Any) -> Any:
    def narrow(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value not in choices.values:
            raise ValueError(value)
        return rows.filter(**{field: value})

    return narrow


def _choices(choices: Any) -> Any:
    return lambda: [(str(one.value), str(one.label)) for one in choices if one.value]


def _is_done(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value not in ("yes", "no"):
        raise ValueError(value)
    return rows.filter(done_at__isnull=value == "no")


def _money(row: Any, name: str) -> Money | None:
    amount = getattr(row, name)
    return Money(amount, row.currency) if amount is not None else None


def _of_source(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(source_id=Source.objects.filter(name_folded=fold(value)).values("id")[:1])


TOUCHES = Listing(
    name="touches",
    title="Touches",
    base=touches_seen_by,
    path="/touches",
    row_path=_person_path,
    columns=(
        Column("kind", "Kind", lambda one: one.kind),
        Column("direction", "Direction", lambda one: one.direction),
        Column("at", "When", lambda one: iso(one.at)),
        Column("person", "Person", lambda one: _key(one.person)),
        Column("company", "Company", lambda one: _key(one.company)),
        Column("member", "Member", lambda one: _key(one.member)),
        Column("campaign", "Campaign", lambda one: _key(one.campaign)),
        Column("lead", "Lead", lambda one: one.lead_key or None),
        Column("deal", "Deal", lambda one: one.deal_key or None),
        Column("seconds", "Seconds", lambda one: one.seconds, numeric=True),
        Column("subject", "Subject", lambda one: one.subject),
        Column("status", "Status", lambda one: one.status),
        Column("external_id", "External id", lambda one: one.external_id, shown=False),
    ),
    filters=(
        Filter("kind", "Kind", _one_of("kind", Touch.Kind), "choice", _choices(Touch.Kind)),
        Filter(
            "direction",
            "Direction",
            _one_of("direction", Touch.Direction),
            "choice",
            _choices(Touch.Direction),
        ),
        Filter("person", "Person", _of_person),
        Filter("member", "Member", _by_member, "choice", _members),
        Filter("campaign", "Campaign", _of("campaign", Campaign)),
        Filter("lead", "Lead", lambda rows, value: rows.filter(lead_key=value).exclude(lead_key="")),
        Filter("deal", "Deal", lambda rows, value: rows.filter(deal_key=value).exclude(deal_key="")),
        Filter("from", "From", lambda rows, value: rows.filter(at__gte=start_of(value)), "date"),
        Filter("until", "Until", lambda rows, value: rows.filter(at__lt=end_of(value)), "date"),
    ),
    sorts=(
        Sort("-at", "Newest first", ("-at", "-id"), "touch_by_at"),
        Sort("at", "Oldest first", ("at", "id"), "touch_by_at"),
    ),
)

ACTIVITIES = replace(
    TOUCHES,
    name="activities",
    title="Activities",
    base=activities_seen_by,
    path="/activities",
    sorts=(
        Sort("-at", "Newest first", ("-at", "-id"), "activity_by_at"),
        Sort("at", "Oldest first", ("at", "id"), "activity_by_at"),
    ),
)

TASKS = Listing(
    name="tasks",
    title="Tasks",
    base=tasks_seen_by,
    path="/tasks",
    row_path=_person_path,
    columns=(
        Column("subject", "What", lambda one: one.subject),
        Column("person", "Person", lambda one: _key(one.person)),
        Column("member", "Member", lambda one: _key(one.member)),
        Column("lead", "Lead", lambda one: one.lead_key or None),
        Column("deal", "Deal", lambda one: one.deal_key or None),
        Column("made", "Made", lambda one: iso(one.made_at)),
        Column("due", "Due", lambda one: iso(one.due_at)),
        Column("done", "Done", lambda one: iso(one.done_at)),
        Column("remind", "Reminder", lambda one: iso(one.remind_at), shown=False),
        Column("external_id", "External id", lambda one: one.external_id, shown=False),
    ),
    filters=(
        Filter("member", "Member", _by_member, "choice", _members),
        Filter("person", "Person", _of_person),
        Filter("lead", "Lead", lambda rows, value: rows.filter(lead_key=value).exclude(lead_key="")),
        Filter("deal", "Deal", lambda rows, value: rows.filter(deal_key=value).exclude(deal_key="")),
        Filter("done", "Done", _is_done, "flag"),
        Filter("from", "Due from", lambda rows, value: rows.filter(due_at__gte=start_of(value)), "date"),
        Filter("until", "Due until", lambda rows, value: rows.filter(due_at__lt=end_of(value)), "date"),
    ),
    sorts=(
        Sort("-made", "Newest first", ("-made_at", "-id"), "task_by_made"),
        Sort("due", "Due soonest", ("due_or_last", "id"), "task_by_due", {"due_or_last": DUE_OR_LAST}),
    ),
)

CAMPAIGNS = Listing(
    name="campaigns",
    title="Campaigns",
    base=campaigns_seen_by,
    path="/campaigns",
    row_path=_campaign_path,
    columns=own.columns("campaign")(
        Column("name", "Name", lambda one: one.name),
        Column("kind", "Kind", lambda one: one.kind),
        Column("status", "Status", lambda one: one.status),
        Column("source", "Source", lambda one: one.source.name if one.source else ""),
        Column("starts_on", "Starts", lambda one: iso(one.starts_on)),
        Column("ends_on", "Ends", lambda one: iso(one.ends_on)),
        Column("budget", "Budget", lambda one: _money(one, "budget"), numeric=True),
        Column("cost", "Cost", lambda one: _money(one, "cost"), numeric=True),
        Column("external_id", "External id", lambda one: one.external_id, shown=False),
    ),
    filters=own.filters("campaign")(
        Filter("q", "Search", lambda rows, value: rows.filter(name__istartswith=value)),
        Filter("source", "Source", _of_source),
        Filter("external_id", "External id", lambda rows, value: rows.filter(external_id=value)),
    ),
    sorts=own.sorts("campaign")(
        Sort("-entered", "Newest first", ("-id",), "campaign_by_id"),
        Sort("name", "By name", ("name", "id"), "campaign_by_name"),
    ),
    groups=own.groups("campaign")(),
)
