"""Instants are UTC and aware; days belong to a zone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

__all__ = ["UTC", "day_of", "must_be_aware"]


def day_of(at: datetime, zone: str | ZoneInfo) -> date:
    """The calendar day of an instant in a zone."""
    must_be_aware(at)
    return at.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone).date()


def must_be_aware(at: datetime) -> datetime:
    """The instant itself; a naive one is a programming error."""
    if at.tzinfo is None:
        raise ValueError(f"{at!r} has no zone; instants are aware")
    return at
