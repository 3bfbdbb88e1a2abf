"""A list as Parquet: texts, numbers, days, yes and no, money in minor units beside its currency."""

import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

import pyarrow
import pyarrow.parquet

from songsheet.base.money import Money

_ROWS_AT_ONCE = 5_000
_BYTES_AT_ONCE = 1 << 16


def parquet_of(names: list[str], rows: Iterable[list[Any]], *, kinds: dict[str, str]) -> Iterator[bytes]:
    """The bytes of a Parquet file. What is no text is named in `kinds`: number, float, day, bool or money."""
    rows, schema = iter(rows), _schema(names, kinds)
    with tempfile.TemporaryFile() as file:
        with pyarrow.parquet.ParquetWriter(file, schema, compression="zstd") as writer:
            while some := list(islice(rows, _ROWS_AT_ONCE)):
                columns = {name: [row[at] for row in some] for at, name in enumerate(names)}
                writer.write_table(pyarrow.table(_arrays(columns, schema), schema=schema))
        file.seek(0)
        while some_bytes := file.read(_BYTES_AT_ONCE):
            yield some_bytes


def _schema(names: list[str], kinds: dict[str, str]) -> pyarrow.Schema:
    """Money has a column `…_currency` beside it."""
    fields = []
    for name in names:
        fields.append((name, _TYPES.get(kinds.get(name, ""), pyarrow.string())))
        if kinds.get(name) == "money":
            fields.append((f"{name}_currency", pyarrow.string()))
    return pyarrow.schema(fields)


def _arrays(columns: dict[str, list[Any]], schema: pyarrow.Schema) -> list[Any]:
    arrays = []
    for one in schema:
        of = one.name.removesuffix("_currency")
        if one.name in columns:
            read = _READ.get(one.type, _text)
            values = [read(value) for value in columns[of]]
        else:
            values = [value.currency if isinstance(value, Money) else None for value in columns[of]]
        arrays.append(pyarrow.array(values, one.type))
    return arrays


def _number(value: Any) -> int | None:
    return value.minor if isinstance(value, Money) else None if value in (None, "") else int(value)


def _text(value: Any) -> str | None:
    return None if value is None else str(value).encode("utf-8", "replace").decode()


def _float(value: Any) -> float | None:
    """A number. What was kept before the column had a type is none."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _bool(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except (TypeError, ValueError):
        return None


_TYPES = {
    "number": pyarrow.int64(),
    "money": pyarrow.int64(),
    "float": pyarrow.float64(),
    "bool": pyarrow.bool_(),
    "day": pyarrow.date32(),
}
_READ = {
    pyarrow.int64(): _number,
    pyarrow.float64(): _float,
    pyarrow.bool_(): _bool,
    pyarrow.date32(): _day,
}
