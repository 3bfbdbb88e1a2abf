"""The rows of a list. They are joined here and not in a template: a page has four hundred cells."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from itertools import product
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from songsheet.ui.components.html import icon, safe

_TAG = re.compile(r"<[^>]*>")  # of HTML of ours, where a < in what somebody wrote is escaped


def cell_value(cell: Mapping[str, Any], label: str) -> SafeString:
    """What a cell says, with the pencil that changes it in place where the viewer may."""
    shown, url, pencil = safe(cell["html"]), cell.get("edit_url"), ""
    if url:
        does, says, nothing, drawing = _words(get_language())
        said = says % {"label": escape(label), "value": _plain(shown) or nothing}
        pencil = (
            f'<a class="pencil" data-cell-edit data-key="e" data-label="{does}"'
            f' href="{escape(url)}?edit" hx-get="{escape(url)}?edit" hx-target="#{escape(cell["id"])}"'
            f' hx-swap="outerHTML" aria-label="{said}">{drawing}</a>'
        )
    return SafeString(f'<span class="value">{shown}</span>{pencil}')


@cache
def _words(language: str | None) -> tuple[str, str, str, str]:
    """What the pencil is called, in the language of this request, and the pencil."""
    return escape(_("Change a cell")), _("%(label)s: %(value)s, change it"), _("nothing"), icon("edit")


def _plain(shown: str) -> str:
    """What a cell says without its HTML, still escaped: for an attribute and for ears."""
    return _TAG.sub("", shown).replace('"', "&quot;") if "<" in shown or '"' in shown else shown


def list_rows(
    rows: Sequence[Mapping[str, Any]],
    columns: Sequence[Mapping[str, Any]],
    *,
    pick: bool = False,
    open: str = "",
) -> SafeString:
    """Rows as doors.pages makes them; `pick`: with a box to choose each, `open`: key of the one beside."""
    choose = _("Choose %(what)s") if pick else ""
    return SafeString("".join(_row(row, columns, choose, open) for row in rows))


def _row(row: Mapping[str, Any], columns: Sequence[Mapping[str, Any]], choose: str, open: str) -> str:
    key, cells = escape(row["key"]), row["cells"]
    box = ""
    if choose:
        says = choose % {"what": _plain(safe(cells[0]["html"]))}
        box = (
            f'<td class="pick"><label><input type="checkbox" name="keys" value="{key}" form="chosen"'
            f' data-choose><span class="sr">{says}</span></label></td>'
        )
    here = ' aria-current="true"' if row["key"] == open else ""
    drawn = "".join(
        [
            _cell(cell, column, not number)
            for number, (cell, column) in enumerate(zip(cells, columns, strict=True))
        ]
    )
    return f'<tr data-row data-key-of="{key}"{here}>{box}{drawn}</tr>\n'


def _cell(cell: Mapping[str, Any], column: Mapping[str, Any], is_first: bool) -> str:
    if not cell.get("edit_url"):
        return f"<td{_MARKS[is_first, bool(column['numeric']), False]}>{safe(cell['html'])}</td>"
    marks = _MARKS[is_first, bool(column["numeric"]), True]
    return f'<td id="{escape(cell["id"])}"{marks}>{cell_value(cell, column["label"])}</td>'


def _marks(is_first: bool, is_numeric: bool, can: bool) -> str:
    marks = " ".join(filter(None, ("first" * is_first, "num" * is_numeric, "can" * can)))
    return f' class="{marks}"' if marks else ""


_MARKS = {given: _marks(*given) for given in product((False, True), repeat=3)}
