"""Reads of leads: what a viewer sees, and one lead held for change."""

from django.db.models import Count, Prefetch, QuerySet

from songsheet.buyers.models import Mail
from songsheet.leads.errors import NoSuchLead
from songsheet.leads.models import OPEN_STATES, Lead
from songsheet.team.acting import Acting
from songsheet.team.roles import Right


def seen_by(viewer: Acting) -> QuerySet[Lead]:
    """The leads that the viewer may see, with what a row of the list shows."""
    viewer.must(Right.LOOK)
    return (
        Lead.objects.filter(gone_at=None)
        .select_related(
            "person", "person__company", "company", "owner", "queue", "source", "campaign", "clock"
        )
        .prefetch_related(Prefetch("person__mails", queryset=Mail.objects.filter(gone_at=None)))
    )


def lead_for(viewer: Acting, key: str) -> Lead:
    """One lead that the viewer may see."""
    lead = seen_by(viewer).filter(key=key).first()
    if lead is None:
        raise NoSuchLead(key)
    return lead


def held(key: str) -> Lead:
    """One lead locked until the act ends."""
    lead = Lead.objects.select_for_update(of=("self",)).filter(key=key, gone_at=None).first()
    if lead is None:
        raise NoSuchLead(key)
    return lead


def open_by_owner() -> dict[int, int]:
    """How many open leads each member has who has any, by the member's id."""
    owned = Lead.objects.filter(gone_at=None, state__in=OPEN_STATES, owner__isnull=False)
    return dict(owned.order_by().values_list("owner").annotate(Count("id")))
