"""Accepting a lead and giving it back: never without owner, clock and somebody who owes an answer."""

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connections

from songsheet.base.refusals import Stale
from songsheet.clocks.alert_actions import tell_what_is_due
from songsheet.clocks.models import Clock
from songsheet.handoffs.actions import accept, return_lead, take_back_return
from songsheet.handoffs.answer_actions import answer_return, take_back_answer
from songsheet.handoffs.errors import (
    AnsweredAlready,
    AnswerNeeds,
    CannotOfferAgain,
    NoSuchReason,
    NothingToReturn,
    NotYours,
    ReasonNeeds,
)
from songsheet.handoffs.events import LeadReturned, ReturnAnswered, ReturnDisputed
from songsheet.handoffs.models import Return
from songsheet.handoffs.queries import concerning
from songsheet.handoffs.reactions import READER
from songsheet.journal.check import run
from songsheet.journal.readers import catch_up
from songsheet.journal.testing import (
    assert_nothing_recorded,
    assert_recorded,
    assert_samples_frozen,
    recorded,
)
from songsheet.leads.actions import give_lead, lead_came
from songsheet.leads.adopt import LeadRow
from songsheet.leads.errors import AlreadyTaken, NothingToUndo
from songsheet.leads.events import LeadTaken
from songsheet.leads.models import Lead
from songsheet.leads.tests.rows import person
from songsheet.team.acting import Acting, as_member, as_system
from songsheet.team.actions import join_team


def sound() -> list[str]:
    """What the checks find wrong."""
    return [one.sentence for one in run(full=True, only=["I1", "I2", "I3", "I7"])]


@pytest.fixture
def team(cast: dict[str, Any]) -> dict[str, Acting]:
    return {name: as_member(member) for name, member in cast.items()}


@pytest.fixture
def offered(cast: dict[str, Any], team: dict[str, Acting], at: datetime) -> Lead:
    """A lead that Diane offered to Priya an hour ago."""
    hour_ago = at - timedelta(hours=1)
    lead = lead_came(LeadRow(person=person(at), wants="A chair"), by=as_system("tests"), at=hour_ago)
    return give_lead(lead.key, cast["priya"], by=team["diane"], at=hour_ago)


def test_who_accepts_has_the_lead_and_another_is_told_who_has_it(
    team: dict[str, Acting], offered: Lead, at: datetime
) -> None:
    lead = accept(offered.key, by=team["priya"], at=at, version=offered.version)
    assert (lead.state, lead.owner, lead.clock is None) == ("working", team["priya"].member, False)
    with pytest.raises(AlreadyTaken) as refused:
        accept(offered.key, by=team["diane"], at=at)
    assert "Priya Raman" in refused.value.sentence
    assert_recorded(LeadTaken, lead=lead.key)
    assert sound() == []


def test_a_returned_lead_goes_to_who_owes_the_answer_with_a_clock_for_both(
    cast: dict[str, Any], team: dict[str, Acting], offered: Lead, at: datetime
) -> None:
    with pytest.raises(NotYours):
        return_lead(offered.key, "wrong_target", by=team["ines"], at=at)
    with pytest.raises(NoSuchReason):
        return_lead(offered.key, "bored", by=team["priya"], at=at)
    with pytest.raises(ReasonNeeds):
        return_lead(offered.key, "other", by=team["priya"], at=at)
    with pytest.raises(Stale):
        return_lead(offered.key, "no_need", by=team["priya"], at=at, version=1)
    one = return_lead(offered.key, "wrong_target", by=team["priya"], at=at, words="They are a student.")
    lead = Lead.objects.get(key=offered.key)
    assert (lead.state, lead.owner, one.owes) == ("new", cast["tom"], cast["tom"])
    running = Clock.objects.filter(state="running").values_list("about", "member__name")
    assert set(running) == {(lead.key, "Tom Lindqvist"), (one.key, "Tom Lindqvist")}
    said = assert_recorded(LeadReturned, lead=lead.key, reason="wrong_target", owes=cast["tom"].key)
    assert "student" not in str(said.event)
    assert concerning(team["tom"], cast["tom"], at) == [one]
    assert sound() == []
    with pytest.raises(NotYours):
        return_lead(lead.key, "no_need", by=team["ines"], at=at)


