"""One screen for both sides: clauses edited, read beside, and signed at the end."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from songsheet.agreements import actions
from songsheet.agreements.form import ClauseForm, form_of, read
from songsheet.agreements.kinds.leak_thresholds import LEAK_THRESHOLDS
from songsheet.agreements.models import Signature, Version
from songsheet.agreements.queries import in_force, kinds
from songsheet.agreements.tests.signers import draft_of, signed, with_owen
from songsheet.team.acting import Acting
from songsheet.team.models import House

Team = dict[str, Acting]


@pytest.fixture
def team(cast: dict[str, Any], at: datetime) -> Team:
    return with_owen(cast, at)


def browser_of(acting: Acting) -> Client:
    client = Client()
    assert acting.member
    client.force_login(acting.member)
    return client


def typed(form: list[ClauseForm]) -> dict[str, str]:
    """What a browser would send of a form as it stands."""
    boxes = [box for clause in form for row in clause.rows for box in row.boxes]
    sent = {box.name: str(box.value) for box in boxes if box.kind != "yes"}
    return sent | {box.name: "on" for box in boxes if box.kind == "yes" and box.value}


def test_every_kind_comes_back_from_its_form_as_it_was(db: None) -> None:
    for kind in kinds().values():
        body = kind.starter().model_dump(mode="json")
        assert read(kind.body, typed(form_of(kind.body, body))) == body


def test_rows_are_added_and_taken_out_on_the_form(db: None) -> None:
    kind = kinds()["return_reasons"]
    body = kind.starter().model_dump(mode="json")
    sent = typed(form_of(kind.body, body))
    sent |= {
        "reasons.9.code": "merged",
        "reasons.9.label": "Was bought",
        "reasons.9.needs": "nothing",
    }
    sent["reasons.0.gone"] = "on"
    codes = [one["code"] for one in read(kind.body, sent)["reasons"]]
    assert (codes[0], codes[-1], len(codes)) == ("misinformed", "merged", 9)


def test_what_a_clause_says_is_read_while_it_is_typed_and_nothing_is_kept(team: Team) -> None:
    draft, browser = draft_of(), browser_of(team["priya"])
    address = f"/agreements/versions/{draft.key}/table/attempts"
    answer = browser.post(address, {"attempts.count": "3", "attempts.within_days": "8"})
    assert "before 3 attempts within 8 working days" in answer.content.decode()
    wrong = browser.post(address, {"attempts.count": "many", "attempts.within_days": "8"})
    assert (wrong.status_code, "valid integer" in wrong.content.decode()) == (422, True)
    assert browser.post(address.replace("attempts", "lunch"), {}).status_code == 404
    assert Version.objects.get(key=draft.key).hash == draft.hash


def test_both_sign_at_one_table_what_stands_on_the_screen(team: Team, at: datetime) -> None:
    owen = team["owen"].member
    assert owen
    owen.set_password("the night shift left")
    owen.save()
    draft, browser = draft_of("leak_thresholds"), browser_of(team["tom"])
    address = f"/agreements/versions/{draft.key}/table"
    assert "Both sign" in browser.get(address).content.decode()
    sent = typed(form_of(LEAK_THRESHOLDS.body, draft.body)) | {"late.hours": "12", "hash": draft.hash}
    sent |= {"act": "sign", "sales.email": owen.email or "", "sales.password": "wrong"}
    refused = browser.post(address, sent)
    assert (refused.status_code, "do not fit" in refused.content.decode()) == (422, True)
    assert 'value="12"' in refused.content.decode()
    assert not Signature.objects.exists()
    assert browser.post(address, sent | {"sales.password": "the night shift left"}).status_code == 302
    version = Version.objects.get(key=draft.key)
    agreed = in_force(LEAK_THRESHOLDS, version.in_force_from or at)
    assert agreed is not None
    assert (version.state, agreed.late.hours) == ("in_force", 12)
    assert Signature.objects.count() == 2
    assert "cannot be edited" in browser.get(address).content.decode()
    assert browser.session["_auth_user_id"] == str(team["tom"].member.pk)  # type: ignore[union-attr]


def test_a_password_of_the_own_side_is_no_key_of_the_other(team: Team) -> None:
    priya = team["priya"].member
    assert priya
    priya.set_password("the night shift left")
    priya.save()
    draft = draft_of()
    sent = {"act": "sign", "hash": draft.hash, "sales.email": priya.email or ""}
    sent["sales.password"] = "the night shift left"
    answer = browser_of(team["tom"]).post(f"/agreements/versions/{draft.key}/table", sent)
    assert (answer.status_code, "cannot sign for sales" in answer.content.decode()) == (403, True)
    assert Version.objects.get(key=draft.key).state == "draft"


def test_the_demo_asks_for_no_password_but_for_a_key(team: Team) -> None:
    House.objects.update(is_demo=True)
    draft, browser = draft_of(), browser_of(team["tom"])
    sent = {"act": "sign", "hash": draft.hash, "sales.member": team["priya"].actor.key}
    address = f"/agreements/versions/{draft.key}/table"
    assert browser.post(address, sent).status_code == 403
    assert browser.post(address, sent | {"sales.member": team["owen"].actor.key}).status_code == 302
    assert Version.objects.get(key=draft.key).state == "in_force"


def test_pages_show_what_is_agreed_what_differs_and_what_may_be_done(team: Team, at: datetime) -> None:
    first = signed(draft_of(), team, at)
    second = actions.propose("service_levels", by=team["priya"], at=at)
    actions.edit(second.key, {"verdict": {"days": 2}}, seen=second.hash, by=team["priya"], at=at)
    actions.offer(second.key, by=team["priya"], at=at)
    tom = browser_of(team["tom"])
    page = tom.get("/agreements").content.decode()
    assert "signed by Tom Lindqvist and Owen Hart" in " ".join(page.split())
    page = tom.get(f"/agreements/versions/{second.key}?against={first.key}").content.decode()
    assert page.count("<del>") == page.count("<ins>") == 1
    assert "Sign for my side" in page
    assert "Sign for my side" not in browser_of(team["ruth"]).get(
        f"/agreements/versions/{second.key}").content.decode()  # fmt: skip
    why = {"why": "Two days are not kept", "counter": "on"}
    answer = tom.post(f"/agreements/versions/{second.key}/refuse", why)
    assert answer["Location"].endswith("/table")
    assert "Two days are not kept" in tom.get("/agreements/service_levels").content.decode()
    tom.post(f"/agreements/versions/{first.key}/stop", {"why": "We begin anew"})
    assert in_force(kinds()["service_levels"], at) is not None
    assert Version.objects.get(key=first.key).state == "stopped"
