"""Weighing a workbook before it is opened: what it really unpacks to, and how far its cells reach.

Neither what the archive says of its members nor what a sheet says of its size is believed: a few hundred
bytes can claim to be small and unpack to gigabytes, and one cell in the last corner makes a reader lay out
seventeen billion.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple
from xml.etree import ElementTree

from songsheet.imports.errors import NotATable, TooManyColumns, WorkbookTooLarge
from songsheet.imports.reading.table import MAX_COLUMNS

MAX_MEMBERS = 2_000
MAX_SHEETS = 200
MAX_UNPACKED = 800_000_000
MAX_STRINGS = 150_000_000
MAX_BOOK = 2_000_000
MAX_ROWS = 1_048_576
BLOCK = 1 << 18
PLACE = re.compile(rb""" r=["']([A-Za-z]+[0-9]+)["']""")
OTHER_SPELLING = re.compile(rb"""[\t\r\n]r\s*=|\sr\s+=|\sr=\s""")
DIGITS = b"0123456789"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Reach(NamedTuple):
    """How far the cells of a sheet reach: rows, and cells once every gap is filled."""

    rows: int
    area: int


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook that is safe to open."""

    name: str
    reach: Reach


def weigh(path: Path) -> list[Sheet]:
    """The sheets of a workbook that is safe to open; refused if it is not."""
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as raw:
            return _weigh(archive, raw, path.name)
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        ElementTree.ParseError,
        OSError,
        LookupError,
        ValueError,
    ) as error:
        raise NotATable(
            f"{path.name} is damaged ({error}). Save it again as .xlsx and send that file."
        ) from error


def _weigh(archive: zipfile.ZipFile, raw: BinaryIO, name: str) -> list[Sheet]:
    members = {member.filename.lstrip("/"): member for member in archive.infolist()}
    if "xl/workbook.xml" not in members:
        raise NotATable(f"{name} is an archive and not a workbook. Unpack it and send the tables in it.")
    if len(archive.infolist()) > MAX_MEMBERS:
        raise WorkbookTooLarge(f"{name} holds {len(archive.infolist()):,} parts; a workbook has a few.")
    if len({path.lower() for path in members}) < len(archive.infolist()):
        raise zipfile.BadZipFile("it holds a part twice")
    sheets = _sheets(archive, raw, members, name)
    reach: dict[str, Reach] = {}
    left = MAX_UNPACKED
    for path, member in members.items():
        limit = min(left, MAX_STRINGS if path == "xl/sharedStrings.xml" else left)
        blocks = _unpacked(raw, member, limit, name)
        if path in sheets.values():
            reach[path], size = _reach(blocks, name)
        else:
            size = sum(map(len, blocks))
        left -= size
    return [Sheet(title, reach[path]) for title, path in sheets.items() if reach[path].rows]


def _sheets(
    archive: zipfile.ZipFile, raw: BinaryIO, members: dict[str, zipfile.ZipInfo], name: str
) -> dict[str, str]:
    """Title → member, for each sheet with cells."""

    def xml(path: str) -> ElementTree.Element:
        text = b"".join(_unpacked(raw, members[path], MAX_BOOK, name))
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise NotATable(f"{name} declares entities, which no workbook does. Save it again as .xlsx.")
        return ElementTree.fromstring(text)  # noqa: S314 - bounded, and without entities

    book, relations = xml("xl/workbook.xml"), xml("xl/_rels/workbook.xml.rels")
    targets = {one.get("Id", ""): one.get("Target", "") for one in relations}
    titles: dict[str, str] = {}
    for sheet in book.iterfind(".//{*}sheet"):
        target = targets.get(sheet.get(RELATION, ""), "")
        path = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
        if path in members and "/worksheets/" in path:
            titles[sheet.get("name", "")] = path
    if len(titles) > MAX_SHEETS:
        raise WorkbookTooLarge(f"{name} has {len(titles):,} sheets; at most {MAX_SHEETS} can be read.")
    return titles


def _unpacked(raw: BinaryIO, member: zipfile.ZipInfo, limit: int, name: str) -> Iterator[bytes]:
    """The content of a member, block by block; refused once it is more than the limit."""
    raw.seek(member.header_offset)
    header = raw.read(30)
    names = sum(struct.unpack("<HH", header[26:30]))
    raw.seek(member.header_offset + 30 + names)
    if member.flag_bits & 1:
        raise NotATable(f"{name} is protected by a password. Save it without one and send that file.")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotATable(f"{name} is packed in an unknown way. Save it again as .xlsx and send that file.")
    unpack = zlib.decompressobj(-15) if member.compress_type == zipfile.ZIP_DEFLATED else None
    packed, place, size = member.compress_size, raw.tell(), 0
    while packed > 0:
        raw.seek(place)
        block = raw.read(min(packed, BLOCK))
        if not block:
            raise zipfile.BadZipFile("it ends too early")
        packed, place = packed - len(block), place + len(block)
        while block:
            out = unpack.decompress(block, BLOCK) if unpack else block
            block = unpack.unconsumed_tail if unpack else b""
            size += len(out)
            if size > limit:
                raise WorkbookTooLarge(
                    f"{name} unpacks to more than can be read safely. Save its table as CSV and send that."
                )
            yield out


def _reach(blocks: Iterator[bytes], name: str) -> tuple[Reach, int]:
    """How far the cells of a sheet reach, and how many bytes it is."""
    rows = columns = cells = counted = size = 0
    tail = b""
    for block in blocks:
        size += len(block)
        text = tail + block
        places = PLACE.findall(text)
        if OTHER_SPELLING.search(text) or any(len(place) > 12 for place in places):
            raise zipfile.BadZipFile("its cells are numbered as no program does")
        cells += block.count(b"c ") + block.count(b"c>") + block.count(b"c/")
        counted += block.count(b"row")
        letters = {place.rstrip(DIGITS) for place in places}
        columns = max([columns, *map(_column, letters)])
        rows = max([rows, *(int(place[len(place.rstrip(DIGITS)) :]) for place in places)])
        tail = text[-20:]
        if columns > MAX_COLUMNS:
            raise TooManyColumns(
                f"{name} has a sheet of {columns:,} columns; at most {MAX_COLUMNS:,} can be read."
                " Export fewer fields."
            )
        if rows > MAX_ROWS:
            raise WorkbookTooLarge(
                f"{name} has a sheet of {rows:,} rows; a workbook has at most {MAX_ROWS:,}."
            )
    return Reach(rows or counted, max(rows * columns, cells)), size


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
