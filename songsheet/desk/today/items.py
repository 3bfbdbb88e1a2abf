"""One line of a member's queue on Today."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from songsheet.buyers.models import Person


@dataclass(frozen=True)
class Item:
    """One line of the queue: who, what they want, until when, and why it is mine."""

    due: datetime
    since: datetime | None
    person: Person | None
    want: str
    why: str
    verb: str
    url: str
    take_url: str = ""
    return_url: str = ""
    version: int = 0
    soon: datetime | None = None
    done_url: str = ""
    change_url: str = ""
    answer_url: str = ""
    meeting_url: str = ""
    has_begun: bool = False

    @property
    def key(self) -> str:
        """By what the line is known: the record that it opens."""
        return self.url.rsplit("/", 1)[-1]

    @property
    def name(self) -> str:
        """The buyer, by name."""
        if self.person is None:
            return self.want
        return self.person.name or _("Somebody")

    @property
    def company(self) -> str:
        """Their company, where it is known."""
        return self.person.company.whole.name if self.person and self.person.company else ""
