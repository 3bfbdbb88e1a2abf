"""What happens to an import. The rows it writes are told by the events of their own parts."""

from songsheet.journal.events import Event
from songsheet.journal.subjects import ImportKey, sample_key

_IMPORT = {"run": sample_key("import")}


class ImportStarted(
    Event,
    name="imports.import_started",
    version=1,
    says="{by} started an import of {files} files from {system}",
    side="changed",
    icon="link",
    sample={**_IMPORT, "system": "zoho", "files": 9},
):
    """Somebody had files imported."""

    run: ImportKey
    system: str
    files: int


class ImportFinished(
    Event,
    name="imports.import_finished",
    version=1,
    says="An import finished: {created} created, {updated} updated, {rejected} rejected",
    side="changed",
    icon="link",
    sample={**_IMPORT, "rows": 4, "created": 1, "updated": 1, "unchanged": 1, "rejected": 1},
):
    """Every row of an import got its verdict."""

    run: ImportKey
    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int


class ImportFailed(
    Event,
    name="imports.import_failed",
    version=1,
    says="An import stopped before its end",
    side="changed",
    icon="link",
    sample={**_IMPORT, "code": "file_refused"},
):
    """An import could not go on; what it had taken in until then stands and can be undone."""

    run: ImportKey
    code: str


class ImportUndone(
    Event,
    name="imports.import_undone",
    version=1,
    says="{by} undid an import: {gone} records taken out, {stayed} stay",
    side="changed",
    icon="undo",
    sample={**_IMPORT, "gone": 3, "restored": 1, "stayed": 1},
):
    """What an import had made was taken out, and what it had changed was put back, as far as nobody built
    on it."""

    run: ImportKey
    gone: int
    restored: int
    stayed: int
