"""The page of notices, the bell, the switches; and the API of one's own."""

from datetime import datetime
from typing import Any

from django.test import Client

from songsheet.journal.readers import catch_up
from songsheet.notices.models import Choice, Notice
from songsheet.notices.reactions import READER
from songsheet.team.acting import as_member, as_system
from songsheet.team.actions import issue_key
from songsheet.touches.actions import plan_task
from songsheet.touches.adopt import TaskRow


def given(cast: dict[str, Any], at: datetime, many: int = 3) -> list[Notice]:
    catch_up(READER)
    tom = (cast["tom"].id, cast["tom"].key)
    for number in range(many):
        plan_task(TaskRow(subject=f"Call {number}", member=tom), by=as_member(cast["priya"]), at=at)
        catch_up(READER)
    return list(Notice.objects.order_by("-id"))


def test_notices_are_read_one_by_one_kept_for_later_and_all_at_once(
    client: Any, cast: dict[str, Any], at: datetime
) -> None:
    one, *_ = given(cast, at)
    client.force_login(cast["tom"])
    page = client.get("/notices").content.decode()
    assert page.count("Priya Raman gave you a task") == 3
    assert f"/tasks/{one.about}#{one.key}" in page
    assert client.get("/notices/bell?shown=3").status_code == 204
    assert 'data-bell="3"' in client.get("/notices/bell").content.decode()
    htmx = {"HX-Request": "true"}
    row = client.post(f"/notices/{one.key}/read", headers=htmx).content.decode()
    assert 'hx-swap-oob="true"' in row
    assert 'data-bell="2"' in row
    assert client.get("/notices?unread=1").content.decode().count("gave you a task") == 2
    client.post(f"/notices/{one.key}/unread", headers=htmx)
    assert 'data-bell="3"' in client.get("/notices/bell").content.decode()
    client.post("/notices/read")
    assert 'data-bell="0"' in client.get("/notices/bell").content.decode()
    assert "Nothing is unread" in client.get("/notices?unread=1").content.decode()
    client.force_login(cast["diane"])
    assert client.post(f"/notices/{one.key}/read", headers=htmx).status_code == 404
    assert "Nobody has told you anything yet" in client.get("/notices").content.decode()


def test_a_page_costs_few_statements_whatever_their_number(
    client: Any, cast: dict[str, Any], at: datetime, django_assert_max_num_queries: Any
) -> None:
    given(cast, at, 8)
    client.force_login(cast["tom"])
    client.get("/notices")
    with django_assert_max_num_queries(8):
        assert client.get("/notices").status_code == 200
    with django_assert_max_num_queries(4):
        assert client.get("/notices/bell").status_code == 200


def test_the_switches_of_mails_are_ones_own(client: Any, cast: dict[str, Any]) -> None:
    client.force_login(cast["tom"])
    assert cast["tom"].email in client.get("/notices/mail").content.decode()
    chosen = {
        "mention": "daily",
        "given": "daily",
        "reminder": "never",
        "work": "daily",
        "promise": "at_once",
        "return": "at_once",
        "agreement": "at_once",
        "meeting": "at_once",
    }
    assert client.post("/notices/mail", chosen).status_code == 302
    assert dict(Choice.objects.values_list("kind", "how")) == {"mention": "daily", "reminder": "never"}
    assert client.post("/notices/mail", {**chosen, "work": "hourly"}).status_code == 422


def test_the_api_lists_and_marks_ones_own(cast: dict[str, Any], at: datetime) -> None:
    first, second, third = given(cast, at)
    _, secret = issue_key(member=cast["tom"], scopes=["write"], by=as_system("tests"), at=at)
    asking: Any = {"headers": {"Authorization": f"Bearer {secret}"}, "content_type": "application/json"}
    page = Client().get("/api/v1/notices?limit=2", **asking).json()
    assert [one["key"] for one in page["items"]] == [first.key, second.key]
    assert (page["unread"], page["next"]) == (3, second.key)
    rest = Client().get(f"/api/v1/notices?before={page['next']}", **asking).json()
    assert [(one["key"], one["cause"], one["about"]) for one in rest["items"]] == [
        (third.key, "task_given", third.about)
    ]
    assert rest["next"] is None
    assert Client().post("/api/v1/notices/read", {"keys": [first.key]}, **asking).json() == {
        "read": 1, "unread": 2,
    }  # fmt: skip
    assert Client().get("/api/v1/notices?unread=true", **asking).json()["unread"] == 2
    assert Client().post("/api/v1/notices/read", {"all": True}, **asking).json()["unread"] == 0
    assert Client().get("/api/v1/notices?before=notice_x", **asking).status_code == 404
