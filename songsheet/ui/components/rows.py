"""The rows of a list. They are joined here and not in a template: a page has four hundred cells."""

from collections.abc import Mapping, Sequence
from functools import cache
from html import escape as escaped
from typing import Any

from django.utils.html import conditional_escape, escape, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from songsheet.ui.components.html import icon


def cell_value(cell: Mapping[str, Any], label: str) -> SafeString:
    """What a cell says, with the pencil that changes it in place where the viewer may."""
    shown, url = _shown(cell), escaped(cell.get("edit_url") or "")
    pencil = ""
    if url:
        does, says, nothing = _words(get_language())
        value = strip_tags(shown).replace('"', "&quot;") or nothing
        pencil = (
            f'<a class="pencil" data-cell-edit data-key="e" data-label="{does}"'
            f' href="{url}?edit" hx-get="{url}?edit" hx-target="#{escaped(cell["id"])}" hx-swap="outerHTML"'
            f' aria-label="{says % {"label": escape(label), "value": value}}">{icon("edit")}</a>'
        )
    return mark_safe(f'<span class="value">{shown}</span>{pencil}')  # noqa: S308 - escaped above


@cache
def _words(language: str | None) -> tuple[str, str, str]:
    """What the pencil is called, in the language of this request."""
    return escape(_("Change a cell")), _("%(label)s: %(value)s, change it"), _("nothing")


def _shown(cell: Mapping[str, Any]) -> str:
    html = cell["html"]
    return html if isinstance(html, SafeString) else conditional_escape(html)


def list_row(
    row: Mapping[str, Any], columns: Sequence[Mapping[str, Any]], *, pick: bool = False, current: bool = False
) -> SafeString:
    """A row as doors.pages makes it; `pick`: with a box to choose it by, `current`: it is open beside."""
    key, cells = escaped(row["key"]), row["cells"]
    box = ""
    if pick:
        says = _("Choose %(what)s") % {"what": strip_tags(_shown(cells[0]))}
        box = (
            f'<td class="pick"><label><input type="checkbox" name="keys" value="{key}" form="chosen"'
            f' data-choose><span class="sr">{says}</span></label></td>'
        )
    here = ' aria-current="true"' if current else ""
    drawn = "".join(
        _cell(cell, column, "first" if not number else "")
        for number, (cell, column) in enumerate(zip(cells, columns, strict=True))
    )
    return mark_safe(f'<tr data-row data-key-of="{key}"{here}>{box}{drawn}</tr>\n')  # noqa: S308 - in its parts


def _cell(cell: Mapping[str, Any], column: Mapping[str, Any], first: str) -> str:
    can = cell.get("edit_url")
    marks = " ".join(filter(None, (first, column["numeric"] and "num", can and "can")))
    named = f' class="{marks}"' if marks else ""
    if not can:
        return f"<td{named}>{_shown(cell)}</td>"
    return f'<td id="{escaped(cell["id"])}"{named}>{cell_value(cell, column["label"])}</td>'
