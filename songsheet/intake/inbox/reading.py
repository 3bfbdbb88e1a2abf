"""Reading what was sent: JSON of bounded depth, then the one shape of an event, or what is wrong."""

from datetime import UTC, datetime
from time import time
from typing import Any

import orjson
from pydantic import ValidationError

from songsheet.doors.problems import from_validation
from songsheet.intake.event import AHEAD, EventIn

#: What is nested deeper than this is nobody's event.
DEEPEST = 12
_SENTENCE, _FIELD = 500, 60


class NotRead(Exception):
    """What was sent cannot be taken: why in a sentence, and at which field, in the order found."""

    def __init__(self, *problems: tuple[str, str]) -> None:
        self.problems = [(field[:_FIELD], sentence[:_SENTENCE]) for field, sentence in problems]
        super().__init__(self.problems[0][1])

    @property
    def field(self) -> str:
        return self.problems[0][0]

    @property
    def problem(self) -> str:
        """The first problem as it is kept, with its field."""
        return self.problems[0][1]

    @property
    def errors(self) -> dict[str, list[str]]:
        """The sentences by field, as a refusal has them."""
        errors: dict[str, list[str]] = {}
        for field, sentence in self.problems:
            errors.setdefault(field or "body", []).append(sentence)
        return errors


def clock() -> datetime:
    """The time outside: what others sign and stamp goes by it, also in a house that lives on another day."""
    return datetime.fromtimestamp(time(), UTC)


def parsed(text: str | bytes) -> Any:
    """JSON as values; refused where it is not whole or too deep."""
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise NotRead(("", f"This is not whole JSON: {error}.")) from None
    if _is_deeper(found, DEEPEST):
        raise NotRead(("", f"It is nested more than {DEEPEST} levels deep."))
    return found


def read_event(fields: Any, *, now: datetime) -> EventIn:
    """An event out of what was sent; refused where it does not fit, or has not happened yet."""
    if not isinstance(fields, dict):
        raise NotRead(("", "An event is an object with id and type."))
    try:
        event = EventIn.model_validate(fields)
    except ValidationError as error:
        errors = from_validation(error).extra["errors"]
        raise NotRead(*[(field, one) for field, every in errors.items() for one in every]) from None
    if event.at and event.at > now + AHEAD:
        raise NotRead(("at", "This time is more than ten minutes ahead: it has not happened yet."))
    if b"\\u0000" in orjson.dumps(fields):
        raise NotRead(("", "It holds a NUL character, which cannot be kept. Leave it out."))
    return event


def _is_deeper(value: Any, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    within = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(one, levels - 1) for one in within)
