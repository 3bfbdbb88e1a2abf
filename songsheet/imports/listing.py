"""The list of imports."""

from typing import Any

from django.db.models import QuerySet

from songsheet.doors.cells import link_cell
from songsheet.doors.days import iso
from songsheet.doors.listing import Column, Filter, Listing, Sort
from songsheet.imports.models import Import
from songsheet.imports.queries import seen_by
from songsheet.ui.when import when


def import_path(run: Import) -> str:
    return f"/imports/{run.key}"


def _state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value not in Import.State.values:
        raise ValueError(value)
    return rows.filter(state=value)


def _count(name: str, label: str) -> Column:
    return Column(
        name, label, lambda run: getattr(run, name), lambda run: f"{getattr(run, name):,}", numeric=True
    )


IMPORTS = Listing(
    name="imports",
    title="Imports",
    base=seen_by,
    path="/imports",
    row_path=import_path,
    columns=(
        Column("files", "Files", str, link_cell(import_path, str)),
        Column("state", "State", lambda run: run.state, lambda run: run.get_state_display()),
        Column("made", "Begun", lambda run: iso(run.made_at), lambda run: when(run.made_at)),
        Column("by", "By", lambda run: run.member.name if run.member else "Command line"),
        _count("rows", "Rows"),
        _count("created", "Created"),
        _count("updated", "Updated"),
        _count("unchanged", "Unchanged"),
        _count("rejected", "Rejected"),
        Column("system", "From", lambda run: run.system),
    ),
    filters=(
        Filter(
            "state",
            "State",
            _state,
            "choice",
            lambda: [(state.value, str(state.label)) for state in Import.State],
        ),
    ),
    sorts=(Sort("-made", "Newest first", ("-made_at", "-id"), "import_by_made"),),
)