def test_not_ready_is_looked_at_again_on_a_day_and_a_duplicate_waits_in_the_queue(
    cast: dict[str, Any], team: dict[str, Acting], offered: Lead, at: datetime
) -> None:
    for day in (None, at.date()):
        with pytest.raises(ReasonNeeds):
            return_lead(offered.key, "not_ready", by=team["priya"], at=at, look_again_on=day)
    later = at.date() + timedelta(days=30)
    one = return_lead(offered.key, "not_ready", by=team["priya"], at=at, look_again_on=later)
    lead = Lead.objects.get(key=offered.key)
    assert (lead.state, lead.owner, lead.look_again_on) == ("nurturing", cast["tom"], later)
    assert lead.clock is not None
    assert lead.clock.due_at.date() == later
    assert sound() == []
    take_back_return(one.key, by=team["priya"], at=at)
    lead.refresh_from_db()
    assert (lead.state, lead.owner, lead.look_again_on) == ("offered", cast["priya"], None)
    twice = return_lead(lead.key, "duplicate", by=team["priya"], at=at)
    lead.refresh_from_db()
    assert (lead.state, lead.owner, lead.queue is None, twice.state) == ("new", None, False, "noted")
    assert sound() == []
    with pytest.raises(NothingToReturn):
        return_lead(lead.key, "no_need", by=team["priya"], at=at)


def test_a_return_is_taken_back_only_while_nothing_else_happened(
    cast: dict[str, Any], team: dict[str, Acting], offered: Lead, at: datetime
) -> None:
    one = return_lead(offered.key, "no_need", by=team["priya"], at=at)
    give_lead(offered.key, cast["ines"], by=team["diane"], at=at)
    with pytest.raises(NothingToUndo):
        take_back_return(one.key, by=team["priya"], at=at)
    assert Return.objects.get(key=one.key).is_open
    assert sound() == []


def test_an_agreed_answer_says_what_changes_and_goes_to_who_returned(
    cast: dict[str, Any], team: dict[str, Acting], offered: Lead, at: datetime
) -> None:
    one = return_lead(offered.key, "misinformed", by=team["priya"], at=at)
    with pytest.raises(NotYours):
        answer_return(one.key, "agreed", "", changes="The form says so now.", by=team["priya"], at=at)
    with pytest.raises(AnswerNeeds):
        answer_return(one.key, "agreed", " ", by=team["tom"], at=at)
    done = answer_return(
        one.key, "agreed", "", changes="The form says so now.", by=team["tom"], at=at, version=1
    )
    assert (done.state, done.clock, done.answered_by) == ("agreed", None, cast["tom"])
    assert Clock.objects.get(about=one.key).state == Clock.State.KEPT
    assert_recorded(ReturnAnswered, return_key=one.key, how="agreed", asked=cast["priya"].key)
    assert [found.changes for found in concerning(team["priya"], cast["priya"], at)] == [
        "The form says so now."
    ]
    with pytest.raises(AnsweredAlready):
        answer_return(one.key, "agreed", "again", by=team["tom"], at=at)
    assert sound() == []
    again = take_back_answer(one.key, by=team["tom"], at=at)
    assert (again.state, again.owes, again.answer) == ("owed", cast["tom"], "")
    assert sound() == []


def test_a_corrected_lead_is_offered_again_to_who_returned_it(
    cast: dict[str, Any], team: dict[str, Acting], offered: Lead, at: datetime
) -> None:
    later = at.date() + timedelta(days=30)
    one = return_lead(offered.key, "not_ready", by=team["priya"], at=at, look_again_on=later)
    marketer = as_member(join_team(name="Mara", email="m@a.example", role="marketer", by=team["ruth"], at=at))
    with pytest.raises(NotYours):
        answer_return(one.key, "corrected", "They have a budget.", by=marketer, at=at)
    answer_return(one.key, "corrected", "They have a budget.", by=team["tom"], at=at + timedelta(days=9))
    lead = Lead.objects.get(key=offered.key)
    assert (lead.state, lead.owner) == ("offered", cast["priya"])
    assert Clock.objects.get(about=one.key).state == Clock.State.BROKEN
    assert sound() == []
    take_back_answer(one.key, by=team["tom"], at=at + timedelta(days=9))
    lead.refresh_from_db()
    assert (lead.owner, Return.objects.get().state) == (cast["tom"], "owed")
    give_lead(lead.key, cast["ines"], by=team["diane"], at=at + timedelta(days=9))
    with pytest.raises(CannotOfferAgain):
        answer_return(one.key, "corrected", "Better now.", by=team["tom"], at=at + timedelta(days=9))
    assert sound() == []


