"""The market as it is understood: added, changed, archived, and who said so."""

from datetime import datetime
from typing import Any

import pytest

from songsheet.base.refusals import Stale
from songsheet.buyers.actions import meet_person
from songsheet.buyers.adopt_people import PersonRow
from songsheet.journal import check
from songsheet.journal.queries import head, story_of
from songsheet.journal.testing import assert_nothing_recorded, assert_recorded, recorded
from songsheet.song.errors import NoSuchEntry, NotInTheSong, NotSung, SaidAlready
from songsheet.song.market.actions import (
    add_line,
    add_persona,
    add_question,
    add_segment,
    add_stage,
    archive_market,
    bring_market_back,
    change_market,
    note_evidence,
)
from songsheet.song.market.events import (
    EvidenceNoted,
    MarketAdded,
    MarketArchived,
    MarketBroughtBack,
    MarketChanged,
)
from songsheet.song.market.models import Evidence, Question
from songsheet.song.market.queries import lines, personas, questions, stages
from songsheet.team.acting import Acting, as_member
from songsheet.team.errors import RightMissing
from songsheet.team.roles import Right


@pytest.fixture
def priya(cast: dict[str, Any]) -> Acting:
    return as_member(cast["priya"])


def test_a_question_knows_its_phrases_its_stage_and_who_asks_it(priya: Acting, at: datetime) -> None:
    segment = add_segment(name="Firms of 20 to 500", by=priya, at=at)
    nora = add_persona(name="Office manager", segment=segment.key, by=priya, at=at)
    owen = add_persona(name="Finance lead", by=priya, at=at)
    first = add_stage(name="Searches", by=priya, at=at)
    later = add_stage(name="Compares", by=priya, at=at)
    assert [one.place for one in stages(priya)] == [10, 20]
    asked = add_question(
        text="What does delivery cost?", phrases=["is shipping free", "Is  shipping FREE", "delivery fee"],
        stage=later.key, personas=[nora.key], by=priya, at=at,
    )  # fmt: skip
    add_question(text="Who are you?", stage=first.key, by=priya, at=at)
    (everybody, its) = questions(priya)
    assert everybody.personas == ()
    assert (its.question, its.personas, its.question.stage) == (asked, (nora,), later)
    assert its.question.phrases == ["is shipping free", "delivery fee"]
    assert [one.question.text for one in questions(priya, persona=owen.key)] == ["Who are you?"]
    assert [one.question for one in questions(priya, stage=later.key)] == [asked]
    assert_recorded(MarketAdded, thing=asked.key, what="question", text="What does delivery cost?")
    assert check.run(full=True, only=["I7"]) == []


def test_a_line_belongs_to_a_persona_and_stands_once(priya: Acting, at: datetime) -> None:
    nora = add_persona(name="Office manager", by=priya, at=at)
    line = add_line(persona=nora.key, kind="pain", text="Open offices are loud.", by=priya, at=at)
    with pytest.raises(SaidAlready):
        add_line(persona=nora.key, kind="pain", text="open offices are  LOUD.", by=priya, at=at)
    add_line(persona=nora.key, kind="desire", text="Open offices are loud.", by=priya, at=at)
    with pytest.raises(NotSung):
        add_line(persona=nora.key, kind="smell", text="x", by=priya, at=at)
    with pytest.raises(NotSung):
        add_line(persona=line.key, kind="pain", text="x", by=priya, at=at)
    assert_recorded(MarketAdded, thing=line.key, under=nora.key)
    assert {one.line.kind for one in lines(priya, nora.key)} == {"pain", "desire"}


def test_a_change_is_told_and_the_same_again_changes_nothing(priya: Acting, at: datetime) -> None:
    nora = add_persona(name="Office manager", by=priya, at=at)
    asked = add_question(text="What does delivery cost?", by=priya, at=at)
    change_market(asked.key, phrases=["fee"], personas=[nora.key], version=1, by=priya, at=at)
    with pytest.raises(Stale):
        change_market(asked.key, text="Other", version=1, by=priya, at=at)
    again = change_market(asked.key, phrases=["fee"], personas=[nora.key], by=priya, at=at)
    assert again.version == 2
    assert_recorded(MarketChanged, thing=asked.key, fields=["phrases", "personas"], version=2)
    with pytest.raises(NotSung):
        change_market(nora.key, phrases=["x"], by=priya, at=at)
    with pytest.raises(NotInTheSong):
        change_market("lead_00000000000000000000000000", text="x", by=priya, at=at)
    with pytest.raises(NotInTheSong):
        change_market("question_00000000000000000000000000", text="x", by=priya, at=at)
    assert check.run(full=True, only=["I7"]) == []


def test_what_is_archived_is_shown_no_more_and_comes_back(priya: Acting, at: datetime) -> None:
    nora = add_persona(name="Office manager", by=priya, at=at)
    archive_market(nora.key, by=priya, at=at)
    archive_market(nora.key, by=priya, at=at)
    assert_recorded(MarketArchived, thing=nora.key)
    assert list(personas(priya)) == []
    twin = add_persona(name="office MANAGER", by=priya, at=at)
    with pytest.raises(SaidAlready):
        bring_market_back(nora.key, by=priya, at=at)
    archive_market(twin.key, by=priya, at=at)
    bring_market_back(nora.key, by=priya, at=at)
    assert_recorded(MarketBroughtBack, thing=nora.key)
    assert list(personas(priya)) == [nora]
    assert check.run(full=True, only=["I7"]) == []


def test_evidence_is_an_entry_of_a_buyer_and_counts_once(
    priya: Acting, cast: dict[str, Any], at: datetime
) -> None:
    asked = add_question(text="What does delivery cost?", by=priya, at=at)
    person = meet_person(PersonRow(name="Suzanne Okafor"), by=priya, at=at)
    (entry, *_) = story_of([person.key])
    assert note_evidence(asked.key, [entry.position], by=priya, at=at) == [entry.position]
    assert note_evidence(asked.key, [entry.position], by=priya, at=at) == []
    assert_recorded(EvidenceNoted, thing=asked.key, positions=[entry.position])
    assert Evidence.objects.get().noted_by == cast["priya"]
    assert [one.heard for one in questions(priya)] == [1]
    ours = recorded(MarketAdded)[0].position
    for nobody in (ours, head() + 100):
        with pytest.raises(NoSuchEntry):
            note_evidence(asked.key, [nobody], by=priya, at=at)
    persona = add_persona(name="Office manager", by=priya, at=at)
    with pytest.raises(NotSung):
        note_evidence(persona.key, [entry.position], by=priya, at=at)
    assert check.run(full=True, only=["I7"]) == []


def test_who_may_only_look_changes_nothing(cast: dict[str, Any], at: datetime) -> None:
    tom = as_member(cast["tom"])
    looking = Acting(tom.member, tom.actor, frozenset({Right.LOOK}))
    with pytest.raises(RightMissing):
        add_question(text="x", by=looking, at=at)
    assert not Question.objects.exists()
    assert_nothing_recorded(MarketAdded)
    assert questions(looking) == []
