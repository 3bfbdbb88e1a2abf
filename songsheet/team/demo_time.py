"""Where the demo's clock can be moved to: later the same day, or to the next Monday."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from songsheet.team.errors import NoSuchJump

#: Targets of `/demo/jump` and the words on their buttons.
JUMPS: dict[str, str] = {"17:00": "17:00", "next-monday": "next Monday"}


def jump_target(target: str, *, at: datetime, zone: str) -> datetime:
    """The instant that a jump leads to: the next 17:00, or 9:00 of the next Monday, in the house's zone."""
    if target not in JUMPS:
        raise NoSuchJump(f"The demo can jump to {' or '.join(JUMPS)}. Take one of these.", field="target")
    here = at.astimezone(ZoneInfo(zone))
    if target == "17:00":
        day, hour = here.date() + timedelta(days=here.hour >= 17), time(17)
    else:
        day, hour = here.date() + timedelta(days=7 - here.weekday()), time(9)
    return datetime.combine(day, hour, ZoneInfo(zone))
