"""Files on touches by the API: attached once, listed, fetched as bytes, taken off; tasks with reminders."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from songsheet.team.acting import as_member, as_system
from songsheet.team.actions import issue_key
from songsheet.touches.adopt import TouchRow
from songsheet.touches.models import Attachment
from songsheet.touches.note_actions import attach, write_note
from songsheet.touches.tests.test_touches import suzanne


@pytest.fixture
def ask(
    cast: dict[str, Any], at: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    default_storage.path("x")
    monkeypatch.setattr(default_storage, "_wrapped", FileSystemStorage(location=tmp_path))
    _, secret = issue_key(member=cast["priya"], scopes=["write"], by=as_system("tests"), at=at)

    def of(method: str, path: str, data: Any = None, **headers: str) -> Any:
        given: dict[str, Any] = {"headers": {"Authorization": f"Bearer {secret}", **headers}}
        if method != "post" or not isinstance(data, dict) or "file" not in data:
            given["content_type"] = "application/json"
        return getattr(Client(), method)(f"/api/v1{path}", data, **given)

    return of


def test_a_file_is_attached_once_listed_fetched_and_taken_off(
    ask: Callable[..., Any], cast: dict[str, Any], at: datetime
) -> None:
    tom = as_member(cast["tom"])
    touch = write_note(TouchRow(text="x", person=suzanne(at)), by=tom, at=at)
    path = f"/touches/{touch.key}/files"

    def sent() -> Any:
        file = SimpleUploadedFile("../a\u202e.png", b"<svg onload=alert(1)>", "image/png")
        return ask("post", path, {"file": file}, **{"Idempotency-Key": "once"})

    first = sent()
    assert first.status_code == 201, first.content
    assert sent().content == first.content
    told = first.json()
    assert (told["name"], told["type"], told["size"]) == ("a.png", "image/svg+xml", 21)
    assert [one["key"] for one in ask("get", path).json()] == [told["key"]]
    answer = ask("get", f"{path}/{told['key']}")
    assert b"".join(answer.streaming_content) == b"<svg onload=alert(1)>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="a.png"'
    assert ask("get", f"/touches/touch_x/files/{told['key']}").status_code == 404
    theirs = attach(touch.key, ContentFile(b"x", "b.txt"), by=tom, at=at)
    assert ask("delete", f"{path}/{theirs.key}").status_code == 403
    assert ask("delete", f"{path}/{told['key']}").json()["key"] == told["key"]
    assert ask("get", f"{path}/{told['key']}").status_code == 404
    assert Attachment.objects.count() == 2


def test_what_is_too_large_is_refused_before_it_is_read(
    ask: Callable[..., Any], at: datetime, cast: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    touch = write_note(TouchRow(text="x", person=suzanne(at)), by=as_member(cast["tom"]), at=at)
    monkeypatch.setattr(settings, "FILE_BYTES", 1000)
    for size in (1001, 2_000_000):
        answer = ask("post", f"/touches/{touch.key}/files", {"file": SimpleUploadedFile("a", b"x" * size)})
        assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")
    page = Client()
    page.force_login(cast["tom"])
    answer = page.post("/buyers/person_x/notes", {"files": SimpleUploadedFile("a", b"x" * 2_000_000)})
    assert answer.status_code == 413
    assert b"data-sentence" in answer.content
    assert not Attachment.objects.exists()


def test_a_task_has_a_reminder_and_is_taken_up_again(ask: Callable[..., Any], at: datetime) -> None:
    remind_at = (at + timedelta(hours=2)).isoformat()
    made = ask("post", "/tasks", {"subject": "Call", "remind_at": remind_at}).json()
    assert datetime.fromisoformat(made["remind_at"]) == at + timedelta(hours=2)
    changed = ask("patch", f"/tasks/{made['key']}", {"remind_at": None, "version": 1})
    assert (changed.status_code, changed.json()["remind_at"]) == (200, None)
    assert ask("post", f"/tasks/{made['key']}/reopen").status_code == 409
    assert ask("post", f"/tasks/{made['key']}/done").json()["done_at"]
    assert ask("post", f"/tasks/{made['key']}/reopen").json()["done_at"] is None
