"""Times in words: how long ago, how much is left, which day. `now` is passed in; days are the reader's."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.dateformat import format as formatted
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from songsheet.ui.components.html import attributes, markup, safe

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def exact(at: datetime) -> str:
    """The instant in full, in the reader's zone: `Tuesday 12 May 2026, 10:52 CEST`."""
    there = localtime(at)  # said hundreds of times on a page: Django's own format takes ten times as long
    weekdays, months = _names(get_language())
    day = f"{weekdays[there.weekday()]} {there.day} {months[there.month - 1]} {there.year}"
    return f"{day}, {there:%H:%M %Z}"


@cache
def _names(language: str | None) -> tuple[list[str], list[str]]:
    """Weekdays and months in the language of this request."""
    return [str(one) for one in WEEKDAYS.values()], [str(one) for one in MONTHS.values()]


def clock_time(at: datetime) -> str:
    """`9:05`."""
    there = localtime(at)
    return f"{there.hour}:{there:%M}"


def short_day(day: date, today: date) -> str:
    """`30 April`, with the year where it is another one."""
    month = _names(get_language())[1][day.month - 1]
    return f"{day.day} {month}" if day.year == today.year else f"{day.day} {month} {day.year}"


def relative(at: datetime, now: datetime) -> str:
    """How far an instant is from now, as one would say it: `41 min ago`, `yesterday 12:02`, `30 April`."""
    return _ahead(at, now) if at > now else _behind(at, now)


def _behind(at: datetime, now: datetime) -> str:
    passed, today, day = now - at, localtime(now).date(), localtime(at).date()
    if passed < MINUTE:
        return _("just now")
    if passed < HOUR:
        return _("%(n)s min ago") % {"n": passed // MINUTE}
    if day == today:
        return _("%(n)s h ago") % {"n": passed // HOUR}
    if today - day == DAY:
        return _("yesterday %(time)s") % {"time": clock_time(at)}
    return short_day(day, today)


def _ahead(at: datetime, now: datetime) -> str:
    wait, today, day = at - now, localtime(now).date(), localtime(at).date()
    if wait < MINUTE:
        return _("now")
    if wait < HOUR:
        return _("in %(n)s min") % {"n": wait // MINUTE}
    if day == today:
        return _("today %(time)s") % {"time": clock_time(at)}
    return _from_tomorrow(at, today)


def _from_tomorrow(at: datetime, today: date) -> str:
    """`Thu 17:00` within the week, `21 May` beyond it."""
    day = localtime(at).date()
    if day - today < 7 * DAY:
        return f"{formatted(day, 'D')} {clock_time(at)}"
    return short_day(day, today)


def when(at: datetime, now: datetime, *, style: str = "relative", live: bool = True) -> SafeString:
    """A moment. `style="story"`: the time of day unless within the hour, because the day stands above it."""
    if style not in {"relative", "story"}:
        raise ValueError(f"a moment has the style relative or story, not {style!r}")
    within_the_hour = timedelta() <= now - at < HOUR
    says = relative(at, now) if style == "relative" or within_the_hour else clock_time(at)
    ticks = " data-ago" if live and within_the_hour else ""
    return SafeString(
        f'<time datetime="{at.isoformat()}" title="{safe(exact(at))}"{ticks}>{safe(says)}</time>'
    )


@dataclass(frozen=True)
class DayHeading:
    """`Today` and `Tuesday 12 May`; a day long ago needs no second name."""

    name: str
    also: str


def day_heading(day: date, today: date) -> DayHeading:
    """The heading over one day of a story."""
    full = formatted(day, "l j F" if day.year == today.year else "l j F Y")
    days = (today - day).days
    if days == 0:
        return DayHeading(_("Today"), full)
    if days == 1:
        return DayHeading(_("Yesterday"), full)
    if days == -1:
        return DayHeading(_("Tomorrow"), full)
    if 13 <= days < 60:
        weeks = round(days / 7)
        return DayHeading(full, ngettext("%(n)s week ago", "%(n)s weeks ago", weeks) % {"n": apnumber(weeks)})
    return DayHeading(full, "")


def time_left(due: datetime, now: datetime) -> str:
    """`40 min left`, `2 h 19 left`, from tomorrow on `Thu 17:00`; `1 h late` once it has passed."""
    today = localtime(now).date()
    if due <= now:
        return _late(now - due)
    if localtime(due).date() > today:
        return _from_tomorrow(due, today)
    minutes = -((now - due) // MINUTE)  # the minute that has begun counts
    if minutes < 60:
        return _("%(n)s min left") % {"n": minutes}
    hours, rest = divmod(minutes, 60)
    return _("%(h)s h %(m)02d left") % {"h": hours, "m": rest} if rest else _("%(h)s h left") % {"h": hours}


def _late(by: timedelta) -> str:
    if by < HOUR:
        return _("%(n)s min late") % {"n": max(1, by // MINUTE)}
    if by < DAY:
        return _("%(n)s h late") % {"n": by // HOUR}
    return ngettext("%(n)s day late", "%(n)s days late", by.days) % {"n": by.days}


def share_left(due: datetime, now: datetime, since: datetime | None) -> int:
    """The part of a promise that is left, in hundredths; without a beginning it is measured over a day."""
    whole = due - since if since else DAY
    if whole <= timedelta():
        return 0
    return round(100 * min(1.0, max(0.0, (due - now) / whole)))


def left(
    due: datetime,
    now: datetime,
    *,
    since: datetime | None = None,
    soon: datetime | None = None,
    about: str = "",
) -> SafeString:
    """A ring that empties, and the words.

    `since` is when the promise began. From `soon` on it warns (a working hour before `due`, which the clocks
    know; one hour where it is not told). `about` names the promise when its change of state is read aloud.
    """
    from_then = soon or due - HOUR
    state = "late" if due <= now else "soon" if from_then <= now else ""
    ring = markup(
        '<svg viewBox="0 0 16 16" aria-hidden="true"><circle class="whole" cx="8" cy="8" r="5.5"></circle>'
        '<circle class="rest" cx="8" cy="8" r="5.5" pathLength="100" stroke-dasharray="{} 100"></circle>'
        "</svg>",
        share_left(due, now, since),
    )
    marks = {
        "class": f"left {state}".strip(),
        "datetime": due.isoformat(),
        "title": _("Due %(time)s") % {"time": exact(due)},
        "data-left": True,
        "data-since": since.isoformat() if since else None,
        "data-soon": from_then.isoformat(),
        "data-about": about,
    }
    return markup("<time{}>{}<span>{}</span></time>", attributes(marks), ring, time_left(due, now))


def page_words() -> dict[str, str]:
    """What the page's script says between two answers of the server, in the reader's language."""
    return {
        "justNow": _("just now"),
        "minAgo": _("%(n)s min ago"),
        "hAgo": _("%(n)s h ago"),
        "minLeft": _("%(n)s min left"),
        "hLeft": _("%(h)s h left"),
        "hMinLeft": _("%(h)s h %(m)02d left"),
        "minLate": _("%(n)s min late"),
        "hLate": _("%(n)s h late"),
        "today": _("today %(time)s"),
        "yesterday": _("yesterday %(time)s"),
        "soon": _("%(what)s: %(left)s"),
        "failed": _("The server could not do this."),
        "offline": _("The server did not answer; the connection may be down."),
        "kept": _("Nothing was changed, and what you typed is still here."),
    }
