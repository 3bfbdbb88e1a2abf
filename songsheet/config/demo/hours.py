"""When people of Aldermoor are at work."""

from datetime import UTC, datetime, time, timedelta
from random import Random

from songsheet.config.demo.company import ZONE


def at_work(at: datetime, rng: Random) -> datetime:
    """The instant itself in working hours, else some minutes after they begin again."""
    here = at.astimezone(ZONE)
    if here.weekday() < 5 and 9 <= here.hour < 17:
        return at
    day = here.date() + timedelta(days=here.hour >= 17 or here.weekday() >= 5)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return datetime.combine(day, time(9), ZONE).astimezone(UTC) + timedelta(minutes=rng.uniform(2, 95))
