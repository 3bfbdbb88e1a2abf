"""Daily expectations: agreed by both, few, counted from what was done; and the parts of each role's Today."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from songsheet.agreements.actions import offer, propose
from songsheet.agreements.errors import BodyRefused
from songsheet.agreements.tests.signers import draft_of, signed, with_owen
from songsheet.clocks.models import Clock
from songsheet.desk.today.expected import day_before, last_working_day
from songsheet.desk.today.parts import FIRST_OF, PARTS, PARTS_OF, first_of, parts_of
from songsheet.journal.readers import catch_up
from songsheet.leads.actions import give_lead, lead_came
from songsheet.leads.adopt import LeadRow
from songsheet.leads.reactions import READER
from songsheet.leads.tests.rows import person
from songsheet.team.acting import as_member, as_system
from songsheet.team.hours.actions import enter_leave
from songsheet.team.queries import now
from songsheet.team.roles import Role
from songsheet.touches.actions import log_touch
from songsheet.touches.adopt import TouchRow
from songsheet.touches.models import Touch


def one(role: str, what: str, a_day: int, member: str = "") -> dict[str, Any]:
    """One expectation as a body has it."""
    return {"role": role, "member": member, "what": what, "a_day": a_day}


def test_what_both_agreed_is_kept_or_missed_on_the_last_working_day(
    cast: dict[str, Any], at: datetime
) -> None:
    team = with_owen(cast, at - timedelta(days=30))
    priya, diane = cast["priya"], cast["diane"]
    daily = [
        one("guide", "calls_made", 2),
        one("guide", "activities_logged", 4),
        one("guide", "leads_answered", 1),
        one("concierge", "calls_made", 5),
        one("concierge", "returns_answered", 1, diane.key),
    ]
    assert day_before(priya, at) is None
    long_ago = at - timedelta(days=8)
    signed(propose("expectations", by=team["tom"], at=long_ago, body={"daily": daily}), team, long_ago)

    monday = (at - timedelta(days=1)).replace(hour=9)
    buyer = person(at)
    lead = lead_came(LeadRow(person=buyer, wants="A chair"), by=as_system("tests"), at=monday)
    give_lead(lead.key, priya, by=as_member(diane), at=monday)
    for hours, kind, way in (
        (1, "call", "out"),
        (2, "call", "out"),
        (3, "mail", "out"),
        (-24, "call", "out"),
    ):
        row = TouchRow(
            kind=kind, direction=way, person=buyer, at=monday + timedelta(hours=hours), lead_key=lead.key
        )
        log_touch(row, by=as_member(priya), at=monday + timedelta(hours=hours))
    catch_up(READER)

    day = day_before(priya, at)
    assert day is not None
    assert (day.on, day.is_yesterday) == (monday.date(), True)
    theirs = [touch for touch in Touch.objects.filter(member=priya) if touch.at.date() == monday.date()]
    calls = sum(touch.kind == "call" for touch in theirs)
    kept = sum(clock.state == "kept" for clock in Clock.objects.filter(member=priya, kind="first_answer"))
    assert [(str(each.words), each.done, each.is_kept) for each in day.expected] == [
        ("calls made", calls, True),
        ("activities logged", len(theirs), False),
        ("leads answered in time", kept, True),
    ]
    assert [each.words for each in day_before(diane, at).expected] == ["returns answered"]  # type: ignore[union-attr]
    assert day_before(cast["tom"], at) is None
    enter_leave(
        priya.key, from_on=monday.date() - timedelta(days=4), until_on=monday.date(), by=team["ruth"], at=at
    )
    assert last_working_day(priya, at) == monday.date() - timedelta(days=5)


def test_of_one_member_at_most_three_things_are_expected(cast: dict[str, Any], at: datetime) -> None:
    tom = as_member(cast["tom"])
    four = ("calls_made", "leads_answered", "verdicts_given", "activities_logged")
    for daily in ([one("guide", what, 1) for what in four], [one("guide", "calls_made", 1)] * 2):
        with pytest.raises(BodyRefused):
            propose("expectations", by=tom, at=at, body={"daily": daily})


def test_each_role_has_its_parts_of_few_statements_and_no_others(
    client: Any, cast: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    at = now()
    team = with_owen(cast, at)
    signed(draft_of("expectations"), team, at - timedelta(days=5))
    offer(draft_of("return_reasons").key, by=team["tom"], at=at)
    lead = lead_came(LeadRow(person=person(at)), by=as_system("tests"), at=at - timedelta(days=9))
    give_lead(lead.key, cast["priya"], by=as_member(cast["diane"]), at=at - timedelta(days=8))
    assert set(PARTS_OF) | set(FIRST_OF) <= set(Role.values)
    words = {
        "owen": ("unanswered", cast["priya"].name),
        "amara": ("decisions", "Return reasons"),
        "jonas": ("changed", "Daily expectations"),
        "ruth": ("decisions", "waits for the key of"),
        "priya": ("expected", "calls made"),
    }
    for who, (name, said) in words.items():
        member = team[who].member
        assert member is not None
        client.force_login(member)
        page = client.get("/").content.decode()
        for part in PARTS:
            is_theirs = part in (*parts_of(member.role), *first_of(member.role))
            assert (f'hx-get="/today/{part}"' in page) == is_theirs
            if is_theirs:
                with django_assert_max_num_queries(12):  # two of them sign in
                    answer = client.get(f"/today/{part}")
                assert answer.status_code == 200
            else:
                assert client.get(f"/today/{part}").status_code == 404
        assert said in client.get(f"/today/{name}").content.decode()
