"""The calendar: tasks on the day they are due, deals on the day they should close; mine or everybody's."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from songsheet.desk.calendar.read import Span
from songsheet.desk.tests.test_board import deals
from songsheet.flows.tests.many import leads
from songsheet.intake.appointments.tests.booking import booked, monday, page_of
from songsheet.team.acting import as_member
from songsheet.touches.actions import plan_task
from songsheet.touches.adopt import TaskRow

DAYS = st.dates(date(1971, 1, 1), date(2198, 1, 1))


@given(DAYS, st.booleans())
def test_a_span_is_whole_weeks_that_hold_the_day_and_lead_on(on: date, by_week: bool) -> None:
    span = Span.around(on, by_week=by_week)
    assert span.first.weekday() == 0
    assert span.days % 7 == 0
    assert span.first <= on < span.end
    later, earlier = Span.around(span.after, by_week=by_week), Span.around(span.before, by_week=by_week)
    assert earlier.first < span.first < later.first
    assert later.first <= span.end
    assert earlier.end >= span.first


@pytest.mark.django_db
def test_what_is_due_stands_on_its_day(client: Client, cast: dict[str, Any], at: datetime) -> None:
    client.force_login(cast["priya"])
    person = leads(1, at)[0].person
    priya, tom = cast["priya"], cast["tom"]
    for member, subject in ((priya, "Call about the chairs"), (tom, "Write the brief")):
        row = TaskRow(
            subject=subject, person=(person.id, person.key), member=(member.id, member.key),
            due_at=at + timedelta(days=2),
        )  # fmt: skip
        plan_task(row, by=as_member(member), at=at)
    given = {"next_step": "Call", "next_step_on": date(2026, 5, 20), "name": "40 seats"}
    deals(1, at, as_member(priya), owner=(priya.id, priya.key), expected_on=date(2026, 5, 29), **given)
    mine = client.get("/calendar?on=2026-05-12").content.decode()
    assert "May 2026" in mine
    assert "Call about the chairs" in mine
    assert "40 seats" in mine
    assert "Write the brief" not in mine
    everybody = client.get("/calendar?view=week&whose=all&on=2026-05-13").content.decode()
    assert "Write the brief" in everybody
    assert "40 seats" not in everybody
    assert "Nothing of yours is due" in client.get("/calendar?on=2031-01-01").content.decode()
    assert client.get("/calendar?on=99999-99&view=x&whose=x").status_code == 200


@pytest.mark.django_db
def test_an_appointment_stands_on_its_day(client: Client, cast: dict[str, Any]) -> None:
    page = page_of(cast["priya"], by=cast["priya"])
    meeting, _ = booked(Client(), page, monday(9))
    client.force_login(cast["priya"])
    week = f"/calendar?view=week&on={monday(9):%Y-%m-%d}"
    mine = client.get(week).content.decode()
    assert f"/meetings/{meeting.key}" in mine
    assert "Nils Åberg" in mine
    client.force_login(cast["tom"])
    assert meeting.key not in client.get(week).content.decode()
    assert meeting.key in client.get(f"{week}&whose=all").content.decode()


@pytest.mark.django_db
def test_a_calendar_costs_few_statements(
    client: Client, cast: dict[str, Any], at: datetime, django_assert_max_num_queries: Any
) -> None:
    client.force_login(cast["priya"])
    deals(12, at, as_member(cast["priya"]), expected_on=date(2026, 5, 29), next_step="Call",
          next_step_on=date(2026, 5, 20))  # fmt: skip
    with django_assert_max_num_queries(8):  # two of them sign in
        assert "and 8 more" in client.get("/calendar?whose=all&on=2026-05-12").content.decode()
