"""Meetings as calendars read them (RFC 5545): the file in a mail, the feed of a member. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from icalendar import Calendar, Event

Method = Literal["PUBLISH", "CANCEL"]
_PRODUCT = "-//Songsheet//Appointments//EN"


@dataclass(frozen=True, slots=True)
class Entry:
    """One meeting as a calendar shows it. `number` grows with each change, so that the latest one counts."""

    uid: str
    begins: datetime
    ends: datetime
    title: str
    place: str
    number: int
    written: datetime
    cancelled: bool = False


def calendar_of(entries: Iterable[Entry], *, method: Method = "PUBLISH", name: str = "") -> bytes:
    """The calendar with these meetings."""
    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("method", method)
    if name:
        made.add("x-wr-calname", name)
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", entry.written)
        event.add("dtstart", entry.begins)
        event.add("dtend", entry.ends)
        event.add("summary", entry.title)
        event.add("sequence", entry.number)
        event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
        if entry.place:
            event.add("location", entry.place)
        made.add_component(event)
    return bytes(made.to_ical())
