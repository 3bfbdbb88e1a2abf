"""Keys for programs: shown once, narrowed by scopes, ended at once; nobody grows by one."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from songsheet.journal.testing import assert_recorded
from songsheet.team.acting import as_member
from songsheet.team.actions import end_key, issue_key, join_team
from songsheet.team.errors import NotJoined, RightMissing, UnknownScope
from songsheet.team.events import KeyEnded, KeyIssued
from songsheet.team.keys import whose
from songsheet.team.models import ApiKey
from songsheet.team.roles import Right


def test_a_key_acts_for_its_member_within_its_scopes(cast: dict[str, Any], at: datetime) -> None:
    key, secret = issue_key(member=cast["priya"], scopes=["read"], by=as_member(cast["priya"]), at=at)
    caller = whose(secret)
    assert caller is not None
    acting = caller.by
    assert acting.member == cast["priya"]
    assert acting.actor.key == key.key
    assert acting.rights == {Right.LOOK}
    assert_recorded(KeyIssued, member=cast["priya"].key, key=key.key)


def test_a_scope_gives_nothing_that_the_member_has_not(cast: dict[str, Any], at: datetime) -> None:
    _, secret = issue_key(member=cast["priya"], scopes=["admin"], by=as_member(cast["priya"]), at=at)
    caller = whose(secret)
    assert caller is not None
    acting = caller.by
    assert acting.rights == cast["priya"].rights


def test_the_secret_is_nowhere_kept(cast: dict[str, Any], at: datetime) -> None:
    key, secret = issue_key(member=cast["priya"], scopes=["read"], by=as_member(cast["priya"]), at=at)
    assert secret not in str(vars(ApiKey.objects.get(id=key.id)))


@pytest.mark.parametrize("scopes", [[], ["king"], ["read", "king"]])
def test_unknown_scopes_are_refused(cast: dict[str, Any], at: datetime, scopes: list[str]) -> None:
    with pytest.raises(UnknownScope):
        issue_key(member=cast["priya"], scopes=scopes, by=as_member(cast["priya"]), at=at)


def test_only_who_manages_the_team_issues_keys_for_others(cast: dict[str, Any], at: datetime) -> None:
    with pytest.raises(RightMissing):
        issue_key(member=cast["tom"], scopes=["read"], by=as_member(cast["priya"]), at=at)


def test_nobody_grows_by_a_key_of_somebody_else(cast: dict[str, Any], at: datetime) -> None:
    amara = as_member(cast["amara"])
    assert not amara.may(Right.PARKED)
    issue_key(member=cast["ruth"], scopes=["read"], by=amara, at=at)
    with pytest.raises(RightMissing):
        issue_key(member=cast["ruth"], scopes=["admin"], by=amara, at=at)


def test_who_has_not_joined_gets_no_key_that_would_open_nothing(cast: dict[str, Any], at: datetime) -> None:
    invited = join_team(
        name="Nia Obi",
        email="nia@aldermoor.example",
        role="guide",
        state="invited",
        by=as_member(cast["ruth"]),
        at=at,
    )
    with pytest.raises(NotJoined, match="has not joined"):
        issue_key(member=invited, scopes=["read"], by=as_member(cast["ruth"]), at=at)


def test_an_ended_key_opens_nothing(cast: dict[str, Any], at: datetime) -> None:
    by = as_member(cast["priya"])
    key, secret = issue_key(member=cast["priya"], scopes=["read"], by=by, at=at)
    end_key(key.key, by=by, at=at)
    end_key(key.key, by=by, at=at)
    assert whose(secret) is None
    assert_recorded(KeyEnded, key=key.key)


def test_a_key_of_somebody_else_is_ended_by_who_manages_the_team_alone(
    cast: dict[str, Any], at: datetime
) -> None:
    key, _ = issue_key(member=cast["tom"], scopes=["read"], by=as_member(cast["tom"]), at=at)
    with pytest.raises(RightMissing):
        end_key(key.key, by=as_member(cast["priya"]), at=at)
    end_key(key.key, by=as_member(cast["ruth"]), at=at)


def test_the_page_shows_the_secret_once(cast: dict[str, Any]) -> None:
    client = Client()
    client.force_login(cast["priya"])
    path = f"/team/{cast['priya'].key}"
    text = client.post(f"{path}/keys", {"label": "Nightly report", "scopes": ["read"]}).content.decode()
    (secret,) = [part.split('"')[0] for part in text.split('value="')[1:] if part.startswith("songsheet_")]
    assert whose(secret) is not None
    again = client.get(path).content.decode()
    assert "Nightly report" in again
    assert secret not in again


def test_a_new_password_link_for_who_works_here_is_theirs_alone(cast: dict[str, Any]) -> None:
    client = Client()
    client.force_login(cast["ruth"])
    answer = client.post(f"/team/{cast['priya'].key}/invite")
    assert "/join/" not in answer.content.decode()
