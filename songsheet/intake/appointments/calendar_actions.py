"""Calendars of members elsewhere: their addresses are sealed, their busy times read; theirs read ours."""

import hashlib
import secrets
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from songsheet.doors.http import NotATarget, NotSent, fetch, must_be_a_target
from songsheet.intake.appointments.busy import NotACalendar, busy_times
from songsheet.intake.appointments.errors import CalendarRefused, NoSuchCalendar
from songsheet.intake.appointments.events import CalendarAdded, CalendarTakenOut, FeedEnded, FeedMade
from songsheet.intake.appointments.models import BusyFeed, MeetingFeed
from songsheet.intake.hooks.sealing import opened, seal
from songsheet.journal.act import act
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.roles import Right

MOST_CALENDARS = 10
#: A calendar is read up to so many bytes, for so long ahead.
LARGEST, AHEAD = 5 * 2**20, timedelta(days=200)
_DAY = timedelta(days=1)


def add_calendar(url: str, *, by: Acting, at: datetime) -> BusyFeed:
    """Let a calendar of one's own say when one is busy; its address is a secret and never shown again."""
    member = _me(by)
    plain = url.strip()
    if plain.lower().startswith("webcal://"):
        plain = f"https://{plain[len('webcal://') :]}"
    try:
        must_be_a_target(plain, 2000)
    except NotATarget as refusal:
        raise CalendarRefused(refusal.sentence, field="url") from None
    with act(by=by.actor, at=at) as record:
        Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        if BusyFeed.objects.filter(member=member, gone_at=None).count() >= MOST_CALENDARS:
            raise CalendarRefused(
                f"At most {MOST_CALENDARS} calendars are read. Take one out first.", field="url"
            )
        host = urlsplit(plain).hostname or ""
        feed = BusyFeed.objects.create(member=member, host=host[:253], sealed=seal(plain), made_at=at)
        record(CalendarAdded(calendar=feed.key, member=member.key))
    return feed


def take_calendar_out(key: str, *, by: Acting, at: datetime) -> None:
    """It is not read any more; its address and what it said are forgotten."""
    member = _me(by)
    with act(by=by.actor, at=at) as record:
        feed = (
            BusyFeed.objects.select_for_update(no_key=True)
            .filter(key=key, member=member, gone_at=None)
            .first()
        )
        if feed is None:
            raise NoSuchCalendar
        feed.gone_at, feed.sealed, feed.busy, feed.failure = at, "", [], ""
        feed.save()
        record(CalendarTakenOut(calendar=feed.key, member=member.key))


def read_calendar(key: str, *, at: datetime) -> bool:
    """Ask for a calendar and keep its busy times; where it fails what was read before stays."""
    feed = BusyFeed.objects.select_related("member").filter(key=key, gone_at=None).first()
    if feed is None:
        return False
    busy, failure = _busy(feed, at)
    stands = BusyFeed.objects.filter(pk=feed.pk, gone_at=None)
    if busy is None:
        stands.update(asked_at=at, failure=failure)
        return False
    stands.update(asked_at=at, read_at=at, failure="", busy=[list(pair) for pair in busy])
    return True


def read_mine(key: str, *, by: Acting, at: datetime) -> BusyFeed:
    """Have one's own calendar read now."""
    found = BusyFeed.objects.filter(key=key, member=_me(by), gone_at=None).first()
    if found is None:
        raise NoSuchCalendar
    read_calendar(key, at=at)
    found.refresh_from_db()
    return found


def due_for_reading() -> list[str]:
    """The calendars of whoever works here."""
    found = BusyFeed.objects.filter(gone_at=None, member__state=Member.State.ACTIVE)
    return list(found.order_by("asked_at", "id").values_list("key", flat=True)[:2_000])


def make_feed(*, by: Acting, at: datetime) -> tuple[MeetingFeed, str]:
    """A secret address for one's own calendar, shown once; the one before it is over."""
    member = _me(by)
    token = secrets.token_urlsafe(24)
    with act(by=by.actor, at=at) as record:
        MeetingFeed.objects.filter(member=member, ended_at=None).update(ended_at=at)
        feed = MeetingFeed.objects.create(member=member, token_hash=hash_of(token), made_at=at)
        record(FeedMade(feed=feed.key, member=member.key))
    return feed, token


def end_feed(*, by: Acting, at: datetime) -> None:
    """Nobody reads appointments there any more."""
    member = _me(by)
    with act(by=by.actor, at=at) as record:
        feeds = list(MeetingFeed.objects.select_for_update(no_key=True).filter(member=member, ended_at=None))
        for feed in feeds:
            feed.ended_at = at
            feed.save()
            record(FeedEnded(feed=feed.key, member=member.key))


def hash_of(token: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def _busy(feed: BusyFeed, at: datetime) -> tuple[list[tuple[int, int]] | None, str]:
    url = opened(feed.sealed)
    if url is None:
        return None, "Its address cannot be read any more. Take it out and give it again."
    try:
        answer = fetch(url, most=LARGEST, accept="text/calendar, */*;q=0.1")
        if answer.code != 200:
            return None, f"It answers {answer.code} and no calendar."
        zone = feed.member.zone
        return busy_times(answer.text, zone=zone, since=at - _DAY, until=at + AHEAD), ""
    except (NotSent, NotATarget) as error:
        return None, f"It cannot be reached: {error}."[:200]
    except NotACalendar as error:
        return None, str(error)


def _me(by: Acting) -> Member:
    if not by.may(Right.FRONT):
        by.must(Right.ANSWER)
    if by.member is None:
        raise NoSuchCalendar
    return by.member
