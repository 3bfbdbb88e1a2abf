"""The plain records between the generator and the loader."""

from dataclasses import dataclass, field
from datetime import date, datetime

from songsheet.config.demo.company import Campaigning
from songsheet.config.demo.world import Buyer


@dataclass(slots=True)
class Bargain:
    """A deal; amounts in minor units."""

    state: str
    opened_at: datetime
    amount: int
    margin: int
    currency: str
    stage: str = ""
    closed_at: datetime | None = None
    reason: str = ""
    expected_on: date | None = None
    next_step: str = ""
    next_step_on: date | None = None
    at_rest: bool = False

    @property
    def is_open(self) -> bool:
        return self.state == "open"


@dataclass(slots=True)
class Interest:
    """A lead with what was drawn for it: who answered after how many hours, what came of it.

    `hours` None: nobody answered. `load`: the Guide's open leads when it came. `believes`: an untrue claim,
    or "". `quiet_days`: since when nothing happened; `reads`: still visits our pages; `also`: a second member
    who called. `back`: the code of the reason for which the Guide returned it, at `back_at`.
    """

    number: int
    came_at: datetime
    source: str
    campaign: Campaigning | None
    buyer: Buyer
    guide: str = ""
    queue: str = ""
    load: float = 0.0
    hours: float | None = None
    believes: str = ""
    wants: str = ""
    asks: str = ""
    seats: int = 0
    state: str = "new"
    ended_at: datetime | None = None
    reason: str = ""
    look_again_on: date | None = None
    at_rest: bool = True
    owned_since: datetime | None = None
    due_at: datetime | None = None
    tier: str = ""
    quiet_days: int = 0
    reads: bool = False
    also: str = ""
    back: str = ""
    back_at: datetime | None = None
    deal: Bargain | None = None

    @property
    def is_open(self) -> bool:
        return self.ended_at is None


@dataclass(slots=True)
class Contact:
    """A touch. `member` and `campaign` by name; `about` says whether it is of lead, deal or neither."""

    kind: str
    direction: str
    at: datetime
    subject: str = ""
    text: str = ""
    member: str = ""
    campaign: str = ""
    about: str = ""
    seconds: int | None = None
    status: str = ""
    amount: int | None = None
    currency: str = ""


@dataclass(slots=True)
class Duty:
    """A task of a member."""

    subject: str
    member: str
    made_at: datetime
    due_at: datetime
    done_at: datetime | None = None
    about: str = "lead"


@dataclass(slots=True)
class Story:
    """One interest with everything that happened around it."""

    interest: Interest
    contacts: list[Contact] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
