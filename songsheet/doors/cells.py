"""Cells of lists that say more than their value."""

from collections.abc import Callable
from typing import Any

from django.utils.safestring import SafeString

from songsheet.ui.components.html import safe


def link_cell(path: Callable[[Any], str], words: Callable[[Any], Any]) -> Callable[[Any], SafeString]:
    """A cell that opens its row, as long as that is shown."""

    def cell(row: Any) -> SafeString:
        said = words(row) or "—"
        if getattr(row, "gone_at", None):
            return SafeString(safe(said))  # what is archived has no page
        return SafeString(f'<a href="{safe(path(row))}">{safe(said)}</a>')

    return cell
