"""Erasing in files: rows of imported and rejected files, mails that lie in the data directory."""

import csv
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from songsheet.files.store import FOLDER as BLOBS
from songsheet.flows.erase_whose import Whose

#: What of the data directory is not looked through: the database itself, what names nobody, and copies that
#: have a horizon of their own (docs/erasure.md).
NOT_FILES = {"postgres", "backups", "secret", "erasures", "last-backup", "metrics"}
_TABLES = {".csv", ".tsv", ".txt"}
_LINES = {".log", ".jsonl", ".ndjson"}
_BLOCK = 1 << 20


def erase_files(whose: Whose) -> int:
    """Blank rows of tables about the person, drop lines of logs, delete other files that name them."""
    return sum(_erase(path, whose) for path in files_with_values())


def files_with_values() -> Iterator[Path]:
    """Every file of the data directory that may name a buyer; what is attached goes with what it hangs on."""
    home = Path(settings.ENVIRONMENT.home)
    for top in sorted(home.iterdir()) if home.exists() else []:
        if top.name not in NOT_FILES:
            found = sorted(path for path in [top, *top.rglob("*")] if path.is_file())
            yield from (path for path in found if path.relative_to(home).parts[1:2] != (BLOBS,))


def rows_about(path: Path, whose: Whose) -> list[list[str]]:
    """The rows of a table that are about the person; of another file that names them, its name alone."""
    if path.suffix.lower() not in _TABLES:
        return [[path.name]] if _names(path, whose) else []
    encoding = _encoding(path)
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as file:
        first = file.readline()
        file.seek(0)
        return [cells for cells in csv.reader(file, delimiter=_delimiter(first)) if whose.is_named_by(cells)]


def _delimiter(first: str) -> str:
    return max(",;\t|", key=first.count)


def _erase(path: Path, whose: Whose) -> int:
    if path.suffix.lower() in _TABLES:
        return _blank(path, whose)
    if path.suffix.lower() in _LINES:
        return _drop_lines(path, whose)
    if _names(path, whose):
        path.unlink()
        return 1
    return 0


@contextmanager
def _cells_of_any_length() -> Iterator[None]:
    """A file that was sent may hold a quote that never closes: its cell is as long as the file."""
    before = csv.field_size_limit(2**31 - 1)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _blank(path: Path, whose: Whose) -> int:
    """Rewrite a table with the rows about the person empty: every other row keeps its number."""
    encoding = _encoding(path)
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as file:
        first = file.readline()
    delimiter = _delimiter(first)
    fresh = path.with_name(path.name + ".erasing")
    hit = False
    with (
        _cells_of_any_length(),
        path.open(encoding=encoding, errors="surrogateescape", newline="") as old,
        fresh.open("w", encoding=encoding, errors="surrogateescape", newline="") as new,
    ):
        writer = csv.writer(new, delimiter=delimiter, lineterminator="\r\n" if "\r\n" in first else "\n")
        for cells in csv.reader(old, delimiter=delimiter):
            about = whose.is_named_by(cells)
            hit = hit or about
            writer.writerow([""] * len(cells) if about else cells)
        new.flush()
        os.fsync(new.fileno())
    if hit:
        fresh.replace(path)
    else:
        fresh.unlink()
    return int(hit)


def _drop_lines(path: Path, whose: Whose) -> int:
    """Take the lines that name the person out of a log, which somebody may be writing: in its place."""
    lines = path.read_text("utf-8", errors="surrogateescape").splitlines(keepends=True)
    kept = [line for line in lines if not whose.is_named_in(line)]
    if len(kept) == len(lines):
        return 0
    path.write_text("".join(kept), "utf-8", errors="surrogateescape")
    return 1


def _encoding(path: Path) -> str:
    start = path.open("rb").read(4)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        with path.open(encoding="utf-8") as file:
            while file.read(_BLOCK):
                pass
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8-sig" if start.startswith(b"\xef\xbb\xbf") else "utf-8"


def _names(path: Path, whose: Whose) -> bool:
    """Whether a file of another kind names the person anywhere; packed ones (XLSX) are looked into."""
    if not zipfile.is_zipfile(path):
        return whose.is_named_in(path.read_bytes().decode("utf-8", "replace"))
    with zipfile.ZipFile(path) as packed:
        return any(
            whose.is_named_in(packed.read(name).decode("utf-8", "replace")) for name in packed.namelist()
        )
