"""What handoffs do when a promise slips: what the heads did not decide in time is the owner's to decide."""

from songsheet.clocks.events import ClockBreached
from songsheet.handoffs.answer_actions import pass_to_owner
from songsheet.journal.entries import Entry
from songsheet.journal.reader import Reader
from songsheet.team.acting import as_system
from songsheet.team.queries import now


def not_decided(entry: Entry[ClockBreached]) -> None:
    """A head owed a decision on a disputed return, and its time is over."""
    event = entry.event
    if event.about.startswith("return_"):
        pass_to_owner(event.about, event.clock, by=as_system("returns"), at=now(), because=entry)


READER = Reader("handoffs.returns", handles={ClockBreached: not_decided}, since="now")
