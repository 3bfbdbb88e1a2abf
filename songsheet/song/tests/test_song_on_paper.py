"""The song on paper: what is written is read the same; bringing it in again changes nothing."""

from contextlib import suppress
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from songsheet.journal.queries import head
from songsheet.song.claims.actions import draft_claim
from songsheet.song.claims.force_actions import put_in_force
from songsheet.song.claims.models import ClaimVersion
from songsheet.song.facts.actions import change_fact
from songsheet.song.facts.queries import facts_at
from songsheet.song.market.actions import add_line, add_persona, add_question, add_segment, add_stage
from songsheet.song.narratives.actions import add_narrative
from songsheet.song.paper.actions import bring_song
from songsheet.song.paper.files import HEADINGS, Document, PaperRefused, read, written
from songsheet.song.paper.queries import song_of
from songsheet.song.tests.facts import stated
from songsheet.team.acting import Acting, as_member

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=60)
TEXT = st.one_of(WORDS, st.sampled_from(["## The outcome\nx", "\\## y", "+++", "a\n\n+++\nb", "x\r\ny"]))
TEXT = TEXT.map(str.strip).filter(bool)
FLAT: st.SearchStrategy[Any] = st.dictionaries(
    st.sampled_from(["name", "label", "value", "says", "phrases"]),
    st.one_of(WORDS, st.lists(WORDS, min_size=1, max_size=3), st.dates()),
    min_size=1,
)
TOLD = st.fixed_dictionaries({"name": TEXT}, optional=dict.fromkeys([*HEADINGS, "customer"], TEXT))


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["persona", "stage"]), st.lists(FLAT, min_size=1, max_size=3)),
    st.lists(FLAT, max_size=3),
    st.lists(FLAT, max_size=3),
    st.lists(TOLD, max_size=4),
)
def test_what_is_written_is_read_the_same(market: Any, facts: Any, claims: Any, told: Any) -> None:
    song = Document(market, facts, claims, told)
    assert read(written(song)) == song


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(["market.toml", "facts.toml", "narratives/001-x.md"]), TEXT))
def test_whatever_stands_in_a_file_is_read_or_refused(files: dict[str, str]) -> None:
    with suppress(PaperRefused):
        assert isinstance(read(files), Document)


@pytest.fixture
def tom(cast: dict[str, Any]) -> Acting:
    return as_member(cast["tom"])


def a_song(tom: Acting, at: datetime) -> None:
    how: dict[str, Any] = {"by": tom, "at": at}
    firms = add_segment(name="Firms", about="Small ones.", **how)
    nora, stage = add_persona(name="Nora", segment=firms.key, **how), add_stage(name="Compares", **how)
    add_line(persona=nora.key, kind="pain", text="Loud.", **how)
    add_question(text="What is it?", phrases=["fee"], stage=stage.key, personas=[nora.key], **how)
    stated("returns", "duration", "60 days", review_on=date(2026, 12, 1), **how)
    change_fact("returns", value="14 days", market="IE", segment=firms.key, **how)
    stated("fee", "money", "49.50 EUR", **how)
    stated("by", "choice", "us", choices=["us", "them"], **how)
    draft = draft_claim(
        statement="Back.", predicate="fee < 50 EUR", personas=[nora.key], stages=[stage.key],
        wordings=[{"language": "de", "text": "Zurück."}], qualifier="In its box.", **how,
    )  # fmt: skip
    put_in_force(draft.key, seen=draft.hash, **how)
    add_narrative(
        name="Quiet", problem="## Loud.", turning_point="A booth.", outcome="Quiet.",
        claims=[draft.claim.key],
        personas=[nora.key], **how,
    )  # fmt: skip


def test_the_same_song_again_changes_nothing(tom: Acting, at: datetime) -> None:
    a_song(tom, at)
    song, position = song_of(tom, at), head()
    again = read(written(song))
    assert again == song
    assert not any(bring_song(again, by=tom, at=at).values())
    assert head() == position


def test_what_differs_on_paper_is_changed_and_claims_wait_for_their_keys(tom: Acting, at: datetime) -> None:
    a_song(tom, at)
    files = written(song_of(tom, at))
    files["facts.toml"] = files["facts.toml"].replace("60 days", "30 days")
    files["claims.toml"] = files["claims.toml"].replace("In its box.", "As it came.")
    files["market.toml"] = files["market.toml"].replace("Loud.", "Very loud.")
    done = bring_song(read(files), by=tom, at=at)
    assert {name: count for name, count in done.items() if count} == {
        "lines added": 1, "facts changed": 1, "versions drafted": 1,
    }  # fmt: skip
    assert facts_at(at)["returns"].says == "30 days"
    assert list(ClaimVersion.objects.order_by("number").values_list("state", flat=True)) == [
        "in_force",
        "draft",
    ]


def test_a_song_that_cannot_be_brought_in_leaves_everything_as_it_was(tom: Acting, at: datetime) -> None:
    a_song(tom, at)
    files, position = written(song_of(tom, at)), head()
    for name, wrong in (
        ("facts.toml", '[[fact]]\nname = "x"'), ("facts.toml", "fact = 3"), ("claims.toml", "[[claim]]"),
        ("market.toml", '[[persona]]\nname = "A"\nsegment = "nobody"'), ("market.toml", "persona = 3"),
        ("narratives/009-x.md", "x"), ("market.toml", "= ="),
    ):  # fmt: skip
        with pytest.raises(PaperRefused):
            bring_song(read({**files, name: wrong}), by=tom, at=at)
    assert head() == position
