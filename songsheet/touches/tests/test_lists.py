"""The lists of touches, activities, tasks and campaigns: each sort is served by the index that it names."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client

from songsheet.buyers.models import Person
from songsheet.doors.growing import first_of
from songsheet.doors.listing import Listing, Sort
from songsheet.team.acting import as_member
from songsheet.team.queries import house
from songsheet.touches.listing import ACTIVITIES, CAMPAIGNS, TASKS, TOUCHES
from songsheet.touches.models import Campaign, Task, Touch

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


def test_each_list_is_a_page_with_cells_views_and_files(cast: dict[str, Any], at: datetime) -> None:
    person = Person.objects.create(name="Suzanne Okafor", name_folded="suzanne okafor", met_at=at)
    rows: dict[str, Any] = {
        "touches": Touch.objects.create(kind="call", person=person, at=at, subject="Returns"),
        "tasks": Task.objects.create(subject="Call", person=person, made_at=at, due_at=at),
        "campaigns": Campaign.objects.create(name="Webinar", cost=250_000, currency="EUR"),
    }
    typed = {"touches": ("status", "answered"), "tasks": ("due", "2026-06-01")}
    typed["campaigns"] = ("cost", "3,000 USD")
    client = Client()
    client.force_login(cast["ruth"])
    for name, row in rows.items():
        assert row.key in client.get(f"/{name}").content.decode()
        column, value = typed[name]
        answer = client.post(f"/lists/{name}/{row.key}/{column}", {"value": value, "version": row.version})
        assert answer.status_code == 200, answer.content.decode()
        assert row.key in b"".join(client.get(f"/{name}.csv")).decode()
        assert client.post("/views", {"listing": name, "name": "Mine", "query": ""}).status_code == 302
    assert "/tasks/new" in client.get("/tasks").content.decode()
    campaign, task = Campaign.objects.get(), Task.objects.get()
    assert (campaign.cost, campaign.currency) == (300_000, "USD")
    assert task.due_at == datetime(2026, 6, 1, 17, tzinfo=ZoneInfo(house().zone))
