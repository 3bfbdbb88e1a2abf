"""Working hours as one writes them: `9:00-12:30, 13:30-17:00`."""

import re
from collections.abc import Sequence

from songsheet.team.hours.calendar import Hours, sound_hours

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-\N{EN DASH}]\s*(\d{1,2})(?:[:.](\d{2}))?")


def read_hours(text: str) -> Hours:
    """The hours of a day; a ValueError says how to write them."""
    spans = []
    for part in filter(None, (one.strip() for one in text.split(","))):
        found = _SPAN.fullmatch(part)
        if not found or int(found[2] or 0) > 59 or int(found[4] or 0) > 59:
            raise ValueError("Write hours like 9:00-12:30, 13:30-17:00, or leave the day empty.")
        opens, shuts = (int(found[i]) * 60 + int(found[i + 1] or 0) for i in (1, 3))
        spans.append((opens, shuts))
    return sound_hours(spans)


def write_hours(hours: Sequence[Sequence[int]]) -> str:
    """The hours of a day as `read_hours` reads them."""
    return ", ".join(f"{_time(opens)}-{_time(shuts)}" for opens, shuts in hours)


def _time(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"
