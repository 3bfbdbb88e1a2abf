"""Saved views on the pages of lists and on the API; columns, groups and the open row in the address."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import orjson
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from songsheet.buyers.models import Person
from songsheet.config.wiring import LISTINGS
from songsheet.doors.address import Shown
from songsheet.leads.models import Lead, Queue
from songsheet.team.acting import as_member
from songsheet.team.actions import issue_key
from songsheet.team.models import SavedView
from songsheet.team.view_actions import save_view

MOST = 10


@pytest.fixture
def client(cast: dict[str, Any]) -> Client:
    client = Client()
    client.force_login(cast["priya"])
    return client


@pytest.fixture
def working(cast: dict[str, Any], at: datetime) -> SavedView:
    shown = Shown({"state": "working"}, ("person", "owner"))
    by = as_member(cast["priya"])
    return save_view(LISTINGS["leads"], shown, name="Being worked", pinned=True, by=by, at=at)


@pytest.fixture
def leads(cast: dict[str, Any], at: datetime) -> list[Lead]:
    """Two of Priya's that she works on, one that nobody has."""
    made = []
    for name, owner in (("Suzanne Okafor", "priya"), ("Henrik Sørby", "priya"), ("Uta Brandt", "")):
        person = Person.objects.create(name=name, name_folded=name.lower(), met_at=at)
        held = {"owner": cast[owner], "state": "working"} if owner else {"queue": Queue.objects.get()}
        made.append(Lead.objects.create(person=person, came_at=at, at_rest=True, **held))
    return made


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_view_is_saved_from_the_page_and_opens_what_it_shows(client: Client, leads: list[Lead]) -> None:
    sent = {"listing": "leads", "name": "Mine", "query": "state=working&sort=came&q=Suzanne", "pinned": "yes"}
    answer = client.post("/views", sent)
    view = SavedView.objects.get()
    assert (view.filters, view.sort, view.pinned, view.shared) == ({"state": "working"}, "came", True, False)
    assert answer["Location"] == f"/leads?state=working&sort=came&view={view.key}"
    page = text(client.get(answer["Location"]))
    assert f'href="/leads?state=working&amp;sort=came&amp;view={view.key}" aria-current="true"' in page
    assert client.get(f"/views/{view.key}")["Location"] == answer["Location"]


def test_views_are_counted_after_the_page_in_few_statements(
    client: Client, working: SavedView, leads: list[Lead]
) -> None:
    page = text(client.get("/leads"))
    assert 'hx-get="/lists/leads/views?view=&amp;all=yes"' in page
    with CaptureQueriesContext(connection) as asked:
        counted = text(client.get("/lists/leads/views?all=yes"))
    assert len([one for one in asked if "SAVEPOINT" not in one["sql"]]) <= MOST
    assert 'All <span class="n">3</span>' in counted
    assert 'Being worked <span class="n">2</span>' in counted
    assert 'id="view-items" hx-swap-oob="true"' in counted


def test_a_page_with_many_views_costs_few_statements(
    client: Client, cast: dict[str, Any], at: datetime, leads: list[Lead]
) -> None:
    for number in range(12):
        shown = Shown({"owner": cast["priya"].key})
        by = as_member(cast["priya"])
        save_view(LISTINGS["leads"], shown, name=f"View {number}", shared=number % 2 == 0, by=by, at=at)
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/leads").status_code == 200
    ours = [
        one["sql"] for one in asked if "SAVEPOINT" not in one["sql"] and "django_session" not in one["sql"]
    ]
    assert len(ours) <= MOST + 1, "\n".join(ours)


def test_what_the_list_lost_is_told_and_the_rest_is_shown(client: Client, working: SavedView) -> None:
    SavedView.objects.update(filters={"state": "working", "colour": "red"}, columns=["person", "wage"])
    answer = client.get(client.get(f"/views/{working.key}")["Location"])
    assert answer.status_code == 200
    assert "left out: colour, wage." in text(answer)


