"""The API of imports: send files, see how far they are, undo."""

from typing import Any

from django.http import HttpRequest
from ninja import File, Form, Query, Router, Schema
from ninja.files import UploadedFile

from songsheet.doors.api import Asked, Listed, list_answer
from songsheet.imports import drafts
from songsheet.imports.listing import IMPORTS
from songsheet.imports.queries import import_for
from songsheet.imports.reports import report_of
from songsheet.team.api import PROBLEMS, asking, time_of

router = Router(tags=["imports"])


class ImportOut(Schema):
    """An import: its state and counts; created, updated, unchanged and rejected sum to rows."""

    key: str
    state: str
    system: str
    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    seconds: float
    by_kind: dict[str, dict[str, int]]
    not_read: list[dict[str, str]]
    failure: str | None
    undo: dict[str, Any] | None

    @classmethod
    def of(cls, run: Any) -> "ImportOut":
        report = report_of(run)
        return cls(
            key=report.pop("import"), **{name: report[name] for name in report if name in cls.model_fields}
        )


class Sent(Schema):
    """How files that are sent are to be read."""

    preset: str = ""
    date_order: str = ""


@router.get("/imports", response={200: Listed, **PROBLEMS}, operation_id="list_imports")
def list_imports(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Imports, the newest first."""
    return list_answer(IMPORTS, asking(request), request.GET, asked)


@router.get("/imports/{key}", response={200: ImportOut, **PROBLEMS}, operation_id="read_import")
def read_import(request: HttpRequest, key: str) -> Any:
    """One import: its state, and its counts so far."""
    return ImportOut.of(import_for(asking(request), key))


@router.post("/imports", response={202: ImportOut, **PROBLEMS}, operation_id="import_files")
def import_files(request: HttpRequest, how: Form[Sent], files: File[list[UploadedFile]]) -> Any:
    """Import files in the background; ask for the import by its key until its state is finished."""
    by = asking(request)
    run = drafts.receive([(file.name or "file", file.chunks()) for file in files], by=by, at=time_of(request))
    said = {name: value for name, value in how.dict().items() if value}
    if said:
        drafts.say(run.key, said, by=by)
    return 202, ImportOut.of(drafts.start(run.key, by=by, at=time_of(request)))


@router.post("/imports/{key}/undo", response={202: ImportOut, **PROBLEMS}, operation_id="undo_import")
def undo_import(request: HttpRequest, key: str) -> Any:
    """Undo an import as a whole, in the background."""
    return 202, ImportOut.of(drafts.undo(key, by=asking(request)))
