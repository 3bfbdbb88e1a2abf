"""Two keys, one text: from the draft to what is in force, and back."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from songsheet.agreements import actions, signing_actions
from songsheet.agreements.deputy_actions import end_deputy, name_deputy
from songsheet.agreements.errors import (
    BodyRefused,
    CannotSign,
    DayIsOver,
    NotADeputy,
    NotInThatState,
    ReadAgain,
    SignedAlready,
    SomethingIsOffered,
)
from songsheet.agreements.events import VersionEdited, VersionInForce, VersionRefused, VersionStopped
from songsheet.agreements.kinds.service_levels import SERVICE_LEVELS
from songsheet.agreements.models import Signature, Version
from songsheet.agreements.queries import in_force, kinds, waiting_for
from songsheet.agreements.tests.signers import draft_of, signed, with_owen
from songsheet.journal import check
from songsheet.journal.testing import assert_recorded
from songsheet.team.acting import Acting, as_member
from songsheet.team.models import Member

Team = dict[str, Acting]


@pytest.fixture
def team(cast: dict[str, Any], at: datetime) -> Team:
    return with_owen(cast, at)


def refused_by_database(sql: str, *values: Any) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_new_house_has_a_readable_draft_of_each_kind_and_nothing_in_force(db: None, at: datetime) -> None:
    assert set(Version.objects.values_list("agreement__kind", flat=True)) == set(kinds())
    for kind in kinds().values():
        clauses = kind.read(draft_of(kind.name).body).clauses({})
        assert all(clause.title for clause in clauses)
        assert any(clause.sentences for clause in clauses)
        assert in_force(kind, at) is None
    assert check.run(full=True, only=["I7", "I8"]) == []


def test_it_is_in_force_once_two_members_of_two_sides_have_signed_the_same_text(
    team: Team, at: datetime
) -> None:
    draft = draft_of()
    with pytest.raises(NotInThatState):
        signing_actions.sign(draft.key, hash=draft.hash, by=team["tom"], at=at)
    offered = actions.offer(draft.key, by=team["priya"], at=at)
    assert waiting_for(offered) == ["marketing", "sales"]
    with pytest.raises(ReadAgain):
        signing_actions.sign(draft.key, hash="0" * 64, by=team["tom"], at=at)
    signing_actions.sign(draft.key, hash=draft.hash, by=team["tom"], at=at)
    with pytest.raises(SignedAlready):
        signing_actions.sign(draft.key, hash=draft.hash, by=team["tom"], at=at)
    for who in ("ruth", "amara", "jonas", "ines", "priya", "diane"):
        with pytest.raises(CannotSign):
            signing_actions.sign(draft.key, hash=draft.hash, by=team[who], at=at, side="sales")
    with pytest.raises(CannotSign):
        signing_actions.sign(draft.key, hash=draft.hash, by=team["tom"], at=at, side="sales")
    assert in_force(SERVICE_LEVELS, at) is None
    signing_actions.sign(draft.key, hash=draft.hash, by=team["owen"], at=at)
    assert in_force(SERVICE_LEVELS, at) == SERVICE_LEVELS.starter()
    assert in_force(SERVICE_LEVELS, at - timedelta(seconds=1)) is None
    assert_recorded(VersionInForce, terms=draft.key, hash=draft.hash, mode="two", before=None)
    assert check.run(full=True, only=["I7", "I8"]) == []


def test_an_edit_of_what_is_offered_voids_both_keys_and_makes_it_a_draft_again(
    team: Team, at: datetime
) -> None:
    draft = actions.offer(draft_of().key, by=team["tom"], at=at)
    signing_actions.sign(draft.key, hash=draft.hash, by=team["tom"], at=at)
    with pytest.raises(ReadAgain):
        actions.edit(draft.key, {"attempts": {}}, seen="other", by=team["owen"], at=at)
    with pytest.raises(BodyRefused) as refused:
        actions.edit(
            draft.key, {"attempts": {"count": 0, "within_days": 3}}, seen=draft.hash, by=team["owen"], at=at
        )
    assert set(refused.value.errors) == {"attempts.count"}
    attempts = {"count": 3, "within_days": 5}
    with pytest.raises(CannotSign):
        actions.edit(draft.key, {"attempts": attempts}, seen=draft.hash, by=team["priya"], at=at)
    edited = actions.edit(draft.key, {"attempts": attempts}, seen=draft.hash, by=team["owen"], at=at)
    assert (edited.state, edited.hash == draft.hash) == ("draft", False)
    assert_recorded(VersionEdited, terms=draft.key, voided=1, clauses=["attempts"])
    assert not Signature.objects.filter(voided_at=None).exists()
    final = signed(edited, team, at)
    assert final.hash == edited.hash
    assert check.run(full=True, only=["I7", "I8"]) == []


def test_a_new_version_closes_the_old_one_at_its_instant(team: Team, at: datetime) -> None:
    first = signed(draft_of(), team, at)
    later = at + timedelta(days=3)
    second = actions.propose("service_levels", by=team["diane"], at=later)
    assert second.body == first.body
    verdict = {"days": 2}
    second = actions.edit(second.key, {"verdict": verdict}, seen=second.hash, by=team["diane"], at=later)
    with pytest.raises(DayIsOver):
        actions.offer(second.key, by=team["diane"], at=later, starts_on=at.date())
    second = signed(second, team, later, starts_on=(later + timedelta(days=10)).date())
    first.refresh_from_db()
    assert (first.state, first.in_force_until) == ("superseded", second.in_force_from)
    assert second.in_force_from is not None
    before = in_force(SERVICE_LEVELS, second.in_force_from - timedelta(seconds=1))
    after = in_force(SERVICE_LEVELS, second.in_force_from)
    assert before is not None
    assert after is not None
    assert (before.verdict.days, after.verdict.days) == (5, 2)
    third = actions.propose("service_levels", by=team["tom"], at=later)
    with pytest.raises(SomethingIsOffered):
        actions.offer(third.key, by=team["tom"], at=later)
    signing_actions.stop(second.key, why="Not now", by=team["owen"], at=later)
    first.refresh_from_db()
    assert (first.state, first.in_force_until) == ("in_force", None)
    assert_recorded(VersionStopped, terms=second.key, again=first.key)
    assert in_force(SERVICE_LEVELS, later + timedelta(days=90)) == before
    assert check.run(full=True, only=["I7", "I8"]) == []


def test_stopping_takes_one_key_and_releasing_two(team: Team, at: datetime) -> None:
    first = signed(draft_of(), team, at)
    for who in ("ruth", "priya"):
        with pytest.raises(CannotSign):
            signing_actions.stop(first.key, why="No", by=team[who], at=at)
    with pytest.raises(BodyRefused):
        signing_actions.stop(first.key, why=" ", by=team["tom"], at=at)
    later = at + timedelta(hours=1)
    signing_actions.stop(first.key, why="The night shift left", by=team["tom"], at=later)
    assert in_force(SERVICE_LEVELS, later) is None
    assert in_force(SERVICE_LEVELS, at) is not None
    again = actions.propose("service_levels", by=team["tom"], at=later)
    signed(again, team, later)
    assert in_force(SERVICE_LEVELS, later) is not None


def test_a_refusal_may_bring_its_own_proposal(team: Team, at: datetime) -> None:
    offered = actions.offer(draft_of().key, by=team["tom"], at=at)
    body = {**offered.body, "verdict": {"days": 3}}
    with pytest.raises(CannotSign):
        signing_actions.refuse(offered.key, why="Too slow", by=team["ruth"], at=at)
    counter = signing_actions.refuse(offered.key, why="Too slow", by=team["owen"], at=at, body=body)
    offered.refresh_from_db()
    assert (offered.state, counter.state, counter.counters) == ("refused", "draft", offered)
    assert_recorded(VersionRefused, terms=offered.key, counter=counter.key, member=team["owen"].actor.key)
    actions.propose("service_levels", by=team["diane"], at=at, counters=offered.key)
    with pytest.raises(CannotSign):
        actions.withdraw(counter.key, by=team["priya"], at=at)
    actions.withdraw(counter.key, by=team["tom"], at=at)
    assert check.run(full=True, only=["I7", "I8"]) == []


def test_the_house_names_deputies_of_each_side(team: Team, at: datetime) -> None:
    offered = actions.offer(draft_of().key, by=team["tom"], at=at)
    with pytest.raises(NotADeputy):
        name_deputy(team["ruth"].actor.key, by=team["ruth"], at=at)
    name_deputy(team["priya"].actor.key, by=team["ruth"], at=at)
    signing_actions.sign(offered.key, hash=offered.hash, by=team["priya"], at=at)
    assert Signature.objects.get().as_deputy
    end_deputy(team["priya"].actor.key, by=team["ruth"], at=at)
    with pytest.raises(CannotSign):
        actions.withdraw(offered.key, by=team["priya"], at=at)
    signing_actions.sign(offered.key, hash=offered.hash, by=team["tom"], at=at)
    assert in_force(SERVICE_LEVELS, at) is not None


def test_the_only_member_of_a_house_signs_for_both_and_it_is_said(team: Team, at: datetime) -> None:
    Member.objects.exclude(id=team["ruth"].member.id).update(state="left")  # type: ignore[union-attr]
    ruth = as_member(Member.objects.get(id=team["ruth"].member.id))  # type: ignore[union-attr]
    offered = actions.offer(draft_of().key, by=ruth, at=at)
    version = signing_actions.sign(offered.key, hash=offered.hash, by=ruth, at=at)
    assert (version.state, version.mode) == ("in_force", "one_person")
    assert [one.both_hats for one in Signature.objects.all()] == [True, True]
    assert_recorded(VersionInForce, mode="one_person")
    assert check.run(full=True, only=["I8"]) == []


def test_the_database_keeps_what_was_signed(team: Team, at: datetime) -> None:
    other = actions.offer(draft_of("leak_thresholds").key, by=team["tom"], at=at)
    refused_by_database(
        "update agreements_version set state = 'in_force', in_force_from = %s where id = %s", at, other.id
    )
    version = signed(draft_of(), team, at)
    for change in ("body = '{}'", "hash = ''", "in_force_from = now()", "mode = 'one_person'"):
        refused_by_database(f"update agreements_version set {change} where id = %s", version.id)
    refused_by_database("update agreements_version set state = 'draft', in_force_from = null where id = %s",
                        version.id)  # fmt: skip
    refused_by_database("delete from agreements_version where id = %s", version.id)
    refused_by_database("update agreements_signature set voided_at = now()")
    refused_by_database("delete from agreements_signature")


def test_a_text_that_was_bent_behind_our_back_is_found(team: Team, at: datetime) -> None:
    version = signed(draft_of(), team, at)
    with connection.cursor() as cursor:
        cursor.execute("alter table agreements_version disable trigger user")
        cursor.execute(
            "update agreements_version set body = jsonb_set(body, '{verdict,days}', '9') where id = %s",
            [version.id],
        )
        cursor.execute("alter table agreements_version enable trigger user")
    (found,) = check.run(full=True, only=["I8"])
    assert (found.subject, "hash" in found.sentence) == (version.key, True)
