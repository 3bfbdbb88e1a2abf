"""What became of many records that were to be changed at once: some changed, some refused, each by itself."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from songsheet.base.refusals import Refusal

M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class Many(Generic[M]):
    """The rows that were let pass, by the key each was asked for; why each other one was refused."""

    rows: Mapping[str, M]
    refused: dict[str, Refusal] = field(default_factory=dict)

    def only(self) -> M:
        """The row of a single change; raises what refused it."""
        for refusal in self.refused.values():
            raise refusal
        (row,) = self.rows.values()
        return row


def sift(
    asked: Iterable[str],
    held: Mapping[str, M],
    missing: Callable[[str], Refusal],
    *rules: Callable[[M], Any],
) -> Many[M]:
    """The rows that are there and break no rule; a rule raises its refusal."""
    fit: dict[str, M] = {}
    refused: dict[str, Refusal] = {}
    for key in asked:
        try:
            if key not in held:
                raise missing(key)
            for rule in rules:
                rule(held[key])
            fit[key] = held[key]
        except Refusal as refusal:
            refused[key] = refusal
    return Many(fit, refused)