def test_a_stale_change_of_a_view_shows_both_names(client: Client, working: SavedView) -> None:
    address = f"/views/{working.key}/edit"
    assert client.post(address, {"name": "First", "version": 1}).status_code == 302
    answer = client.post(address, {"name": "Second", "version": 1}, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert 'value="Second"' in text(answer)
    assert "Meanwhile somebody wrote: First" in text(answer)
    assert "<html" not in text(answer)


def test_a_view_takes_over_what_is_shown_now(client: Client, working: SavedView) -> None:
    address = f"/leads?state=new&view={working.key}"
    assert "What is shown differs from the view." in text(client.get(address))
    opened = client.get(f"/views/{working.key}")["Location"]
    assert "What is shown differs" not in text(client.get(f"{opened}&q=Suzanne"))
    sent = {"name": working.name, "version": 1, "query": "state=new", "as_shown": "yes"}
    answer = client.post(f"/views/{working.key}/edit", sent, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == address
    assert "What is shown differs" not in text(client.get(address))


def test_an_archived_view_is_undone(client: Client, working: SavedView) -> None:
    client.post(f"/views/{working.key}/archive")
    assert client.get(f"/views/{working.key}").status_code == 404
    assert "Being worked" not in text(client.get("/leads"))
    client.post(f"/views/{working.key}/bring-back")
    assert "Being worked" in text(client.get("/leads"))


def test_columns_that_are_not_there_are_dropped_and_told(client: Client, leads: list[Lead]) -> None:
    page = text(client.get("/leads?columns=owner,wage"))
    assert "so it is left out: wage." in page
    assert (
        page.count('<th scope="col"')
        - page.count('class="pick"><label><input type="checkbox" data-choose-all')
        == 2
    )


def test_a_list_by_groups_counts_each_and_opens_its_rows(
    client: Client, cast: dict[str, Any], leads: list[Lead]
) -> None:
    page = text(client.get("/leads?group=owner"))
    assert '<span>Priya Raman</span> <span class="n">2</span>' in page
    assert '<span>Nobody</span> <span class="n">1</span>' in page
    assert "Suzanne Okafor" not in page
    rows = client.get(f"/leads?owner={cast['priya'].key}", headers={"HX-Target": "group-2"})
    assert text(rows).startswith("<tbody>")
    assert "Suzanne Okafor" in text(rows)
    assert "Uta Brandt" not in text(rows)


@pytest.mark.parametrize("path", ["/leads", "/deals", "/buyers", "/companies"])
def test_every_way_to_group_can_be_asked_for(path: str, client: Client, leads: list[Lead]) -> None:
    listing = next(one for one in LISTINGS.values() if one.path == path)
    for group in listing.groups:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"{path}?group={group.name}").status_code == 200
        ours = [
            one for one in asked if not any(word in one["sql"] for word in ("SAVEPOINT", "django_session"))
        ]
        assert len(ours) <= MOST + 1


def test_an_unknown_group_is_dropped_and_told(client: Client, leads: list[Lead]) -> None:
    page = text(client.get("/leads?group=shoe_size"))
    assert "left out: shoe_size." in page
    assert "Suzanne Okafor" in page


def test_the_open_row_is_in_the_address(client: Client, leads: list[Lead]) -> None:
    page = text(client.get(f"/leads?open={leads[0].key}"))
    assert f'data-url="/buyers/{leads[0].person.key}"' in page
    assert f'data-key-of="{leads[0].key}" aria-current="true"' in page
    panel = text(client.get(f"/buyers/{leads[0].person.key}", headers={"HX-Target": "panel"}))
    assert "<html" not in panel
    assert "Suzanne Okafor" in panel


@pytest.mark.parametrize("key", ["nothing", "a%00b", "x" * 600])
def test_a_row_that_is_not_there_opens_nothing(client: Client, key: str) -> None:
    answer = client.get(f"/leads?open={key}")
    assert answer.status_code == 200
    assert 'data-url=""' in text(answer)


@pytest.fixture
def api(cast: dict[str, Any], at: datetime) -> Callable[..., Any]:
    by = as_member(cast["priya"])
    _, secret = issue_key(member=cast["priya"], scopes=["read", "write"], by=by, at=at)

    def ask(method: str, path: str, body: Any = None, **headers: str) -> Any:
        headers |= {"Authorization": f"Bearer {secret}"}
        given = {} if body is None else {"data": orjson.dumps(body), "content_type": "application/json"}
        return getattr(Client(), method)(f"/api/v1{path}", headers=headers, **given)

    return ask


def test_views_on_the_api(api: Callable[..., Any], cast: dict[str, Any]) -> None:
    body = {"listing": "leads", "name": "Mine", "filters": {"state": "working"}, "columns": ["person"]}
    made = api("post", "/views", body)
    assert made.status_code == 201
    view = made.json()
    assert view["owner"] == cast["priya"].key
    assert api("get", "/views?listing=leads").json()["items"] == [view]
    changed = api("patch", f"/views/{view['key']}", {"shared": True, "filters": {}}, **{"If-Match": '"1"'})
    assert (changed.json()["shared"], changed.json()["filters"], changed.json()["columns"]) == (
        True,
        {},
        ["person"],
    )
    assert api("patch", f"/views/{view['key']}", {"name": "X", "version": 1}).status_code == 409
    assert api("delete", f"/views/{view['key']}").json()["archived"] is True
    assert api("get", f"/views/{view['key']}").status_code == 404


def test_the_api_refuses_what_the_list_does_not_declare(api: Callable[..., Any]) -> None:
    for change, code in (
        ({"filters": {"colour": "red"}}, "unknown_filter"),
        ({"columns": ["wage"]}, "unknown_column"),
        ({"sort": "wage"}, "unknown_sort"),
        ({"group": "wage"}, "unknown_group"),
        ({"listing": "shoes"}, "no_such_list"),
    ):
        answer = api("post", "/views", {"listing": "leads", "name": "Mine", **change})
        assert answer.json()["code"] == code