def test_a_disputed_return_is_decided_by_a_head_of_the_sides(
    cast: dict[str, Any], team: dict[str, Acting], offered: Lead, at: datetime
) -> None:
    head = join_team(name="Noor", email="n@a.example", role="sales_manager", by=team["ruth"], at=at)
    one = return_lead(offered.key, "wrong_target", by=team["priya"], at=at)
    answer_return(one.key, "disputed", "They asked for exactly this.", by=team["tom"], at=at)
    one.refresh_from_db()
    assert (one.state, one.owes, one.disputed) == ("disputed", head, "They asked for exactly this.")
    assert_recorded(ReturnDisputed, return_key=one.key, owes=head.key, heads=[head.key])
    assert Clock.objects.filter(about=one.key, state="running", member=head).count() == 1
    with pytest.raises(AnsweredAlready):
        answer_return(one.key, "disputed", "Still.", by=as_member(head), at=at)
    assert sound() == []
    answer_return(one.key, "corrected", "Call them once more.", by=as_member(head), at=at)
    assert Lead.objects.get(key=offered.key).owner == cast["priya"]
    assert sound() == []


def test_what_the_heads_did_not_decide_in_time_is_the_owners(
    cast: dict[str, Any], team: dict[str, Acting], offered: Lead, at: datetime
) -> None:
    join_team(name="Noor", email="n@a.example", role="sales_manager", by=team["ruth"], at=at)
    catch_up(READER)
    one = return_lead(offered.key, "wrong_target", by=team["priya"], at=at)
    answer_return(one.key, "disputed", "They asked for exactly this.", by=team["tom"], at=at)
    tell_what_is_due(by=as_system("tests"), at=at + timedelta(days=5))
    for _ in range(2):
        catch_up(READER)
        one.refresh_from_db()
        assert (one.state, one.owes) == ("disputed", cast["ruth"])
        assert len(recorded(ReturnDisputed, return_key=one.key)) == 2
    assert sound() == []


def test_of_fifty_who_accept_at_once_exactly_one_has_it(
    own_database: str, cast: dict[str, Any], at: datetime
) -> None:
    """Three rounds here; bench/accepts.py does a thousand."""
    members = [cast[name] for name in ("priya", "diane", "tom", "amara", "ines")] * 10
    for turn in range(3):
        lead = lead_came(LeadRow(person=person(at)), by=as_system("tests"), at=at)
        ended: list[str] = []

        def attempt(member: Any, key: str, ended: list[str]) -> None:
            try:
                accept(key, by=as_member(member), at=at)
                ended.append("has it")
            except AlreadyTaken as refusal:
                ended.append(refusal.extra["owner"])
            finally:
                connections.close_all()

        threads = [threading.Thread(target=attempt, args=[one, lead.key, ended]) for one in members]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        lead.refresh_from_db()
        assert lead.owner is not None
        assert sorted(ended) == sorted(["has it", *[lead.owner.name] * 49]), turn
        assert_recorded(LeadTaken, lead=lead.key)
    assert len(recorded(LeadTaken)) == 3
    assert sound() == []


def test_events_are_frozen() -> None:
    assert_samples_frozen("handoffs")


def test_who_may_not_work_leads_returns_none(team: dict[str, Acting], offered: Lead, at: datetime) -> None:
    from songsheet.team.errors import RightMissing

    with pytest.raises(RightMissing):
        return_lead(offered.key, "no_need", by=team["jonas"], at=at)
    assert_nothing_recorded(LeadReturned)
