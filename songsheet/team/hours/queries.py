"""Reads about hours: the days and leave of a calendar, and what members know."""

from datetime import date

from songsheet.team.hours.models import Leave, Skill, SpecialDay
from songsheet.team.models import House, Member


def days_of(member: Member | None, since: date) -> list[SpecialDay]:
    """The days from then on that are unlike their weekday, the member's own or the house's."""
    return list(
        SpecialDay.objects.filter(member=member, gone_at=None, on__gte=since).order_by("on", "id")[:200]
    )


def leave_of(member: Member, since: date) -> list[Leave]:
    """When the member is away, from then on."""
    found = Leave.objects.filter(member=member, gone_at=None, until_on__gte=since).select_related("deputy")
    return list(found.order_by("from_on", "id")[:200])


def skills_of(member: Member) -> dict[str, list[str]]:
    """What the member knows, by kind."""
    found: dict[str, list[str]] = {str(kind): [] for kind in Skill.Kind.values}
    rows = Skill.objects.filter(member=member, gone_at=None).order_by("word", "id")
    for kind, word in rows.values_list("kind", "word"):
        found[kind].append(word)
    return found


def minutes_a_week(member: Member, house: House) -> int:
    """How much a member has for leads, deals and duties in an ordinary week."""
    if member.minutes_a_week is not None:
        return member.minutes_a_week
    return sum(shuts - opens for day in member.week or house.week for opens, shuts in day)
