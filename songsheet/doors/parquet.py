"""A list as Parquet: texts, whole numbers, and money as minor units beside its currency; in row groups."""

import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import pyarrow
import pyarrow.parquet

from songsheet.base.money import Money

_ROWS_AT_ONCE = 5_000
_BYTES_AT_ONCE = 1 << 16


def parquet_of(names: list[str], rows: Iterable[list[Any]], *, kinds: dict[str, str]) -> Iterator[bytes]:
    """The bytes of a Parquet file. What is no text is named in `kinds`: number or money."""
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
        fields.append((name, pyarrow.int64() if name in kinds else pyarrow.string()))
        if kinds.get(name) == "money":
            fields.append((f"{name}_currency", pyarrow.string()))
    return pyarrow.schema(fields)


def _arrays(columns: dict[str, list[Any]], schema: pyarrow.Schema) -> list[Any]:
    arrays = []
    for one in schema:
        of = one.name.removesuffix("_currency")
        if one.name in columns:
            values = [
                _number(value) if one.type == pyarrow.int64() else _text(value) for value in columns[of]
            ]
        else:
            values = [value.currency if isinstance(value, Money) else None for value in columns[of]]
        arrays.append(pyarrow.array(values, one.type))
    return arrays


def _number(value: Any) -> int | None:
    return value.minor if isinstance(value, Money) else None if value in (None, "") else int(value)


def _text(value: Any) -> str | None:
    return None if value is None else str(value).encode("utf-8", "replace").decode()
