"""Reads of deals: what a viewer sees."""

from django.db.models import QuerySet

from songsheet.deals.models import Deal
from songsheet.team.acting import Acting
from songsheet.team.roles import Right


def seen_by(viewer: Acting) -> QuerySet[Deal]:
    """The deals that the viewer may see, with what a row of the list shows."""
    viewer.must(Right.LOOK)
    return Deal.objects.filter(gone_at=None).select_related(
        "lead__person", "lead__person__company", "person", "company", "owner", "stage", "campaign"
    )
