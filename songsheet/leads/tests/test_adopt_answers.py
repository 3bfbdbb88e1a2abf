"""First answers of history: each with the promise that it kept or broke, once."""

from datetime import datetime, timedelta
from typing import Any

from songsheet.base.adopting import one
from songsheet.buyers.actions import meet_person
from songsheet.buyers.adopt import PersonRow
from songsheet.clocks.models import Clock
from songsheet.journal.testing import recorded
from songsheet.leads.adopt_answers import AnswerRow, adopt_answers
from songsheet.leads.adopt_leads import LeadRow, adopt_leads
from songsheet.leads.events import LeadAnswered
from songsheet.team.acting import as_member


def test_answers_of_history_keep_or_break_their_promise_once(cast: dict[str, Any], at: datetime) -> None:
    by, priya = as_member(cast["diane"]), (cast["priya"].id, cast["priya"].key)
    came = at - timedelta(days=14)
    rows = []
    for hours in (2, 24 * 5):
        person = meet_person(PersonRow(name=f"After {hours}"), by=by, at=at)
        lead = LeadRow(person=(person.id, person.key), owner=priya, state="working", came_at=came,
                       at_rest=False, due_at=at + timedelta(days=1))  # fmt: skip
        ref = one(adopt_leads([lead], by=by, at=at)).ref
        assert ref
        rows.append(AnswerRow(ref, person.key, priya, came, came + timedelta(hours=hours)))
    assert adopt_answers(rows, by=by, at=at) == 2
    assert adopt_answers(rows, by=by, at=at) == 0
    in_time = [entry.event.in_time for entry in recorded(LeadAnswered)]
    assert in_time == [True, False]
    for row, state in zip(rows, ("kept", "broken"), strict=True):
        clocks = Clock.objects.filter(about=row.lead[1]).values_list("kind", "state", "due_at")
        running = ("next_contact", "running", at + timedelta(days=1))
        assert running in clocks
        assert next(two for two in clocks if two[0] == "first_answer")[1] == state
        assert len(clocks) == 2
