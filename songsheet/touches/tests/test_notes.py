"""Notes: mentions by key, changed and archived by who wrote them, with a way back; files on them."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

from songsheet.base.adopting import RowRefused
from songsheet.base.refusals import Stale
from songsheet.files.models import Blob
from songsheet.journal.check import run
from songsheet.journal.testing import assert_recorded, recorded
from songsheet.team.acting import Acting, as_member, as_system
from songsheet.team.errors import RightMissing
from songsheet.touches.actions import change_task, do_task, plan_task, remind, reopen_task
from songsheet.touches.adopt import TaskRow, TouchRow, adopt_touches
from songsheet.touches.errors import EmptyNote, NoSuchTouch, NotDone, NothingToUndo, NotYourNote, TooManyFiles
from songsheet.touches.events import (
    FileAttached,
    FileDetached,
    MembersMentioned,
    TaskReminded,
    TaskReopened,
    TouchBroughtBack,
    TouchChanged,
    TouchGone,
)
from songsheet.touches.mentions import to_keys, to_names
from songsheet.touches.models import Attachment, NoteBefore, Touch
from songsheet.touches.note_actions import (
    archive_note,
    attach,
    bring_file_back,
    bring_note_back,
    change_note,
    detach,
    undo_note,
    write_note,
)
from songsheet.touches.tests.test_touches import sound, suzanne


@pytest.fixture(autouse=True)
def _store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    default_storage.path("x")
    monkeypatch.setattr(default_storage, "_wrapped", FileSystemStorage(location=tmp_path))


@pytest.fixture
def priya(cast: dict[str, Any]) -> Acting:
    return as_member(cast["priya"])


def note(text: str, by: Acting, at: datetime, **more: Any) -> Touch:
    return write_note(TouchRow(text=text, person=suzanne(at)), by=by, at=at, **more)


def test_a_mention_is_typed_by_name_kept_by_key_and_told_once(
    cast: dict[str, Any], priya: Acting, at: datetime
) -> None:
    tom, diane = cast["tom"], cast["diane"]
    one = note(f"Ask @Tom Lindqvist, mail@tom lindqvist and @{tom.email}.", priya, at)
    assert one.text == f"Ask @{tom.key}, mail@tom lindqvist and @{tom.key}."
    assert (one.kind, one.direction, one.member) == ("note", "", cast["priya"])
    assert_recorded(MembersMentioned, touch=one.key, members=[tom.key], actor=cast["priya"].key)
    change_note(one.key, "@Tom Lindqvist and @diane mercer", by=priya, at=at, version=1)
    assert [entry.event.members for entry in recorded(MembersMentioned)] == [[tom.key], [diane.key]]
    changed = assert_recorded(TouchChanged, touch=one.key, fields="text", version=2)
    assert "Tom" not in changed.event.model_dump_json()
    assert sound() == []


def test_two_of_one_name_are_told_apart_by_address(cast: dict[str, Any], at: datetime) -> None:
    tom, diane = cast["tom"], cast["diane"]
    type(tom).objects.filter(id=diane.id).update(name=tom.name.upper())
    assert to_keys("@Tom Lindqvist") == "@Tom Lindqvist"
    assert to_keys(f"@{diane.email}!") == f"@{diane.key}!"
    assert to_names(f"@{tom.key}, @member_x", {tom.key: "Tom"}) == "@Tom, @member_x"


def test_a_note_that_another_system_brought_tells_nobody_live(
    cast: dict[str, Any], priya: Acting, at: datetime
) -> None:
    row = TouchRow(kind="note", at=at, person=suzanne(at), text=f"@{cast['tom'].key}")
    adopt_touches([row, TouchRow(kind="call", at=at, text=f"@{cast['tom'].key}")], by=priya, at=at)
    (entry,) = recorded(MembersMentioned)
    assert entry.lane == "history"


def test_a_note_is_changed_by_who_wrote_it_alone_and_put_back(
    cast: dict[str, Any], priya: Acting, at: datetime
) -> None:
    one = note("Wants 40 desks", priya, at)
    for act in (
        lambda by: change_note(one.key, "x", by=by, at=at, version=1),
        lambda by: archive_note(one.key, by=by, at=at),
        lambda by: undo_note(one.key, by=by, at=at),
        lambda by: bring_note_back(one.key, by=by, at=at),
    ):
        with pytest.raises(NotYourNote):
            act(as_member(cast["tom"]))
        with pytest.raises(RightMissing):
            act(as_member(cast["jonas"]))
    with pytest.raises(NothingToUndo):
        undo_note(one.key, by=priya, at=at)
    change_note(one.key, "Wants 60 desks", by=priya, at=at, version=1)
    with pytest.raises(Stale):
        change_note(one.key, "Wants 50 desks", by=priya, at=at, version=1)
    with pytest.raises(EmptyNote):
        change_note(one.key, "  ", by=priya, at=at, version=2)
    assert undo_note(one.key, by=priya, at=at).text == "Wants 40 desks"
    assert undo_note(one.key, by=priya, at=at).text == "Wants 60 desks"
    assert NoteBefore.objects.filter(touch=one).count() == 3
    with pytest.raises(EmptyNote):
        note(" ", priya, at)
    assert sound() == []


def test_a_note_is_archived_and_brought_back(priya: Acting, at: datetime) -> None:
    one = note("Wants 40 desks", priya, at)
    archive_note(one.key, by=priya, at=at)
    assert_recorded(TouchGone, touch=one.key, why="archived")
    with pytest.raises(NoSuchTouch):
        change_note(one.key, "x", by=priya, at=at, version=2)
    assert bring_note_back(one.key, by=priya, at=at).gone_at is None
    bring_note_back(one.key, by=priya, at=at)
    assert_recorded(TouchBroughtBack, touch=one.key)
    assert sound() == []


def test_files_hang_on_notes_and_come_off(cast: dict[str, Any], priya: Acting, at: datetime) -> None:
    sent = [ContentFile(b"%PDF-1.7 offer", "../offer.pdf"), ContentFile(b"%PDF-1.7 offer", "again.pdf")]
    one = note("", priya, at, files=sent)
    first, second = Attachment.objects.filter(touch=one).order_by("id")
    assert (first.name, first.blob, first.member) == ("offer.pdf", second.blob, cast["priya"])
    assert Blob.objects.get().type == "application/pdf"
    told = assert_recorded(FileAttached, touch=one.key, file=first.key, type="application/pdf", size=14)
    assert "offer" not in told.event.model_dump_json()
    with pytest.raises(NotYourNote):
        detach(first.key, by=as_member(cast["tom"]), at=at)
    detach(first.key, by=priya, at=at)
    detach(first.key, by=priya, at=at)
    assert_recorded(FileDetached, file=first.key)
    assert bring_file_back(first.key, by=priya, at=at, touch=one.key).gone_at is None
    for number in range(18):
        attach(one.key, ContentFile(b"x", f"{number}.txt"), by=priya, at=at)
    with pytest.raises(TooManyFiles):
        attach(one.key, ContentFile(b"x", "x.txt"), by=priya, at=at)
    assert run(full=True, only=["I7"]) == []


def test_a_note_whose_file_is_refused_is_not_written(priya: Acting, at: datetime) -> None:
    with pytest.raises(Exception, match="empty"):
        note("See the offer", priya, at, files=[ContentFile(b"good", "a"), ContentFile(b"", "b")])
    assert not Touch.objects.exists()
    assert not Blob.objects.exists()
    assert recorded(FileAttached) == []


def test_a_member_is_reminded_once_also_after_the_worker_was_down(
    cast: dict[str, Any], priya: Acting, at: datetime
) -> None:
    system, hour = as_system("reminders"), timedelta(hours=1)
    row = TaskRow(subject="Call", person=suzanne(at), due_at=at + 9 * hour, remind_at=at + hour)
    task = plan_task(row, by=priya, at=at)
    assert remind(by=system, at=at) == 0
    assert (remind(by=system, at=at + 50 * hour), remind(by=system, at=at + 51 * hour)) == (1, 0)
    assert_recorded(TaskReminded, task=task.key, member=cast["priya"].key)
    change_task(task.key, by=priya, at=at, remind_at=at + 60 * hour)
    assert remind(by=system, at=at + 55 * hour) == 0
    do_task(task.key, by=priya, at=at + 56 * hour)
    assert remind(by=system, at=at + 61 * hour) == 0
    reopen_task(task.key, by=priya, at=at + 62 * hour)
    assert_recorded(TaskReopened, task=task.key)
    assert remind(by=system, at=at + 63 * hour) == 1
    with pytest.raises(NotDone):
        reopen_task(task.key, by=priya, at=at)
    with pytest.raises(RowRefused):
        change_task(task.key, by=priya, at=at, subject="x" * 600)
    assert sound() == []
