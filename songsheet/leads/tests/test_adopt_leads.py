"""Bringing leads in: at rest, again, changed, and never against what was taken up here."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from songsheet.base.tests.cast import TUESDAY
from songsheet.base.tests.one_by_one import equal_one_by_one
from songsheet.clocks.models import Clock
from songsheet.journal.testing import assert_nothing_recorded, assert_recorded, recorded
from songsheet.leads.actions import take_lead
from songsheet.leads.adopt import LeadRow, adopt_leads
from songsheet.leads.events import LeadCame, LeadChanged, LeadEnded, LeadGiven, LeadMoved
from songsheet.leads.models import Lead, Queue
from songsheet.leads.tests.rows import BY, person, ref, sound
from songsheet.team.acting import as_member
from songsheet.touches.adopt import sources_named


def adopt(at: datetime, **given: Any) -> Any:
    (adopted,) = adopt_leads([LeadRow(**{"external": ("zoho", "1"), **given})], by=BY, at=at)
    return adopted


def test_an_imported_lead_rests_in_the_queue_without_a_clock(cast: dict[str, Any], at: datetime) -> None:
    somebody, came = person(at), at - timedelta(days=30)
    show = sources_named(["Trade show"])["Trade show"]
    adopted = adopt(at, person=somebody, came_at=came, source=(show, "Trade show"))
    lead = Lead.objects.get(key=adopted.key)
    assert (lead.queue, lead.clock, lead.at_rest, lead.is_dated) == (Queue.objects.get(), None, True, True)
    entry = assert_recorded(LeadCame, lead=lead.key, source="Trade show", person=somebody[1])
    assert (entry.occurred_at, entry.lane) == (came, "history")
    assert not Clock.objects.exists()
    assert sound() == []


def test_without_a_date_it_came_with_the_import_and_stays_so(cast: dict[str, Any], at: datetime) -> None:
    somebody = person(at)
    adopt(at, person=somebody)
    again = adopt(at + timedelta(days=1), person=somebody)
    lead = Lead.objects.get(key=again.key)
    assert (again.outcome, lead.came_at, lead.is_dated) == ("unchanged", at, False)


def test_an_imported_end_tells_when_and_why(cast: dict[str, Any], at: datetime) -> None:
    ended = at - timedelta(days=3)
    adopted = adopt(
        at, person=person(at), state="disqualified", ended_at=ended, end_reason="Junk", came_at=ended
    )
    entry = assert_recorded(LeadEnded, lead=adopted.key, state="disqualified")
    assert entry.occurred_at == ended
    assert sound() == []


def test_a_newer_file_moves_ends_and_opens_what_rests(cast: dict[str, Any], at: datetime) -> None:
    somebody = person(at)
    adopt(at, person=somebody, came_at=at)
    moved = adopt(at, person=somebody, state="working", owner=ref(cast["priya"]))
    assert set(moved.before) == {"state", "owner_id", "queue_id", "owned_since"}
    assert_recorded(LeadMoved, state="working", before="new")
    assert_recorded(LeadGiven, member=cast["priya"].key)
    ended = adopt(at, person=somebody, state="disqualified", end_reason="Junk")
    assert (ended.outcome, ended.version) == ("updated", 3)
    opened = adopt(at, person=somebody, state="nurturing", look_again_on=date(2026, 6, 1))
    lead = Lead.objects.get(key=opened.key)
    assert (lead.state, lead.ended_at, lead.owner) == ("nurturing", None, cast["priya"])
    assert [entry.event.version for entry in recorded(LeadChanged)] == [2, 3, 4]
    assert sound() == []


def test_what_was_taken_up_here_keeps_its_owner_and_state(cast: dict[str, Any], at: datetime) -> None:
    somebody = person(at)
    adopted = adopt(at, person=somebody, came_at=at)
    take_lead(adopted.key, by=as_member(cast["priya"]), at=at)
    again = adopt(
        at, person=somebody, state="disqualified", owner=ref(cast["diane"]), wants="Desks", tier="hot"
    )
    assert set(again.before) == {"wants", "tier"}
    lead = Lead.objects.get(key=again.key)
    assert (lead.owner, lead.state, lead.at_rest, lead.wants) == (cast["priya"], "working", False, "Desks")
    assert_nothing_recorded(LeadEnded)
    assert sound() == []


def test_what_cannot_be_is_rejected_with_its_column(cast: dict[str, Any], at: datetime) -> None:
    somebody = person(at)
    rows = [
        LeadRow(person=somebody, state="lukewarm"),
        LeadRow(person=somebody, queue=(10**9, "queue_x")),
        LeadRow(person=somebody, state="nurturing", at_rest=False),
        LeadRow(person=somebody, tier="x" * 11),
    ]
    adopted = adopt_leads(rows, by=BY, at=at)
    assert [(one.outcome, one.column) for one in adopted] == [
        ("rejected", "state"), ("rejected", "queue"), ("rejected", "look_again_on"), ("rejected", "tier"),
    ]  # fmt: skip
    assert not Lead.objects.exists()


STATES = st.sampled_from(["", "new", "working", "nurturing", "converted", "disqualified", "lukewarm"])
TIMES = st.none() | st.sampled_from([TUESDAY - timedelta(days=n) for n in range(3)])
LEADS = st.fixed_dictionaries(
    {
        "state": STATES,
        "came_at": TIMES,
        "ended_at": TIMES,
        "end_reason": st.sampled_from(["", "Junk"]),
        "owned": st.booleans(),
        "at_rest": st.booleans(),
        "tier": st.sampled_from(["", "hot", "x" * 11]),
        "number": st.sampled_from(["1", "2", ""]),
    }
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some=st.lists(LEADS, max_size=8))
def test_leads_together_are_leads_one_by_one(some: list[dict[str, Any]], cast: dict[str, Any]) -> None:
    somebody, owner = person(TUESDAY), ref(cast["priya"])

    def leads(world: str) -> list[LeadRow]:
        made = []
        for one in some:
            known = {name: value for name, value in one.items() if name not in ("owned", "number")}
            external = (world, one["number"]) if one["number"] else None
            made.append(
                LeadRow(person=somebody, owner=owner if one["owned"] else None, external=external, **known)
            )
        return made

    equal_one_by_one(lambda rows: adopt_leads(rows, by=BY, at=TUESDAY), leads, ["leads_lead"])


@pytest.mark.django_db
def test_rows_whose_entries_pass_one_act_land_in_several(cast: dict[str, Any], at: datetime) -> None:
    somebody = person(at)
    rows = [LeadRow(person=somebody, state="disqualified", external=("zoho", str(n))) for n in range(1_200)]
    adopted = adopt_leads(rows, by=BY, at=at)
    assert {one.outcome for one in adopted} == {"created"}
    again = [
        LeadRow(person=somebody, state="working", owner=ref(cast["tom"]), external=one.external)
        for one in rows
    ]
    assert {one.outcome for one in adopt_leads(again, by=BY, at=at)} == {"updated"}
    assert len(recorded(LeadEnded)) == len(recorded(LeadMoved)) == len(recorded(LeadGiven)) == 1_200
