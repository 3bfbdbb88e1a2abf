"""Inviting: a link that is shown once, works once, for a week, and sets a password."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from songsheet.journal.queries import head
from songsheet.journal.testing import assert_nothing_recorded, assert_recorded
from songsheet.team.acting import as_member, as_system
from songsheet.team.actions import accept_invitation, change_member, invite_member
from songsheet.team.errors import LinkDoesNotHold, MailTaken, PasswordRefused, RightMissing
from songsheet.team.events import InvitationAccepted, MemberInvited, MemberJoined
from songsheet.team.inviting import Invited
from songsheet.team.models import Invitation, Member
from songsheet.team.queries import first_administrator, now

GOOD = "four desks and a lamp"


def invite(cast: dict[str, Any], at: datetime, **given: Any) -> Invited:
    given = {"email": "owen.pryce@aldermoor.example", "name": "Owen Pryce", **given}
    return invite_member(by=as_member(cast["ruth"]), at=at, **given)


def test_an_invited_member_joins_by_setting_a_password(cast: dict[str, Any], at: datetime) -> None:
    invited = invite(cast, at)
    assert invited.member.state == "invited"
    assert not invited.member.has_usable_password()
    assert_recorded(MemberInvited, member=invited.member.key)
    assert_recorded(MemberJoined, member=invited.member.key, state="invited")
    joined = accept_invitation(invited.token, password=GOOD, at=at)
    assert joined.state == "active"
    assert joined.check_password(GOOD)
    assert_recorded(InvitationAccepted, member=joined.key)


def test_the_secret_is_nowhere_kept(cast: dict[str, Any], at: datetime) -> None:
    invited = invite(cast, at)
    assert not Invitation.objects.filter(token_hash=invited.token).exists()
    assert len(invited.token) >= 40


def test_a_link_works_once(cast: dict[str, Any], at: datetime) -> None:
    invited = invite(cast, at)
    accept_invitation(invited.token, password=GOOD, at=at)
    with pytest.raises(LinkDoesNotHold):
        accept_invitation(invited.token, password=GOOD + "s", at=at)


def test_a_link_ends_after_a_week(cast: dict[str, Any], at: datetime) -> None:
    invited = invite(cast, at)
    with pytest.raises(LinkDoesNotHold):
        accept_invitation(invited.token, password=GOOD, at=at + timedelta(days=7))


def test_a_new_link_ends_the_old_one(cast: dict[str, Any], at: datetime) -> None:
    first, second = invite(cast, at), invite(cast, at)
    assert first.member == second.member
    with pytest.raises(LinkDoesNotHold):
        accept_invitation(first.token, password=GOOD, at=at)
    accept_invitation(second.token, password=GOOD, at=at)


def test_the_link_of_somebody_who_left_ends(cast: dict[str, Any], at: datetime) -> None:
    invited = invite(cast, at)
    change_member(invited.member.key, state="left", by=as_member(cast["ruth"]), at=at)
    with pytest.raises(LinkDoesNotHold):
        accept_invitation(invited.token, password=GOOD, at=at)


@pytest.mark.parametrize("password", ["short one", "password1234", "owen.pryce@aldermoor.example"])
def test_a_weak_password_is_refused_and_the_link_still_works(
    cast: dict[str, Any], at: datetime, password: str
) -> None:
    invited = invite(cast, at)
    with pytest.raises(PasswordRefused):
        accept_invitation(invited.token, password=password, at=at)
    assert_nothing_recorded(InvitationAccepted)
    accept_invitation(invited.token, password=GOOD, at=at)


def test_who_works_here_gets_a_link_for_a_new_password_and_stays_active(
    cast: dict[str, Any], at: datetime
) -> None:
    again = invite(cast, at, key=cast["priya"].key, email="")
    assert again.member.state == "active"
    accept_invitation(again.token, password=GOOD, at=at)
    cast["priya"].refresh_from_db()
    assert cast["priya"].check_password(GOOD)


def test_an_address_of_another_member_is_refused(cast: dict[str, Any], at: datetime) -> None:
    with pytest.raises(MailTaken):
        invite(cast, at, key=cast["priya"].key, email=cast["tom"].email)


def test_who_does_not_manage_the_team_cannot_invite(cast: dict[str, Any], at: datetime) -> None:
    with pytest.raises(RightMissing):
        invite_member(email="x@aldermoor.example", by=as_member(cast["priya"]), at=at)


def test_the_first_administrator_says_on_the_page_who_they_are(db: None) -> None:
    first = first_administrator()
    assert first is not None
    invited = invite_member(key=first.key, by=as_system("cli"), at=now())
    client = Client()
    page = client.get(invited.path)
    assert page.status_code == 200
    given = {"name": "Ada Fitz", "email": "Ada@Aldermoor.example", "password": GOOD}
    assert client.post(invited.path, given).status_code == 302
    joined = Member.objects.get(key=first.key)
    assert (joined.name, joined.email, joined.state) == ("Ada Fitz", "ada@aldermoor.example", "active")
    assert first_administrator() is None


def test_looking_at_the_link_changes_nothing(cast: dict[str, Any], at: datetime) -> None:
    invited = invite_member(email="owen@aldermoor.example", by=as_member(cast["ruth"]), at=now())
    before = head()
    for _ in range(3):
        assert Client().get(invited.path).status_code == 200
    assert head() == before
    assert Invitation.objects.get().used_at is None


def test_a_link_that_never_was_is_told_in_words(db: None) -> None:
    answer = Client().get("/join/never-was")
    assert answer.status_code == 404


def test_the_page_mails_the_link_and_shows_it_once(cast: dict[str, Any]) -> None:
    client = Client()
    client.force_login(cast["ruth"])
    given = {"email": "owen@aldermoor.example", "name": "Owen Pryce", "role": "guide"}
    answer = client.post("/team/invite", given)
    (sent,) = mail.outbox
    assert sent.to == ["owen@aldermoor.example"]
    (token,) = re.findall(r"/join/(\S+)", str(sent.body))
    assert token in answer.content.decode()
    member = Member.objects.get(email="owen@aldermoor.example")
    assert token not in client.get(f"/team/{member.key}").content.decode()


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(cast: dict[str, Any]) -> None:
    client = Client()
    client.force_login(cast["ruth"])
    answer = client.post("/team/invite", {"email": "no address", "name": "Owen Pryce", "role": "guide"})
    assert answer.status_code == 422
    assert "This is not a mail address" in answer.content.decode()
    assert "no address" in answer.content.decode()
    assert not mail.outbox
