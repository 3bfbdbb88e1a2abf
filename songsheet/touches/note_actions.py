"""Notes and what hangs on them: written, changed by who wrote them, archived, files on and off."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files import File

from songsheet.base.refusals import Stale
from songsheet.base.text import clean
from songsheet.files.actions import keep
from songsheet.files.names import clean_name
from songsheet.journal.act import act
from songsheet.team.acting import Acting
from songsheet.team.roles import Right
from songsheet.touches.actions import change_touch, log_touch
from songsheet.touches.adopt_touches import TouchRow
from songsheet.touches.errors import (
    EmptyNote,
    NoSuchFile,
    NoSuchTouch,
    NothingToUndo,
    NotYourNote,
    TooManyFiles,
)
from songsheet.touches.events import FileAttached, FileBroughtBack, FileDetached, TouchBroughtBack
from songsheet.touches.mentions import to_keys
from songsheet.touches.models import Attachment, NoteBefore, Touch
from songsheet.touches.withdraw import withdraw_touches

LONGEST, MOST_FILES = 20_000, 20


def write_note(row: TouchRow, *, by: Acting, at: datetime, files: Sequence["File[Any]"] = ()) -> Touch:
    """Write a note down, its mentions by key, its files with it: all of it or nothing."""
    by.must(Right.WORK)
    row.kind, row.direction = Touch.Kind.NOTE.value, ""
    row.member = (by.member.id, by.member.key) if by.member else None
    row.text = _words(row.text, may_be_empty=bool(files))
    with act(by=by.actor, at=at):
        note = log_touch(row, by=by, at=at)
        for file in files:
            attach(note.key, file, by=by, at=at)
    return note


def change_note(key: str, text: str, *, by: Acting, at: datetime, version: int) -> Touch:
    """Say it otherwise; only who wrote a note does. What it said before is kept, for undo."""
    with act(by=by.actor, at=at):
        note = _own(key, by)
        if version != note.version:
            raise Stale(
                "Somebody changed this note since you opened it. Look at both and save the one that holds.",
                field="text", version=note.version,
            )  # fmt: skip
        return change_touch(key, by=by, at=at, text=_words(text, may_be_empty=has_files(note)))


def undo_note(key: str, *, by: Acting, at: datetime) -> Touch:
    """Put back what a note said before its last change."""
    with act(by=by.actor, at=at):
        note = _own(key, by)
        before = NoteBefore.objects.filter(touch=note, version__lt=note.version).order_by("-version").first()
        if before is None:
            raise NothingToUndo("This note was never changed. There is nothing to undo.")
        return change_touch(key, by=by, at=at, text=before.text)


def archive_note(key: str, *, by: Acting, at: datetime) -> None:
    """Take one's own note out of everything that is shown."""
    with act(by=by.actor, at=at):
        note = _own(key, by)
        withdraw_touches([note.key], by=by, at=at, why="archived", lane="live")


def bring_note_back(key: str, *, by: Acting, at: datetime) -> Touch:
    """Undo the archiving of one's own note."""
    with act(by=by.actor, at=at) as record:
        note = _own(key, by, gone=True)
        if note.gone_at is None:
            return note
        note.gone_at, note.version = None, note.version + 1
        note.save(update_fields=["gone_at", "version"])
        record(
            TouchBroughtBack(
                touch=note.key,
                person=note.person.key if note.person else None,
                company=note.company.key if note.company else None,
                lead=note.lead_key or None,
            )
        )
    return note


def attach(touch: str, file: "File[Any]", *, by: Acting, at: datetime) -> Attachment:
    """Hang a file on a touch."""
    by.must(Right.WORK)
    with act(by=by.actor, at=at) as record:
        held = _held(touch)
        if Attachment.objects.filter(touch=held, gone_at=None).count() >= MOST_FILES:
            raise TooManyFiles(f"{MOST_FILES} files hang here already. Take one off first.", field="file")
        blob = keep(file, at=at)
        name = clean_name(file.name or "")
        made = Attachment.objects.create(touch=held, blob=blob, name=name, member=by.member, made_at=at)
        record(FileAttached(touch=held.key, file=made.key, type=blob.type, size=blob.size))
    return made


def detach(key: str, *, by: Acting, at: datetime, touch: str = "") -> Attachment:
    """Show a file no more; who attached it or wrote the touch does. The bytes stay until an erasure."""
    with act(by=by.actor, at=at) as record:
        file = _file(key, by, touch)
        if file.gone_at is None:
            file.gone_at = at
            file.save(update_fields=["gone_at"])
            record(FileDetached(touch=file.touch.key, file=file.key))
    return file


def bring_file_back(key: str, *, by: Acting, at: datetime, touch: str = "") -> Attachment:
    """Undo taking a file off."""
    with act(by=by.actor, at=at) as record:
        file = _file(key, by, touch)
        if file.gone_at is not None:
            file.gone_at = None
            file.save(update_fields=["gone_at"])
            record(FileBroughtBack(touch=file.touch.key, file=file.key))
    return file


def has_files(note: Touch) -> bool:
    """Whether something hangs on it: then it may say nothing."""
    return Attachment.objects.filter(touch=note, gone_at=None).exists()


def _words(text: str, *, may_be_empty: bool) -> str:
    words = clean(to_keys(text.replace("\r\n", "\n")), LONGEST, field="text")
    if not words and not may_be_empty:
        raise EmptyNote("A note says something, or carries a file. Write a few words.", field="text")
    return words


def _held(key: str, *, gone: bool = False) -> Touch:
    rows = Touch.objects.select_for_update(of=("self",), no_key=True).select_related("person", "company")
    found = rows.filter(key=key).first() if gone else rows.filter(key=key, gone_at=None).first()
    if found is None:
        raise NoSuchTouch(key)
    return found


def _own(key: str, by: Acting, *, gone: bool = False) -> Touch:
    by.must(Right.WORK)
    note = _held(key, gone=gone)
    if note.kind != Touch.Kind.NOTE:
        raise NoSuchTouch(key)
    if by.member is None or note.member_id != by.member.id:
        raise NotYourNote("Only who wrote a note changes it. Write one of your own beside it.")
    return note


def _file(key: str, by: Acting, touch: str) -> Attachment:
    by.must(Right.WORK)
    rows = Attachment.objects.select_for_update(of=("self",), no_key=True).select_related("touch")
    found = rows.filter(key=key, touch__gone_at=None, **({"touch__key": touch} if touch else {})).first()
    if found is None:
        raise NoSuchFile(key)
    if by.member is None or by.member.id not in (found.member_id, found.touch.member_id):
        raise NotYourNote("Only who attached a file, or wrote the note, takes it off.")
    return found
