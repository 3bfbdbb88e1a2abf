"""Reads of returns: what a viewer sees, what somebody owes, and one held for change."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from songsheet.handoffs.errors import NoSuchReturn
from songsheet.handoffs.models import OPEN_STATES, Return
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.roles import Right


def returns_seen_by(viewer: Acting) -> QuerySet[Return]:
    """The returns that the viewer may see, with what a row of the list shows."""
    return _returns(viewer, gone_at=None)


def archived_returns(viewer: Acting) -> QuerySet[Return]:
    """The returns that were taken back."""
    return _returns(viewer, gone_at__isnull=False)


def _returns(viewer: Acting, **which: Any) -> QuerySet[Return]:
    viewer.must(Right.LOOK)
    found = Return.objects.filter(**which).select_related(
        "lead", "lead__person", "lead__campaign", "lead__owner", "returned_by", "owes", "answered_by", "clock"
    )
    return found.prefetch_related("lead__person__root")


def return_for(viewer: Acting, key: str) -> Return:
    """One return that the viewer may see."""
    found = returns_seen_by(viewer).filter(key=key).first()
    if found is None:
        raise NoSuchReturn(key)
    return found


def held_return(key: str) -> Return:
    """One return locked until the act ends, with its lead as it stands."""
    held = Return.objects.filter(key=key, gone_at=None).select_for_update(of=("self",), no_key=True)
    if held.first() is None:
        raise NoSuchReturn(key)
    return Return.objects.select_related(
        "lead", "lead__person", "lead__owner", "lead__campaign", "returned_by", "owes", "clock", "answered_by"
    ).get(key=key)


def concerning(viewer: Acting, member: Member, since: datetime, most: int = 20) -> list[Return]:
    """The returns that wait for a member's answer, and theirs that were answered since; the newest first."""
    owed = Q(state__in=OPEN_STATES, owes=member)
    theirs = Q(returned_by=member, answered_at__gte=since)
    return list(returns_seen_by(viewer).filter(owed | theirs).order_by("-at", "-id")[:most])
