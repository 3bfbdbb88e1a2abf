"""A file becomes a table by what is in it."""

import csv
import io
import json
import struct
import zipfile
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from songsheet.base.refusals import Refusal
from songsheet.imports.errors import (
    FileIsEmpty,
    FileIsMissing,
    LineTooLong,
    NotATable,
    TooManyColumns,
    WorkbookTooLarge,
)
from songsheet.imports.reading import Broken, open_table, open_tables, weighing
from songsheet.imports.reading import sheets as sheets_module
from songsheet.imports.tests.conftest import beside

ROW = "1,Zoë,“x”\r\n"


def written(folder: Path, content: bytes | str, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(path: Path) -> list[list[str]]:
    return [cells for _, cells in open_table(path).rows()]


def reasons(path: Path) -> list[tuple[int, str]]:
    return [(number, cells.reason) for number, cells in open_table(path).rows() if isinstance(cells, Broken)]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_the_encoding_is_found_over_the_whole_file(tmp_path, encoding, found):
    # What decides stands far behind what a look at the first block would see.
    path = written(tmp_path, ("id,name,note\r\n" + "0,plain,text\r\n" * 100_000 + ROW).encode(encoding))
    table = open_table(path)
    assert table.encoding == found
    assert table.columns == ["id", "name", "note"]
    assert [cells for _, cells in table.rows()][-1] == ["1", "Zoë", "“x”"]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path, mark):
    rows = [["name", "amount", "note"], ["A, B", "1,5", "x; y"], ["C", "2", "a | b"]]
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows(rows)
    table = open_table(written(tmp_path, out.getvalue()))
    assert (table.delimiter, [table.columns, *(cells for _, cells in table.rows())]) == (mark, rows)


def test_a_hint_of_excel_is_no_row(tmp_path):
    table = open_table(written(tmp_path, "sep=;\r\na;b\r\n1;2\r\n"))
    assert (table.columns, list(table.rows())) == (["a", "b"], [(2, ["1", "2"])])


def test_rows_are_numbered_as_a_person_counts_them(tmp_path):
    path = written(tmp_path, 'a,b\n1,"two\nlines"\n\n,\n3,4\n')
    assert list(open_table(path).rows()) == [(2, ["1", "two\nlines"]), (5, ["3", "4"])]
    assert [number for number, _ in open_table(path).rows(start=5)] == [5]


def test_a_row_of_another_width_is_broken_unless_only_emptiness_is_too_much(tmp_path):
    path = written(tmp_path, "a,b,c\n1,2\n1,2,3,4\n1,2,3,,\n1\n")
    assert [type(cells) for _, cells in open_table(path).rows()] == [Broken, Broken, list, Broken]
    assert reasons(path)[0] == (2, "The row has 2 cells where the header has 3.")


def test_a_truncated_upload_loses_its_last_row_and_no_other(tmp_path):
    assert [number for number, _ in reasons(written(tmp_path, "a,b\n1,2\n3"))] == [3]
    assert reasons(written(tmp_path, 'a,b\n1,2\n3,"four'))[0][1].startswith("A quote that opens")
    half = "a,b\n1,2\n3,Zoë".encode()[:-1]
    assert open_table(written(tmp_path, half)).encoding == "utf-8"
    assert reasons(written(tmp_path, half))[0][1].startswith("The file ends in the middle")


def test_a_quote_left_open_far_from_the_end_is_found(tmp_path):
    path = written(tmp_path, 'a,b\n1,2\n3,"four\n' + "5,6\n" * 1_010_000)
    found = reasons(path)
    assert (found[0][0], found[0][1].startswith("A quote")) == (3, True)


def test_nul_and_cells_of_a_megabyte_break_their_row_alone(tmp_path):
    path = written(tmp_path, "a,b\n1,x\0y\n2," + "z" * 1_000_000 + "\n3,ok\n")
    rows = list(open_table(path).rows())
    assert [type(cells) for _, cells in rows] == [Broken, Broken, list]
    assert "NUL" in rows[0][1].reason  # type: ignore[attr-defined]
    assert "\0" not in "".join(rows[0][1])
    assert len(rows[1][1][1]) < 10_000


def test_headers_get_names_of_their_own(tmp_path):
    assert open_table(written(tmp_path, "a,,a, A  b ,a\n1,2,3,4,5\n")).columns == [
        *["a", "column 2", "a (2)", "A b", "a (3)"]
    ]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", FileIsEmpty),
        (b"\n\r\n  \n", FileIsEmpty),
        (b",,,\n,,,\n", FileIsEmpty),
        (b"\x89PNG\r\n\x1a\n....", NotATable),
        (b"%PDF-1.7 ....", NotATable),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", NotATable),
        (b"a,b\n\x81\x8d,\x8f\n", NotATable),
        (b",".join(b"c%d" % at for at in range(1_000_000)), TooManyColumns),
        (b"a,b\n" + b"x" * 10_000_000, LineTooLong),
    ],
)
def test_what_is_no_table_is_refused_by_name(tmp_path, content, refusal):
    with pytest.raises(refusal) as caught:
        open_table(written(tmp_path, content))
    assert caught.value.sentence.startswith("file.csv")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(FileIsMissing):
        open_table(tmp_path / "none.csv")


@given(st.binary(max_size=400) | st.text(alphabet='a1,;"\n\r\t\0é ', max_size=200).map(str.encode))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_is_sent_makes_reading_fail_unless_by_refusal(tmp_path, content):
    with suppress(Refusal):
        table = open_table(written(tmp_path, content))
        rows = list(table.rows())
        assert all(type(cells) is Broken or len(cells) == len(table.columns) for _, cells in rows)
        assert [number for number, _ in rows] == sorted({number for number, _ in rows})


