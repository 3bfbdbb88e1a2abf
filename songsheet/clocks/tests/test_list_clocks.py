"""The list of clocks, and what the job looks for: each is served by its index."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from songsheet.clocks.listing import CLOCKS
from songsheet.clocks.models import Clock
from songsheet.team.acting import as_member

TO_BREACH = {"state": "running", "alerts": True, "breached_at__isnull": True}
TO_WARN = {**TO_BREACH, "warned_at__isnull": True, "warn_at__isnull": False}


def must_use(index: str, rows: QuerySet[Any]) -> None:
    with connection.cursor() as cursor:
        for other in ("seqscan", "sort", "bitmapscan", "incremental_sort"):
            cursor.execute(f"set local enable_{other} = off")
        plan = rows.explain()
    assert f"using {index} on" in plan, plan
    assert "Sort" not in plan, plan


@pytest.mark.parametrize("sort", CLOCKS.sorts, ids=lambda sort: sort.name)
def test_each_sort_is_served_by_the_index_it_names(sort: Any, cast: dict[str, Any]) -> None:
    must_use(sort.index, CLOCKS.base(as_member(cast["ruth"])).order_by(*sort.fields)[:50])


def test_what_fell_due_is_found_by_index(db: None) -> None:
    must_use("clock_to_breach", Clock.objects.filter(**TO_BREACH).order_by("due_at")[:2000])
    must_use("clock_to_warn", Clock.objects.filter(**TO_WARN).order_by("warn_at")[:2000])
