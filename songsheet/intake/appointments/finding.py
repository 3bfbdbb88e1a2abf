"""When the members of a page are free: hours, leave, meetings and calendars elsewhere put together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from songsheet.intake.appointments.free import Taken, Wish, free_times
from songsheet.intake.appointments.models import BusyFeed, Meeting
from songsheet.intake.appointments.offer import Offer
from songsheet.team.hours.calendars import Calendars, calendars
from songsheet.team.hours.models import Leave
from songsheet.team.models import Member

_DAY = timedelta(days=1)
#: So much is looked at at once; who shows days asks again for the next ones.
STRETCH = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Team:
    """The members of a page who work here still, with what takes their time, by id."""

    offer: Offer
    members: list[Member]
    calendars: Calendars
    taken: dict[int, list[Taken]]
    at: datetime

    @property
    def opens(self) -> datetime:
        """Nothing begins before."""
        return self.at + timedelta(hours=self.offer.notice)

    @property
    def ends(self) -> datetime:
        """Nothing begins after so many days."""
        return self.at + self.offer.days * _DAY

    def between(self, since: datetime, until: datetime) -> dict[datetime, list[Member]]:
        """The instants at which a meeting can begin, in order, each with who is free."""
        since, until = max(since, self.opens), min(until, self.ends)
        found: dict[datetime, list[Member]] = {}
        for member in self.members if since < until else ():
            for instant in self._of(member, since, until):
                found.setdefault(instant, []).append(member)
        return dict(sorted(found.items()))

    def free_at(self, instant: datetime) -> list[Member]:
        """Who is free for a meeting that begins then; nobody where it is no time of the page."""
        return self.between(instant, instant + timedelta(microseconds=1)).get(instant, [])

    def next_times(self, most: int) -> list[datetime]:
        """The first instants that are free."""
        since, found = self.opens, list[datetime]()
        while since < self.ends and len(found) < most:
            found += list(self.between(since, since + STRETCH))
            since += STRETCH
        return found[:most]

    def _of(self, member: Member, since: datetime, until: datetime) -> Iterator[datetime]:
        """A day more on both sides, so that times go in steps from where the stretch of work begins."""
        worked = self.calendars.of(member.pk).worked_between(since - 2 * _DAY, until + 2 * _DAY)
        offer = self.offer
        step, before, after = (timedelta(minutes=one) for one in (offer.step, offer.before, offer.after))
        wish = Wish(offer.length, step, before, after)
        return free_times(worked, self.taken[member.pk], wish, since=since, until=until)


def team_of(offer: Offer, *, at: datetime, but: Meeting | None = None) -> Team:
    """The members of a page with what takes their time; `but` is a meeting that is about to move."""
    members = list(Member.objects.active().filter(key__in=offer.members).order_by("id"))
    taken: dict[int, list[Taken]] = {one.pk: [] for one in members}
    for meeting in _meetings(members, at, but):
        assert meeting.member_id is not None
        room = timedelta(minutes=meeting.before), timedelta(minutes=meeting.after)
        taken[meeting.member_id].append(Taken(meeting.begins_at, meeting.ends_at, *room))
    for member, pairs in BusyFeed.objects.filter(member__in=members, gone_at=None).values_list(
        "member_id", "busy"
    ):
        taken[member] += [Taken(_instant(begins), _instant(ends)) for begins, ends in pairs]
    for leave in Leave.objects.filter(member__in=members, gone_at=None, until_on__gte=(at - _DAY).date()):
        zone = next(one.zone for one in members if one.pk == leave.member_id)
        taken[leave.member_id].append(_away(leave.from_on, leave.until_on, zone))
    return Team(offer, members, calendars(), taken, at)


def _meetings(members: Sequence[Member], at: datetime, but: Meeting | None) -> list[Meeting]:
    """What is booked, and what is held for who is about to confirm it."""
    held = Q(state=Meeting.State.WAITS, held_until__gt=at) | Q(state=Meeting.State.BOOKED)
    found = Meeting.objects.filter(held, member__in=members, ends_at__gt=at - _DAY)
    return list(found.exclude(pk=but.pk) if but else found)


def _away(begin: date, until: date, zone: str) -> Taken:
    """Both days included, in the zone of who is away; also where a deputy answers for them."""
    here = ZoneInfo(zone)
    since, end = (datetime.combine(day, time.min, here) for day in (begin, until + _DAY))
    return Taken(since.astimezone(UTC), end.astimezone(UTC))


def _instant(minutes: int) -> datetime:
    return datetime.fromtimestamp(minutes * 60, UTC)
