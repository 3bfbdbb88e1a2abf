"""Claims: drafted, signed, in force as long as they hold, closed by one key; never edited."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from songsheet.agreements.tests.signers import with_owen
from songsheet.journal import check
from songsheet.journal.testing import assert_recorded
from songsheet.song.claims.actions import (
    change_proof,
    draft_claim,
    edit_claim,
    enter_proof,
    hand_over_claim,
    propose_version,
    withdraw_draft,
    withdraw_proof,
)
from songsheet.song.claims.errors import (
    ClaimRefused,
    ClaimWithoutProof,
    DoesNotHold,
    NeedsBothSides,
    NoSuchClaim,
    NotInThatState,
    NotYourClaim,
    ReadAgain,
    SignedAlready,
)
from songsheet.song.claims.events import (
    ClaimClosed,
    ClaimDrafted,
    ClaimDraftWithdrawn,
    ClaimEdited,
    ClaimHandedOver,
    ClaimInForce,
    ClaimSigned,
    ProofChanged,
    ProofEntered,
    ProofWithdrawn,
)
from songsheet.song.claims.force_actions import close_claim, put_in_force, sign_claim
from songsheet.song.claims.holding import holding_of, holds
from songsheet.song.claims.models import Claim, ClaimSignature, ClaimVersion
from songsheet.song.claims.queries import preview_change, resting_on, sung_at
from songsheet.song.facts.actions import change_fact
from songsheet.song.facts.models import Fact
from songsheet.song.facts.scopes import Scope
from songsheet.song.facts.values import Duration
from songsheet.song.predicate.reading import PredicateRefused
from songsheet.song.tests.facts import operations, stated
from songsheet.team.acting import Acting

DAY = timedelta(days=1)
Team = dict[str, Acting]


@pytest.fixture
def team(cast: dict[str, Any], at: datetime) -> Team:
    found = with_owen(cast, at)
    una = operations(at)
    stated("returns", "duration", "60 days", by=una, at=at - DAY)
    stated("guarantee.offered", "offer", "offered", by=una, at=at - DAY)
    stated("guarantee.days", "number", "30", by=una, at=at - DAY)
    return {**found, "una": una}


def returns(team: Team, at: datetime, **more: Any) -> ClaimVersion:
    given = {"statement": "Send it back for 60 days.", "predicate": "returns >= 60 days", **more}
    return draft_claim(**given, by=team["tom"], at=at)


def sung(version: ClaimVersion, at: datetime) -> bool:
    return holds(version, at).holds


def test_a_plain_claim_is_put_into_force_by_who_answers_for_it(team: Team, at: datetime) -> None:
    draft = returns(team, at)
    assert_recorded(ClaimDrafted, its=draft.key, number=1, risk="plain")
    with pytest.raises(NotYourClaim):
        put_in_force(draft.key, seen=draft.hash, by=team["priya"], at=at)
    with pytest.raises(ReadAgain):
        put_in_force(draft.key, seen="0" * 64, by=team["tom"], at=at)
    said = put_in_force(draft.key, seen=draft.hash, by=team["tom"], at=at)
    assert (said.state, said.in_force_from, said.mode) == ("in_force", at, "owner")
    assert_recorded(ClaimInForce, its=draft.key, facts={"returns": "60 days"}, mode="owner", before=None)
    assert Claim.objects.get().state == "in_force"
    with pytest.raises(NotInThatState):
        edit_claim(said.key, seen=said.hash, statement="Other", by=team["tom"], at=at)
    assert [one.version for one in resting_on(team["priya"], "returns", at)] == [said]
    assert check.run(full=True, only=["I7", "I8"]) == []


def test_what_can_hurt_is_signed_by_both_sides(team: Team, at: datetime) -> None:
    draft = draft_claim(
        statement="Your money back within 30 days.", risk="guarantee", qualifier="Unused and in its box.",
        predicate="guarantee.offered and guarantee.days >= 30", by=team["priya"], at=at,
    )  # fmt: skip
    with pytest.raises(NeedsBothSides):
        put_in_force(draft.key, seen=draft.hash, by=team["priya"], at=at)
    with pytest.raises(NotYourClaim):
        sign_claim(draft.key, hash=draft.hash, by=team["priya"], at=at)
    sign_claim(draft.key, hash=draft.hash, by=team["tom"], at=at)
    with pytest.raises(SignedAlready):
        sign_claim(draft.key, hash=draft.hash, by=team["tom"], at=at)
    with pytest.raises(NotYourClaim):
        sign_claim(draft.key, hash=draft.hash, side="sales", by=team["tom"], at=at)
    edited = edit_claim(draft.key, seen=draft.hash, qualifier="In its box.", by=team["priya"], at=at)
    assert_recorded(ClaimEdited, its=draft.key, fields=["qualifier"], voided=1)
    with pytest.raises(ReadAgain):
        sign_claim(draft.key, hash=draft.hash, by=team["owen"], at=at)
    sign_claim(draft.key, hash=edited.hash, by=team["owen"], at=at)
    assert_recorded(ClaimSigned, its=draft.key, signed_for="sales")
    said = sign_claim(draft.key, hash=edited.hash, by=team["tom"], at=at)
    assert (said.state, said.mode) == ("in_force", "two")
    assert_recorded(ClaimInForce, its=draft.key, mode="two")
    assert check.run(full=True, only=["I7", "I8"]) == []


def test_what_does_not_hold_or_is_not_known_to_is_refused(team: Team, at: datetime) -> None:
    draft = returns(team, at, predicate="returns >= 90 days")
    with pytest.raises(DoesNotHold, match="does not hold: returns: 60 days"):
        put_in_force(draft.key, seen=draft.hash, by=team["tom"], at=at)
    unknown = returns(team, at, predicate="returns >= 60 days and fitting.free", risk="price")
    with pytest.raises(DoesNotHold, match="is not known to hold: fitting"):
        sign_claim(unknown.key, hash=unknown.hash, by=team["tom"], at=at)
    assert not ClaimSignature.objects.exists()
    assert {one.state for one in ClaimVersion.objects.all()} == {"draft"}


def test_whether_it_holds_is_asked_with_the_time(team: Team, at: datetime) -> None:
    draft = returns(team, at)
    said = put_in_force(draft.key, seen=draft.hash, by=team["tom"], at=at)
    later = at + 7 * DAY
    change_fact("returns", value="30 days", valid_from=later, by=team["una"], at=at)
    assert (sung(said, at), sung(said, later - DAY), sung(said, later)) == (True, True, False)
    found = holds(said, later)
    assert [(one.name, one.says, one.since) for one in found.because] == [("returns", "30 days", later)]
    assert [one.holding.truth for one in sung_at(team["priya"], later)] == [False]
    assert holding_of([said], later)[said.id] == found


def test_a_claim_for_everywhere_must_hold_in_each_place(team: Team, at: datetime) -> None:
    everywhere = returns(team, at)
    at_home = returns(team, at, statement="At home: 60 days.", market="GB")
    change_fact("returns", value="14 days", market="IE", by=team["una"], at=at)
    found = holds(everywhere, at)
    assert (found.truth, found.place, found.sentence()) == (False, Scope(market="IE"), "returns: 14 days")
    assert sung(at_home, at)
    change_fact("returns", value="60 days", market="IE", by=team["una"], at=at + DAY)
    assert sung(everywhere, at + DAY)


def test_a_new_version_closes_the_old_one_at_its_instant(team: Team, at: datetime) -> None:
    first = returns(team, at)
    put_in_force(first.key, seen=first.hash, by=team["tom"], at=at)
    claim = Claim.objects.get()
    second = propose_version(claim.key, statement="60 days to think.", by=team["priya"], at=at + DAY)
    assert (second.number, second.predicate) == (2, first.predicate)
    with pytest.raises(NotInThatState):
        propose_version(claim.key, by=team["tom"], at=at + DAY)
    put_in_force(second.key, seen=second.hash, by=team["tom"], at=at + 2 * DAY)
    first.refresh_from_db()
    assert (first.state, first.in_force_until) == ("superseded", at + 2 * DAY)
    for days, key in ((0, first.key), (1, first.key), (2, second.key)):
        assert [one.version.key for one in sung_at(team["priya"], at + days * DAY)] == [key]
    claim.refresh_from_db()
    assert claim.statement == "60 days to think."
    third = propose_version(claim.key, by=team["priya"], at=at + 3 * DAY)
    with pytest.raises(NotYourClaim):
        withdraw_draft(third.key, by=team["owen"], at=at + 3 * DAY)
    withdraw_draft(third.key, by=team["priya"], at=at + 3 * DAY)
    assert_recorded(ClaimDraftWithdrawn, its=third.key)
    assert check.run(full=True, only=["I7", "I8"]) == []


def test_one_key_stops_it(team: Team, at: datetime) -> None:
    draft = returns(team, at)
    claim = draft.claim
    with pytest.raises(NotInThatState):
        close_claim(claim.key, why="No.", by=team["owen"], at=at)
    put_in_force(draft.key, seen=draft.hash, by=team["tom"], at=at)
    with pytest.raises(NotYourClaim):
        close_claim(claim.key, why="No.", by=team["priya"], at=at)
    with pytest.raises(ClaimRefused):
        close_claim(claim.key, why=" ", by=team["owen"], at=at)
    close_claim(claim.key, why="Nobody understood it.", by=team["owen"], at=at + DAY)
    assert_recorded(ClaimClosed, its=draft.key, why="Nobody understood it.")
    assert Claim.objects.get().state == "closed"
    assert sung_at(team["priya"], at + DAY) == []
    again = propose_version(claim.key, by=team["tom"], at=at + DAY)
    put_in_force(again.key, seen=again.hash, by=team["tom"], at=at + DAY)
    assert check.run(full=True, only=["I7", "I8"]) == []


def test_a_claim_may_rest_on_a_proof_until_it_expires(team: Team, at: datetime) -> None:
    proof = enter_proof(
        kind="certificate", title="Quiet mark", source="quiet.example/4711", expires_on=date(2026, 5, 13),
        by=team["priya"], at=at,
    )  # fmt: skip
    assert_recorded(ProofEntered, proof=proof.key, expires_on="2026-05-13")
    with pytest.raises(ClaimWithoutProof):
        returns(team, at, predicate="")
    draft = returns(team, at, statement="Certified quiet.", predicate="", proof=proof.key)
    said = put_in_force(draft.key, seen=draft.hash, by=team["tom"], at=at)
    midnight = datetime(2026, 5, 13, 22, 0, tzinfo=at.tzinfo)
    assert (sung(said, midnight - DAY), sung(said, midnight + 3 * DAY)) == (True, False)
    change_proof(proof.key, expires_on=date(2027, 5, 13), version=1, by=team["priya"], at=at)
    assert_recorded(ProofChanged, proof=proof.key, fields=["expires_on"], version=2)
    again = ClaimVersion.objects.select_related("proof").get(id=said.id)
    assert sung(again, midnight + 3 * DAY)
    withdraw_proof(proof.key, by=team["priya"], at=at + DAY)
    assert_recorded(ProofWithdrawn, proof=proof.key)
    again = ClaimVersion.objects.select_related("proof").get(id=said.id)
    assert (sung(again, at), sung(again, at + DAY)) == (True, False)
    with pytest.raises(NoSuchClaim):
        returns(team, at, predicate="", proof=proof.key)


def test_a_preview_names_what_would_no_longer_hold_and_what_would_again(team: Team, at: datetime) -> None:
    for days in (30, 60):
        draft = returns(team, at, statement=f"{days} days.", predicate=f"returns >= {days} days")
        put_in_force(draft.key, seen=draft.hash, by=team["tom"], at=at)
    fact = Fact.objects.get(name="returns")
    shorter = preview_change(team["tom"], fact, Duration(45, "days"), Scope(), since=at, at=at)
    assert [(one.version.statement, one.after.truth) for one in shorter] == [("60 days.", False)]
    gone = preview_change(team["tom"], fact, None, Scope(), since=at, at=at)
    assert [one.after.truth for one in gone] == [None, None]
    change_fact("returns", value="45 days", by=team["una"], at=at)
    longer = preview_change(team["tom"], fact, Duration(90, "days"), Scope(), since=at + DAY, at=at + DAY)
    assert [(one.before.truth, one.after.truth) for one in longer] == [(False, True)]
    abroad = preview_change(team["tom"], fact, Duration(1, "days"), Scope(market="IE"), since=at, at=at)
    assert [one.version.statement for one in abroad] == ["30 days."]


def test_what_a_claim_says_is_read_and_refused_by_field(team: Team, at: datetime) -> None:
    for wrong, field in (
        ({"statement": " "}, "statement"), ({"risk": "high"}, "risk"), ({"predicate": "1 = 1"}, "predicate"),
        ({"wordings": [{"language": "", "text": "x"}]}, "wordings"), ({"owner": "nobody"}, "owner"),
    ):  # fmt: skip
        with pytest.raises(ClaimRefused) as refused:
            returns(team, at, **wrong)
        assert refused.value.field == field
    for text in ("returns >= ", "returns >= 60", "returns"):
        with pytest.raises(PredicateRefused):
            returns(team, at, predicate=text)
    draft = returns(team, at, predicate="returns>=60 days", wordings=[{"language": "de", "text": "60 Tage"}])
    assert (draft.predicate, draft.facts) == ("returns >= 60 days", ["returns"])
    with pytest.raises(NotYourClaim):
        hand_over_claim(draft.claim.key, owner="", by=team["priya"], at=at)
    assert team["priya"].member
    hand_over_claim(draft.claim.key, owner=team["priya"].member.key, by=team["tom"], at=at)
    assert_recorded(ClaimHandedOver, owner=team["priya"].member.key)


def test_the_database_itself_refuses_what_must_never_be(team: Team, at: datetime) -> None:
    said = returns(team, at)
    put_in_force(said.key, seen=said.hash, by=team["tom"], at=at)
    risky = returns(team, at, statement="For ever.", risk="guarantee")
    for sql in (
        f"update song_claimversion set statement = 'x' where id = {said.id}",
        f"delete from song_claimversion where id = {said.id}",
        f"update song_claimversion set state = 'in_force', in_force_from = now() where id = {risky.id}",
        f"update song_claimversion set state = 'in_force', in_force_from = now(), mode = 'two'"
        f" where id = {risky.id}",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
