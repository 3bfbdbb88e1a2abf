"""What is read ahead: chunks of records with the cells they came from, parsed in a process of its own for
large files."""

import pickle
import struct
import subprocess
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any, cast
from zlib import crc32

from songsheet.base.refusals import Refusal
from songsheet.imports.corrected import Corrected, corrected
from songsheet.imports.errors import FileRefused
from songsheet.imports.planning import Plan, Step, read_records
from songsheet.imports.reading import Table, open_tables
from songsheet.imports.records import Chunk

#: Files larger than this are parsed by another process while this one writes.
ALONE = 2_000_000
_LENGTH = struct.Struct(">Q")
_SERVE = "import django; django.setup(); from songsheet.imports.feed import serve; serve()"


@dataclass(slots=True)
class Batch:
    """A chunk with the cells of its rows.

    `marks` holds by row the digest of all cells and of how they are read, and four bytes for each cell, so
    that a
    change shows its column. `names` holds the id under which a row is remembered: that of its main record,
    numbered
    from its second row on.
    """

    chunk: Chunk
    cells: dict[int, list[str]]
    marks: dict[int, bytes]
    names: dict[int, str]


class _Remembering:
    """A table that keeps the rows it gave until they are asked for."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self.given: dict[int, list[str]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._table, name)

    def rows(self, start: int = 0) -> Iterator[tuple[int, list[str]]]:
        for number, cells in self._table.rows(start):
            self.given[number] = cells
            yield number, cells


def batches(made: Plan, step: Step, start_row: int = 0) -> Iterator[Batch]:
    """The batches of a step from a row on, parsed here. Earlier rows are passed again, for ids may repeat."""
    table = _Remembering(step.table)
    times: Counter[bytes] = Counter()
    for chunk in read_records(made, replace(step, table=cast(Table, table))):
        given, table.given = table.given, {}
        names = dict(_numbered(chunk, times))
        if chunk.last_row < start_row:
            continue
        if start_row:
            chunk.since(start_row)
        main = next(part for part in chunk.parts if part.is_main)
        cells = {row: given[row] for row in main.rows}
        marks = {
            row: digest + cell_marks(cells[row]) for row, digest in zip(main.rows, main.digests, strict=True)
        }
        yield Batch(chunk, cells, marks, names)


def _numbered(chunk: Chunk, times: "Counter[bytes]") -> Iterator[tuple[int, str]]:
    """Row and id; the second row with an id is another one to remember."""
    main = next(part for part in chunk.parts if part.is_main)
    for row, id_ in zip(main.rows, main.ids, strict=True):
        digest = blake2b(id_.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        times[digest] += 1
        yield row, id_ if times[digest] == 1 else f"{id_[:190]}#{times[digest]}"


def cell_marks(cells: list[str]) -> bytes:
    """Four bytes for each cell."""
    return struct.pack(f"<{len(cells)}I", *[crc32(cell.encode("utf-8", "surrogatepass")) for cell in cells])


def read_ahead(made: Plan, step: Step, start_row: int = 0) -> Iterator[Batch]:
    """The batches of a step; of a large file they come from a process that parses while this one writes."""
    if step.table.size <= ALONE:
        yield from batches(made, step, start_row)
        return
    table = step.table
    cells = table.cells if isinstance(table, Corrected) else {}
    asked = (made.mapping, made.house, step.file.name, table.path, table.name, cells, step.survey, start_row)
    with subprocess.Popen(
        [sys.executable, "-c", _SERVE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        try:
            reader.stdin.write(pickle.dumps(asked))
            reader.stdin.close()
            yield from _received(reader.stdout, step.table.name)
        finally:
            reader.kill()


def _received(pipe: IO[bytes], name: str) -> Iterator[Batch]:
    while len(head := pipe.read(_LENGTH.size)) == _LENGTH.size:
        body = pipe.read(_LENGTH.unpack(head)[0])
        given = pickle.loads(body)  # noqa: S301 - written by our own process, over a pipe
        if given is None:
            return
        if isinstance(given, str):
            raise FileRefused(given)
        yield given
    raise FileRefused(
        f"{name} could not be read to its end: the process that read it was stopped. Import it again."
    )


def _send(pipe: IO[bytes], what: Any) -> None:
    body = pickle.dumps(what, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(_LENGTH.pack(len(body)))
    pipe.write(body)
    pipe.flush()


def _step_of(asked: tuple[Any, ...]) -> tuple[Plan, Step, int]:
    mapping, house, file, path, name, cells, survey, start_row = asked
    table = corrected(next(one for one in open_tables(Path(path)) if one.name == name), cells)
    return Plan(mapping, house, []), Step(mapping.file(file), table, survey), start_row


def serve() -> None:
    """The reading process: what to read comes in, batches go out, and at the end nothing or a sentence."""
    pipe = sys.stdout.buffer
    try:
        made, step, start_row = _step_of(pickle.loads(sys.stdin.buffer.read()))  # noqa: S301 - from our own process
        for batch in batches(made, step, start_row):
            _send(pipe, batch)
        _send(pipe, None)
    except Refusal as refusal:
        _send(pipe, refusal.sentence)
    except BrokenPipeError:
        sys.exit(1)  # nobody reads any more
    except Exception:
        traceback.print_exc()
        raise
