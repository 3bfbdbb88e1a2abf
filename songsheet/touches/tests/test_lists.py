"""The lists of touches, activities, tasks and campaigns: each sort is served by the index that it names."""

from typing import Any

import pytest
from django.db import connection

from songsheet.doors.growing import first_of
from songsheet.doors.listing import Listing, Sort
from songsheet.team.acting import as_member
from songsheet.touches.listing import ACTIVITIES, CAMPAIGNS, TASKS, TOUCHES

LISTS = (TOUCHES, ACTIVITIES, TASKS, CAMPAIGNS)
SORTS = [(listing, sort) for listing in LISTS for sort in first_of(listing.sorts)]


@pytest.mark.parametrize(("listing", "sort"), SORTS, ids=[f"{one.name} by {by.name}" for one, by in SORTS])
def test_each_sort_is_served_by_the_index_it_names(
    listing: Listing, sort: Sort, cast: dict[str, Any]
) -> None:
    rows = listing.base(as_member(cast["ruth"])).annotate(**sort.computed).order_by(*sort.fields)[:50]
    with connection.cursor() as cursor:
        for other in ("seqscan", "sort", "bitmapscan", "incremental_sort"):
            cursor.execute(f"set local enable_{other} = off")
        plan = rows.explain()
    assert f"using {sort.index} on" in plan, plan
    assert "Sort" not in plan, plan
