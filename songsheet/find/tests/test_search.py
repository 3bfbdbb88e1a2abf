"""Whatever is written is found by the beginnings of its words, whoever wrote it and however it is spelled."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from songsheet.base.text import fold
from songsheet.buyers.actions import change_company, change_person, meet_company, meet_person
from songsheet.buyers.adopt import CompanyRow, PersonRow
from songsheet.buyers.merge_actions import PEOPLE, merge, unmerge
from songsheet.buyers.models import Company, Person
from songsheet.buyers.withdraw import withdraw_people
from songsheet.deals.actions import open_deal
from songsheet.deals.adopt import DealRow
from songsheet.find.checks import what_is_found_equals_its_recomputation
from songsheet.find.models import Found, Word
from songsheet.find.reader import NOW, PAST, hear
from songsheet.find.refresh import refresh_all
from songsheet.find.search import search
from songsheet.find.words import pieces
from songsheet.flows.erase_person import erase_person
from songsheet.journal.check import Span
from songsheet.journal.queries import head
from songsheet.journal.readers import catch_up, enrol
from songsheet.leads.actions import lead_came
from songsheet.leads.adopt import LeadRow
from songsheet.team.acting import Acting, as_member, as_system
from songsheet.team.errors import RightMissing
from songsheet.touches.actions import log_touch, plan_task
from songsheet.touches.adopt import CampaignRow, TaskRow, TouchRow, adopt_campaigns


def heard() -> None:
    """Both readers have heard everything, and the table is as it should be."""
    hear()
    assert list(what_is_found_equals_its_recomputation(Span(0, head()))) == []


@pytest.fixture
def priya(cast: dict[str, Any]) -> Acting:
    return as_member(cast["priya"])


@pytest.fixture
def suzanne(priya: Acting, at: datetime) -> Person:
    row = PersonRow(
        name="Suzanne Ókafor-O'Brien",
        title="Managing partner",
        mails=("s.okafor@brightwater.example",),
        phones=("+441174960142",),
        external=("hubspot", "HS-4711"),
    )
    person = meet_person(row, by=priya, at=at)
    heard()
    return person


def people(viewer: Acting, text: str) -> list[int]:
    return search(viewer, text, as_typed=True).by_kind.get("people", [])


def test_a_person_is_found_by_the_beginnings_of_whatever_is_known_of_them(
    priya: Acting, suzanne: Person
) -> None:
    for text in (
        "suzanne", "SUZ", "okafor", "ókaf oBri", "obrien", "o'brien", "okafor suzanne", "partner managing",
        "s.okafor@brightwater.example", "S.Okafor@bright", "brightwater.example", "bright", "hs-4711", "4711",
        "+44 117 496 0142", "0117 4960142", "0117-496", "960142", "00441174960142", suzanne.key,
    ):  # fmt: skip
        assert people(priya, text) == [suzanne.id], text
    for text in (
        "kafor",
        "suzanne moser",
        "",
        " ",
        "%_'\\:*&|!",
        "' | '",
        "x" * 10_000,
        "(" * 500,
        "!:*",
        "~1",
    ):
        assert search(priya, text, as_typed=True).found == [], text
        assert search(priya, text + "\x00").typed == text.strip(), text


def test_what_is_given_whole_comes_first_then_names_then_words(priya: Acting, at: datetime) -> None:
    by: dict[str, Any] = {"by": priya, "at": at}
    firm = meet_company(CompanyRow(name="Berg Dental", domain="berg.example"), **by)
    works_there = meet_person(PersonRow(name="Ada Lund", company=(firm.id, firm.key)), **by)
    begins = meet_person(PersonRow(name="Nils Bergmann"), **by)
    named = meet_person(PersonRow(name="Nils Berg"), **by)
    heard()
    assert people(priya, "berg") == [named.id, begins.id, works_there.id]
    found = search(priya, "berg")
    assert [(hit.rank, hit.kind) for hit in found.found[:3]] == [(1, 1), (1, 2), (2, 1)]
    assert list(search(priya, "berg.example").by_kind) == ["companies"]
    assert people(priya, named.key) == [named.id]
    assert list(search(priya, "berg", kinds=["companies"]).by_kind) == ["companies"]


def test_every_kind_is_found_by_its_words_and_by_its_buyer(
    priya: Acting, suzanne: Person, at: datetime
) -> None:
    by: dict[str, Any] = {"by": priya, "at": at}
    them = (suzanne.id, suzanne.key)
    lead = lead_came(LeadRow(person=them, wants="Chairs for a waiting room"), by=as_system("tests"), at=at)
    deal = open_deal(
        lead.key,
        DealRow(lead=(lead.id, lead.key), name="Twelve recliners", next_step="Call", next_step_on=at.date()),
        **by,
    )
    touch = log_touch(
        TouchRow(
            kind="call", direction="out", person=them, subject="First call", text="Asked for oak veneer"
        ),
        **by,
    )
    task = plan_task(TaskRow(subject="Send the swatches", person=them, due_at=at), **by)
    (campaign,) = adopt_campaigns([CampaignRow(name="Spring fair")], by=as_system("tests"), at=at)
    heard()
    assert campaign.ref
    for words, kind, id_ in (
        ("waiting chairs", "leads", lead.id), ("okafor chairs", "leads", lead.id),
        ("recliners", "deals", deal.id), ("suzanne recl", "deals", deal.id),
        ("veneer oak", "touches", touch.id),
        ("swatch", "tasks", task.id), ("spring f", "campaigns", campaign.ref[0]),
        ("priya", "members", priya.member and priya.member.id),
    ):  # fmt: skip
        assert search(priya, words).by_kind == {kind: [id_]}, words
    change_person(suzanne.key, name="Suzanne Moser", **by)
    heard()
    assert set(search(priya, "moser").by_kind) == {"people", "leads", "deals"}
    assert set(search(priya, "okafor", as_typed=True).by_kind) == {"people"}, "by the mail address alone"


def test_a_renamed_company_is_found_through_its_people(priya: Acting, at: datetime) -> None:
    firm = meet_company(CompanyRow(name="Nordlys"), by=priya, at=at)
    person = meet_person(PersonRow(name="Ada Lund", company=(firm.id, firm.key)), by=priya, at=at)
    heard()
    change_company(firm.key, by=priya, at=at, name="Sørlys")
    heard()
    assert people(priya, "sørlys") == [person.id]
    assert not people(priya, "nordlys")
    assert Company.objects.get().id in search(priya, "sørly").by_kind["companies"]


def test_merged_and_archived_records_are_found_as_their_root_and_not_at_all(
    priya: Acting, suzanne: Person, at: datetime
) -> None:
    other = meet_person(PersonRow(name="S. Quist", mails=("quist@brightwater.example",)), by=priya, at=at)
    heard()
    merge(PEOPLE, suzanne.key, other.key, by=priya, at=at)
    heard()
    assert people(priya, "quist") == people(priya, "quist@brightwater.example") == [suzanne.id]
    unmerge(PEOPLE, other.key, by=priya, at=at)
    heard()
    assert people(priya, "quist") == [other.id]
    withdraw_people([other.key], by=priya, at=at, why="undone")
    assert people(priya, "quist") == [], "before any reader has heard of it"
    heard()
    assert not Found.objects.filter(kind=1, of=other.id).exists()
    assert not Word.objects.filter(word="quist").exists()


def test_an_erased_person_is_found_by_nothing_at_once(
    priya: Acting, cast: dict[str, Any], suzanne: Person, at: datetime
) -> None:
    lead = lead_came(LeadRow(person=(suzanne.id, suzanne.key)), by=priya, at=at)
    meet_person(PersonRow(name="Suzanne Quist"), by=priya, at=at)
    heard()
    assert search(priya, "okafor").by_kind == {"people": [suzanne.id], "leads": [lead.id]}
    erase_person(suzanne.key, by=as_member(cast["ruth"]), at=at)
    assert not Found.objects.filter(words="okafor").exists()
    assert not Found.objects.filter(kind=1, of=suzanne.id).exists()
    assert set(
        Word.objects.filter(word__in=["suzanne", "okafor", "okaforobrien"]).values_list("word", flat=True)
    ) == {"suzanne"}
    assert search(priya, "okafor").found == []
    heard()


def test_who_may_not_look_finds_nothing(priya: Acting, suzanne: Person) -> None:
    nobody = Acting(priya.member, priya.actor, frozenset())
    with pytest.raises(RightMissing):
        search(nobody, "suzanne")


def test_typing_errors_are_forgiven(priya: Acting, suzanne: Person, at: datetime) -> None:
    meet_person(PersonRow(name="Tomas Lindqvist"), by=priya, at=at)
    heard()
    for typed, meant in (
        ("okafro", "okafor"), ("suzane", "suzanne"), ("brien suzannne", "brien suzanne"), ("okfr", ""),
        ("okafr suzanne", "okafor suzanne"), ("lindqivst", "lindqvist"), ("lindkwist", "lindqvist"),
        ("lindxwixt", ""), ("brigthwaetr", "brightwater"),
    ):  # fmt: skip
        hits = search(priya, typed)
        assert (hits.words if hits.is_corrected else "") == meant, typed
        assert bool(hits.found) == bool(meant)
        assert search(priya, typed, as_typed=True).found == []


def test_the_table_can_be_made_again_from_nothing(priya: Acting, suzanne: Person) -> None:
    Found.objects.all().delete()
    Word.objects.all().delete()
    assert refresh_all() >= 2
    assert refresh_all() == 0
    heard()


def test_what_is_done_now_is_heard_before_the_history_behind_it(priya: Acting, at: datetime) -> None:
    enrol([NOW])
    meet_person(PersonRow(name="Ada Lund"), by=priya, at=at)
    assert catch_up(NOW) > 0
    assert people(priya, "lund")
    assert catch_up(PAST) > 0
    assert catch_up(NOW) == catch_up(PAST) == 0


NAMES = st.text(
    st.characters(categories=["L", "Nd", "P", "Zs", "Mn"], max_codepoint=0x24FF), min_size=1, max_size=40
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(NAMES.filter(lambda name: bool(fold(name))), min_size=1, max_size=4),
    cut=st.integers(1, 60),
)
def test_whatever_is_written_is_found_by_a_beginning_of_each_of_its_words(
    names: list[str], cut: int, priya: Acting, at: datetime
) -> None:
    """The second computation: the words of every name, cut in Python, against what the table finds."""
    made = {meet_person(PersonRow(name=name), by=priya, at=at).id: name for name in names}
    heard()
    for id_, name in made.items():
        for word in pieces(name):
            assert id_ in people(priya, word[:cut]), (name, word[:cut])
