"""Reads of verdicts: what a viewer sees, what somebody owes, what stands about a lead or a campaign."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from songsheet.handoffs.verdicts.errors import NoSuchVerdict
from songsheet.handoffs.verdicts.models import Verdict
from songsheet.leads.models import Lead
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.roles import Right, Side
from songsheet.touches.models import Campaign

_WITH = ("lead", "lead__person", "lead__campaign", "campaign", "given_by", "owes", "answered_by", "clock")


def verdicts_seen_by(viewer: Acting) -> QuerySet[Verdict]:
    """The verdicts that the viewer may see, with what a row of the list shows."""
    return _verdicts(viewer, gone_at=None)


def archived_verdicts(viewer: Acting) -> QuerySet[Verdict]:
    """The verdicts that were taken back."""
    return _verdicts(viewer, gone_at__isnull=False)


def _verdicts(viewer: Acting, **which: Any) -> QuerySet[Verdict]:
    viewer.must(Right.LOOK)
    found = Verdict.objects.filter(**which).select_related(*_WITH)
    return found.prefetch_related("lead__person__root")


def verdict_for(viewer: Acting, key: str) -> Verdict:
    """One verdict that the viewer may see."""
    found = verdicts_seen_by(viewer).filter(key=key).first()
    if found is None:
        raise NoSuchVerdict(key)
    return found


def held_verdict(key: str) -> Verdict:
    """One verdict locked until the act ends, with what it is on as that stands."""
    held = Verdict.objects.filter(key=key, gone_at=None).select_for_update(of=("self",), no_key=True)
    if held.first() is None:
        raise NoSuchVerdict(key)
    return Verdict.objects.select_related(*_WITH).get(key=key)


def on(viewer: Acting, thing: Lead | Campaign) -> list[Verdict]:
    """What was said of a lead or a campaign, the newest first."""
    which = {"lead": thing} if isinstance(thing, Lead) else {"campaign": thing}
    return list(verdicts_seen_by(viewer).filter(**which).order_by("-at", "-id")[:20])


def counted_on(viewer: Acting, campaign: Campaign) -> dict[str, int]:
    """How often each was said of a campaign and of the leads that it brought."""
    found = verdicts_seen_by(viewer).filter(Q(campaign=campaign) | Q(lead__campaign=campaign))
    return dict(found.order_by().values_list("says").annotate(Count("id")))


def concerning(viewer: Acting, member: Member, since: datetime, most: int = 20) -> list[Verdict]:
    """The verdicts that wait for a member's answer, and theirs that were answered since; the newest first."""
    owed = Q(state=Verdict.State.OWED, owes=member)
    theirs = Q(given_by=member, answered_at__gte=since)
    return list(verdicts_seen_by(viewer).filter(owed | theirs).order_by("-at", "-id")[:most])


def may_judge(viewer: Acting, lead: Lead) -> bool:
    """Whose lead it is judges it once they accepted it, and who gives leads; marketing does not."""
    member = viewer.member
    if member is None or not viewer.may(Right.WORK) or member.side == Side.MARKETING:
        return False
    accepted = lead.state not in (Lead.State.NEW, Lead.State.QUALIFIED, Lead.State.OFFERED)
    return accepted and not lead.at_rest and (lead.owner_id == member.id or viewer.may(Right.OFFER))
