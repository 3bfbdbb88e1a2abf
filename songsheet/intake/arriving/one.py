"""One row of the inbox on its way into a story."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from songsheet.base.adopting import Fault, Ref
from songsheet.intake.event import Arrived, EventIn

#: What becomes a hit and no touch.
HITS = ("page_view", "click")
_SAME = timedelta(seconds=2)


@dataclass(slots=True)
class One:
    """What arrived, and what is made of it. `at` is when it happened, by the house's clock."""

    id: int
    hash: UUID
    door: str
    feed: str
    received_at: datetime
    body: str
    at: datetime
    arrived: Arrived | None = None
    fault: Fault | None = None
    became: str = ""
    person: Ref | None = None
    visitor: int | None = None
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def event(self) -> EventIn:
        """The event itself, where it could be read."""
        assert self.arrived is not None
        return self.arrived.event


def read(row: tuple[Any, ...], at: datetime) -> One:
    """A row of the inbox: it cannot have happened after it arrived.

    What is `at` for the house is the last column for the machine: in the demo they are days apart.
    """
    id_, hash_, door, feed, received_at, body, clock = row
    ahead = at - clock
    if abs(ahead) < _SAME:  # reading two clocks one after the other is no difference between them
        ahead = timedelta(0)
    one = One(id_, hash_, door, feed, received_at, body, received_at + ahead)
    try:
        one.arrived = Arrived.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"] if part != "event")
        one.fault = (str(first["msg"])[:500], place[:60])
        return one
    one.at = min(one.event.at or received_at, received_at) + ahead
    return one
