"""What hooks refuse."""

from typing import Any

from songsheet.base.refusals import Conflict, NotAllowed, NotFound, Refusal, TooMany


class NoSuchHook(NotFound):
    code = "no_such_hook"

    def __init__(self) -> None:
        super().__init__("There is no such hook. Look for its address on the page of hooks.")


class NoSuchSecret(NotFound):
    code = "no_such_secret"

    def __init__(self) -> None:
        super().__init__("There is no such secret of this hook, or it has ended already.")


class NotSigned(NotAllowed):
    """What came does not carry a signature that one of the hook's secrets makes; nothing is told of why."""

    status = 401
    code = "not_signed"

    def __init__(self) -> None:
        super().__init__("The signature is missing, wrong or older than five minutes. Nothing was kept.")


class TooLargeBody(Refusal):
    """More than a hook may bring at once."""

    status = 413
    code = "too_large"


class TooOften(TooMany):
    """More often in a minute than a hook may send."""

    code = "too_often"


class LastSecret(Conflict):
    """Without any secret nothing could come in."""

    code = "last_secret"


class ShapeRefused(Refusal):
    """A shape, a way to sign or a mapping that does not work; `problems` are those of the sample's events."""

    code = "shape_refused"

    def __init__(self, sentence: str, *, field: str, **extra: Any) -> None:
        super().__init__(sentence, field=field, **extra)
