"""The page of parked work: what is stuck and why, tried again or left, for who may."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from songsheet.config import wiring
from songsheet.journal.entries import Entry
from songsheet.journal.events import WorkDismissed, WorkRetried
from songsheet.journal.models import Parked
from songsheet.journal.reader import Reader
from songsheet.journal.readers import catch_up
from songsheet.journal.testing import assert_recorded
from songsheet.team.acting import as_member
from songsheet.team.actions import change_member
from songsheet.team.events import MemberChanged


def fails(entry: Entry[Any]) -> None:
    raise ValueError("of no use")


BROKEN = Reader("broken", handles={MemberChanged: fails})


@pytest.fixture
def admin(cast: dict[str, Any], at: datetime, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(wiring, "READERS", [*wiring.READERS, BROKEN])
    change_member(cast["priya"].key, capacity=7, by=as_member(cast["ruth"]), at=at)
    for minute in range(0, 60, 10):
        catch_up(BROKEN, at + timedelta(minutes=minute))
    client = Client()
    client.force_login(cast["ruth"])
    return client


def test_what_is_stuck_is_shown_with_its_reason(admin: Client) -> None:
    text = admin.get("/parked").content.decode()
    assert "team.member_changed" in text
    assert "ValueError" in text


def test_it_is_tried_again(admin: Client) -> None:
    held = Parked.objects.get()
    admin.post(f"/parked/broken/{held.position}/retry")
    assert Parked.objects.get().state == "due"
    assert_recorded(WorkRetried, reader="broken", entry=held.position)


def test_it_is_left(admin: Client) -> None:
    held = Parked.objects.get()
    assert admin.post(f"/parked/broken/{held.position}/dismiss").status_code == 302
    assert not Parked.objects.exists()
    assert_recorded(WorkDismissed, reader="broken", entry=held.position)
    assert "Nothing is parked" in admin.get("/parked").content.decode()


def test_what_is_not_parked_is_told(admin: Client) -> None:
    assert admin.post("/parked/broken/999999/retry").status_code in (404, 409)


def test_who_may_not_see_it_does_not(admin: Client, cast: dict[str, Any]) -> None:
    admin.force_login(cast["priya"])
    assert admin.get("/parked").status_code == 403
