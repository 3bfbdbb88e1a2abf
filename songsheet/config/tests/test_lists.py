"""Every list of the house: its sorts use their index, a page costs few statements, places hold."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from songsheet.buyers.listing import COMPANIES, PEOPLE
from songsheet.buyers.models import Company, Mail, Person
from songsheet.deals.listing import DEALS
from songsheet.deals.models import Deal, Stage
from songsheet.doors.growing import first_of
from songsheet.doors.listing import Listing, Sort
from songsheet.leads.listing import LEADS
from songsheet.leads.models import Lead, Queue
from songsheet.team.acting import Acting, as_member
from songsheet.touches.models import Source

LISTS = (PEOPLE, COMPANIES, LEADS, DEALS)
SORTS = [(listing, sort) for listing in LISTS for sort in first_of(listing.sorts)]
NAMES = [f"{listing.name} by {sort.name}" for listing, sort in SORTS]
#: Statements of a page, whatever the number of rows; sign-in and savepoints apart.
MOST = 10


def some_of_everything(count: int, at: datetime, owner: Any) -> None:
    """As many people, companies, leads and deals; every third has no amount and no date."""
    source, _ = Source.objects.get_or_create(name="Trade show", name_folded="trade show")
    stage, _ = Stage.objects.get_or_create(name="Offer", name_folded="offer")
    queue = Queue.objects.get()
    for number in range(count):
        met = at - timedelta(hours=number // 5)
        company = Company.objects.create(name=f"Firm {number}", name_folded=f"firm {number}", met_at=met)
        name = f"Person {number} Okafor{number}"
        person = Person.objects.create(name=name, name_folded=name.lower(), company=company, met_at=met)
        Mail.objects.create(person=person, address=f"p{number}@firm{number}.example")
        lead = Lead.objects.create(
            person=person, source=source, queue=queue, came_at=met, at_rest=True, company=company
        )
        money = {} if number % 3 == 0 else {"amount": number % 7, "currency": "EUR" if number % 2 else "USD"}
        Deal.objects.create(
            lead=lead,
            name=f"Desks {number}",
            company=company,
            owner=owner,
            stage=stage,
            opened_at=met,
            expected_on=None if number % 3 == 0 else met.date(),
            at_rest=True,
            **money,
        )


@pytest.fixture
def viewer(cast: dict[str, Any]) -> Acting:
    return as_member(cast["ruth"])


@pytest.fixture
def opened(cast: dict[str, Any]) -> Client:
    client = Client()
    client.force_login(cast["ruth"])
    return client


@pytest.mark.parametrize(("listing", "sort"), SORTS, ids=NAMES)
def test_each_sort_is_served_by_the_index_it_names(listing: Listing, sort: Sort, viewer: Acting) -> None:
    rows = listing.base(viewer).annotate(**sort.computed).order_by(*sort.fields)[:50]
    with connection.cursor() as cursor:
        for other in ("seqscan", "sort", "bitmapscan", "incremental_sort"):
            cursor.execute(f"set local enable_{other} = off")
        plan = rows.explain()
    assert f"using {sort.index} on" in plan, plan
    assert "Sort" not in plan, plan


@pytest.mark.parametrize("listing", LISTS, ids=lambda listing: listing.name)
def test_each_way_to_group_has_the_index_it_names_and_a_filter(listing: Listing, viewer: Acting) -> None:
    table = listing.base(viewer).model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("select indexname from pg_indexes where tablename = %s", [table])
        indexes = {name for (name,) in cursor.fetchall()}
    assert {group.index for group in listing.groups} <= indexes
    assert {group.name for group in listing.groups} <= {one.name for one in listing.filters}


@pytest.mark.parametrize(("listing", "sort"), SORTS, ids=NAMES)
def test_walking_by_place_meets_every_row_once_and_in_order(
    listing: Listing, sort: Sort, viewer: Acting, cast: dict[str, Any], at: datetime
) -> None:
    some_of_everything(23, at, cast["priya"])
    every = listing.base(viewer).annotate(**sort.computed).order_by(*sort.fields)
    met: list[Any] = []
    after: str | None = None
    while True:
        page = listing.page(viewer, {}, sort=sort.name, after=after, size=4)
        met += page.rows
        after = page.next_cursor
        if after is None:
            break
    assert met == list(every)
    assert len(met) >= 23


@pytest.mark.parametrize("listing", LISTS, ids=lambda listing: listing.name)
def test_a_place_behind_a_row_is_reached_through_the_index(
    listing: Listing, viewer: Acting, cast: dict[str, Any], at: datetime
) -> None:
    some_of_everything(6, at, cast["priya"])
    after = listing.page(viewer, {}, size=3).next_cursor
    assert after is not None
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute("set local enable_sort = off")
        cursor.execute("set local enable_bitmapscan = off")
    with CaptureQueriesContext(connection) as asked:
        listing.page(viewer, {}, after=after, size=3)
    with connection.cursor() as cursor:
        page = next(one["sql"] for one in asked if '"team_customfield"' not in one["sql"])
        cursor.execute("explain " + page)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index Cond: (ROW(" in plan, plan


@pytest.mark.parametrize("count", [0, 3, 60])
@pytest.mark.parametrize("listing", LISTS, ids=lambda listing: listing.name)
def test_a_page_costs_few_statements_whatever_the_number_of_rows(
    listing: Listing, count: int, opened: Client, cast: dict[str, Any], at: datetime
) -> None:
    some_of_everything(count, at, cast["priya"])
    with CaptureQueriesContext(connection) as asked:
        answer = opened.get(listing.path, {"owner": "nobody"} if count == 3 else {})
    assert answer.status_code == 200
    ours = [
        one["sql"]
        for one in asked
        if not any(word in one["sql"] for word in ("SAVEPOINT", "django_session", '"team_member"."password"'))
    ]
    assert len(ours) <= MOST, "\n".join(ours)


@pytest.mark.parametrize("listing", LISTS, ids=lambda listing: listing.name)
def test_every_filter_can_be_asked_for(
    listing: Listing, viewer: Acting, cast: dict[str, Any], at: datetime
) -> None:
    some_of_everything(3, at, cast["priya"])
    for one in listing.filters:
        given = {"date": "2026-05-12", "flag": "yes"}.get(one.kind, "okafor")
        choices = [value for value, _ in one.choices()] if one.kind == "choice" else [given]
        for value in choices:
            page = listing.page(viewer, {one.name: value})
            assert page.total == len(page.rows)


@pytest.mark.parametrize("words", ["Person 2", "okafor2", "p2@", "FIRM 2"])
@pytest.mark.parametrize("listing", [PEOPLE, LEADS, DEALS], ids=lambda listing: listing.name)
def test_a_buyer_is_found_by_name_family_name_mail_or_company(
    listing: Listing, words: str, viewer: Acting, cast: dict[str, Any], at: datetime
) -> None:
    some_of_everything(4, at, cast["priya"])
    assert listing.page(viewer, {"q": words}).total == 1


def test_a_deal_is_found_by_its_name(viewer: Acting, cast: dict[str, Any], at: datetime) -> None:
    some_of_everything(4, at, cast["priya"])
    assert [deal.name for deal in DEALS.page(viewer, {"q": "DESKS 3"}).rows] == ["Desks 3"]


def test_who_may_not_see_margins_sees_no_such_column(cast: dict[str, Any], at: datetime) -> None:
    some_of_everything(1, at, cast["priya"])
    for name, seen in (("ruth", True), ("priya", False)):
        viewer = as_member(cast[name])
        (row,) = DEALS.as_dicts(viewer, DEALS.page(viewer, {}).rows)
        assert ("margin" in row) is seen


def test_what_is_gone_or_merged_is_in_no_list(viewer: Acting, cast: dict[str, Any], at: datetime) -> None:
    some_of_everything(2, at, cast["priya"])
    root, other = Person.objects.order_by("id")
    Person.objects.filter(id=other.id).update(root=root)
    assert PEOPLE.page(viewer, {}).rows == [root]
    for model, listing in ((Lead, LEADS), (Deal, DEALS), (Company, COMPANIES)):
        model.objects.update(gone_at=at)
        assert listing.page(viewer, {}).rows == []
