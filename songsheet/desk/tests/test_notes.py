"""Notes, files and tasks on the pages: written, changed in place, archived, each with a way back."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from songsheet.desk.tests.test_buyer import suzanne
from songsheet.journal.testing import assert_recorded, recorded
from songsheet.leads.models import Lead
from songsheet.team.models import Member
from songsheet.touches.events import (
    FileAttached,
    MembersMentioned,
    TaskChanged,
    TaskDone,
    TaskGone,
    TaskPlanned,
    TaskReopened,
    TouchChanged,
    TouchGone,
    TouchMade,
)
from songsheet.touches.models import Attachment, Task, Touch
from songsheet.ui.written import written

HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> {{7*7}} {%load x%} [x](javascript:alert(1)) "
    "![p](https://x.example/p.png) <https://evil.example> [ok](https://ok.example) **bold**"
)


@pytest.fixture(autouse=True)
def _store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    default_storage.path("x")
    monkeypatch.setattr(default_storage, "_wrapped", FileSystemStorage(location=tmp_path))


def test_what_is_written_is_a_small_part_of_markdown_and_never_runs() -> None:
    key = "member_01k0000000000000000000000a"
    shown = written(
        f"Hi @{key}, see [@{key}](https://x.example/@{key})\n- one\n- `two @{key}`", {key: "<b>Tom"}
    )
    assert '<span class="mention">@&lt;b&gt;Tom</span>' in shown
    assert f'href="https://x.example/@{key}"' in shown
    assert "<li>one</li>" in shown
    hostile = written(HOSTILE, {})
    for mark in ("<script", "<img", "javascript:", "49"):
        assert mark not in hostile.replace("[x](javascript:alert(1))", "")
    assert "{{7*7}}" in hostile
    assert '<a href="https://ok.example" rel="noopener noreferrer nofollow ugc">ok</a>' in hostile
    assert "<strong>bold</strong>" in hostile
    assert written("# no heading\n\n| a | b |", {}).count("<") == 4
    assert written("a" * 200_000, {}).count("a") < 100_010


def test_a_note_is_written_changed_undone_archived_and_brought_back(
    client: Any, cast: dict[str, Any], at: datetime
) -> None:
    person = suzanne(at)
    page = f"/buyers/{person.key}"
    client.force_login(cast["priya"])
    files = [SimpleUploadedFile("a.svg", b"<svg onload=alert(1)>"), SimpleUploadedFile("b.pdf", b"%PDF-1.7")]
    sent = {"text": f"@Tom Lindqvist {HOSTILE}", "files": files}
    assert client.post(f"{page}/notes", sent).status_code == 302
    note = Touch.objects.get()
    assert (note.kind, note.member, note.lead_key) == ("note", cast["priya"], Lead.objects.get().key)
    assert_recorded(TouchMade, touch=note.key, kind="note", person=person.key)
    assert_recorded(MembersMentioned, touch=note.key, members=[cast["tom"].key])
    assert len(recorded(FileAttached, touch=note.key)) == 2
    told = client.get(page).content.decode()
    assert "@Tom Lindqvist</span>" in told
    assert "<script>alert" not in told
    first = Attachment.objects.order_by("id")[0]
    answer = client.get(f"/touches/{note.key}/files/{first.key}")
    assert b"".join(answer.streaming_content) == b"<svg onload=alert(1)>"
    assert answer["Content-Disposition"] == 'attachment; filename="a.svg"'
    assert "sandbox" in answer["Content-Security-Policy"]
    htmx = {"HX-Request": "true"}
    form = client.get(f"/notes/{note.key}?edit", headers=htmx).content.decode()
    assert "@Tom Lindqvist &lt;script&gt;" in form
    changed = client.post(f"/notes/{note.key}", {"text": "60 desks", "version": "1"}, headers=htmx)
    assert f"/notes/{note.key}/undo" in changed.content.decode()
    stale = client.post(f"/notes/{note.key}", {"text": "50 desks", "version": "1"}, headers=htmx)
    assert stale.status_code == 409
    assert {"50", "60"} <= set(stale.content.decode().replace(">", " ").split())
    client.post(f"/notes/{note.key}/undo")
    note.refresh_from_db()
    assert note.text.startswith(f"@{cast['tom'].key}")
    assert len(recorded(TouchChanged, touch=note.key)) == 2
    client.post(f"/notes/{note.key}/files/{first.key}/off")
    assert "a.svg" not in client.get(page).content.decode()
    client.post(f"/notes/{note.key}/files/{first.key}/back")
    client.post(f"/notes/{note.key}/archive")
    assert_recorded(TouchGone, touch=note.key)
    assert client.get(f"/touches/{note.key}/files/{first.key}").status_code == 404
    client.post(f"/notes/{note.key}/back")
    assert "@Tom Lindqvist</span>" in client.get(page).content.decode()
    client.force_login(cast["diane"])
    assert "Change the note" not in client.get(page).content.decode()
    assert client.post(f"/notes/{note.key}", {"text": "x", "version": "9"}).status_code == 403
    empty = client.post(f"{page}/notes", {"text": "  "})
    assert empty.status_code == 422


def test_a_note_on_a_company_stands_on_its_page(client: Any, cast: dict[str, Any], at: datetime) -> None:
    company = suzanne(at).company
    assert company is not None
    client.force_login(cast["priya"])
    answer = client.post(f"/companies/{company.key}/notes", {"text": "They move in *May*"})
    assert answer["Location"] == f"/companies/{company.key}"
    assert "<em>May</em>" in client.get(answer["Location"]).content.decode()
    assert_recorded(TouchMade, company=company.key, person=None)


def test_whom_one_can_mention(client: Any, cast: dict[str, Any], at: datetime) -> None:
    client.force_login(cast["priya"])
    assert client.get("/mentions?q=lind").json()["hits"] == [
        {"name": "Tom Lindqvist", "role": "Marketing Machine manager", "typed": "Tom Lindqvist"}
    ]
    Member.objects.filter(id=cast["diane"].id).update(name="Tom Lindqvist")
    assert {hit["typed"] for hit in client.get("/mentions?q=TOM").json()["hits"]} == {
        cast["tom"].email, cast["diane"].email,
    }  # fmt: skip
    Member.objects.filter(id=cast["diane"].id).update(state="left")
    assert len(client.get("/mentions?q=tom").json()["hits"]) == 1


def test_a_task_is_given_reminded_of_changed_done_and_taken_up_again(
    client: Any, cast: dict[str, Any], at: datetime
) -> None:
    person = suzanne(at)
    Member.objects.filter(id=cast["priya"].id).update(zone="America/New_York")
    client.force_login(cast["priya"])
    given = {"subject": "Send the price", "due_on": "2026-05-14", "remind_at": "2026-05-14T09:30"}
    assert client.get(f"/buyers/{person.key}/tasks", headers={"HX-Request": "true"}).status_code == 200
    client.post(f"/buyers/{person.key}/tasks", {**given, "member": cast["tom"].key})
    task = Task.objects.get()
    assert task.remind_at == datetime(2026, 5, 14, 13, 30, tzinfo=UTC)
    assert task.due_at == datetime(2026, 5, 14, 17, tzinfo=UTC)
    assert_recorded(TaskPlanned, task=task.key, member=cast["tom"].key, actor=cast["priya"].key)
    form = client.get(f"/tasks/{task.key}").content.decode()
    assert 'value="2026-05-14T09:30"' in form
    moved = {**given, "remind_at": "", "due_on": "2026-05-15", "member": "", "version": "1"}
    client.post(f"/tasks/{task.key}", moved)
    assert_recorded(TaskChanged, task=task.key, fields="due_at, remind_at, member", version=2)
    assert client.post(f"/tasks/{task.key}", {**moved, "due_on": "2026-05-16"}).status_code == 409
    assert client.post(f"/tasks/{task.key}", {**moved, "due_on": "no"}).status_code == 422
    assert client.post(f"/tasks/{task.key}", {**moved, "member": "member_x"}).status_code == 404
    done = client.post(f"/tasks/{task.key}/done", {"next": "//evil.example/"})
    assert done["Location"] == f"/buyers/{person.key}"
    client.post(f"/tasks/{task.key}/reopen", {"next": "/"})
    assert_recorded(TaskDone, task=task.key)
    assert_recorded(TaskReopened, task=task.key)
    assert "Send the price" in client.get("/").content.decode()
    client.post(f"/tasks/{task.key}/drop")
    assert_recorded(TaskGone, task=task.key)
    assert client.get(f"/tasks/{task.key}").status_code == 404


def test_a_task_of_ones_own_needs_no_buyer(client: Any, cast: dict[str, Any], at: datetime) -> None:
    client.force_login(cast["priya"])
    answer = client.post("/tasks/new", {"subject": "Order paper", "due_on": "2026-05-12"})
    assert answer["Location"] == "/"
    today = client.get("/").content.decode()
    assert "Order paper" in today
    assert f"/tasks/{Task.objects.get().key}" in today
