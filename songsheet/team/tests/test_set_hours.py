"""Hours, holidays, leave and skills: set by whom they are of or by who manages, recorded, and counted by."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from songsheet.base.refusals import Stale
from songsheet.journal.testing import assert_nothing_recorded, assert_recorded
from songsheet.team.acting import as_member
from songsheet.team.actions import change_house, change_member, issue_key
from songsheet.team.errors import HoursRefused, NoSuchTime, RightMissing
from songsheet.team.hours.actions import (
    enter_leave,
    mark_day,
    set_hours,
    set_house_hours,
    set_skills,
    take_leave_back,
    unmark_day,
)
from songsheet.team.hours.calendar import Hours
from songsheet.team.hours.calendars import calendars
from songsheet.team.hours.events import (
    DayMarked,
    DayUnmarked,
    HoursSet,
    HouseHoursSet,
    LeaveEntered,
    LeaveTakenBack,
    SkillsSet,
)
from songsheet.team.hours.queries import minutes_a_week, skills_of
from songsheet.team.hours.words import read_hours, write_hours
from songsheet.team.models import House, Leave, Member, SpecialDay
from songsheet.team.queries import house

MORNINGS: list[Hours] = [*[((540, 720),)] * 4, (), (), ()]
FRIDAY = datetime(2026, 5, 15, 16, 0, tzinfo=UTC)


def due(member: Member | None, minutes: int = 60, start: datetime = FRIDAY) -> str:
    return calendars().of(member.id if member else None).due(start, minutes).isoformat(" ", "minutes")[:16]


def test_hours_holidays_and_own_days_make_a_calendar(cast: dict[str, Any], at: datetime) -> None:
    priya, ruth = cast["priya"], as_member(cast["ruth"])
    assert due(priya) == due(None) == "2026-05-15 17:00"
    change_house(country="GB", version=None, by=ruth, at=at)
    change_member(priya.key, zone="Asia/Kolkata", by=ruth, at=at)
    mine = as_member(cast["priya"])
    set_hours(priya.key, MORNINGS, country="IN", minutes_a_week=600, by=mine, at=at)
    words = ["9:00-12:00"] * 4 + [""] * 3
    assert_recorded(HoursSet, member=priya.key, week=words, country="IN", minutes_a_week=600, version=3)
    assert due(priya) == "2026-05-18 04:30"  # Monday at ten in Kolkata
    assert due(None, start=datetime(2026, 5, 22, 16, 30, tzinfo=UTC)) == "2026-05-26 09:30"  # a bank holiday
    worked = mark_day(None, date(2026, 5, 25), works=True, by=ruth, at=at)
    assert due(None, start=datetime(2026, 5, 22, 16, 30, tzinfo=UTC)) == "2026-05-25 09:30"
    off = mark_day(priya.key, date(2026, 5, 18), name="Moving", by=mine, at=at)
    assert_recorded(DayMarked, member=priya.key, on="2026-05-18", works=False)
    assert due(priya) == "2026-05-19 04:30"
    with pytest.raises(HoursRefused):
        mark_day(priya.key, date(2026, 5, 18), by=mine, at=at)
    unmark_day(priya.key, off.key, by=mine, at=at)
    unmark_day(None, worked.key, by=ruth, at=at)
    assert_recorded(DayUnmarked, member=priya.key, day=off.key)
    assert due(priya) == "2026-05-18 04:30"
    set_hours(priya.key, [()] * 7, by=mine, at=at)
    priya.refresh_from_db()
    assert (priya.week, minutes_a_week(priya, house())) == (None, 2400)


def test_leave_stands_still_unless_a_deputy_answers(cast: dict[str, Any], at: datetime) -> None:
    priya, by = cast["priya"], as_member(cast["priya"])
    leave = enter_leave(priya.key, date(2026, 5, 18), date(2026, 5, 22), by=by, at=at)
    assert_recorded(LeaveEntered, member=priya.key, leave=leave.key, deputy=None)
    assert due(priya, 90) == "2026-05-26 09:30"  # the Monday after is Memorial Day
    with pytest.raises(HoursRefused, match="already"):
        enter_leave(priya.key, date(2026, 5, 22), date(2026, 5, 29), by=by, at=at)
    take_leave_back(priya.key, leave.key, by=by, at=at)
    assert_recorded(LeaveTakenBack, leave=leave.key)
    with pytest.raises(NoSuchTime):
        take_leave_back(priya.key, leave.key, by=by, at=at)
    enter_leave(priya.key, date(2026, 5, 18), date(2026, 5, 22), deputy=cast["diane"].key, by=by, at=at)
    assert due(priya, 90) == "2026-05-18 09:30"
    for until, deputy in ((date(2026, 6, 1), ""), (date(2030, 6, 3), ""), (date(2026, 6, 3), priya.key)):
        with pytest.raises(HoursRefused):
            enter_leave(priya.key, date(2026, 6, 2), until, deputy=deputy, by=by, at=at)


def test_own_hours_are_ones_own_and_others_need_the_right(cast: dict[str, Any], at: datetime) -> None:
    priya, tom = cast["priya"], as_member(cast["tom"])
    with pytest.raises(RightMissing):
        set_hours(priya.key, MORNINGS, by=tom, at=at)
    with pytest.raises(RightMissing):
        enter_leave(priya.key, date(2026, 6, 2), date(2026, 6, 3), by=tom, at=at)
    with pytest.raises(RightMissing):
        set_skills(priya.key, {"industry": ["Dental"]}, by=tom, at=at)
    with pytest.raises(RightMissing):
        set_house_hours(MORNINGS, by=tom, at=at)
    assert_nothing_recorded(HoursSet)
    with pytest.raises(Stale):
        set_hours(priya.key, MORNINGS, version=7, by=as_member(cast["amara"]), at=at)
    with pytest.raises(HoursRefused):
        set_house_hours([()] * 7, by=as_member(cast["ruth"]), at=at)
    set_house_hours(MORNINGS, by=as_member(cast["ruth"]), at=at)
    assert_recorded(HouseHoursSet, version=house().version)
    assert due(priya) == "2026-05-18 10:00"


def test_skills_are_words_by_kind(cast: dict[str, Any], at: datetime) -> None:
    priya, by = cast["priya"], as_member(cast["priya"])
    set_skills(priya.key, {"industry": ["Dental", "dental ", "Offices"]}, languages="en, hi", by=by, at=at)
    assert_recorded(SkillsSet, member=priya.key, fields="industry, languages")
    set_skills(priya.key, {"industry": ["Offices"], "product": ["Desks"]}, by=by, at=at + timedelta(days=1))
    assert skills_of(priya) == {"industry": ["Offices"], "product": ["Desks"], "sales_model": []}
    with pytest.raises(HoursRefused):
        set_skills(priya.key, {"height": ["tall"]}, by=by, at=at)


def test_hours_are_read_as_they_are_written() -> None:
    assert read_hours("13.30-17, 9:00–12:30") == ((540, 750), (810, 1020))
    assert write_hours(read_hours("0-24")) == "0:00-24:00"
    for wrong in ("nine to five", "9-", "9:70-10", "17-9", "8-25"):
        with pytest.raises((ValueError, HoursRefused)):
            read_hours(wrong)


def test_the_page_says_and_changes_them(cast: dict[str, Any], at: datetime) -> None:
    client, page = Client(), f"/team/{cast['priya'].key}/hours"
    client.force_login(cast["priya"])
    version = Member.objects.get(id=cast["priya"].id).version
    wrong = client.post(page, {"monday": "nine", "version": version})
    assert wrong.status_code == 422
    assert "Write hours like" in wrong.content.decode()
    assert client.post(page, {"monday": "9-12", "version": version}).status_code == 302
    leave = {"from_on": "2027-07-05", "until_on": "2027-07-09", "deputy": cast["diane"].key}
    assert client.post(f"{page}/leave", leave).status_code == 302
    assert client.post(f"{page}/leave", leave).status_code == 422
    assert client.post(f"{page}/days", {"on": "2027-08-02", "name": "Moving"}).status_code == 302
    assert client.post(f"{page}/skills", {"industry": "Dental, Offices"}).status_code == 302
    text = client.get(page).content.decode()
    for word in ("9:00-12:00", "Diane Mercer answers meanwhile", "Moving", "Dental, Offices", "180 minutes"):
        assert word in text
    other = f"/team/{cast['tom'].key}/hours"
    assert "<form" not in client.get(other).content.decode().split("<main", 1)[1].split("</main", 1)[0]
    assert client.post(other, {"monday": "9-12"}).status_code == 403
    client.force_login(cast["ruth"])
    assert client.post("/settings/hours", {"monday": "9-12", "version": house().version}).status_code == 302
    assert client.post("/settings/hours", {"version": house().version}).status_code == 422
    assert client.post("/settings/hours/days", {"on": "2027-12-24"}).status_code == 302
    assert "24 December 2027" in client.get("/settings/hours").content.decode()


def test_the_api_tells_and_sets_them(cast: dict[str, Any], at: datetime) -> None:
    _, secret = issue_key(
        member=cast["amara"], scopes=["read", "write", "admin"], by=as_member(cast["amara"]), at=at
    )
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    path = f"/api/v1/members/{cast['priya'].key}"

    def send(method: str, path: str, body: Any = None) -> Any:
        return getattr(client, method)(path, body, content_type="application/json")

    before = client.get(f"{path}/hours").json()
    assert (before["is_of_the_house"], before["minutes_a_week"]) == (True, 2400)
    done = send("put", f"{path}/hours", {"monday": "9-12", "version": before["version"]})
    assert (done.status_code, done.json()["week"]["monday"]) == (200, "9:00-12:00")
    assert (
        send(
            "put", f"{path}/hours", {"monday": "9-12", "friday": "9-10", "version": before["version"]}
        ).status_code
        == 409
    )
    assert send("put", f"{path}/hours", {"monday": "noon"}).status_code == 422
    leave = send("post", f"{path}/leave", {"from_on": "2027-07-05", "until_on": "2027-07-09"}).json()["leave"]
    assert send("delete", f"{path}/leave/{leave[0]['key']}").json()["leave"] == []
    day = send("post", f"{path}/days", {"on": "2027-07-05"}).json()["days"]
    assert send("delete", f"{path}/days/{day[0]['key']}").json()["days"] == []
    assert send("put", f"{path}/skills", {"product": ["Desks"]}).json()["skills"]["product"] == ["Desks"]
    assert send("put", "/api/v1/house/hours", {"monday": "8-16"}).json()["week"]["monday"] == "8:00-16:00"
    assert send("post", "/api/v1/house/days", {"on": "2027-12-24"}).json()["days"][0]["on"] == "2027-12-24"


def test_calendars_are_kept_until_anything_they_are_made_of_is_written(cast: dict[str, Any]) -> None:
    """By whomever, in whatever way: what is rolled back is never taken for what stands."""
    priya = cast["priya"]
    day = {"on": date(2026, 5, 18), "made_at": FRIDAY}
    writes: list[Callable[[], Any]] = [
        lambda: Member.objects.filter(id=priya.id).update(zone="Asia/Kolkata"),
        lambda: Member.objects.filter(id=priya.id).update(week=MORNINGS),
        lambda: House.objects.update(country="GB"),
        lambda: SpecialDay.objects.create(**day),
        lambda: SpecialDay.objects.update(gone_at=FRIDAY),
        lambda: Leave.objects.create(member=priya, from_on=day["on"], until_on=day["on"], made_at=FRIDAY),
        lambda: Leave.objects.all().delete(),
        lambda: Member.objects.create(name="Ann", state="elsewhere", zone="Asia/Tokyo"),
    ]
    for write in writes:
        before = calendars()
        assert calendars() is before
        with transaction.atomic():
            write()
            undone = calendars()
            assert undone is not before
            transaction.set_rollback(True)
        assert calendars().stamp == before.stamp
        write()
        assert calendars().stamp not in (before.stamp, undone.stamp)
    before = calendars()
    Member.objects.filter(id=priya.id).update(name="Priya B.", version=9)
    House.objects.update(name="Elsewhere")
    plain = Member.objects.create(name="Bob", state="elsewhere")
    assert calendars() is before
    assert calendars().of(plain.id).due(FRIDAY, 60) == FRIDAY + timedelta(hours=1)
