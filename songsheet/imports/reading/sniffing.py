"""What kind of text a file is: found over the whole file, never from its name."""

import codecs
import csv
import re
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from songsheet.imports.errors import FileIsEmpty, LineTooLong, NotATable
from songsheet.imports.reading.table import is_blank
from songsheet.imports.reading.text import TextSource

BLOCK = 1 << 20
LONGEST_LINE = 8 * BLOCK
HEAD = 1 << 16
DELIMITERS = ",;\t|"
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
STRANGERS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a packed file",
    b"PAR1": "a Parquet file",
    b"\x7fELF": "a program",
    b"\xd0\xcf\x11\xe0": "a workbook of the old format (.xls)",
}
EXCEL_HINT = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)


class Scan(NamedTuple):
    """What one pass over all bytes found."""

    is_readable: bool
    is_cut_off: bool
    has_nul: bool


def sniff(path: Path) -> TextSource:
    """How to read a text file: UTF-8, UTF-16 or CP1252, and which delimiter parts its cells."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head.strip(b"\r\n\t \0"):
        raise FileIsEmpty(f"{path.name} is empty. Export it again and send that file.")
    _refuse_strangers(head, path.name)
    for encoding in _candidates(head):
        scan = _scan(path, encoding)
        if scan.is_readable:
            break
    else:
        raise NotATable(
            f"{path.name} is not readable as text: it is neither UTF-8, UTF-16 nor Windows (CP1252)."
            " Save it as CSV in UTF-8 and send that file."
        )
    start = head.decode(encoding, "ignore").removeprefix("\ufeff")
    hint = EXCEL_HINT.match(start)
    delimiter = hint.group(1) if hint else _delimiter(start, is_whole=len(head) < HEAD)
    return TextSource(path, encoding, delimiter, scan.has_nul, scan.is_cut_off, skips=1 if hint else 0)


def _refuse_strangers(head: bytes, name: str) -> None:
    for start, what in STRANGERS.items():
        if head.startswith(start):
            raise NotATable(f"{name} is {what}, not a table. Save it as CSV or as .xlsx and send that file.")


def _candidates(head: bytes) -> tuple[str, ...]:
    for mark, encoding in BOMS:
        if head.startswith(mark):
            return (encoding,) if encoding == "utf-16" else (encoding, "cp1252")
    even, odd = head[0:4096:2], head[1:4096:2]
    if odd.count(0) > 0.4 * len(odd) and even.count(0) < 0.1 * len(even):
        return ("utf-16-le",)
    if even.count(0) > 0.4 * len(even) and odd.count(0) < 0.1 * len(odd):
        return ("utf-16-be",)
    return ("utf-8", "cp1252")


def _scan(path: Path, encoding: str) -> Scan:
    decoder = codecs.getincrementaldecoder(encoding)()
    nul, unbroken = False, 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            try:
                text = decoder.decode(block)
            except UnicodeDecodeError:
                return Scan(False, False, nul)
            nul = nul or "\0" in text
            unbroken = 0 if b"\n" in block or b"\r" in block else unbroken + len(block)
            if unbroken > LONGEST_LINE:
                raise LineTooLong(
                    f"{path.name} has a line of over {LONGEST_LINE:,} bytes; no table has. Export it again."
                )
    return Scan(True, bool(decoder.getstate()[0]), nul)


def _delimiter(start: str, *, is_whole: bool) -> str:
    """The delimiter under which most rows are as wide as the header; of equals, the one with most cells."""
    lines = start.splitlines(keepends=True)
    if not is_whole and len(lines) > 1:
        lines.pop()

    def fit(delimiter: str) -> tuple[float, int]:
        records = (record for record in csv.reader(lines, delimiter=delimiter) if not is_blank(record))
        widths = [len(record) for record in islice(records, 200)] or [1]
        return (widths.count(widths[0]) / len(widths) if widths[0] > 1 else 0.0, widths[0])

    return max(DELIMITERS, key=fit)
