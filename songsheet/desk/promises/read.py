"""How promises were kept: what fell due in some months, put together by person, tier and month."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from songsheet.clocks.kinds import KINDS
from songsheet.journal.sql import rows
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

MONTHS = 12
#: Each contact keeps the promise of the last, or was late, and makes the next one.
COUNTED = tuple(KINDS)
#: Who owes it → what the column is called.
SIDES = {
    "sales": gettext_lazy("Sales to marketing"),
    "marketing": gettext_lazy("Marketing to sales"),
    "asked": gettext_lazy("To whoever asks us"),
}
#: What stands for no member and no tier in an address.
NONE = "none"
_SQL = """
select clock.kind, coalesce(member.key, ''), coalesce(member.name, ''),
       coalesce(lead.tier, its.tier, ''),
       to_char(clock.due_at at time zone %(zone)s, 'YYYY-MM'),
       count(*) filter (where clock.state = 'kept'), count(*) filter (where clock.state <> 'kept')
  from clocks_clock clock left join team_member member on member.id = clock.member_id
  left join leads_lead lead on lead.key = clock.about
  left join handoffs_return back on back.key = clock.about
  left join handoffs_verdict verdict on verdict.key = clock.about
  left join deals_deal deal on deal.key = clock.about
  left join leads_lead its on its.id = coalesce(back.lead_id, verdict.lead_id, deal.lead_id)
 where clock.due_at >= %(since)s and clock.due_at < %(until)s and clock.kind = any(%(kinds)s)
   and (clock.state in ('kept', 'broken') or clock.state = 'running' and clock.due_at < %(at)s)
 group by 1, 2, 3, 4, 5"""


@dataclass(frozen=True)
class Period:
    """Months from one to another, both included, each by its first day."""

    first: date
    last: date

    @property
    def until(self) -> date:
        """The first day after it."""
        return _next(self.last)

    @property
    def months(self) -> list[str]:
        """As `2026-05`."""
        found, month = [], self.first
        while month <= self.last:
            found.append(f"{month:%Y-%m}")
            month = _next(month)
        return found

    def instants(self, zone: str) -> tuple[datetime, datetime]:
        """From when until when it lasts in a zone."""
        begin, end = (datetime.combine(day, time(), ZoneInfo(zone)) for day in (self.first, self.until))
        return begin, end


@dataclass(frozen=True)
class Line:
    """Promises of one person, tier or month; `asks` is what in an address asks for them."""

    name: str
    kept: int
    missed: int
    asks: str

    @property
    def whole(self) -> int:
        """How many there were."""
        return self.kept + self.missed

    @property
    def share(self) -> int:
        """How many of a hundred were kept."""
        return round(100 * self.kept / self.whole) if self.whole else 0


@dataclass(frozen=True)
class Direction:
    """What one side promised the other."""

    side: str
    title: str
    sums: Line
    members: list[Line]
    tiers: list[Line]
    months: list[Line]


@dataclass(frozen=True)
class _Counted:
    side: str
    member: tuple[str, str]
    tier: str
    month: str
    kept: int
    missed: int


def promises(viewer: Acting, period: Period, *, at: datetime, zone: str) -> list[Direction]:
    """Both directions, and what is owed to whoever asks us: what fell due in the
    period, and what was kept before it was due then."""
    viewer.must(Right.LOOK)
    since, until = period.instants(zone)
    asked = {"zone": zone, "since": since, "until": until, "kinds": list(COUNTED), "at": at}
    found = [
        _Counted(KINDS[kind].side, (name, key), tier, month, kept, missed)
        for kind, key, name, tier, month, kept, missed in rows(_SQL, asked)
    ]
    return [_direction(side, [one for one in found if one.side == side], period) for side in SIDES]


def _direction(side: str, found: Sequence[_Counted], period: Period) -> Direction:
    days = {"from": period.first.isoformat(), "until": (period.until - timedelta(days=1)).isoformat()}

    def line(name: str, of: Sequence[_Counted], **asks: str) -> Line:
        query = urlencode({"side": side, **days, **asks})
        return Line(name, sum(one.kept for one in of), sum(one.missed for one in of), query)

    def lines(by: Callable[[_Counted], tuple[str, str]], asks: str, nothing: str) -> list[Line]:
        groups = sorted({by(one) for one in found})
        made = [
            line(name or nothing, [one for one in found if by(one) == (name, value)], **{asks: value or NONE})
            for name, value in groups
        ]
        return sorted(made, key=lambda one: -one.missed)

    months = [
        line(called(first), [one for one in found if one.month == month], **_days_of(first))
        for month in reversed(period.months)
        if (first := date.fromisoformat(f"{month}-01"))
    ]
    return Direction(
        side,
        str(SIDES[side]),
        line(str(SIDES[side]), found),
        lines(lambda one: one.member, "member", _("Nobody")),
        lines(lambda one: (one.tier, one.tier), "tier", _("No tier")),
        [one for one in months if one.whole],
    )


def called(month: date) -> str:
    """`May 2026`."""
    return str(formatted(month, "F Y"))


def _days_of(first: date) -> dict[str, str]:
    return {"from": first.isoformat(), "until": (_next(first) - timedelta(days=1)).isoformat()}


def _next(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def back(month: date, months: int) -> date:
    """The first day of the month so many before."""
    years, number = divmod(month.year * 12 + month.month - 1 - months, 12)
    return date(years, number + 1, 1)
