"""Webhooks hear everything that happens live; history is not sent."""

from typing import Any

from songsheet.beside.jobs import send_soon
from songsheet.beside.sending_actions import note_deliveries
from songsheet.journal.entries import Entry
from songsheet.journal.reader import Reader
from songsheet.team.queries import now


def tell(entries: list[Entry[Any]]) -> None:
    """Keep deliveries, and have them sent."""
    for key in note_deliveries(entries, now()):
        send_soon(key)


READER = Reader("beside.webhooks", batch=tell, since="now")
