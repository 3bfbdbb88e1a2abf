"""Many rows in few statements: identities held, numbers drawn, rows copied in, rows updated."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from threading import local
from typing import Any
from zlib import crc32

import psycopg
from django.db import connection

#: Identities are held by bucket: enough for work on different buyers to pass, few enough for the lock table.
_BUCKETS = 256
#: Up to so many lines are inserted one by one.
_ONE_BY_ONE = 3
#: Up to so many values in an array a statement is prepared.
_FEW = 20
#: So many numbers of a table are drawn at once where one or two are wanted.
_RESERVE = 32
#: The answer to a statement stays with its cursor until the next one: a longer one takes it along.
_LONG = 1_000


class _Mine(local):
    """What a thread keeps with its connection: a cursor, which is slow to make, and numbers drawn ahead."""

    driver: psycopg.Connection[Any] | None = None
    cursor: psycopg.Cursor[Any]
    numbers: dict[str, list[int]]


_mine = _Mine()


def _cursor() -> psycopg.Cursor[Any]:
    wrapper = connection._connections[connection._alias]  # type: ignore[attr-defined]
    wrapper.ensure_connection()
    if _mine.driver is not wrapper.connection:
        _mine.driver, _mine.cursor = wrapper.connection, psycopg.Cursor(wrapper.connection)
        _mine.numbers = {}
    return _mine.cursor


Values = Sequence[Any] | Mapping[str, Any]


def rows(sql: str, values: Values = ()) -> list[tuple[Any, ...]]:
    """The rows of a query on the connection of this thread; lists become arrays."""
    with connection.wrap_database_errors:
        found = _cursor().execute(sql, _with_arrays(values), prepare=_few(values)).fetchall()
    if len(found) > _LONG:
        _mine.driver = None
    return found


def execute(sql: str, values: Values = ()) -> int:
    """How many rows a statement touched."""
    with connection.wrap_database_errors:
        return int(_cursor().execute(sql, _with_arrays(values), prepare=_few(values)).rowcount)


def _few(values: Values) -> bool:
    """Whether a plan made for any values does: planning costs more than a statement on few rows, and a plan
    for thousands has to know that they are thousands."""
    given = values.values() if isinstance(values, Mapping) else values
    return all(len(value) <= _FEW for value in given if isinstance(value, list))


def array(values: Sequence[Any]) -> str:
    """An array as PostgreSQL reads one, for a placeholder with a cast; the driver takes far longer."""
    if not values:
        return "{}"
    kinds = set(map(type, values))
    if kinds == {str}:
        text = "".join(values)
        if '"' in text or "\\" in text:
            values = [value.replace("\\", "\\\\").replace('"', '\\"') for value in values]
        return '{"' + '","'.join(values) + '"}'
    if kinds == {int}:
        return "{" + ",".join(map(str, values)) + "}"
    if kinds == {datetime}:
        return "{" + ",".join(map(datetime.isoformat, values)) + "}"
    return "{" + ",".join(map(_element, values)) + "}"


def _element(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, int):
        return str(value)
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _with_arrays(values: Values) -> Values:
    if isinstance(values, Mapping):
        return {name: array(value) if isinstance(value, list) else value for name, value in values.items()}
    return [array(value) if isinstance(value, list) else value for value in values]


def hold(realm: int, identities: Iterable[str]) -> None:
    """Until the transaction ends nobody else decides whom these identities mean. Always in the same order."""
    buckets = sorted({crc32(identity.encode()) % _BUCKETS for identity in identities})
    if buckets:
        rows(
            "select pg_advisory_xact_lock(%s::int, bucket) from unnest(%s::int[]) as bucket", [realm, buckets]
        )


def next_ids(table: str, count: int) -> list[int]:
    """As many numbers from the table's own sequence; a few are of those that this connection drew ahead."""
    if not count:
        return []
    if count > _ONE_BY_ONE:
        return _drawn(table, count)
    _cursor()
    ahead = _mine.numbers.setdefault(table, [])
    if len(ahead) < count:
        ahead[:] = reversed(_drawn(table, _RESERVE))
    return [ahead.pop() for _ in range(count)]


def forget_numbers() -> None:
    """Numbers drawn ahead are of another table once one is put over that of its name, or taken away again."""
    _mine.driver = None


def _drawn(table: str, count: int) -> list[int]:
    sql = """select nextval(it.name) from generate_series(1, %s::int),
                    (select pg_get_serial_sequence(%s::text, 'id')::regclass as name offset 0) as it"""
    return [number for (number,) in rows(sql, [count, table])]


def copy_in(table: str, columns: Sequence[str], lines: Sequence[Sequence[Any]]) -> None:
    """Insert by COPY, measured at a third of the time of an insert from arrays; a line or two by prepared
    inserts, at a third of the time of a COPY."""
    if len(lines) <= _ONE_BY_ONE:
        for line in lines:
            _insert(table, columns, line)
        return
    command = f"copy {table} ({', '.join(columns)}) from stdin"
    with connection.wrap_database_errors, _cursor().copy(command.encode()) as copy:
        for line in lines:
            copy.write_row(line)


def _insert(table: str, columns: Sequence[str], line: Sequence[Any]) -> None:
    # As texts the values take the types of their columns: one statement whatever the size of a number.
    given = [value if value is None or isinstance(value, str) else _text(value) for value in line]
    places = ", ".join(["%s"] * len(columns))
    execute(f"insert into {table} ({', '.join(columns)}) values ({places})", given)


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def update(table: str, types: Mapping[str, str], lines: Sequence[Sequence[Any]]) -> int:
    """Set these columns of the rows whose id comes first in each line; returns how many there were."""
    if not lines:
        return 0
    sets = ", ".join(f"{name} = given.{name}::{kind}" for name, kind in types.items())
    arrays = ", ".join(f"%s::{'text' if kind == 'jsonb' else kind}[]" for kind in types.values())
    return execute(
        f"update {table} as stands set {sets}"
        f" from unnest(%s::bigint[], {arrays}) as given(id, {', '.join(types)})"
        " where stands.id = given.id",
        [list(column) for column in zip(*lines, strict=True)],
    )


def take_out(table: str, keys: Sequence[str], at: datetime) -> list[int]:
    """Hide these rows from now on; returns the ids of those that were not hidden yet, in their order."""
    gone = rows(
        f"""update {table} as stands set gone_at = %s, version = version + 1
              from (select id from {table} where key = any(%s::text[]) and gone_at is null
                     order by id for no key update) as chosen
             where stands.id = chosen.id returning stands.id""",
        [at, list(keys)],
    )
    return sorted(id_ for (id_,) in gone)
