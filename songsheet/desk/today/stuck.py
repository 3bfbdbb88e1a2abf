"""Leads that need somebody, on the Today of who answers for their queue and of whoever leads."""

from datetime import datetime

from songsheet.leads.routing.queries import Stuck, stuck
from songsheet.team.acting import Acting
from songsheet.team.roles import Right


def stuck_for(viewer: Acting, *, at: datetime) -> list[tuple[Stuck, str]]:
    """What waits that nobody could take, and what lies with who is away, each with where it is mended: all of
    it for whoever gives leads, one's own queues for others."""
    if not viewer.may(Right.WORK):
        return []
    mine = viewer.member.id if viewer.member else None
    leads = viewer.may(Right.OFFER)
    return [
        (one, f"/routing?owner={one.key}&worked_on=1" if one.kind == "member" else f"/leads?queue={one.key}")
        for one in stuck(at)
        if leads or one.responsible == mine
    ]
