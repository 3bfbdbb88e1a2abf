"""Enquiries on screen: noted on a buyer's page, answered by whoever has them, seen in the story by all."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from songsheet.desk.tests.test_handing import client_of, told
from songsheet.leads.enquiries.models import Enquiry
from songsheet.leads.models import Lead
from songsheet.leads.tests.rows import person
from songsheet.team.acting import as_system
from songsheet.team.actions import join_team
from songsheet.team.models import Member


@pytest.fixture
def fay(cast: dict[str, Any], at: datetime) -> Member:
    return join_team(name="Fay Moreno", email="fay@a.example", role="finance", by=as_system("tests"), at=at)


def test_an_enquiry_is_noted_answered_and_seen_by_whoever_knows_the_buyer(
    cast: dict[str, Any], fay: Member, at: datetime
) -> None:
    guide, finance, buyer = client_of(cast["priya"]), client_of(fay), person(at)[1]
    assert "By the agreed rules" in guide.get(f"/buyers/{buyer}/enquiries").content.decode()
    wrong = guide.post(f"/buyers/{buyer}/enquiries", {"text": ""})
    assert wrong.status_code == 422
    said = {"text": "Where is my invoice? <b>", "source": ""}
    done = guide.post(f"/buyers/{buyer}/enquiries", said, follow=True)
    assert "Billing: Fay Moreno answers it" in done.content.decode()
    one = Enquiry.objects.get()
    here = f"/enquiries/{one.key}"
    page = finance.get(here).content.decode()
    assert "Rule 5, Billing: they mention “invoice”." in page
    assert "invoice? &lt;b&gt;" in page
    assert f"{here}/answer" in page
    assert f"{here}/answer" not in guide.get(here).content.decode()
    assert here in guide.get(f"/buyers/{buyer}").content.decode()
    assert f"/buyers/{buyer}/enquiries" in finance.get(f"/buyers/{buyer}").content.decode()
    refused = guide.post(f"{here}/answer", {"answer": "I do not know"})
    assert refused.status_code == 403
    moved = finance.post(f"{here}/move", {"kind": "service", "why": "They mean the delivery"}, follow=True)
    assert "They mean the delivery" in moved.content.decode()
    assert finance.post(f"{here}/undo").status_code == 302
    assert finance.post(f"{here}/answer", {"answer": "", "version": 3}).status_code == 422
    assert finance.post(f"{here}/answer", {"answer": "x", "version": 1}).status_code == 409
    assert finance.post(f"{here}/answer", {"answer": "Sent again, today."}, follow=True).status_code == 200
    assert "“Sent again, today”" in guide.get(f"/buyers/{buyer}").content.decode()
    assert finance.post(f"{here}/undo").status_code == 302
    given = finance.post(f"{here}/give", {"member": cast["tom"].key}, follow=True).content.decode()
    assert "Tom Lindqvist answers it" in given
    assert client_of(cast["tom"]).post(f"{here}/close", {"why": "They called"}).status_code == 302
    listed = guide.get("/enquiries?state=closed&kind=billing").content.decode()
    assert "Suzanne Okafor" in listed


def test_a_lead_that_is_not_about_buying_is_moved_from_its_buyer(
    cast: dict[str, Any], fay: Member, at: datetime
) -> None:
    guide, buyer = client_of(cast["priya"]), person(at)[1]
    guide.post(f"/buyers/{buyer}/enquiries", {"text": "Chairs for forty people?"})
    lead = Lead.objects.get()
    assert f"/leads/{lead.key}/enquiry" in guide.get(f"/buyers/{buyer}").content.decode()
    assert "Billing" in guide.get(f"/leads/{lead.key}/enquiry").content.decode()
    said = {"kind": "billing", "why": "They ask for an old invoice"}
    told = guide.post(f"/leads/{lead.key}/enquiry", said, follow=True).content.decode()
    assert "Billing: Fay Moreno answers it" in told
    lead.refresh_from_db()
    assert (lead.state, Enquiry.objects.get().kind) == ("disqualified", "billing")


@pytest.mark.parametrize("path", ["/enquiries", "/enquiries/{}"])
def test_pages_of_enquiries_take_few_statements(
    path: str, cast: dict[str, Any], fay: Member, at: datetime
) -> None:
    guide = client_of(cast["priya"])
    for _ in range(6):
        guide.post(f"/buyers/{person(at)[1]}/enquiries", {"text": "An invoice, please"})
    one = Enquiry.objects.latest("id")
    guide.post(f"/buyers/{one.person.key}/enquiries", {"text": "And another invoice"})
    with CaptureQueriesContext(
        connection,
    ) as statements:
        assert guide.get(path.format(one.key)).status_code == 200
    assert len(statements) <= 10, [each["sql"][:120] for each in statements.captured_queries]


def test_what_is_asked_waits_on_the_today_of_whoever_answers_it(
    cast: dict[str, Any], fay: Member, at: datetime
) -> None:
    guide, finance, buyer = client_of(cast["priya"]), client_of(fay), person(at)[1]
    assert "Nothing waits for you." in finance.get("/").content.decode()
    guide.post("/enquiries/new", {"name": "Kim Lee", "mail": "kim@lee.example", "text": "A refund, please"})
    guide.post("/enquiries/new", {"name": "Somebody", "mail": "Kim@lee.example", "text": "And the refund?"})
    guide.post(f"/buyers/{buyer}/enquiries", {"text": "My invoice is overdue"})
    assert [one.person.name for one in Enquiry.objects.order_by("id")] == [
        "Kim Lee", "Kim Lee", "Suzanne Okafor",
    ]  # fmt: skip
    page = finance.get("/").content.decode()
    first = Enquiry.objects.order_by("id")[0]
    assert "Kim Lee is next: they wait for your answer (Billing)" in page
    assert f"/enquiries/{first.key}" in page
    assert "Suzanne Okafor" in page


def test_whoever_gets_an_enquiry_is_told_and_told_no_more_once_it_is_answered(
    cast: dict[str, Any], fay: Member, at: datetime
) -> None:
    told(fay)
    guide, finance, buyer = client_of(cast["priya"]), client_of(fay), person(at)[1]
    guide.post(f"/buyers/{buyer}/enquiries", {"text": "My invoice is overdue"})
    here = f"/enquiries/{Enquiry.objects.get().key}"
    assert told(fay) == ["An enquiry waits for your answer: Suzanne Okafor"]
    finance.post(f"{here}/give", {"member": cast["tom"].key})
    assert (told(fay), told(cast["tom"])) == ([], ["An enquiry waits for your answer: Suzanne Okafor"])
    client_of(cast["tom"]).post(f"{here}/answer", {"answer": "Paid since."})
    assert told(cast["tom"]) == []
