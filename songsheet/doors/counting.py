"""How many rows several lists have, in one statement; each is counted to 10,000 and no further."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from songsheet.doors.listing import EXACT_UP_TO


def counts_of(lists: Sequence[QuerySet[Any]], *, most: int = EXACT_UP_TO) -> list[int]:
    """The number of rows of each, in their order; one more than `most` where there are more."""
    parts: list[str] = []
    given: list[Any] = []
    for number, rows in enumerate(lists):
        try:
            sql, values = rows.order_by().values("pk")[: most + 1].query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"select {number}, (select count(*) from ({sql}) counted)")
        given += values
    counts = [0] * len(lists)
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" union all ".join(parts), given)
            for number, count in cursor.fetchall():
                counts[number] = count
    return counts


def in_words(count: int, *, most: int = EXACT_UP_TO) -> str:
    """`512`, or `10,000+` where it was not counted further."""
    return f"{min(count, most):,}" + ("+" if count > most else "")
