"""The song by the API: facts and their changes, claims and whether they hold, questions."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from songsheet.agreements.tests.signers import with_owen
from songsheet.buyers.actions import meet_person
from songsheet.buyers.adopt_people import PersonRow
from songsheet.journal.queries import story_of
from songsheet.journal.testing import assert_nothing_recorded, assert_recorded
from songsheet.song.claims.events import ClaimClosed, ClaimInForce
from songsheet.song.facts.events import FactChanged, FactStated
from songsheet.song.market.events import EvidenceNoted
from songsheet.team.acting import as_member
from songsheet.team.actions import issue_key


@pytest.fixture
def ask(cast: dict[str, Any], at: datetime) -> Any:
    team = with_owen(cast, at)
    secrets = {}
    for name in ("tom", "owen", "priya"):
        member = team[name].member
        assert member
        scopes = ["write"] if name == "priya" else ["write", "sign"]
        _, secrets[name] = issue_key(member=member, scopes=scopes, by=team[name], at=at)

    def asked(who: str, method: str, path: str, **body: Any) -> Any:
        given: dict[str, Any] = {"data": body, "content_type": "application/json"} if method != "get" else {}
        headers = {"Authorization": f"Bearer {secrets[who]}"}
        answer = getattr(Client(), method)(f"/api/v1{path}", headers=headers, **given)
        return answer.status_code, answer.json()

    return asked


def test_a_change_is_previewed_and_then_made(ask: Any) -> None:
    fact = {"name": "returns", "label": "Returns", "kind": "duration", "value": "60 days"}
    assert ask("priya", "post", "/facts", **fact)[0] == 403
    status, made = ask("tom", "post", "/facts", **fact)
    assert (status, [one["value"] for one in made["says"]]) == (201, ["60 days"])
    assert_recorded(FactStated, name="returns")
    status, draft = ask("tom", "post", "/claims", statement="60 days.", predicate="returns >= 60 days")
    assert (status, draft["holding"]["holds"]) == (201, True)
    status, said = ask("tom", "post", f"/claim-versions/{draft['key']}/force", hash=draft["hash"])
    assert (status, said["state"]) == (200, "in_force")
    change = {"value": "30 days", "why": "Costs."}
    status, preview = ask("tom", "post", "/facts/returns/changes?preview=true", **change)
    assert (status, preview["preview"]) == (200, True)
    assert [(one["statement"], one["before"], one["after"]) for one in preview["moved"]] == [
        ("60 days.", True, False)
    ]
    assert_nothing_recorded(FactChanged)
    assert ask("owen", "post", "/facts/returns/changes", **change)[0] == 403
    status, done = ask("tom", "post", "/facts/returns/changes", **change)
    assert (status, done["fact"]["says"][0]["value"]) == (200, "30 days")
    assert_recorded(FactChanged, name="returns", value="30 days")
    status, found = ask("priya", "get", f"/claims/{draft['claim']}/evaluate")
    assert (status, found["holds"], found["because"]) == (200, False, {"returns": "30 days"})
    assert ask("priya", "get", "/facts")[1]["items"][0]["name"] == "returns"
    assert ask("priya", "get", "/facts/nothing")[0] == 404
    assert ask("tom", "post", "/facts/returns/changes", value="soon")[0] == 422


def test_a_claim_is_signed_by_both_sides_and_closed(ask: Any, at: datetime) -> None:
    ask("tom", "post", "/facts", name="guarantee.offered", label="G", kind="offer", value="offered")
    given = {"statement": "Money back.", "predicate": "guarantee.offered", "risk": "guarantee"}
    status, refused = ask("priya", "post", "/claims", **{**given, "predicate": "guarantee.offered >="})
    assert (status, refused["errors"].keys()) == (422, {"predicate"})
    _, draft = ask("priya", "post", "/claims", **given)
    path = f"/claim-versions/{draft['key']}"
    assert ask("priya", "post", f"{path}/force", hash=draft["hash"])[0] == 409
    status, draft = ask("priya", "patch", path, hash=draft["hash"], qualifier="In its box.")
    assert (status, draft["body"]["qualifier"]) == (200, "In its box.")
    for who in ("tom", "owen"):
        status, said = ask(who, "post", f"{path}/sign", hash=draft["hash"])
    assert (status, said["state"], said["mode"]) == (200, "in_force", "two")
    assert_recorded(ClaimInForce, its=draft["key"])
    before = (at - timedelta(days=1)).isoformat().replace("+", "%2B")
    assert ask("priya", "get", f"/claims/{draft['claim']}/evaluate?at={before}")[1]["holds"] is None
    status, listed = ask("priya", "get", "/claims?state=in_force")
    assert [one["holds"] for one in listed["items"]] == ["yes"]
    status, second = ask("priya", "post", f"/claims/{draft['claim']}/versions", statement="All of it back.")
    assert (status, second["number"], second["body"]["qualifier"]) == (201, 2, "In its box.")
    status, _ = ask("owen", "post", f"/claims/{draft['claim']}/close", why="Too dear.")
    assert status == 200
    assert_recorded(ClaimClosed, why="Too dear.")


def test_a_question_is_written_down_and_heard(ask: Any, cast: dict[str, Any], at: datetime) -> None:
    status, made = ask("priya", "post", "/questions", text="What does delivery cost?", phrases=["fee"])
    assert (status, made["heard"]) == (201, 0)
    person = meet_person(PersonRow(name="Suzanne Okafor"), by=as_member(cast["priya"]), at=at)
    (entry, *_) = story_of([person.key])
    status, noted = ask("priya", "post", f"/questions/{made['key']}/evidence", positions=[entry.position])
    assert (status, noted["positions"]) == (200, [entry.position])
    assert_recorded(EvidenceNoted, thing=made["key"])
    assert ask("priya", "get", f"/questions/{made['key']}")[1]["heard"] == 1
    assert [one["text"] for one in ask("priya", "get", "/questions")[1]["items"]] == [made["text"]]


@pytest.mark.parametrize("given", ["0.5", "1780000000", "2026-06-01T00:00:00", "soon"])
def test_an_instant_that_is_none_is_refused_and_not_taken_for_now(ask: Any, given: str) -> None:
    assert ask("tom", "get", f"/facts?at={given}")[0] == 422
