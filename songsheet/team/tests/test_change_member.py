"""Changing members: roles, leaving, whose a name is; somebody can always manage the team."""

import threading
from datetime import datetime
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from songsheet.base.refusals import Stale
from songsheet.journal.testing import assert_nothing_recorded, assert_recorded, recorded
from songsheet.team.acting import as_member, as_system
from songsheet.team.actions import change_member, give_names, issue_key, join_team, take_names_back
from songsheet.team.errors import LastAdministrator, NotAPlaceholder, RightMissing
from songsheet.team.events import MemberChanged, NamesGiven, NamesTakenBack
from songsheet.team.keys import whose
from songsheet.team.models import Member, OtherName
from songsheet.team.queries import now


def placeholder(at: datetime, name: str = "P. Raman") -> Member:
    made = join_team(
        name=name, email=None, role="guide", state=Member.State.ELSEWHERE, by=as_system("tests"), at=at
    )
    OtherName.objects.create(system="zoho", external_id="zcrm_17", member=made)
    return made


def test_a_role_is_changed_and_recorded(cast: dict[str, Any], at: datetime) -> None:
    change_member(cast["priya"].key, role="concierge", by=as_member(cast["ruth"]), at=at)
    assert_recorded(MemberChanged, member=cast["priya"].key, role="concierge", fields="role")


def test_what_is_as_it_was_is_not_recorded(cast: dict[str, Any], at: datetime) -> None:
    change_member(cast["priya"].key, role="guide", by=as_member(cast["ruth"]), at=at)
    assert_nothing_recorded(MemberChanged)


def test_a_stale_version_is_told(cast: dict[str, Any], at: datetime) -> None:
    by = as_member(cast["ruth"])
    change_member(cast["priya"].key, capacity=40, version=1, by=by, at=at)
    with pytest.raises(Stale):
        change_member(cast["priya"].key, capacity=50, version=1, by=by, at=at)


def test_the_page_of_a_stale_change_shows_both_values(cast: dict[str, Any]) -> None:
    change_member(cast["priya"].key, capacity=41, by=as_member(cast["ruth"]), at=now())
    client = Client()
    client.force_login(cast["ruth"])
    typed = {
        "name": "Priya Raman",
        "role": "guide",
        "zone": "UTC",
        "languages": "en",
        "capacity": 77,
        "version": 1,
    }
    answer = client.post(f"/team/{cast['priya'].key}", typed)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "77" in text
    assert "Meanwhile somebody wrote: 41" in text


def test_who_cannot_manage_the_team_changes_nobody(cast: dict[str, Any], at: datetime) -> None:
    with pytest.raises(RightMissing):
        change_member(cast["priya"].key, role="owner", by=as_member(cast["priya"]), at=at)


def test_the_last_who_can_manage_the_team_stays_one(cast: dict[str, Any], at: datetime) -> None:
    by = as_member(cast["ruth"])
    change_member(cast["amara"].key, role="guide", by=by, at=at)
    changes: list[dict[str, Any]] = [{"role": "guide"}, {"state": "left"}]
    for change in changes:
        with pytest.raises(LastAdministrator):
            change_member(cast["ruth"].key, by=by, at=at, **change)


def test_two_who_let_each_other_go_at_once_leave_one(
    own_database: str, cast: dict[str, Any], at: datetime
) -> None:
    refused = []

    def let_go(by: str, whom: str) -> None:
        try:
            change_member(cast[whom].key, role="guide", by=as_member(cast[by]), at=at)
        except LastAdministrator as refusal:
            refused.append(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=let_go, args=pair) for pair in (("ruth", "amara"), ("amara", "ruth"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert len(recorded(MemberChanged, fields="role")) == 1


def test_who_left_cannot_enter_any_more_nor_can_their_keys(cast: dict[str, Any], at: datetime) -> None:
    _, secret = issue_key(member=cast["priya"], scopes=["read"], by=as_member(cast["priya"]), at=at)
    client = Client()
    client.force_login(cast["priya"])
    assert client.get("/team").status_code == 200
    assert whose(secret) is not None
    change_member(cast["priya"].key, state="left", by=as_member(cast["ruth"]), at=at)
    assert client.get("/team").status_code == 302
    assert whose(secret) is None


def test_a_name_of_another_system_can_turn_out_to_be_a_member(cast: dict[str, Any], at: datetime) -> None:
    before = placeholder(at)
    give_names(before.key, to=cast["priya"].key, by=as_member(cast["ruth"]), at=at)
    assert OtherName.objects.get().member == cast["priya"]
    assert Member.objects.get(key=before.key).state == "left"
    assert_recorded(NamesGiven, member=cast["priya"].key, before=before.key, names=1)


def test_giving_names_is_undone_exactly(cast: dict[str, Any], at: datetime) -> None:
    before = placeholder(at)
    OtherName.objects.create(system="zoho", external_id="hers_already", member=cast["priya"])
    give_names(before.key, to=cast["priya"].key, by=as_member(cast["ruth"]), at=at)
    take_names_back(before.key, by=as_member(cast["ruth"]), at=at)
    assert OtherName.objects.get(external_id="zcrm_17").member == before
    assert OtherName.objects.get(external_id="hers_already").member == cast["priya"]
    assert Member.objects.get(key=before.key).state == "elsewhere"
    assert_recorded(NamesTakenBack, member=cast["priya"].key, before=before.key)


def test_only_a_placeholder_becomes_a_member_and_only_a_member_is_become(
    cast: dict[str, Any], at: datetime
) -> None:
    by = as_member(cast["ruth"])
    one = placeholder(at)
    for who, to in ((cast["tom"], cast["priya"]), (one, one)):
        with pytest.raises(NotAPlaceholder):
            give_names(who.key, to=to.key, by=by, at=at)
    with pytest.raises(NotAPlaceholder):
        take_names_back(one.key, by=by, at=at)
