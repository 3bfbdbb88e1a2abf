"""The API of files on touches: attach, list, fetch, take off."""

import hashlib
from datetime import datetime
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from songsheet.doors.api import Archived
from songsheet.doors.idempotency import key_of, once_named
from songsheet.doors.problems import Problem
from songsheet.files.serving import download
from songsheet.journal.act import together
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answer_of, answered, asking, time_of
from songsheet.touches.errors import NoSuchFile, NoSuchTouch
from songsheet.touches.models import Attachment
from songsheet.touches.note_actions import attach, detach
from songsheet.touches.queries import files_seen_by, touches_seen_by

router = Router(tags=["touches"])
_BYTES = {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}


class FileOut(Schema):
    """A file on a touch. `type` is what its bytes look like, whatever its name says."""

    key: str
    touch: str
    name: str
    type: str
    size: int
    sha256: str
    member: str | None
    made_at: datetime

    @classmethod
    def of(cls, one: Attachment) -> "FileOut":
        blob = one.blob
        return cls(
            key=one.key, touch=one.touch.key, name=one.name, type=blob.type, size=blob.size,
            sha256=blob.sha256, member=one.member.key if one.member else None, made_at=one.made_at,
        )  # fmt: skip


@router.get("/touches/{key}/files", response={200: list[FileOut], **PROBLEMS}, operation_id="list_files")
def list_files(request: HttpRequest, key: str) -> Any:
    """The files on a touch, at most twenty."""
    viewer = asking(request)
    if not touches_seen_by(viewer).filter(key=key).exists():
        raise NoSuchTouch(key)
    return [FileOut.of(one) for one in files_seen_by(viewer).filter(touch__key=key)]


@router.post(
    "/touches/{key}/files",
    response={201: FileOut, 413: Problem, **PROBLEMS},
    operation_id="attach_file",
)
def attach_file(request: HttpRequest, key: str, file: File[UploadedFile]) -> Any:
    """Attach a file, at most 25 MB unless the house set another bound."""
    by, at = asking(request), time_of(request)

    def answer() -> HttpResponse:
        return answer_of(FileOut.of(attach(key, file, by=by, at=at)), 201)

    named = key_of(request)
    if not named:
        return answer()
    digest = hashlib.sha256(f"{request.path}|{file.name}|".encode())
    for block in file.chunks():
        digest.update(block)
    return once_named(named, digest.hexdigest(), by.actor.key, answer, together=together)


@router.get(
    "/touches/{key}/files/{file}",
    response=PROBLEMS,
    operation_id="read_file",
    openapi_extra={"responses": {200: {"description": "The bytes, as a file to save.", **_BYTES}}},
)
def read_file(request: HttpRequest, key: str, file: str) -> FileResponse:
    """The bytes of a file."""
    found = files_seen_by(asking(request)).filter(touch__key=key, key=file).first()
    if found is None:
        raise NoSuchFile(file)
    return download(found.blob, found.name)


@router.delete(
    "/touches/{key}/files/{file}", response={200: Archived, **PROBLEMS}, operation_id="detach_file"
)
def detach_file(request: HttpRequest, key: str, file: str) -> Any:
    """Take a file off; who attached it, or wrote the touch, does."""

    def do(by: Acting, at: datetime) -> Any:
        return Archived(key=detach(file, by=by, at=at, touch=key).key)

    return answered(request, do)
