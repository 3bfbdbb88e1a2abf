"""The archive as a list of its own, from which one or many come back; leads that end together and do not."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from songsheet.base.refusals import Conflict
from songsheet.buyers.actions import meet_company, meet_person
from songsheet.buyers.adopt import CompanyRow, PersonRow
from songsheet.buyers.events import CompanyGone
from songsheet.buyers.listing import COMPANIES, PEOPLE
from songsheet.buyers.models import Company, Person
from songsheet.flows.archive_one import archive_one, bring_back_one
from songsheet.flows.bulk.change_many import Chosen, Wanted, change_many, preview, undo_change
from songsheet.flows.errors import NotArchived, StillHeld, ValueRefused
from songsheet.flows.events import RecordBroughtBack
from songsheet.journal.check import run
from songsheet.journal.testing import assert_recorded
from songsheet.leads.actions import give_leads
from songsheet.leads.adopt import LeadRow, adopt_leads
from songsheet.leads.events import LeadEnded
from songsheet.leads.models import Lead
from songsheet.team.acting import Acting, as_member


@pytest.fixture
def boss(cast: dict[str, Any]) -> Acting:
    return as_member(cast["ruth"])


@pytest.fixture
def buyers(boss: Acting, at: datetime) -> list[Person]:
    """Three people of one company."""
    company = meet_company(CompanyRow(name="Brightwater", domain="brightwater.example"), by=boss, at=at)
    ref = (company.id, company.key)
    mails = [(f"{name}@brightwater.example",) for name in ("ada", "bo", "cy")]
    return [
        meet_person(PersonRow(name=mail[0][:3], mails=mail, company=ref), by=boss, at=at) for mail in mails
    ]


def test_many_are_found_in_the_archive_and_come_back(
    boss: Acting, buyers: list[Person], cast: dict[str, Any], at: datetime
) -> None:
    keys = tuple(one.key for one in buyers[:2])
    change_many("people", Chosen(keys), Wanted("archive"), by=boss, at=at)
    archived = {"archived": "yes"}
    assert {one.key for one in PEOPLE.page(boss, archived).rows} == set(keys)
    assert PEOPLE.page(boss, {}).total == 1
    client = Client()
    client.force_login(cast["ruth"])
    page = client.get("/buyers?archived=yes").content.decode()
    assert "Bring back" in page
    assert f"/buyers/{keys[0]}" not in page
    assert client.get("/buyers?archived=perhaps").status_code == 422
    change = change_many("people", Chosen(filters=archived), Wanted("bring_back"), by=boss, at=at)
    assert (change.changed, change.refused) == (2, 0)
    assert PEOPLE.page(boss, {"q": "ada"}).total == 1
    assert_recorded(RecordBroughtBack, record=keys[0])
    assert undo_change(change.key, by=boss, at=at).undone == 2
    assert PEOPLE.page(boss, archived).total == 2


def test_one_comes_back_unless_it_would_rest_on_something_hidden(
    boss: Acting, buyers: list[Person], at: datetime
) -> None:
    company = Company.objects.get()
    with pytest.raises(StillHeld):
        archive_one("companies", company.key, by=boss, at=at)
    for one in buyers:
        archive_one("people", one.key, by=boss, at=at)
    archive_one("companies", company.key, by=boss, at=at)
    assert_recorded(CompanyGone, company=company.key)
    with pytest.raises(StillHeld, match="Bring that back first"):
        bring_back_one("people", buyers[0].key, by=boss, at=at)
    refused = change_many("people", Chosen((buyers[0].key,)), Wanted("bring_back"), by=boss, at=at)
    assert (refused.changed, refused.refused) == (0, 1)
    other = meet_company(CompanyRow(name="New", domain="brightwater.example"), by=boss, at=at)
    with pytest.raises(Conflict, match="Another record has its domain"):
        bring_back_one("companies", company.key, by=boss, at=at)
    archive_one("companies", other.key, by=boss, at=at)
    bring_back_one("companies", company.key, by=boss, at=at)
    with pytest.raises(NotArchived):
        bring_back_one("companies", company.key, by=boss, at=at)
    assert [one.key for one in COMPANIES.page(boss, {"archived": "yes"}).rows] == [other.key]


def test_leads_end_with_a_reason_and_open_again_with_their_clocks(
    boss: Acting, buyers: list[Person], cast: dict[str, Any], at: datetime
) -> None:
    rows = [LeadRow(person=(one.id, one.key), at_rest=False) for one in buyers]
    keys = tuple(one.ref[1] for one in adopt_leads(rows, by=boss, at=at, lane="live") if one.ref)
    give_leads(dict.fromkeys(keys[:1], cast["priya"]), by=boss, at=at)
    before = list(Lead.objects.order_by("id").values("state", "owner", "queue", "clock", "at_rest"))
    wanted = Wanted("end", "disqualified", "No budget this year")
    assert preview("leads", Chosen(keys), wanted, by=boss, at=at).changed == 3
    change = change_many("leads", Chosen(keys), wanted, by=boss, at=at)
    assert (change.changed, change.says) == (3, "Disqualified: No budget this year")
    assert {(one.state, one.end_reason) for one in Lead.objects.all()} == {
        ("disqualified", "No budget this year")
    }
    assert_recorded(LeadEnded, lead=keys[0])
    assert undo_change(change.key, by=boss, at=at).undone == 3
    assert list(Lead.objects.order_by("id").values("state", "owner", "queue", "clock", "at_rest")) == before
    assert {one.clock.state for one in Lead.objects.select_related("clock") if one.clock} == {"running"}
    assert [one.sentence for one in run(full=True, only=["I1", "I2", "I7"])] == []
    for wrong in (Wanted("end", "converted", "x"), Wanted("end", "released", "")):
        with pytest.raises(ValueRefused):
            change_many("leads", Chosen(keys), wrong, by=boss, at=at)
