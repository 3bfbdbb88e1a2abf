"""Text with columns: its records, from a file whose encoding and delimiter are known."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from songsheet.imports.reading.table import Broken

LONGEST_QUOTE = 4_000_000
END = "\x03the end of the file\x03"
CUT_OFF = "The file ends in the middle of this row: it was cut off. Send the whole file again."
NEVER_CLOSED = (
    "A quote that opens in this row is not closed, so that what follows was read as one cell."
    " Close it, or send the whole file again if it was cut off."
)

# The module's own limit of 131,072 characters would tear a long quoted cell into rows; ours is asked per row.
csv.field_size_limit(LONGEST_QUOTE)


@dataclass
class TextSource:
    """A text file, and how to read it."""

    path: Path
    encoding: str
    delimiter: str = ","
    may_hold_nul: bool = False
    is_cut_off: bool = False
    skips: int = 0

    def records(self) -> "TextRecords":
        return TextRecords(self)


class TextRecords:
    """One reading of a text file."""

    def __init__(self, source: TextSource) -> None:
        self._source = source
        self._raw: BinaryIO | None = None
        self._ended_at = 0

    @property
    def at(self) -> int:
        return self._ended_at if self._raw is None or self._raw.closed else self._raw.tell()

    def __iter__(self) -> Iterator[list[str]]:
        source = self._source
        # A character cut in half at the very end is no reason to doubt the encoding of what stands before it.
        errors = "replace" if source.is_cut_off else "strict"
        with source.path.open("rb") as raw:
            self._raw = raw
            text = io.TextIOWrapper(raw, encoding=source.encoding, errors=errors, newline="")
            for _ in range(source.skips):
                text.readline()
            reader = csv.reader(_with_end(text), delimiter=source.delimiter)
            yield from _cut_off(reader) if source.is_cut_off else _whole(reader)
            self._ended_at = raw.tell()


def _with_end(text: io.TextIOWrapper) -> Iterator[str]:
    """The lines and a mark behind them: a quote left open swallows the mark, and so gives itself away."""
    yield from text
    yield END


def _whole(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    while True:
        try:
            for record in reader:
                if record and record[-1].endswith(END):
                    if record != [END]:
                        yield Broken([*record[:-1], record[-1].removesuffix(END)], NEVER_CLOSED)
                    return
                yield record
        except csv.Error:
            yield Broken([], NEVER_CLOSED)


def _cut_off(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    held: list[str] | None = None
    for record in _whole(reader):
        if held is not None:
            yield held
        held = record
    if held is not None:
        yield Broken(held, CUT_OFF)
