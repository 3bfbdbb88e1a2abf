"""What data cannot tell a person asks: the answer counts at once, is taken back, and goes with the person."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from songsheet.agreements.kinds.qualified_lead import Question
from songsheet.agreements.tests.signers import with_owen
from songsheet.journal.testing import assert_recorded, recorded
from songsheet.leads.actions import end_lead, move_lead
from songsheet.leads.errors import LeadHasEnded, NothingToUndo
from songsheet.leads.models import Answer
from songsheet.leads.qualifying.actions import judge
from songsheet.leads.qualifying.events import LeadQualified, QuestionAnswered
from songsheet.leads.qualifying.question_actions import (
    NoSuchQuestion,
    answer_question,
    take_back_answer,
)
from songsheet.leads.qualifying.why import why_of
from songsheet.leads.tests.rows import sound
from songsheet.leads.tests.test_judge_leads import DEFINITION, SYSTEM, live, put_in_force, visit

ASKS, MORE = "What should be different?", "Who else decides?"
WITH_QUESTIONS = DEFINITION.model_copy(
    update={"questions": [Question(asks=ASKS, needed=True), Question(asks=MORE)]}
)


def test_a_needed_question_holds_a_lead_back_until_it_is_answered(cast: dict[str, Any], at: datetime) -> None:
    team = with_owen(cast, at)
    put_in_force("qualified_lead", WITH_QUESTIONS, team, at)
    lead = live(at)
    judge([lead.id], by=SYSTEM, at=at)
    why = why_of(lead)
    assert why.standing == "It does not meet version 2 of the definition yet: 0 of 50 points."
    assert why.missing == ["50 points more", f"an answer: {ASKS}"]
    visit(lead, team["priya"], at)
    assert why_of(lead).missing == [f"an answer: {ASKS}"]
    lead.refresh_from_db()
    assert lead.state == "new"
    first = answer_question(lead.key, ASKS, "The power fails", by=team["priya"], at=at)
    lead.refresh_from_db()
    assert lead.state == "qualified"
    assert_recorded(LeadQualified, lead=lead.key, points=60)
    assert "power" not in str(assert_recorded(QuestionAnswered, lead=lead.key, question=ASKS).event)
    second = answer_question(lead.key, ASKS, "The power fails at night", by=team["priya"], at=at)
    with pytest.raises(NothingToUndo):
        take_back_answer(first.key, of=lead.key, by=team["priya"], at=at)
    take_back_answer(second.key, of=lead.key, by=team["priya"], at=at)
    assert [one.text for one in why_of(lead).questions] == ["The power fails", ""]
    take_back_answer(first.key, of=lead.key, by=team["priya"], at=at)
    assert why_of(lead).missing == [f"an answer: {ASKS}"]
    assert len(recorded(LeadQualified)) == 1
    with pytest.raises(NoSuchQuestion):
        answer_question(lead.key, "Who pays?", "They", by=team["priya"], at=at)
    end_lead(lead.key, "disqualified", reason="No need", by=team["priya"], at=at)
    with pytest.raises(LeadHasEnded):
        answer_question(lead.key, ASKS, "Nothing", by=team["priya"], at=at)
    assert sound() == []


def test_page_and_api_say_why_and_take_answers(cast: dict[str, Any], at: datetime) -> None:
    team, client = with_owen(cast, at), Client()
    client.force_login(cast["priya"])
    lead = live(at, wants="A quote, please")
    judge([lead.id], by=SYSTEM, at=at)
    for page in (f"/handoffs/{lead.key}", f"/buyers/{lead.person.key}"):
        assert "By the starter: hot, 20 points (draft, not in force)." in client.get(page).content.decode()
    put_in_force("qualified_lead", WITH_QUESTIONS, team, at)
    visit(lead, team["priya"], at)
    judge([lead.id], by=SYSTEM, at=at)
    said = {"asks": ASKS, "words": "Power at night"}
    assert ASKS in client.get(f"/handoffs/{lead.key}/answers").content.decode()
    assert client.post(f"/handoffs/{lead.key}/answers", said).status_code == 302
    page = client.get(f"/handoffs/{lead.key}").content.decode()
    assert "It meets version 2 of the definition, with 60 points." in page
    assert "the number of touches from their side is at least 1" in page
    assert "Power at night" in page
    path = f"/api/v1/leads/{lead.key}"
    found = client.get(f"{path}/judgement").json()
    assert (found["is_qualified"], found["points"], found["missing"]) == (True, 60, [])
    assert [(one["name"], one["holds"], one["by"]) for one in found["criteria"]] == [
        ("Reachable", True, ""), ("Came", True, "1"),
    ]  # fmt: skip
    key = found["questions"][0]["key"]
    assert client.post(f"/handoffs/{lead.key}/answers/{key}/undo").status_code == 302
    body = {"question": ASKS, "text": "Power at night"}
    noted = client.post(f"{path}/answers", body, content_type="application/json")
    assert noted.status_code == 201, noted.content
    assert noted.json()["is_qualified"]
    key = noted.json()["questions"][0]["key"]
    taken = client.post(f"{path}/answers/{key}/take-back", {}, content_type="application/json").json()
    assert taken["missing"] == [f"an answer: {ASKS}"]
    assert Answer.objects.filter(gone_at=None).count() == 0


def test_what_somebody_moved_by_hand_says_who_qualified_it(cast: dict[str, Any], at: datetime) -> None:
    team = with_owen(cast, at)
    lead, came = live(at), live(at, state="qualified")
    move_lead(lead.key, "qualified", by=team["priya"], at=at)
    judge([lead.id, came.id], by=SYSTEM, at=at)
    assert (why_of(lead).elsewhere, why_of(came).elsewhere) == ("Priya Raman", "an import")
    assert sound() == []
