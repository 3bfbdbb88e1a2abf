"""A spreadsheet written while it is sent: one sheet, one row after another, no more in memory than a few."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape

#: A sheet has 1,048,576 rows, the first holds the names.
MOST_ROWS = 1_048_575
_LONGEST_CELL = 32_767
_ROWS_AT_ONCE = 500
#: What XML cannot hold; a spreadsheet reads and writes it as `_x001F_`.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_SPECIAL = re.compile(f"_x|[&<>]|{_UNWRITABLE.pattern}")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_AROUND = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
    '<sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


class _Outgoing:
    """A file that only grows: what was written since it was last taken."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def write(self, given: bytes) -> int:
        self.waiting.append(bytes(given))
        return len(given)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        taken, self.waiting = b"".join(self.waiting), []
        return taken


def xlsx_of(names: list[str], rows: Iterable[list[Any]]) -> Iterator[bytes]:
    """The bytes of a workbook; texts are texts there, never formulas."""
    outgoing = _Outgoing()
    with zipfile.ZipFile(outgoing, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:  # type: ignore[call-overload]
        for path, text in _AROUND.items():
            package.writestr(path, _HEAD + text)
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'.encode() + _row(names))
            waiting: list[bytes] = []
            for row in rows:
                waiting.append(_row(row))
                if len(waiting) == _ROWS_AT_ONCE:
                    sheet.write(b"".join(waiting))
                    waiting = []
                    yield outgoing.take()
            sheet.write(b"".join(waiting) + b"</sheetData></worksheet>")
        yield outgoing.take()
    yield outgoing.take()


def _row(values: list[Any]) -> bytes:
    return f"<row>{''.join(map(_cell, values))}</row>".encode()


def _cell(value: Any) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    text = str(value)[:_LONGEST_CELL]
    if _SPECIAL.search(text):
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
        text = escape(_UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
