"""The promise of a first answer: kept or broken by an outgoing contact, then the next one is due."""

from datetime import datetime, timedelta
from typing import Any

from songsheet.clocks.models import Clock
from songsheet.journal.readers import catch_up
from songsheet.journal.testing import assert_nothing_recorded, assert_recorded
from songsheet.leads.actions import give_lead, put_back, take_lead
from songsheet.leads.errors import NothingToUndo
from songsheet.leads.events import LeadAnswered
from songsheet.leads.models import Lead
from songsheet.leads.reactions import READER
from songsheet.leads.tests.rows import imported, sound
from songsheet.team.acting import as_member
from songsheet.touches.actions import log_touch
from songsheet.touches.adopt import TouchRow


def taken(cast: dict[str, Any], at: datetime) -> Lead:
    catch_up(READER)
    lead = imported(at)
    return take_lead(lead.key, by=as_member(cast["priya"]), at=at)


def clocks(lead: Lead) -> list[tuple[str, str]]:
    found = Clock.objects.filter(about=lead.key).exclude(kind="verdict")
    return list(found.order_by("id").values_list("kind", "state"))


def call(lead: Lead, cast: dict[str, Any], now: datetime, **given: Any) -> None:
    known = {"kind": "call", "direction": "out", "person": (lead.person_id, lead.person.key), **given}
    log_touch(TouchRow(**known), by=as_member(cast["priya"]), at=now)
    catch_up(READER)


def test_a_call_in_time_keeps_the_promise_and_dates_the_next_contact(
    cast: dict[str, Any], at: datetime
) -> None:
    lead = taken(cast, at)
    soon = at + timedelta(hours=3)
    call(lead, cast, soon)
    assert clocks(lead) == [("first_answer", "kept"), ("next_contact", "running")]
    lead.refresh_from_db()
    assert lead.clock is not None
    assert lead.clock.due_at == soon + timedelta(days=14)
    entry = assert_recorded(LeadAnswered, lead=lead.key, member=cast["priya"].key, in_time=True)
    assert (entry.occurred_at, entry.actor) == (soon, "system_promises")
    assert sound() == []


def test_a_call_after_the_due_time_breaks_it(cast: dict[str, Any], at: datetime) -> None:
    lead = taken(cast, at)
    call(lead, cast, at + timedelta(days=2), lead_key=lead.key)
    assert clocks(lead)[0] == ("first_answer", "broken")
    assert_recorded(LeadAnswered, lead=lead.key, in_time=False)


def test_a_later_contact_moves_the_next_one_and_tells_nothing_twice(
    cast: dict[str, Any], at: datetime
) -> None:
    lead = taken(cast, at)
    call(lead, cast, at + timedelta(hours=1))
    call(lead, cast, at + timedelta(days=3), kind="mail")
    lead.refresh_from_db()
    assert lead.clock is not None
    assert lead.clock.due_at == at + timedelta(days=17)
    assert_recorded(LeadAnswered)
    assert sound() == []


def test_what_is_no_contact_of_ours_keeps_nothing(cast: dict[str, Any], at: datetime) -> None:
    lead = taken(cast, at)
    call(lead, cast, at + timedelta(hours=1), direction="in")
    call(lead, cast, at + timedelta(hours=1), kind="note")
    call(lead, cast, at + timedelta(hours=1), at=at - timedelta(days=1))
    assert clocks(lead) == [("first_answer", "running")]
    assert_nothing_recorded(LeadAnswered)


def test_who_was_answered_is_not_put_back_but_can_be_given_on(cast: dict[str, Any], at: datetime) -> None:
    lead = taken(cast, at)
    call(lead, cast, at + timedelta(hours=1))
    try:
        put_back(lead.key, by=as_member(cast["priya"]), at=at)
    except NothingToUndo:
        give_lead(lead.key, cast["diane"], by=as_member(cast["amara"]), at=at + timedelta(hours=2))
    assert clocks(lead) == [
        ("first_answer", "kept"),
        ("next_contact", "stopped"),
        ("first_answer", "running"),
    ]
    assert sound() == []
