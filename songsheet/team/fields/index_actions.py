"""The indexes of filtered fields: made, mended, dropped outside of any transaction, beside those who work."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection

from songsheet.journal.sql import rows
from songsheet.team.fields.held import index_names
from songsheet.team.fields.kinds import KINDS
from songsheet.team.models import CustomField

_LOCKS = 8_370_215
#: So finely are the values known: a span at their end is seen to be narrow, and found by the index.
_EXACT = 300


def keep_indexes(key: str, *, at: datetime) -> bool:
    """Make the indexes of a field as its declaration wants them; one that broke off is made anew.

    False where another process is at it.
    """
    field = CustomField.objects.filter(key=key).first()
    if field is None:
        return True
    with _alone(field.pk) as is_ours:
        if not is_ours:
            return False
        field.refresh_from_db()
        wanted, there = wanted_of(field), standing(field)
        for name in there:
            if name not in wanted or not there[name]:
                _run(f"drop index concurrently if exists {name}")
        fresh = [name for name in wanted if not there.get(name)]
        table = KINDS[field.on].table
        for name in fresh:
            # of archived rows too: the planner takes no statistics of values from an index of some rows
            _run(f"create index concurrently {name} on {table} {wanted[name]}")
            _run(f"alter index {name} alter column 1 set statistics {_EXACT}")
        if fresh:
            _run(f"analyze {table}")
        same = CustomField.objects.filter(pk=field.pk, version=field.version)
        if bool(wanted) != (field.indexed_at is not None) or fresh:
            same.update(indexed_at=at if wanted else None)
    return True


def unfinished() -> dict[str, list[str]]:
    """Per field that has one: the indexes that are missing, broken, or left over from before it was archived.

    Also a field whose indexes are whole and that does not know it yet, with none.
    """
    there, found = _standing("^custom_[0-9]+(_down|_words)?$"), dict[str, list[str]]()
    for field in CustomField.objects.order_by("id"):
        wanted = wanted_of(field)
        mine = {name for name in there if re.fullmatch(rf"custom_{field.pk}(_[a-z]+)?", name)}
        amiss = [name for name in {*wanted, *mine} if name not in wanted or not there.get(name)]
        if amiss or bool(wanted) != (field.indexed_at is not None):
            found[field.key] = sorted(amiss)
    return found


def wanted_of(field: CustomField) -> dict[str, str]:
    """The indexes that a declaration wants, by name."""
    return index_names(field) if field.is_filtered and field.gone_at is None else {}


def standing(field: CustomField) -> dict[str, bool]:
    """The indexes of a field that are there, and whether each is whole."""
    return _standing(rf"^custom_{int(field.pk)}(_down|_words)?$")


def _standing(pattern: str) -> dict[str, bool]:
    return dict(
        rows(
            """select relname::text, indisvalid and indisready from pg_index
                 join pg_class on pg_class.oid = indexrelid
                where relname ~ %s and relnamespace = current_schema()::regnamespace""",
            [pattern],
        )
    )


@contextmanager
def _alone(number: int) -> Iterator[bool]:
    """One process at a time; a killed one lets go by itself. Making an index waits for others to finish."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s, %s)", [_LOCKS, number])
        is_ours = bool(cursor.fetchone()[0])
        cursor.execute("set lock_timeout = 0")
    try:
        yield is_ours
    finally:
        with connection.cursor() as cursor:
            cursor.execute("reset lock_timeout")
            if is_ours:
                cursor.execute("select pg_advisory_unlock(%s, %s)", [_LOCKS, number])


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
