"""The rail's addresses, joined here and not in a template: they stand on every page, twice."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString

from songsheet.ui.components.html import icon, safe

Section = Sequence[Mapping[str, Any]]


def rail_groups(sections: Sequence[Section]) -> SafeString:
    """A list for each section; a phone keeps the first two of the first two at its foot."""
    near = {id(item) for section in sections[:2] for item in section[:2]}
    return SafeString(
        "".join(
            [
                f"<ul>{''.join([_entry(item, is_near=id(item) in near) for item in section])}</ul>"
                for section in sections
            ]
        )
    )


def rail_items(sections: Sequence[Section]) -> SafeString:
    """The same as items of a menu, with a line between the sections."""
    return SafeString(
        "<hr>".join(["".join([_link(item, "item", "grow", "meta") for item in one]) for one in sections])
    )


def _entry(item: Mapping[str, Any], *, is_near: bool) -> str:
    return f"<li{'' if is_near else _FAR}>{_link(item, 'go-to', 'word', 'n')}</li>"


_FAR = ' class="far"'


def _link(item: Mapping[str, Any], kind: str, word: str, number: str) -> str:
    label, here = safe(item["label"]), ' aria-current="page"' if item["current"] else ""
    title = f' title="{label}"' if kind == "go-to" else ""
    count = f'<span class="{number}">{safe(item["count"])}</span>' if item["count"] else ""
    drawn = f'{icon(item["icon"])}<span class="{word}">{label}</span>{count}'
    return f'<a class="{kind}" href="{safe(item["url"])}"{title}{here}>{drawn}</a>'
