"""Words are cut again where nothing was recorded about the record: a new version, a changed declaration."""

import importlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from songsheet.base import bulk
from songsheet.base.refolding import fold_names_again, fold_register_again
from songsheet.buyers.actions import change_person, meet_company, meet_person
from songsheet.buyers.adopt import CompanyRow, PersonRow
from songsheet.buyers.models import Company, Person
from songsheet.find.again_actions import go_on
from songsheet.find.checks import what_is_found_equals_its_recomputation
from songsheet.find.models import Again
from songsheet.find.reader import NOW, hear
from songsheet.find.search import search
from songsheet.journal.check import Span
from songsheet.journal.queries import head
from songsheet.journal.readers import catch_up
from songsheet.tags.actions import tag
from songsheet.tags.models import Tag
from songsheet.team.acting import Acting, as_member
from songsheet.team.field_actions import archive_field, bring_back_field, change_field, declare_field

Find = Callable[[str], list[str]]


@pytest.fixture
def boss(cast: dict[str, Any]) -> Acting:
    return as_member(cast["ruth"])


@pytest.fixture
def find(boss: Acting) -> Find:
    """The names of the people and companies that are found by a text, as it is typed."""

    def found(text: str) -> list[str]:
        hits = search(boss, text, as_typed=True).by_kind
        people = Person.objects.filter(id__in=hits.get("people", []))
        companies = Company.objects.filter(id__in=hits.get("companies", []))
        return sorted([*people.values_list("name", flat=True), *companies.values_list("name", flat=True)])

    return found


def is_right() -> bool:
    return list(what_is_found_equals_its_recomputation(Span(0, head()))) == []


def test_what_was_stored_before_letters_were_folded_is_found_after_the_upgrade(
    boss: Acting, find: Find, at: datetime
) -> None:
    person = meet_person(PersonRow(name="Henrik Sørby"), by=boss, at=at)
    meet_company(CompanyRow(name="Łódź Straße"), by=boss, at=at)
    for name in ("Orsted", "Aerø"):
        tag([person.key], name, by=boss, at=at)
    hear()
    for words in ("sorby", "SØRBY", "lodz", "strasse", "Straße"):
        assert find(words), words
    # as the version before left them
    bulk.execute("update buyers_person set name_folded = 'henrik sørby'")
    bulk.execute("update buyers_company set name_folded = 'łodz strasse'")
    bulk.execute("update tags_tag set name_folded = 'aerø' where name = 'Aerø'")
    bulk.execute("insert into tags_tag (key, name, name_folded) values ('tag_x', 'Ørsted', 'ørsted')")
    for plain, old in (("sorby", "sørby"), ("lodz", "łodz")):
        bulk.execute(f"update find_found set words = replace(words::text, '{plain}', '{old}')::tsvector")
        bulk.execute(f"update find_word set word = '{old}' where word = '{plain}'")
    assert (find("sorby"), find("lodz")) == ([], [])
    # what the migrations do, twice over, and the job
    with connection.schema_editor() as editor:
        for _ in range(2):
            for table in ("buyers_person", "buyers_company"):
                fold_names_again(editor, table, 300)
            fold_register_again(editor, "tags_tag")
    for statement in importlib.import_module("songsheet.find.migrations.0003_words_again").WHAT:
        bulk.execute(statement)
    while go_on():
        pass
    assert (find("sorby"), find("lodz")) == (["Henrik Sørby"], ["Łódź Straße"])
    assert Person.objects.get().name_folded == "henrik sorby"
    assert dict(Tag.objects.values_list("name", "name_folded")) == {
        "Orsted": "orsted", "Aerø": "aero", "Ørsted (2)": "orsted (2)",
    }  # fmt: skip
    assert is_right()


def test_a_declaration_that_changes_changes_what_is_found(boss: Acting, find: Find, at: datetime) -> None:
    field = declare_field(
        "person", label="Region", type="choice", options=["Near North", "South"], by=boss, at=at
    )
    person = meet_person(PersonRow(name="Ada"), by=boss, at=at)
    change_person(person.key, custom={field.name: "near_north"}, by=boss, at=at)
    hear()
    assert (find("near"), find("near_north"), find("northern")) == (["Ada"], ["Ada"], [])
    change_field(
        field.key, options=[("near_north", "Northern"), ("south", "South")], by=boss, at=at, version=None
    )
    catch_up(NOW)
    assert Again.objects.get().field == field.name  # it waits for the job; nobody waited for it
    assert find("northern") == []
    while go_on():
        pass
    assert (find("northern"), find("near")) == (["Ada"], [])
    archive_field(field.key, by=boss, at=at)
    hear()
    assert find("northern") == []
    bring_back_field(field.key, by=boss, at=at)
    hear()
    assert (find("northern"), is_right()) == (["Ada"], True)
