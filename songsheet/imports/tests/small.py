"""A small CRM of another system: files that refer to each other, and the mapping that reads them."""

import csv
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from songsheet.imports.actions import begin, dry_run, run_import
from songsheet.imports.choosing import house_of_files
from songsheet.imports.mapping import Mapping
from songsheet.imports.models import Import
from songsheet.imports.planning import plan
from songsheet.team.acting import as_system

MAPPING = Mapping.of(
    {
        "name": "small",
        "system": "small",
        "currency": "EUR",
        "country": "GB",
        "files": [
            {
                "name": "users",
                "headers": ["User"],
                "records": [
                    {"kind": "member", "id": "User", "fields": {"name": "Full name", "mails": "Mail"}}
                ],
            },
            {
                "name": "campaigns",
                "headers": ["Campaign", "Cost"],
                "records": [
                    {"kind": "campaign", "id": "Campaign", "fields": {"name": "Name", "cost": "Cost"}}
                ],
            },
            {
                "name": "accounts",
                "headers": ["Account", "Website"],
                "records": [
                    {
                        "kind": "company",
                        "id": "Account",
                        "fields": {"name": "Name", "website": "Website", "industry": "Industry"},
                    }
                ],
            },
            {
                "name": "leads",
                "headers": ["Lead", "Status"],
                "records": [
                    {
                        "kind": "lead",
                        "id": "Lead",
                        "fields": {
                            "name": "Name",
                            "mails": "Mail",
                            "phones": "Phone",
                            "title": "Title",
                            "source": "Source",
                            "came_at": "Created",
                            "state": {
                                "column": "Status",
                                "values": {
                                    "New": "new",
                                    "Working": "working",
                                    "Junk": "disqualified",
                                    "Won": "converted",
                                },
                            },
                        },
                        "links": {
                            "company": {"column": "Account", "kind": "company"},
                            "owner": {"column": "Owner", "kind": "member", "by": "name"},
                            "campaign": {"column": "Campaign", "kind": "campaign"},
                        },
                    }
                ],
            },
            {
                "name": "deals",
                "headers": ["Deal", "Amount"],
                "records": [
                    {
                        "kind": "deal",
                        "id": "Deal",
                        "fields": {
                            "name": "Name",
                            "amount": "Amount",
                            "stage": "Stage",
                            "opened_at": "Opened",
                            "closed_at": "Closed",
                            "state": {
                                "column": "State",
                                "values": {"Open": "open", "Won": "won", "Lost": "lost"},
                            },
                        },
                        "links": {
                            "lead": "Lead",
                            "company": "Account",
                            "owner": {"column": "Owner", "kind": "member", "by": "name"},
                        },
                    }
                ],
            },
            {
                "name": "calls",
                "headers": ["Call", "At"],
                "records": [
                    {
                        "kind": "call",
                        "id": "Call",
                        "fields": {
                            "at": "At",
                            "subject": "Subject",
                            "direction": {"column": "Way", "values": {"Out": "out", "In": "in"}},
                        },
                        "links": {
                            "lead": "Lead",
                            "owner": {"column": "Owner", "kind": "member", "by": "name"},
                        },
                    }
                ],
            },
            {
                "name": "tasks",
                "headers": ["What", "Due"],
                "records": [
                    {"kind": "task", "id": {"hash": True}, "fields": {"subject": "What", "due": "Due"}}
                ],
            },
        ],
    }
)
LEADS = [
    "Lead",
    "Name",
    "Mail",
    "Phone",
    "Title",
    "Source",
    "Created",
    "Status",
    "Account",
    "Owner",
    "Campaign",
    "Shoe size",
]
FILES: dict[str, tuple[list[str], list[list[str]]]] = {
    "users.csv": (["User", "Full name", "Mail"], [["u1", "Olga Berg", "olga@small.example"]]),
    "campaigns.csv": (["Campaign", "Name", "Cost"], [["k1", "Spring fair", "1,200"]]),
    "accounts.csv": (
        ["Account", "Name", "Website", "Industry"],
        [["a1", "Brightwater Dental", "brightwater.example", "Health"], ["a2", "Alder Foods", "", "Food"]],
    ),
    "leads.csv": (
        LEADS,
        [
            ["l1", "Suzanne Okafor", "s.okafor@brightwater.example", "", "Partner", "Fair", "2026-03-01",
            "New", "a1", "Olga Berg", "k1", "38"],
            ["l2", "Ben Stone", "ben@alder.example", "", "", "Web", "2026-03-02", "Junk", "a2",
            "Olga Berg", "", ""],
            ["l3", "Kim Lee", "", "", "", "Web", "2026-03-03", "Working", "", "Nobody Known", "", ""],
        ],
    ),
    "deals.csv": (
        ["Deal", "Name", "Amount", "Stage", "Opened", "Closed", "State", "Lead", "Account", "Owner"],
        [
            ["d1", "Chairs", "2,000", "Won", "2026-03-05", "2026-03-20", "Won", "l1", "a1", "Olga Berg"],
            ["d2", "Lamps", "500", "Talks", "2026-03-06", "", "Open", "", "a2", "Olga Berg"],
        ],
    ),
    "calls.csv": (
        ["Call", "At", "Subject", "Way", "Lead", "Owner"],
        [["c1", "2026-03-01 09:00", "First call", "Out", "l1", "Olga Berg"], ["c2", "2026-03-02 10:00",
        "Missed", "In", "l9", "Olga Berg"]],
    ),
    "tasks.csv": (["What", "Due"], [["Send offer", "2026-04-01"], ["Send offer", "2026-04-01"]]),
}  # fmt: skip
ROWS = sum(len(rows) for _, rows in FILES.values())


def write(folder: Path, name: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    """One CSV file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def small_crm(folder: Path, **other: Any) -> list[Path]:
    """The files of the small CRM; `leads=[…]` gives other rows for leads.csv."""
    return [write(folder, name, header, other.get(name[:-4], rows)) for name, (header, rows) in FILES.items()]


def changed(name: str, id_: str, column: str, cell: str) -> list[list[str]]:
    """The rows of a file with one cell of one row changed."""
    header, rows = FILES[f"{name}.csv"]
    place = header.index(column)
    return [[*row[:place], cell, *row[place + 1 :]] if row[0] == id_ else row for row in rows]


def run_files(paths: list[Path], at: datetime, mapping: Mapping = MAPPING) -> Import:
    """Import files to the end."""
    run, made = begin(paths, mapping, by=as_system("tests"), at=at)
    return run_import(run.key, at=at, made=made)


def try_files(paths: list[Path], at: datetime, mapping: Mapping = MAPPING) -> dict[str, Any]:
    """Dry-run files."""
    return dry_run(plan(paths, mapping, house_of_files()), by=as_system("tests"), at=at)


def counts(run: Import | dict[str, Any]) -> tuple[int, int, int, int]:
    """Created, updated, unchanged, rejected; they sum to the rows."""
    of = run if isinstance(run, dict) else run.counts
    assert of["created"] + of["updated"] + of["unchanged"] + of["rejected"] == of["rows"]
    return of["created"], of["updated"], of["unchanged"], of["rejected"]
