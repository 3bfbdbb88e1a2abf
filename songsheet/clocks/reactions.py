"""What clocks do when hours changed: what goes by them is counted anew, in the background."""

from songsheet.clocks.jobs import HOUSE, enqueue
from songsheet.journal.entries import Entry
from songsheet.journal.events import Event
from songsheet.journal.reader import Reader
from songsheet.team.events import HouseChanged, MemberChanged
from songsheet.team.hours.events import OF_CALENDARS

#: What of a member or the house makes another calendar.
_FIELDS = {"zone", "country"}


def hours_changed(entries: list[Entry[Event]]) -> None:
    """A member's calendar, or with the house's everybody's, is another one."""
    whose = {_whose(entry.event) for entry in entries} - {""}
    for who in {HOUSE} if HOUSE in whose else sorted(whose):
        enqueue(who)


def _whose(event: Event) -> str:
    if isinstance(event, HouseChanged | MemberChanged) and not _FIELDS & set(event.fields.split(", ")):
        return ""
    return getattr(event, "member", None) or HOUSE


READER = Reader(
    "clocks.recount", batch=hours_changed, hears=(*OF_CALENDARS, HouseChanged, MemberChanged), since="now"
)
