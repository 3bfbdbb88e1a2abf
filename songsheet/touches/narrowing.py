"""What the lists of touches, tasks and campaigns share: how they are narrowed, and cells of who is meant."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString

from songsheet.base.text import fold
from songsheet.buyers.queries import called, people_of
from songsheet.doors.listing import Found
from songsheet.team.queries import member_choices, member_with
from songsheet.touches.models import Campaign, Source, Task, Touch

NONE = "none"


def key_of(row: Any) -> str | None:
    """The key of what a row refers to."""
    return row.key if row else None


def name_of(row: Any) -> str:
    """What it is called; of what was merged, the name of the whole."""
    return str(getattr(row, "whole", row).name) if row else ""


def person_cell(row: Touch | Task) -> SafeString | str:
    """The buyer, as a link to their page."""
    return _link("/buyers", row.person.whole) if row.person else ""


def company_cell(row: Touch) -> SafeString | str:
    """The company, as a link to its page."""
    return _link("/companies", row.company.whole) if row.company else ""


def _link(path: str, row: Any) -> SafeString:
    return format_html('<a href="{}/{}">{}</a>', path, row.key, row.name)


def of_person(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """By the key of a buyer, with what was merged into them."""
    return rows.filter(person_id__in=people_of(value))


def by_member(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """By the key of a member, or nobody."""
    return rows.filter(member=None) if value == "nobody" else rows.filter(member_id=member_with(value))


def members() -> list[tuple[str, str]]:
    """Whose they can be."""
    return [("nobody", "Nobody"), *member_choices()]


def of_buyer(rows: QuerySet[Any], value: str, most: int, *, hidden: bool = False) -> Found:
    """By what the buyer is called; with `hidden` also one who is archived."""
    hits = called(value, most, hidden=hidden)
    return Found(rows.filter(person__in=hits.people), hits.complete)


def of_buyer_or_company(rows: QuerySet[Any], value: str, most: int, *, hidden: bool = False) -> Found:
    """By what the buyer or the company is called; with `hidden` also one that is archived."""
    hits = called(value, most, hidden=hidden)
    return Found(rows.filter(Q(person__in=hits.people) | Q(company__in=hits.companies)), hits.complete)


def one_of(field: str, choices: Any) -> Any:
    """By a value of a column that has few."""

    def narrow(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value not in choices.values:
            raise ValueError(value)
        return rows.filter(**{field: value})

    return narrow


def choices_of(choices: Any) -> Any:
    """What can be chosen of such a column."""
    return lambda: [(str(one.value), str(one.label)) for one in choices if one.value]


def of_campaign(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """By the key of a campaign, or none."""
    if value == NONE:
        return rows.filter(campaign=None)
    return rows.filter(campaign_id=Campaign.objects.filter(key=value).values("id")[:1])


def campaigns() -> list[tuple[str, str]]:
    """The campaigns of the register by name, and none."""
    named = Campaign.objects.filter(gone_at=None).order_by("name").values_list("key", "name")
    return [*named[:500], (NONE, "No campaign")]


def of_source(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """By the name of a source, or none."""
    if value == NONE:
        return rows.filter(source=None)
    return rows.filter(source_id=Source.objects.filter(name_folded=fold(value)).values("id")[:1])


def sources() -> list[tuple[str, str]]:
    """The sources by name, and none."""
    names = Source.objects.order_by("name").values_list("name", flat=True)
    return [*((name, name) for name in names), (NONE, "Unknown source")]


def about(name: str) -> Any:
    """By the key of the lead or deal that a row names."""
    return lambda rows, value: rows.filter(**{f"{name}_key": value}).exclude(**{f"{name}_key": ""})
