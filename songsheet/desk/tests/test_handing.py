"""A handoff on screen: the brief, given back with its reason, answered; everybody concerned sees it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from songsheet.desk.story.read import story_for
from songsheet.handoffs.models import Return
from songsheet.journal.readers import catch_up
from songsheet.leads.actions import give_lead, lead_came
from songsheet.leads.adopt import LeadRow
from songsheet.leads.models import Lead
from songsheet.leads.tests.rows import person
from songsheet.notices.queries import notices_of
from songsheet.notices.reactions import READER
from songsheet.notices.shown import shown
from songsheet.team.acting import as_member, as_system


def client_of(member: Any) -> Client:
    client = Client()
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def lead(cast: dict[str, Any], at: datetime) -> Lead:
    catch_up(READER)
    made = lead_came(LeadRow(person=person(at), wants="A quiet chair"), by=as_system("tests"), at=at)
    return give_lead(made.key, cast["priya"], by=as_member(cast["diane"]), at=at)


def told(member: Any) -> list[str]:
    catch_up(READER)
    return [one.says for one in shown(list(notices_of(as_member(member)).filter(read_at=None)))]


def test_a_lead_is_returned_on_its_brief_answered_on_today_and_comes_back_better(
    cast: dict[str, Any], lead: Lead
) -> None:
    guide, marketing = client_of(cast["priya"]), client_of(cast["tom"])
    assert f"/handoffs/{lead.key}" in guide.get("/").content.decode()
    page = guide.get(f"/handoffs/{lead.key}").content.decode()
    assert "A quiet chair" in page
    assert "Diane Mercer gave it" in page
    assert "Accept" not in client_of(cast["ines"]).get(f"/handoffs/{lead.key}").content.decode()
    dialog = guide.get(f"/handoffs/{lead.key}/return").content.decode()
    assert "Unreachable after the agreed attempts" in dialog
    wrong = guide.post(f"/handoffs/{lead.key}/return", {"returned_as": "other", "version": lead.version})
    assert (wrong.status_code, b"asks for a sentence" in wrong.content) == (422, True)
    stale = guide.post(f"/handoffs/{lead.key}/return", {"returned_as": "no_need", "version": 1})
    assert stale.status_code == 409
    words = "They want a table, not a chair."
    given = {"returned_as": "misinformed", "words": words, "version": lead.version}
    assert guide.post(f"/handoffs/{lead.key}/return", given, follow=True).status_code == 200
    one = Return.objects.get()
    assert "Priya Raman returned a lead: you owe the answer: Suzanne Okafor" in told(cast["tom"])
    today = marketing.get("/").content.decode()
    assert words in today
    assert today.count("Suzanne Okafor</a>") == 1, "the lead stands once, as a return"
    assert marketing.get(f"/returns/{one.key}/answer").status_code == 200
    assert marketing.post(f"/returns/{one.key}/answer", {"how": "corrected"}).status_code == 422
    put_right = {"how": "corrected", "words": "The form asks for it now.", "version": one.version}
    assert marketing.post(f"/returns/{one.key}/answer", put_right).status_code == 302
    assert [one for one in told(cast["tom"]) if "returned" in one] == []
    assert "Tom Lindqvist answered your return: Suzanne Okafor" in told(cast["priya"])
    assert "The form asks for it now." in guide.get("/").content.decode()
    assert guide.post(f"/handoffs/{lead.key}/accept", follow=True).status_code == 200
    late = marketing.post(f"/handoffs/{lead.key}/accept")
    assert (late.status_code, b"Priya Raman has this lead" in late.content) == (409, True)
    said = [line.sentence for line in story_for(as_member(cast["priya"]), lead.key).lines]
    assert f"Priya Raman returned the lead: misinformed. “{words}”" in said
    assert "The lead went back to Tom Lindqvist" in said
    assert "Tom Lindqvist put it right and offered the lead again: The form asks for it now." in said
    assert words in marketing.get("/returns").content.decode()


def test_a_return_and_an_answer_are_undone_by_their_toast(cast: dict[str, Any], lead: Lead) -> None:
    guide, marketing = client_of(cast["priya"]), client_of(cast["tom"])
    for turn in range(2):
        guide.post(f"/handoffs/{lead.key}/return", {"returned_as": "no_need"})
        one = Return.objects.latest("id")
        if turn == 0:
            assert guide.post(f"/returns/{one.key}/undo").status_code == 302
    marketing.post(f"/returns/{one.key}/answer", {"how": "agreed", "changes": "We ask first."})
    assert marketing.post(f"/returns/{one.key}/undo").status_code == 302
    one.refresh_from_db()
    assert (one.state, one.changes) == ("owed", "")
    assert told(cast["priya"]) == []


@pytest.mark.parametrize("path", ["/", "/handoffs/{}", "/returns"])
def test_pages_of_handoffs_take_few_statements(
    path: str, cast: dict[str, Any], lead: Lead, at: datetime
) -> None:
    guide, marketing = client_of(cast["priya"]), client_of(cast["tom"])
    for days in range(3):
        later = (at + timedelta(days=200 + days)).date()
        guide.post(f"/handoffs/{lead.key}/return", {"returned_as": "not_ready", "look_again_on": later})
        if days < 2:
            one = Return.objects.latest("id")
            marketing.post(f"/returns/{one.key}/answer", {"how": "corrected", "words": "Now they are."})
    marketing.get("/")
    for client in (guide, marketing):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path.format(lead.key)).status_code == 200
        plain = [one["sql"] for one in asked if "django_session" not in one["sql"]]
        ours = [
            sql for sql in plain
            if "SAVEPOINT" not in sql and 'FROM "team_member" WHERE "team_member"."id"' not in sql
            and not sql.startswith("set local")
        ]  # fmt: skip
        assert len(ours) <= 10, "\n".join(ours)
