"""A cell that cannot be read, and the memory that spares reading the same cell twice."""

from collections.abc import Callable
from typing import Any

Parse = Callable[[str], Any]

REMEMBERED = 20_000
SHOWN = 60


class Bad(str):
    """Instead of a value: the reason, a sentence that somebody can act on."""

    __slots__ = ()


def bad(raw: str, what: str) -> Bad:
    """“raw” followed by what is wrong with it."""
    shown = raw if len(raw) <= SHOWN else raw[:SHOWN] + "…"
    return Bad(f"“{shown}” {what}")


class Memo(dict[str, Any]):
    """Reads each distinct cell once; `met_bad` tells whether a column needs a second look at all."""

    def __init__(self, parse: Parse) -> None:
        super().__init__()
        self.parse = parse
        self.met_bad = False

    def __missing__(self, raw: str) -> Any:
        value = self.parse(raw)
        if type(value) is Bad:
            self.met_bad = True
        if len(self) < REMEMBERED:
            self[raw] = value
        return value
