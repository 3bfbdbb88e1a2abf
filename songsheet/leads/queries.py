"""Reads of leads: what a viewer sees, and one lead held for change."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, QuerySet, prefetch_related_objects

from songsheet.base import bulk
from songsheet.buyers.queries import MAILS, read_wholes
from songsheet.leads.errors import NoSuchLead
from songsheet.leads.models import OPEN_STATES, Lead
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

_NAMED = "select lead_id from leads_judgement where lead_id = any(%s::bigint[]) and account <> ''"


def seen_by(viewer: Acting) -> QuerySet[Lead]:
    """The leads that the viewer may see, with what a row of the list shows."""
    return _leads(viewer, gone_at=None)


def archived_leads(viewer: Acting) -> QuerySet[Lead]:
    """The leads that were archived."""
    return _leads(viewer, gone_at__isnull=False)


def _leads(viewer: Acting, **which: Any) -> QuerySet[Lead]:
    viewer.must(Right.LOOK)
    return Lead.objects.filter(**which).select_related(
        "person", "person__company", "company", "owner", "queue", "source", "campaign", "clock"
    )


def read_buyers(leads: Sequence[Lead], names: Sequence[str]) -> None:
    """What columns of these names say of the buyers of these leads of `seen_by`, read for all of them."""
    people = [lead.person for lead in leads]
    read_wholes(people, [lead.company for lead in leads])
    if "mail" in names:
        prefetch_related_objects(people, MAILS)
    if leads and ("tier" in names or not names):
        named = bulk.rows(_NAMED, [[lead.id for lead in leads]])
        for lead in leads:
            lead.is_named_account = (lead.id,) in named


def lead_for(viewer: Acting, key: str) -> Lead:
    """One lead that the viewer may see."""
    lead = seen_by(viewer).filter(key=key).first()
    if lead is None:
        raise NoSuchLead(key)
    return lead


def held(key: str) -> Lead:
    """One lead locked until the act ends."""
    lead = held_leads([key]).get(key)
    if lead is None:
        raise NoSuchLead(key)
    return lead


def held_leads(keys: Sequence[str], *, hands: bool = True) -> dict[str, Lead]:
    """These leads by key, locked in the order of their ids until the act ends, without those that are gone.

    Read after they are locked: a row that was waited for comes with its own new values, but with old joins.
    With their `hands` (owner, queue, clock) where those are asked of every one.
    """
    chosen = Lead.objects.filter(key__in=keys, gone_at=None).order_by("id")
    ids = list(chosen.select_for_update(no_key=True).values_list("id", flat=True))
    related = Lead.objects.select_related("person")
    if hands:
        related = related.select_related("owner", "queue", "queue__responsible", "clock", "clock__member")
    return {lead.key: lead for lead in related.filter(id__in=ids).order_by("id")}


def open_by_owner() -> dict[int, int]:
    """How many open leads each member has who has any, by the member's id."""
    owned = Lead.objects.filter(gone_at=None, state__in=OPEN_STATES, owner__isnull=False)
    return dict(owned.order_by().values_list("owner").annotate(Count("id")))


def takeable(viewer: Acting, ids: Sequence[int]) -> list[tuple[str, int]]:
    """Key and version of those of these leads that are open and that nobody has."""
    free = seen_by(viewer).filter(id__in=ids, owner=None, state__in=OPEN_STATES)
    return list(free.order_by("id").prefetch_related(None).values_list("key", "version"))
