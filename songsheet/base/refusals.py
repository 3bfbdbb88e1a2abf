"""Refusals: what we do not do, said in one sentence (what, why, what to do)."""

from typing import Any, ClassVar


class Refusal(Exception):
    """The base of all named refusals; `sentence` is shown to whoever asked."""

    status: ClassVar[int] = 422
    code: ClassVar[str] = "refused"

    def __init__(self, sentence: str, *, field: str | None = None, **extra: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.extra = extra


class NotFound(Refusal):
    """There is no such thing, or the asker may not know of it."""

    status = 404
    code = "not_found"


class NotAllowed(Refusal):
    """The asker's role does not include this."""

    status = 403
    code = "not_allowed"


class Conflict(Refusal):
    """The present state does not permit it."""

    status = 409
    code = "conflict"


class Stale(Conflict):
    """Somebody changed the row since the asker read it."""

    code = "stale"


class TooMany(Refusal):
    """More than the agreed rate or amount."""

    status = 429
    code = "too_many"


class Busy(Refusal):
    """The house is busy; nothing was done and trying again is right."""

    status = 503
    code = "busy"

    def __init__(
        self,
        sentence: str = "Someone else is changing this just now. Nothing was done; try again in a moment.",
        *,
        field: str | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(sentence, field=field, **extra)
