"""Boards: columns page by key, totals say whether they are exact, a card moves or is told why not."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from songsheet.deals.actions import open_deal
from songsheet.deals.adopt import DealRow
from songsheet.deals.models import Deal
from songsheet.desk.board import read
from songsheet.desk.board.boards import BOARDS
from songsheet.desk.board.read import columns_of, more_of
from songsheet.flows.tests.many import leads
from songsheet.journal.testing import assert_recorded, recorded
from songsheet.leads.events import LeadMoved
from songsheet.leads.models import Lead
from songsheet.team.acting import as_member

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 20)


@pytest.fixture
def priya(cast: dict[str, Any], client: Client) -> Client:
    client.force_login(cast["priya"])
    return client


def deals(count: int, at: datetime, by: Any, **given: Any) -> list[Deal]:
    made = []
    for number, lead in enumerate(leads(count, at)):
        row = DealRow((lead.id, lead.key), opened_at=at - timedelta(hours=number), **given)
        made.append(open_deal(lead.key, row, by=by, at=at))
    return made


def test_columns_page_by_key_and_every_card_comes_once(
    cast: dict[str, Any], at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "CARDS", 3)
    some, viewer = leads(8, at), as_member(cast["priya"])
    column = next(one for one in columns_of(BOARDS["leads"], viewer, {}) if one.value == "new")
    assert (column.total.text, len(column.cards)) == ("8", 3)
    seen, after = [card["key"] for card in column.cards], column.after
    while after:
        cards, after = more_of(BOARDS["leads"], viewer, {}, "new", after)
        seen += [card["key"] for card in cards]
    assert seen == [lead.key for lead in sorted(some, key=lambda one: one.came_at, reverse=True)]


def test_totals_say_when_they_are_not_exact_and_sum_by_currency(
    cast: dict[str, Any], at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = as_member(cast["amara"])
    deals(2, at, viewer, amount=10_000, currency="EUR", next_step="Call", next_step_on=DAY)
    deals(1, at, viewer, amount=5_000, currency="GBP", next_step="Call", next_step_on=DAY)
    deals(1, at, viewer, next_step="Call", next_step_on=DAY)
    (column,) = [one for one in columns_of(BOARDS["deals"], viewer, {}) if one.total.count]
    assert (column.label, column.total.text) == ("No stage", "4")
    assert [one.format() for one in column.total.amounts] == ["€200", "£50"]
    monkeypatch.setattr(read, "EXACT_UP_TO", 2)
    (column,) = [one for one in columns_of(BOARDS["deals"], viewer, {}) if one.total.count]
    assert column.total.text == "2+"


def test_a_board_is_filtered_as_its_list(priya: Client, cast: dict[str, Any], at: datetime) -> None:
    leads(2, at)
    leads(1, at, queue=None, owner=(cast["priya"].id, cast["priya"].key))
    shown = priya.get(f"/leads/board?owner={cast['priya'].key}&state=ended").content.decode()
    assert shown.count("data-card=") == 1
    assert "Owner: Priya Raman" in shown


def test_a_card_moves_with_its_version_and_can_go_back(
    priya: Client, cast: dict[str, Any], at: datetime
) -> None:
    (lead,) = leads(1, at)
    sent = {"key": lead.key, "to": "qualified", "version": lead.version, "query": ""}
    shown = priya.post("/leads/board/move", sent, headers={"HX-Request": "true"}).content.decode()
    assert 'data-in="qualified"' in shown
    assert f"to=new&amp;version={lead.version + 1}" in shown
    assert_recorded(LeadMoved, lead=lead.key, state="qualified", before="new")
    back = f"/leads/board/move?key={lead.key}&to=new&version={lead.version + 1}"
    assert priya.post(back, {"next": "/leads/board"})["Location"] == "/leads/board"
    assert Lead.objects.get(id=lead.id).state == "new"


@pytest.mark.parametrize(
    ("to", "older", "status"), [("nurturing", 0, 422), ("converted", 0, 422), ("qualified", 1, 409)]
)
def test_a_move_that_cannot_be_is_told_and_changes_nothing(
    to: str, older: int, status: int, priya: Client, at: datetime
) -> None:
    (lead,) = leads(1, at)
    sent = {"key": lead.key, "to": to, "version": lead.version - older}
    assert priya.post("/leads/board/move", sent).status_code == status
    assert Lead.objects.get(id=lead.id).state == "new"
    assert not recorded(LeadMoved)


def test_a_board_costs_few_statements_whatever_stands_on_it(
    priya: Client, at: datetime, django_assert_max_num_queries: Any
) -> None:
    leads(60, at)
    with django_assert_max_num_queries(12):  # two of them sign in
        assert priya.get("/leads/board").status_code == 200
    with django_assert_max_num_queries(12):
        assert priya.get("/deals/board").status_code == 200