def test_every_file_of_csv_spectrum_reads_as_its_oracle_says():
    folder = beside("suites/csv-spectrum")
    names = sorted(path.stem for path in (folder / "csvs").glob("*.csv"))
    assert len(names) == 12
    for name in names:
        table = open_table(folder / "csvs" / f"{name}.csv")
        rows = [dict(zip(table.columns, cells, strict=True)) for _, cells in table.rows()]
        if name == "location_coordinates":
            # By hand: the degree sign is lost in the file itself, and the oracle has another number.
            assert rows == [
                {
                    "Contact Phone Number": "2095257564",
                    "Location Coordinates": "37\ufffd36'37.8\"N 121\ufffd2'17.9\"W",
                    "Cities": "Modesto",
                    "Counties": "Stanislaus",
                }
            ]
        else:
            oracle = json.loads((folder / "json" / f"{name}.json").read_text(encoding="utf-8"))
            assert rows == (oracle if isinstance(oracle, list) else [oracle]), name


def test_naughty_strings_come_through_untouched(tmp_path, naughty):
    path = tmp_path / "naughty.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["id", "said"], *enumerate(naughty)])
    assert read(path) == [[str(at), said] for at, said in enumerate(naughty)]


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    leads = book.create_sheet("Leads", 0)
    leads.append(["id", "name", "when", "day", "sum", "yes", "at"])
    # A workbook has no zones.
    leads.append([1.0, "Zoë", datetime(2021, 4, 15, 0, 3), date(2021, 4, 15), 1.5, True, time(3, 4)])  # noqa: DTZ001
    leads.append([])
    leads.append([2, "B", None, None, None, None, None])
    book.create_sheet("Nothing")
    book.create_sheet("Deals").append(["id"])
    book.save(path)
    return path


LEADS = [
    (2, ["1", "Zoë", "2021-04-15 00:03:00", "2021-04-15", "1.5", "TRUE", "03:04:00"]),
    (4, ["2", "B", "", "", "", "", ""]),
]


@pytest.mark.parametrize("dense", [0, 1_000_000])
def test_a_workbook_reads_as_the_csv_that_excel_would_write(tmp_path, monkeypatch, dense):
    monkeypatch.setattr(sheets_module, "DENSE", dense)
    # Called .csv: the content decides.
    tables = open_tables(workbook(tmp_path / "book.csv"))
    assert [table.sheet for table in tables] == ["Leads", "Deals"]
    assert list(tables[0].rows()) == LEADS
    assert open_table(tmp_path / "book.csv", "Deals").columns == ["id"]


def test_a_csv_called_xlsx_reads_as_csv(tmp_path):
    assert read(written(tmp_path, "a,b\n1,2\n", "file.xlsx")) == [["1", "2"]]


def zipped(path: Path, sheet: bytes, **others: bytes) -> Path:
    """The least that is a workbook, with this as its only sheet."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{kind}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="r1" Type="{kind}/worksheet" Target="worksheets/s.xml"/>'
        "</Relationships>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        archive.writestr("xl/worksheets/s.xml", b'<worksheet xmlns="%s"><sheetData>' % main.encode() + sheet)
        for name, content in others.items():
            archive.writestr(name.replace("__", "/"), content)
    return path


def test_a_zip_bomb_called_xlsx_is_refused_before_it_is_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(weighing, "MAX_UNPACKED", 20_000_000)
    path = zipped(tmp_path / "bomb.xlsx", b"", xl__media__image1=b"\0" * 30_000_000)
    assert path.stat().st_size < 100_000
    with pytest.raises(WorkbookTooLarge):
        open_table(path)


def test_a_bomb_that_lies_about_its_size_is_refused_too(tmp_path, monkeypatch):
    monkeypatch.setattr(weighing, "MAX_UNPACKED", 20_000_000)
    path = zipped(tmp_path / "bomb.xlsx", b"", xl__media__image1=b"\0" * 30_000_000)
    honest = struct.pack("<I", 30_000_000)
    path.write_bytes(path.read_bytes().replace(honest, struct.pack("<I", 30)))
    with pytest.raises((WorkbookTooLarge, NotATable)):
        open_table(path)


def test_one_cell_in_the_last_corner_is_refused(tmp_path):
    corner = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(TooManyColumns):
        open_table(zipped(tmp_path / "corner.xlsx", corner + b"</sheetData></worksheet>"))


def test_a_gap_of_a_million_rows_is_read_in_a_stream(tmp_path):
    far = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1000000"><c r="ZZ1000000"><v>1</v></c></row>'
    path = zipped(tmp_path / "far.xlsx", far + b"</sheetData></worksheet>")
    assert weighing.weigh(path)[0].reach.area > sheets_module.DENSE


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 500])
def test_a_damaged_workbook_is_refused(tmp_path, content):
    with pytest.raises(NotATable):
        open_table(written(tmp_path, content, "book.xlsx"))


def test_an_archive_of_other_things_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("a.csv", "a,b")
    with pytest.raises(NotATable):
        open_table(tmp_path / "a.xlsx")


def test_entities_in_a_workbook_are_refused(tmp_path):
    path = tmp_path / "e.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
        archive.writestr("xl/_rels/workbook.xml.rels", "<a/>")
    with pytest.raises(NotATable):
        open_table(path)
