"""Reads of deals: what a viewer sees."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from songsheet.buyers.queries import read_wholes
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
    return Deal.objects.filter(**which).select_related(
        "lead__person", "lead__person__company", "person", "company", "owner", "stage", "campaign"
    )


def read_buyers(deals: Sequence[Deal], _names: Sequence[str]) -> None:
    """What columns say of the merged buyers of these deals of `seen_by`, read for all of them."""
    read_wholes([deal.lead.person for deal in deals], [deal.company for deal in deals])


def deal_for(viewer: Acting, key: str) -> Deal:
    """One deal that the viewer may see."""
    deal = seen_by(viewer).filter(key=key).first()
    if deal is None:
        raise NoSuchDeal(key)
    return deal


def held(key: str) -> Deal:
    """One deal locked until the act ends."""
    deal = held_deals([key]).get(key)
    if deal is None:
        raise NoSuchDeal(key)
    return deal


def held_deals(keys: Sequence[str]) -> dict[str, Deal]:
    """These deals by key, locked in the order of their ids until the act ends, without those that are gone;
    what they refer to is read after the lock."""
    found = Deal.objects.filter(key__in=keys, gone_at=None).order_by("id").select_for_update(no_key=True)
    ids = list(found.values_list("id", flat=True))
    related = Deal.objects.select_related("lead", "person", "owner", "stage")
    return {deal.key: deal for deal in related.filter(id__in=ids).order_by("id")}
