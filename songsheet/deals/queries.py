"""Reads of deals: what a viewer sees."""

from typing import Any

from django.db.models import QuerySet

from songsheet.deals.errors import NoSuchDeal
from songsheet.deals.models import Deal
from songsheet.team.acting import Acting
from songsheet.team.roles import Right


def seen_by(viewer: Acting) -> QuerySet[Deal]:
    """The deals that the viewer may see, with what a row of the list shows."""
    return _deals(viewer, gone_at=None)


def archived_deals(viewer: Acting) -> QuerySet[Deal]:
    """The deals that were archived."""
    return _deals(viewer, gone_at__isnull=False)


def _deals(viewer: Acting, **which: Any) -> QuerySet[Deal]:
    viewer.must(Right.LOOK)
    shown = Deal.objects.filter(**which).select_related(
        "lead__person", "lead__person__company", "person", "company", "owner", "stage", "campaign"
    )
    return shown.prefetch_related(
        "lead__person__root__company__root", "lead__person__company__root", "company__root"
    )


def held(key: str) -> Deal:
    """One deal locked until the act ends, with what it refers to read after the lock."""
    found = Deal.objects.filter(key=key, gone_at=None).select_for_update(no_key=True)
    ids = list(found.values_list("id", flat=True))
    deal = Deal.objects.filter(id__in=ids).select_related("lead", "person", "owner", "stage").first()
    if deal is None:
        raise NoSuchDeal(key)
    return deal
