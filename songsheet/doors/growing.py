"""What a list declares beyond what stands in the code."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, overload

D = TypeVar("D")


class Growing(Sequence[D]):
    """What a list declares, the `first` here and then what is declared elsewhere while we run, read anew."""

    def __init__(self, first: tuple[D, ...], more: Callable[[], Sequence[D]]) -> None:
        self.first, self._more = first, more

    def _all(self) -> tuple[D, ...]:
        return (*self.first, *self._more())

    @overload
    def __getitem__(self, at: int) -> D: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[D]: ...
    def __getitem__(self, at: int | slice) -> D | Sequence[D]:
        if isinstance(at, int) and 0 <= at < len(self.first):
            return self.first[at]
        return self._all()[at]

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[D]:
        return iter(self._all())


def first_of(declared: Sequence[D]) -> tuple[D, ...]:
    """What stands in the code alone, whatever is declared elsewhere."""
    return declared.first if isinstance(declared, Growing) else tuple(declared)
