"""What an import refuses as a whole. A single bad row is no refusal: it comes back as a rejection."""

from typing import Any

from songsheet.base.refusals import Conflict, NotFound, Refusal


class FileRefused(Refusal):
    """A file that cannot be read as a table."""

    code = "file_refused"


class FileIsMissing(FileRefused):
    """There is no such file."""

    status = 404
    code = "file_missing"


class FileIsEmpty(FileRefused):
    """A file without a single line."""

    code = "file_empty"


class FileHasNoRows(FileRefused):
    """A file with a header and nothing below it."""

    code = "file_has_no_rows"


class NotATable(FileRefused):
    """A picture, a program, an archive: anything that is neither text with columns nor a workbook."""

    code = "not_a_table"


class TooManyColumns(FileRefused):
    """More columns than any export has."""

    code = "too_many_columns"


class LineTooLong(FileRefused):
    """A line so long that the file cannot be a table."""

    code = "line_too_long"


class WorkbookTooLarge(FileRefused):
    """A workbook that would unpack to far more than it pretends to be."""

    code = "workbook_too_large"


class MappingRefused(Refusal):
    """A mapping that contradicts itself or the house."""

    code = "mapping_refused"


class MappingDoesNotFit(Refusal):
    """The file lacks columns without which the mapping cannot read it."""

    code = "mapping_does_not_fit"


class NothingToRead(Refusal):
    """None of the files is one that the mapping knows."""

    code = "nothing_to_read"


class PresetUnknown(Refusal):
    """There is no preset of that name."""

    status = 404
    code = "preset_unknown"


class AmbiguousDates(Refusal):
    """Dates that could be day first or month first, in the whole column; somebody has to say which."""

    code = "ambiguous_dates"

    def __init__(self, columns: list[dict[str, Any]]) -> None:
        first = columns[0]
        more = f" and in {len(columns) - 1} more" if len(columns) > 1 else ""
        super().__init__(
            f"The dates in column “{first['column']}” of {first['file']}{more} can be read day first or month"
            f" first ({first['example']}), and no row decides it. Say which: dmy or mdy.",
            field="date_order",
            columns=columns,
        )
        self.columns = columns


class FileTooLarge(FileRefused):
    """A file beyond what is taken in one piece."""

    status = 413
    code = "file_too_large"


class NoSuchImport(NotFound):
    """There is no import with this key."""

    code = "no_such_import"

    def __init__(self, key: str) -> None:
        super().__init__(
            f"There is no import {key[:60]}. `songsheet import` names its key when it has finished."
        )


class ImportUnderWay(Conflict):
    """Another process works on it just now."""

    code = "import_under_way"


class NothingToUndo(Conflict):
    """The import made nothing, or was undone before."""

    code = "nothing_to_undo"


class NotReady(Conflict):
    """The import is not in the state that this step needs."""

    code = "import_not_ready"


class NoRejects(NotFound):
    """No row was rejected."""

    code = "no_rejects"
