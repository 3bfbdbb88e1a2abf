"""What members and guests say to clauses, and who is called when nobody decides."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from songsheet.agreements import actions, comment_actions
from songsheet.agreements.errors import LinkIsOver, NoSuchClause
from songsheet.agreements.events import CalledToTheTable, GuestLinkEnded, VersionCommented
from songsheet.agreements.models import Comment, Guest
from songsheet.agreements.tests.signers import draft_of, signed, with_owen
from songsheet.base.text import TextRefused
from songsheet.journal.readers import catch_up
from songsheet.journal.testing import assert_nothing_recorded, assert_recorded
from songsheet.notices.models import Notice
from songsheet.notices.reactions import READER
from songsheet.team.acting import Acting
from songsheet.team.queries import now

Team = dict[str, Acting]


@pytest.fixture
def team(cast: dict[str, Any], at: datetime) -> Team:
    return with_owen(cast, at)


def test_any_member_comments_on_a_clause(team: Team, at: datetime) -> None:
    draft = draft_of()
    with pytest.raises(NoSuchClause):
        comment_actions.comment(draft.key, clause="lunch", text="No", by=team["ines"], at=at)
    with pytest.raises(TextRefused):
        comment_actions.comment(draft.key, clause="verdict", text=" ", by=team["ines"], at=at)
    client = Client()
    client.force_login(team["ines"].member)  # type: ignore[arg-type]
    client.post(f"/agreements/versions/{draft.key}/comment", {"clause": "verdict", "text": "A week is long"})
    assert "A week is long" in client.get(f"/agreements/versions/{draft.key}").content.decode()
    assert_recorded(VersionCommented, terms=draft.key, clause="verdict", member=team["ines"].actor.key)


def test_a_guest_reads_one_version_by_a_link_and_comments_until_it_is_over(team: Team) -> None:
    at, draft, outside = now(), draft_of(), Client()
    host = Client()
    host.force_login(team["tom"].member)  # type: ignore[arg-type]
    made = host.post(f"/agreements/versions/{draft.key}/guests", {"name": "Suzanne Okafor", "days": "14"})
    token = made.content.decode().split("/guest/")[1].split("<")[0]
    guest = Guest.objects.get()
    assert token not in guest.token_hash
    page = outside.get(f"/guest/{token}")
    assert (page.status_code, "Suzanne Okafor" in page.content.decode()) == (200, True)
    assert_nothing_recorded(VersionCommented)
    said = outside.post(f"/guest/{token}", {"clause": "attempts", "text": "Five calls are too many"})
    assert (said.status_code, Comment.objects.get().guest) == (302, guest)
    assert assert_recorded(VersionCommented, guest=guest.key).actor == guest.key
    empty = outside.post(f"/guest/{token}", {"clause": "attempts", "text": ""})
    assert (empty.status_code, "Write what you want to say" in empty.content.decode()) == (422, True)
    assert "Five calls are too many" in host.get(f"/agreements/versions/{draft.key}").content.decode()
    assert outside.get(f"/guest/{token}x").status_code == 404
    with pytest.raises(LinkIsOver):
        comment_actions.comment_as_guest(token, clause="", text="Late", at=at + timedelta(days=15))
    host.post(f"/agreements/guests/{guest.key}/end")
    assert_recorded(GuestLinkEnded, guest=guest.key)
    assert outside.get(f"/guest/{token}").status_code == 404
    assert outside.post(f"/guest/{token}", {"text": "Hello"}).status_code == 404


def test_who_holds_a_key_is_told_and_who_leads_is_called_once_when_the_day_is_over(
    team: Team, at: datetime
) -> None:
    catch_up(READER)
    offered = actions.offer(draft_of().key, by=team["priya"], at=at, decide_by=at.date())
    assert actions.call_to_the_table(by=team["tom"], at=at + timedelta(hours=4)) == []
    late = at + timedelta(days=1)
    assert actions.call_to_the_table(by=team["tom"], at=late) == [offered]
    assert actions.call_to_the_table(by=team["tom"], at=late) == []
    called = assert_recorded(CalledToTheTable, terms=offered.key).event.members
    assert set(called) == {team[name].actor.key for name in ("ruth", "amara", "jonas")}
    catch_up(READER)
    told: dict[str, set[str]] = {}
    for one in Notice.objects.select_related("member"):
        told.setdefault(one.cause, set()).add(one.member.key)
    keys = {team[name].actor.key for name in ("tom", "owen")}
    assert told == {"agreement_asked": keys, "agreement_late": set(called)}
    client = Client()
    client.force_login(team["owen"].member)  # type: ignore[arg-type]
    assert "offered an agreement" in client.get("/notices").content.decode()
    draft = actions.edit(offered.key, {"verdict": {"days": 4}}, seen=offered.hash, by=team["tom"], at=late)
    signed(draft, team, late)
    catch_up(READER)
    assert not Notice.objects.filter(read_at=None).exists()
