"""The first answer is due in working hours: of whom the lead is, in a queue of the house."""

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from django.db import connection

from songsheet.clocks.actions import pause_clock
from songsheet.clocks.models import Clock
from songsheet.journal.testing import assert_recorded
from songsheet.leads.actions import end_lead, lead_came, take_lead
from songsheet.leads.adopt import LeadRow, adopt_leads
from songsheet.leads.events import LeadCame, LeadTaken
from songsheet.leads.models import Lead
from songsheet.leads.tests.rows import BY, person, ref, sound
from songsheet.team.acting import as_member
from songsheet.team.hours.actions import set_hours
from songsheet.team.hours.calendars import calendars

FRIDAY = datetime(2026, 5, 15, 16, tzinfo=UTC)
MORNINGS: list[Any] = [*[((540, 720),)] * 4, (), (), ()]


def test_the_owners_hours_count_and_in_a_queue_those_of_the_house(cast: dict[str, Any], at: datetime) -> None:
    set_hours(cast["priya"].key, MORNINGS, by=as_member(cast["priya"]), at=at)
    lead = lead_came(LeadRow(person=person(at)), by=BY, at=FRIDAY)
    assert lead.clock is not None
    assert (lead.clock.hours, lead.clock.due_at) == ("house", FRIDAY + timedelta(days=3))
    assert_recorded(LeadCame, lead=lead.key, due_at=lead.clock.due_at.isoformat())
    taken = take_lead(lead.key, by=as_member(cast["priya"]), at=FRIDAY + timedelta(hours=1))
    assert taken.clock is not None
    assert (taken.clock.hours, taken.clock.minutes) == ("member", 480)
    assert taken.clock.due_at == datetime(2026, 5, 20, 11, tzinfo=UTC)  # three, three and two hours
    assert_recorded(LeadTaken, lead=lead.key, due_at=taken.clock.due_at.isoformat())
    pause_clock(taken.clock.key, FRIDAY + timedelta(days=10), by=BY, at=FRIDAY + timedelta(hours=2))
    assert sound() == []  # a paused clock is the lead's current one
    end_lead(lead.key, "disqualified", reason="A student", by=as_member(cast["priya"]), at=FRIDAY)
    assert not Clock.objects.filter(about=lead.key, state__in=("running", "paused")).exists()
    assert sound() == []


def test_of_history_and_of_what_was_over_before_it_came_nobody_is_told(
    cast: dict[str, Any], at: datetime
) -> None:
    def alerts(came_at: datetime, lane: Any) -> bool:
        row = LeadRow(person=person(at), owner=ref(cast["priya"]), came_at=came_at, at_rest=False)
        (came,) = adopt_leads([row], by=BY, at=at, lane=lane)
        assert came.ref is not None
        clock = Lead.objects.get(id=came.ref[0]).clock
        assert clock is not None
        return clock.alerts

    assert alerts(at, "live")
    assert not alerts(at, "history")
    assert not alerts(at - timedelta(days=9), "live")


def test_hours_that_another_process_changed_are_counted_by_from_the_next_lead_on(
    own_database: str, cast: dict[str, Any], at: datetime
) -> None:
    """Once they are committed; until then what is kept here is not even read again."""

    def due() -> datetime:
        came = lead_came(LeadRow(person=person(at), owner=ref(cast["priya"])), by=BY, at=FRIDAY)
        assert came.clock is not None
        return came.clock.due_at

    monday = datetime(2026, 5, 18, 16, tzinfo=UTC)
    assert due() == due() == monday
    before = calendars()
    assert due() == monday
    assert calendars() is before
    settings: Any = connection.get_connection_params()
    given = {name: settings[name] for name in ("host", "port", "user", "password") if settings.get(name)}
    with psycopg.connect(dbname=own_database, **given) as elsewhere:
        elsewhere.execute("update team_member set zone = 'Asia/Kolkata' where key = %s", [cast["priya"].key])
        assert due() == monday  # as long as it is not done
    assert due() == monday - timedelta(hours=4, minutes=30)  # at five in Kolkata
