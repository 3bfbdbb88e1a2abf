"""Doubting a fact: raised by anybody, answered by its owner in time, settled by who doubted it."""

from datetime import datetime
from typing import Any

import pytest

from songsheet.clocks.events import ClockKept, ClockStopped
from songsheet.clocks.models import Clock
from songsheet.journal import check
from songsheet.journal.testing import assert_recorded
from songsheet.song.facts.dispute_actions import answer_dispute, dispute_fact, settle_dispute
from songsheet.song.facts.errors import DisputeIsOver, FactRefused, NoSuchDispute, NotYourFact
from songsheet.song.facts.events import DisputeAnswered, DisputeSettled, FactDisputed
from songsheet.song.tests.facts import operations, stated
from songsheet.team.acting import as_member
from songsheet.team.errors import RightMissing


def test_a_doubt_is_answered_by_the_owner_and_settled_by_who_doubted(
    cast: dict[str, Any], at: datetime
) -> None:
    una, priya, tom = operations(at), as_member(cast["priya"]), as_member(cast["tom"])
    fact = stated("returns", "duration", "60 days", by=una, at=at)
    with pytest.raises(FactRefused):
        dispute_fact("returns", words=" ", by=priya, at=at)
    one = dispute_fact("returns", words="The terms say 30.", by=priya, at=at)
    assert_recorded(FactDisputed, fact=fact.key, dispute=one.key)
    clock = Clock.objects.get(about=one.key)
    assert (clock.kind, clock.member) == ("dispute_answer", una.member)
    with pytest.raises(NotYourFact):
        answer_dispute(one.key, answer="No.", by=tom, at=at)
    with pytest.raises(RightMissing):
        answer_dispute(one.key, answer="No.", by=priya, at=at)
    answer_dispute(one.key, answer="Since May they say 60.", by=una, at=at)
    assert_recorded(DisputeAnswered, dispute=one.key)
    assert_recorded(ClockKept, clock=clock.key)
    with pytest.raises(DisputeIsOver):
        answer_dispute(one.key, answer="Again.", by=una, at=at)
    with pytest.raises(NotYourFact):
        settle_dispute(one.key, by=tom, at=at)
    settle_dispute(one.key, by=priya, at=at)
    settle_dispute(one.key, by=priya, at=at)
    assert_recorded(DisputeSettled, dispute=one.key)
    with pytest.raises(NoSuchDispute):
        settle_dispute("dispute_00000000000000000000000000", by=priya, at=at)
    assert check.run(full=True, only=["I7"]) == []


def test_a_doubt_that_is_taken_back_is_owed_no_answer(cast: dict[str, Any], at: datetime) -> None:
    una, priya = operations(at), as_member(cast["priya"])
    stated("returns", "duration", "60 days", by=una, at=at)
    one = dispute_fact("returns", words="The terms say 30.", by=priya, at=at)
    settle_dispute(one.key, by=priya, at=at)
    assert_recorded(ClockStopped, about=one.key)
