"""Files and a mapping become a plan, and the plan becomes records and rejections."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from songsheet.base.money import Money
from songsheet.imports import feed
from songsheet.imports.errors import (
    AmbiguousDates,
    FileHasNoRows,
    FileIsEmpty,
    MappingDoesNotFit,
    MappingRefused,
    NothingToRead,
)
from songsheet.imports.mapping import House, Mapping
from songsheet.imports.planning import Plan, plan, read_records
from songsheet.imports.presets import load_preset
from songsheet.imports.records import Chunk

#: Which fields the house declared is read while planning.
pytestmark = pytest.mark.django_db

HOUSE = House(zone="Europe/Berlin", currency="EUR", country="DE")


def mapping(fields: dict[str, Any], **file: Any) -> Mapping:
    """Leads by their id, with these fields."""
    record = {"kind": "lead", "id": "id", "fields": fields, "links": file.pop("links", {})}
    whole = {"name": "leads", "headers": ["id"], "records": [record], **file}
    return Mapping.of({"name": "own", "system": "own", "files": [whole]})


def written(folder: Path, text: str, name: str = "leads.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def chunks(made: Plan, start_row: int = 0) -> list[Chunk]:
    return [chunk for step in made.steps for chunk in read_records(made, step, start_row)]


def taken(path: Path, said: Mapping) -> Chunk:
    (only,) = chunks(plan([path], said, HOUSE))
    return only


def test_good_rows_land_and_bad_ones_say_row_column_and_reason(tmp_path):
    text = "id,mail,came\n1,a@b.example,2021-04-15\n2,kaputt,soon\n,c@d.example,\n4,,,\n5,x\n"
    chunk = taken(written(tmp_path, text), mapping({"mails": "mail", "came_at": "came"}))
    (part,) = chunk.parts
    assert (part.rows, part.ids) == ([2, 5], ["1", "4"])
    assert part.fields["mails"] == [["a@b.example"], None]
    assert part.fields["came_at"] == [datetime(2021, 4, 14, 22, tzinfo=UTC), None]
    assert [(one.row, one.column, one.reason) for one in chunk.rejections] == [
        (3, "mail, came", "“kaputt” is not a mail address. “soon” is not a date."),
        (4, "id", "The id is empty."),
        (6, "", "The row has 2 cells where the header has 3."),
    ]
    assert chunk.rejections[0].cells == ["2", "kaputt", "soon"]
    assert chunk.rows == 5 == len(part.rows) + len(chunk.rejections)


def test_values_are_translated_and_several_columns_are_one_field(tmp_path):
    said = mapping(
        {
            "state": [
                {"column": "converted", "values": {"yes": "converted"}, "other": ""},
                {"column": "status", "values": {"Contacted": "working"}, "other": "new", "empty": "new"},
            ],
            "contacted_elsewhere": {"column": "status", "values": {"Contacted": True}, "other": False},
            "mails": ["mail", "other mail"],
            "source": {"column": "origin", "empty": "unknown", "none": ["-"]},
            "wants": {"value": "a desk"},
        }
    )
    text = (
        "id,converted,status,mail,other mail,origin\n"
        "1,Yes,Lost,a@b.example,c@d.example,fair\n"
        "2,no,CONTACTED,a@b.example,a@b.example,\n"
        "3,,,,c@d.example,-\n"
    )
    (part,) = taken(written(tmp_path, text), said).parts
    assert part.fields["state"] == ["converted", "working", "new"]
    assert part.fields["contacted_elsewhere"] == [False, True, None]
    assert part.fields["mails"] == [["a@b.example", "c@d.example"], ["a@b.example"], ["c@d.example"]]
    assert part.fields["source"] == ["fair", "unknown", None]
    assert part.fields["wants"] == ["a desk"] * 3


def test_links_drop_what_names_nothing(tmp_path):
    links = {
        "owner": {"column": "rep", "kind": "member", "by": "name"},
        "company": {"column": "accounts", "kind": "company", "split": ";", "prefix": "acc:"},
        "person": {"column": "who", "kind": "person", "starts": "003"},
    }
    text = "id,rep,accounts,who\n1,Priya,7;8,003x\n2,,0,00Qx\n"
    (part,) = taken(written(tmp_path, text), mapping({}, links=links)).parts
    assert part.links == {"owner": ["Priya", None], "company": ["acc:7", None], "person": ["003x", None]}


def test_unknown_columns_become_custom_fields_unless_empty_or_ignored(tmp_path):
    text = "id,Size,Nothing,_sync_a,País\n1,XL,,x,Atlantis\n2,,,x,BR\n"
    said = mapping({"country": "País"}, ignore=["_sync*"])
    (part,) = taken(written(tmp_path, text), said).parts
    # What cannot be read as a country is kept as it stands: no row is lost over it.
    assert part.custom == {"Size": ["XL", ""], "País": ["Atlantis", ""]}
    assert part.fields["country"] == [None, "BR"]
    (bare,) = taken(written(tmp_path, text), mapping({}, rest="drop")).parts
    assert bare.custom == {}


def test_a_row_without_an_id_is_named_by_its_content_and_how_often_it_came(tmp_path):
    record = {"kind": "task", "id": {"hash": True}, "fields": {"subject": "what"}}
    said = Mapping.of(
        {"name": "o", "system": "o", "files": [{"name": "t", "headers": ["what"], "records": [record]}]}
    )
    path = written(tmp_path, "what\ncall\nwrite\ncall\n" + "call\n" * 5000)
    made = plan([path], said, HOUSE)
    ids = [name for chunk in chunks(made) for name in chunk.parts[0].ids]
    assert len(set(ids)) == 5003
    assert ids[0].split("-")[0] == ids[2].split("-")[0] != ids[1].split("-")[0]
    resumed = [name for chunk in chunks(made, start_row=3000) for name in chunk.parts[0].ids]
    assert resumed == ids[3000 - 2 :]


def test_reading_goes_on_where_it_stopped(tmp_path):
    path = written(tmp_path, "id\n" + "".join(f"{at}\n" for at in range(9000)))
    made = plan([path], mapping({}), HOUSE)
    whole = chunks(made)
    assert [len(chunk.parts[0].ids) for chunk in whole] == [2000, 2000, 2000, 2000, 1000]
    rest = chunks(made, start_row=whole[1].last_row + 1)
    assert [chunk.parts[0].ids for chunk in rest] == [chunk.parts[0].ids for chunk in whole[2:]]


def test_a_digest_changes_with_the_row_and_with_the_mapping(tmp_path):
    path = written(tmp_path, "id,name\n1,A\n2,B\n")
    first, again = (taken(path, mapping({"name": "name"})).parts[0].digests for _ in range(2))
    other = taken(path, mapping({"family_name": "name"})).parts[0].digests
    assert first == again
    assert len({*first, *other}) == 4


def test_dates_that_can_be_read_two_ways_are_asked_about(tmp_path):
    path = written(tmp_path, "id,came\n1,03/04/2021\n2,05/06/2021\n")
    with pytest.raises(AmbiguousDates) as asked:
        plan([path], mapping({"came_at": "came"}), HOUSE)
    (column,) = asked.value.columns
    assert (column["file"], column["column"]) == ("leads.csv", "came")
    assert column["example"] in ("03/04/2021", "05/06/2021")
    for said in (
        mapping({"came_at": "came"}, date_order="mdy"),
        mapping({"came_at": {"column": "came", "date_order": "mdy"}}),
    ):
        (part,) = taken(path, said).parts
        assert part.fields["came_at"][0] == datetime(2021, 3, 3, 23, tzinfo=UTC)


def test_the_last_row_of_a_column_can_say_how_all_are_read(tmp_path):
    text = "id,came,sum\n" + "1,03/04/2021,1.000\n" * 5000 + '2,13/04/2021,"2,5"\n'
    record = {"kind": "deal", "id": "id", "fields": {"expected_on": "came", "amount": "sum"}}
    said = Mapping.of(
        {"name": "o", "system": "o", "files": [{"name": "d", "headers": ["id"], "records": [record]}]}
    )
    part = chunks(plan([written(tmp_path, text)], said, HOUSE))[0].parts[0]
    assert part.fields["expected_on"][0] == date(2021, 4, 3)
    assert part.fields["amount"][0] == Money(100000, "EUR")


def test_an_amount_is_in_the_currency_of_the_column_beside_it(tmp_path):
    record = {"kind": "deal", "id": "id", "fields": {"amount": "sum", "currency": "cur"}}
    said = Mapping.of(
        {"name": "o", "system": "o", "files": [{"name": "d", "headers": ["id"], "records": [record]}]}
    )
    (part,) = taken(written(tmp_path, "id,sum,cur\n1,12.50,USD\n2,13,\n3,$7,EUR\n"), said).parts
    assert part.fields["amount"] == [Money(1250, "USD"), Money(1300, "EUR"), Money(700, "USD")]


def test_one_row_can_make_several_records_and_some_only_of_some_rows(tmp_path):
    records = [
        {"kind": "person", "id": "id", "fields": {"name": "name"}},
        {"kind": "lead", "id": "id", "when": {"stage": ["Lead"]}, "links": {"person": "id"}},
    ]
    said = Mapping.of(
        {"name": "o", "system": "o", "files": [{"name": "c", "headers": ["id"], "records": records}]}
    )
    person, lead = taken(written(tmp_path, "id,name,stage\n1,A,lead\n2,B,none\n"), said).parts
    assert (person.is_main, person.ids, lead.is_main, lead.ids) == (True, ["1", "2"], False, ["1"])


def test_what_is_referred_to_comes_first_whatever_the_order_of_the_files(zoho):
    names = ["Calls", "Potentials", "Leads", "Campaigns", "Users", "Invoices"]
    made = plan([zoho / f"{name}.csv" for name in names], load_preset("zoho"))
    assert [step.file.name for step in made.steps] == [
        "users",
        "campaigns",
        "leads",
        "potentials",
        "calls",
        "invoices",
    ]


def test_files_nobody_maps_are_listed_and_empty_ones_too(tmp_path):
    leads, none = written(tmp_path, "id\n1\n"), written(tmp_path, "", "empty.csv")
    header, other = written(tmp_path, "id\n", "header.csv"), written(tmp_path, "x\n1\n", "other.csv")
    made = plan([leads, none, header, other], mapping({}))
    assert [step.table.name for step in made.steps] == ["leads.csv"]
    assert [one.name for one in made.not_read] == ["empty.csv", "header.csv", "other.csv"]


def test_a_file_alone_that_holds_nothing_is_refused(tmp_path):
    with pytest.raises(FileIsEmpty):
        plan([written(tmp_path, "")], mapping({}))
    with pytest.raises(FileHasNoRows):
        plan([written(tmp_path, "id\n")], mapping({}))
    with pytest.raises(NothingToRead):
        plan([written(tmp_path, "x\n1\n")], mapping({}))


def test_a_mapping_that_lacks_its_id_does_not_fit(tmp_path):
    said = mapping({}, headers=["other"])
    with pytest.raises(MappingDoesNotFit):
        chunks(plan([written(tmp_path, "other\n1\n")], said))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"files": []}, "at name"),
        ({"name": "x", "system": "x", "files": []}, "at files"),
        ({"name": "x", "system": "x", "zone": "Mars", "files": []}, "Mars"),
    ],
)
def test_a_wrong_mapping_is_refused_with_the_place(given, says):
    with pytest.raises(MappingRefused, match=says):
        Mapping.of(given)


@pytest.mark.parametrize(
    "fields",
    [
        {"colour": "x"},
        {"state": {"column": "x", "values": {"a": "asleep"}}},
        {"name": {}},
        {"name": {"colum": "x"}},
    ],
)
def test_a_mapping_of_unknown_fields_and_states_is_refused(fields):
    with pytest.raises(MappingRefused):
        mapping(fields)


def test_a_large_file_is_read_by_a_process_of_its_own_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "id,mail\n" + "".join(f"{n},a{n}@b.example\n" for n in range(30))
    made = plan([written(tmp_path, text)], mapping({"mails": "mail"}), HOUSE)
    (step,) = made.steps
    here = list(feed.read_ahead(made, step))
    monkeypatch.setattr(feed, "ALONE", 0)
    assert list(feed.read_ahead(made, step)) == here
