"""Tags: many at once as one by one, one word however written, each change an entry."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from songsheet.base.ids import NotAKey, many_keys
from songsheet.journal.testing import assert_recorded, assert_samples_frozen, recorded
from songsheet.tags.actions import tag, untag
from songsheet.tags.errors import CannotBeTagged, NoTag
from songsheet.tags.events import RecordTagged, RecordUntagged, TagMade
from songsheet.tags.models import Tag, Tagged
from songsheet.tags.queries import tags_of, who_carries
from songsheet.team.acting import as_member
from songsheet.team.errors import RightMissing

pytestmark = pytest.mark.django_db


def test_samples_are_frozen() -> None:
    assert_samples_frozen("tags")


def test_a_new_word_becomes_a_tag_and_each_record_gets_its_entry(cast: dict[str, Any], at: datetime) -> None:
    lead, person = many_keys("lead", 1) + many_keys("person", 1)
    assert set(tag([lead, person], " Trade  show ", by=as_member(cast["priya"]), at=at)) == {lead, person}
    made = assert_recorded(TagMade)
    assert_recorded(RecordTagged, record=lead, tag=made.event.tag)
    assert [one.name for one in tags_of(person)] == ["Trade  show"]


def test_the_same_tag_again_changes_nothing(cast: dict[str, Any], at: datetime) -> None:
    priya, (lead,) = as_member(cast["priya"]), many_keys("lead", 1)
    tag([lead], "Café", by=priya, at=at)
    assert tag([lead, lead], "CAFE", by=priya, at=at) == []
    assert len(recorded(RecordTagged)) == Tag.objects.count() == 1


def test_a_tag_that_is_taken_off_can_come_back(cast: dict[str, Any], at: datetime) -> None:
    priya, (deal,) = as_member(cast["priya"]), many_keys("deal", 1)
    tag([deal], "Renewal", by=priya, at=at)
    assert untag([deal], "renewal", by=priya, at=at) == [deal]
    assert untag([deal], "renewal", by=priya, at=at) == []
    assert tag([deal], "Renewal", by=priya, at=at) == [deal]
    assert (len(recorded(RecordTagged)), len(recorded(RecordUntagged))) == (2, 1)


def test_who_may_not_work_tags_nothing(cast: dict[str, Any], at: datetime) -> None:
    with pytest.raises(RightMissing):
        tag(many_keys("lead", 1), "Renewal", by=as_member(cast["jonas"]), at=at)


@pytest.mark.parametrize(
    ("key", "name", "why"),
    [
        ("member_01k00000000000000000000000", "x", CannotBeTagged),
        ("lead", "x", NotAKey),
        ("lead_01k00000000000000000000000", "  ", NoTag),
    ],
)
def test_what_cannot_be_tagged_is_refused(
    key: str, name: str, why: type[Exception], cast: dict[str, Any], at: datetime
) -> None:
    with pytest.raises(why):
        tag([key], name, by=as_member(cast["priya"]), at=at)
    assert not Tagged.objects.exists()
    assert not Tag.objects.exists()


KEYS = many_keys("lead", 4)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.booleans(), st.lists(st.sampled_from(KEYS), max_size=5), st.sampled_from(["a", "A", "b"])
        )
    )
)
def test_many_at_once_stand_as_one_by_one(
    cast: dict[str, Any], at: datetime, asked: list[tuple[bool, list[str], str]]
) -> None:
    Tagged.objects.all().delete()
    priya = as_member(cast["priya"])
    standing: set[tuple[str, str]] = set()
    for on, keys, name in asked:
        done = set((tag if on else untag)(keys, name, by=priya, at=at))
        pairs = {(key, name.lower()) for key in keys}
        assert done == {key for key, _ in (pairs - standing if on else pairs & standing)}
        standing = standing | pairs if on else standing - pairs
    assert {(key, name) for name in "ab" for key in who_carries(name, KEYS)} == standing
