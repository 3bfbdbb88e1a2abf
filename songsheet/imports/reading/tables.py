"""Opening a file by what is in it, whatever it is called."""

from pathlib import Path

from songsheet.imports.errors import FileIsMissing
from songsheet.imports.reading.sheets import open_workbook
from songsheet.imports.reading.sniffing import sniff
from songsheet.imports.reading.table import Table

ZIP = b"PK\x03\x04"


def open_tables(path: Path) -> list[Table]:
    """All tables of a file: one of a text, one per sheet with cells of a workbook."""
    if not path.is_file():
        raise FileIsMissing(f"There is no file {path.name}. Check the path.")
    with path.open("rb") as file:
        start = file.read(4)
    if start == ZIP:
        return open_workbook(path)
    return [Table(path, path.name, path.stat().st_size, sniff(path))]


def open_table(path: Path, sheet: str | None = None) -> Table:
    """The table of a file; of a workbook the first sheet, or the one named."""
    tables = open_tables(path)
    for table in tables:
        if sheet in (None, table.sheet):
            return table
    known = ", ".join(table.sheet for table in tables)
    raise FileIsMissing(f"{path.name} has no sheet “{sheet}”. It has: {known}.")
