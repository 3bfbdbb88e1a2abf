"""What the page of a draft shows: each table with its guess on the first rows, and what can be decided
about it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from songsheet.imports.choosing import house_of_files
from songsheet.imports.drafts import Draft
from songsheet.imports.fields import KINDS
from songsheet.imports.own import own_on
from songsheet.imports.planning import file_of
from songsheet.imports.presets import load_preset, preset_names
from songsheet.imports.preview import preview
from songsheet.imports.reading import Table

SHOWN_COLUMNS = 40
SHOWN_ROWS = 8

KIND_LABELS = {
    "lead": _("Leads"),
    "person": _("People"),
    "company": _("Companies"),
    "deal": _("Deals"),
    "campaign": _("Campaigns"),
    "campaign_member": _("Members of campaigns"),
    "call": _("Calls"),
    "meeting": _("Meetings"),
    "mail": _("Mails"),
    "note": _("Notes"),
    "task": _("Tasks"),
    "invoice": _("Invoices"),
    "member": _("Our own people"),
}


@dataclass
class Cell:
    """A cell of the preview; with a problem it can be written anew."""

    text: str
    name: str = ""
    why: str = ""


@dataclass
class Heading:
    """A column of the preview, and what it becomes."""

    name: str
    field: str
    becomes: str
    choices: list[tuple[str, str]]


@dataclass
class Shown:
    """One table of a draft as the page draws it."""

    number: int
    name: str
    kind: str
    kind_name: str
    rows: int | None
    headings: list[Heading]
    lines: list[tuple[int, list[Cell]]]
    more_columns: int
    problems: int


def context_of(draft: Draft) -> dict[str, Any]:
    """Everything the page of a draft needs."""
    shown = [_shown(draft, number, table) for number, table in enumerate(draft.tables)]
    return {
        "run": draft.run,
        "draft": draft,
        "tables": [one for one in shown if one],
        "not_read": draft.made.not_read if draft.made else draft.not_read,
        "presets": [(name, load_preset(name).title or name) for name in preset_names()],
        "preset": draft.run.said.get("preset", ""),
        "system": draft.run.said.get("system", ""),
        "date_order": draft.run.said.get("date_order", ""),
        "kinds": list(KIND_LABELS.items()),
        "rows": draft.made.rows if draft.made else None,
    }


def _shown(draft: Draft, number: int, table: Table) -> Shown | None:
    file = file_of(draft.mapping, table)
    if file is None:
        return None
    guess = draft.guesses.get(table.name)
    becomes = {one.column: one.becomes or "" for one in guess.columns} if guess else {}
    kind = guess.kind if guess else file.main.kind
    columns = table.columns[:SHOWN_COLUMNS]
    choices = _choices(kind) if guess else []
    steps = draft.made.steps if draft.made else []
    rows = next((step.survey.rows for step in steps if step.table is table), None)
    seen = preview(table, draft.mapping, file, house_of_files(), shown=SHOWN_ROWS)
    lines = []
    for row in seen[: SHOWN_ROWS + 30]:
        why = {problem.column: problem.reason for problem in row.problems}
        cells = [
            Cell(
                cell[:300],
                f"cell:{number}:{row.row}:{place}" if table.columns[place] in why else "",
                why.get(table.columns[place], ""),
            )
            for place, cell in enumerate(row.cells[:SHOWN_COLUMNS])
        ]
        lines.append((row.row, cells))
    return Shown(
        number,
        table.name,
        kind,
        str(KIND_LABELS.get(kind, kind)),
        rows,
        [
            Heading(name, f"column:{number}:{place}", becomes.get(name, ""), choices)
            for place, name in enumerate(columns)
        ],
        lines,
        max(0, len(table.columns) - SHOWN_COLUMNS),
        sum(1 for row in seen if row.problems),
    )


def _choices(kind: str) -> list[tuple[str, str]]:
    """What a column of this kind of row can become."""
    known = KINDS[kind]
    words = [("id", _("Its id")), *[(name, _words(name)) for name in known.fields]]
    links = [(name, _("Which %(kind)s") % {"kind": _words(name).lower()}) for name in known.links]
    own = [(name, one.label) for name, one in own_on(kind).items()]
    return [("", _("Kept as a field of its own")), ("drop", _("Left out")), *words, *links, *own]


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def said_in(form: dict[str, str], draft: Draft) -> dict[str, Any]:
    """What a posted form of the page decides: preset, system, dates, kinds, columns and cells."""
    said: dict[str, Any] = {}
    for name in ("preset", "system", "date_order"):
        if name in form:
            said[name] = form[name][:60]
    tables: dict[str, Any] = {}
    cells: dict[str, Any] = {}
    for name, value in form.items():
        what, *rest = name.split(":")
        if what not in ("kind", "column", "cell") or not all(one.isdigit() for one in rest) or not rest:
            continue
        if int(rest[0]) >= len(draft.tables):
            continue
        table = draft.tables[int(rest[0])]
        if what == "kind" and len(rest) == 1:
            tables.setdefault(table.name, {})["kind"] = value
        elif what == "column" and len(rest) == 2 and int(rest[1]) < len(table.columns):
            tables.setdefault(table.name, {}).setdefault("columns", {})[table.columns[int(rest[1])]] = (
                value or None
            )
        elif what == "cell" and len(rest) == 3 and int(rest[2]) < len(table.columns):
            column = table.columns[int(rest[2])]
            cells.setdefault(table.name, {}).setdefault(rest[1], {})[column] = value[:2_000]
    if tables and not said.get("preset", draft.run.said.get("preset")):
        said["tables"] = {name: _settled(draft, name, given) for name, given in tables.items()}
    return {**said, "cells": cells} if cells else said


def _settled(draft: Draft, name: str, given: dict[str, Any]) -> dict[str, Any]:
    """Another kind means another guess; the columns of the page were those of the kind before."""
    guess = draft.guesses.get(name)
    if guess is None or given.get("kind", guess.kind) != guess.kind:
        return {"kind": given.get("kind")}
    before = {one.column: one.becomes for one in guess.columns}
    return {"kind": guess.kind, "columns": {**before, **given.get("columns", {})}}
