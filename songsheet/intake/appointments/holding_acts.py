"""Whose time a meeting takes: held under a lock of its members, so that of many at once one has it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from songsheet.base import bulk
from songsheet.base.time import day_of
from songsheet.buyers.known import people_meant
from songsheet.intake.appointments.errors import TimeTaken
from songsheet.intake.appointments.finding import team_of
from songsheet.intake.appointments.models import Meeting
from songsheet.intake.appointments.offer import Offer
from songsheet.intake.appointments.queries import booked_in_week
from songsheet.leads.models import OPEN_STATES, Lead
from songsheet.team.models import Member
from songsheet.team.queries import house

REALM = 43
#: So long a time is held for who has still to press the button.
HELD_FOR = timedelta(minutes=30)
State = Meeting.State


def take_time(meeting: Meeting, offer: Offer, *, at: datetime) -> None:
    """Give it a member who is free then, in the act that is open; refused where nobody is."""
    bulk.hold(REALM, offer.members)
    let_go(offer.members, at=at, but=meeting)
    free = team_of(offer, at=at, but=meeting).free_at(meeting.begins_at)
    if not free:
        raise TimeTaken
    meeting.member = _chosen(free, meeting, offer)
    meeting.ends_at = meeting.begins_at + offer.length
    meeting.title, meeting.before, meeting.after = offer.title, offer.before, offer.after


def let_go(members: Sequence[str], *, at: datetime, but: Meeting | None = None) -> int:
    """Times that were held and not confirmed are free again; what was typed waits three days more."""
    over = Meeting.objects.filter(state=State.WAITS, held_until__lte=at)
    over = over.filter(member__key__in=members) if members else over
    over = over.exclude(pk=but.pk) if but and but.pk else over
    # who is just about to confirm one of them keeps it
    ids = list(
        over.select_for_update(of=("self",), no_key=True, skip_locked=True).values_list("id", flat=True)
    )
    return Meeting.objects.filter(id__in=ids).update(state=State.LAPSED, held_until=None)


def _chosen(free: Sequence[Member], meeting: Meeting, offer: Offer) -> Member:
    """Whoever has it already, or has a lead of this buyer; else who has the fewest meetings in that week."""
    by_id = {one.pk: one for one in free}
    if meeting.member_id in by_id:
        return by_id[meeting.member_id]
    if len(free) == 1:
        return free[0]
    owner = open_lead_of(meeting.mail)
    if owner is not None and owner.owner_id in by_id:
        return by_id[owner.owner_id]
    since, until = _week_of(meeting.begins_at)
    load = booked_in_week(free, since, until)
    return min(free, key=lambda one: (load.get(one.pk, 0), one.pk))


def open_lead_of(mail: str) -> Lead | None:
    """The open lead of whoever has this address, one that somebody has before one that waits."""
    meant = people_meant((), [mail], ()) if mail else []
    if not meant:
        return None
    theirs = Q(person__in=meant) | Q(person__root__in=meant)
    found = Lead.objects.filter(theirs, gone_at=None, at_rest=False, state__in=OPEN_STATES)
    leads = list(found.order_by("-came_at", "-id")[:20])
    return next((one for one in leads if one.owner_id), next(iter(leads), None))


def _week_of(instant: datetime) -> tuple[datetime, datetime]:
    zone = ZoneInfo(house().zone)
    day = day_of(instant, zone)
    monday = day - timedelta(days=day.weekday())
    since = datetime.combine(monday, datetime.min.time(), zone)
    return since, since + timedelta(days=7)
