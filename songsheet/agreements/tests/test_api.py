"""Agreements by the API: propose, edit, offer, sign, refuse, stop."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from songsheet.agreements.tests.signers import draft_of, with_owen
from songsheet.team.actions import issue_key
from songsheet.team.errors import RightMissing


@pytest.fixture
def ask(cast: dict[str, Any], at: datetime) -> Any:
    team = with_owen(cast, at)
    secrets = {}
    for name, scopes in (("tom", ["write", "sign"]), ("owen", ["write", "sign"]), ("priya", ["write"])):
        member = team[name].member
        assert member
        with pytest.raises(RightMissing):
            issue_key(member=team["tom"].member, scopes=["sign"], by=team["ruth"], at=at)  # type: ignore[arg-type]
        _, secrets[name] = issue_key(member=member, scopes=scopes, by=team[name], at=at)

    def asked(who: str, method: str, path: str, **body: Any) -> Any:
        given: dict[str, Any] = {"data": body, "content_type": "application/json"} if method != "get" else {}
        headers = {"Authorization": f"Bearer {secrets[who]}"}
        answer = getattr(Client(), method)(f"/api/v1/agreements{path}", headers=headers, **given)
        return answer.status_code, answer.json()

    return asked


def test_a_version_goes_from_proposal_to_force_by_the_api(ask: Any) -> None:
    status, made = ask("priya", "post", "/service_levels/versions")
    assert (status, made["state"], made["number"]) == (201, "draft", 2)
    path = f"/versions/{made['key']}"
    status, refused = ask(
        "priya", "patch", path, clauses={"verdict": {"days": 0}, "lunch": 1}, hash=made["hash"]
    )
    assert (status, set(refused["errors"])) == (422, {"verdict.days", "lunch"})
    status, edited = ask("priya", "patch", path, clauses={"verdict": {"days": 3}}, hash=made["hash"])
    assert status == 200
    assert "within 3 working days" in str(edited["clauses"])
    status, _ = ask("priya", "patch", path, clauses={"verdict": {"days": 4}}, hash=made["hash"])
    assert status == 409
    status, offered = ask("priya", "post", f"{path}/offer")
    assert (status, offered["waiting_for"]) == (200, ["marketing", "sales"])
    status, _ = ask("priya", "post", f"{path}/sign", hash=edited["hash"])
    assert status == 403
    status, half = ask("tom", "post", f"{path}/sign", hash=edited["hash"])
    assert (status, half["waiting_for"]) == (200, ["sales"])
    status, signed = ask("owen", "post", f"{path}/sign", hash=edited["hash"])
    assert (status, signed["state"], len(signed["signatures"])) == (200, "in_force", 2)
    status, read = ask("priya", "get", "/service_levels")
    assert (read["in_force"]["key"], [one["number"] for one in read["versions"]]) == (made["key"], [2, 1])
    status, every = ask("priya", "get", "")
    assert [one["kind"] for one in every["items"] if one["in_force"]] == ["service_levels"]
    status, _ = ask("owen", "post", f"{path}/stop", why="Not kept by anybody")
    assert (status, ask("priya", "get", "/service_levels")[1]["in_force"]) == (200, None)


def test_a_refusal_answers_with_the_counter_proposal(ask: Any, at: datetime) -> None:
    draft = draft_of("return_reasons")
    ask("priya", "post", f"/versions/{draft.key}/offer")
    reasons = {"reasons": draft.body["reasons"][:3]}
    status, counter = ask("owen", "post", f"/versions/{draft.key}/refuse", why="Too many", body=reasons)
    assert (status, counter["counters"], counter["state"]) == (200, draft.key, "draft")
    assert ask("owen", "post", f"/versions/{draft.key}/withdraw")[0] == 409
    assert ask("owen", "get", "/lunch")[0] == 404
