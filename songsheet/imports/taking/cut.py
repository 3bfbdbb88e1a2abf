"""A batch cut into slices: so many rows as one transaction takes."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from songsheet.imports.feed import Batch
from songsheet.imports.records import Part, Rejection


@dataclass
class Cut:
    """Some rows of a batch, one after another; `until` is the row reached when they are taken."""

    batch: Batch
    numbers: list[int]
    until: int
    parts: list[Part]
    rejections: list[Rejection]

    @property
    def rows(self) -> int:
        return len(self.numbers)

    @property
    def bytes_read(self) -> int:
        return self.batch.chunk.bytes_read

    @property
    def main(self) -> Part:
        return next(part for part in self.parts if part.is_main)

    def fresh(self) -> "Cut":
        """The slice as it came; taking it in uses it up, and a rolled back one is taken again."""
        first, last = self.numbers[0], self.numbers[-1]
        self.parts = [_between(part, first, last) for part in self.batch.chunk.parts]
        self.rejections = [one for one in self.batch.chunk.rejections if first <= one.row <= last]
        return self

    def shrink(self, rows: int) -> None:
        """Let the later rows wait for the next slice."""
        if rows < len(self.numbers):
            self.numbers = self.numbers[:rows]
            self.until = self.numbers[-1]


def cuts_of(batch: Batch, size: Callable[[], int]) -> Iterator[Cut]:
    """The slices of a batch, each as large as is asked when its turn comes."""
    chunk = batch.chunk
    main = next(part for part in chunk.parts if part.is_main)
    numbers = sorted([*main.rows, *(rejection.row for rejection in chunk.rejections)])
    start = 0
    while start < len(numbers):
        some = numbers[start : start + size()]
        until = chunk.last_row if start + len(some) == len(numbers) else some[-1]
        cut = Cut(batch, some, until, [], [])
        yield cut
        start += len(cut.numbers)


def _between(part: Part, first: int, last: int) -> Part:
    low, high = bisect_left(part.rows, first), bisect_right(part.rows, last)
    return Part(
        part.record,
        part.is_main,
        part.rows[low:high],
        part.ids[low:high],
        part.digests[low:high],
        {name: values[low:high] for name, values in part.fields.items()},
        {name: values[low:high] for name, values in part.links.items()},
        {name: values[low:high] for name, values in part.custom.items()},
    )
