"""Days in filters and columns: a day is a span of instants, so that an index on the instant serves it."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_current_timezone


def start_of(day: str) -> datetime:
    """The first instant of a day written as ISO 8601; ValueError otherwise."""
    return datetime.combine(date.fromisoformat(day), time.min, get_current_timezone())


def end_of(day: str) -> datetime:
    """The first instant after that day."""
    return datetime.combine(date.fromisoformat(day) + timedelta(days=1), time.min, get_current_timezone())


def in_words(day: date | None) -> str:
    """A day as people write it."""
    return f"{day:%-d %b %Y}" if day else ""


def iso(value: datetime | date | None) -> str | None:
    """As ISO 8601, or None."""
    return value.isoformat() if value else None
