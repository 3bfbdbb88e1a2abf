"""Attributes and icons: what every component is made of."""

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path

from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

_UI = Path(__file__).resolve().parent.parent
NOTHING = mark_safe("")


def safe(value: object) -> str:
    """Text for a page: escaped, unless it is HTML of ours. Lists call it a thousand times a page."""
    return value if isinstance(value, SafeString) else escape(str(value))


def markup(form: str, *values: object) -> SafeString:
    """HTML with values in it, each escaped as `safe` does."""
    return SafeString(form.format(*map(safe, values)))


def attributes(given: Mapping[str, object]) -> SafeString:
    """Attributes as HTML, each with a blank before it; None, False and the empty string leave theirs out."""
    kept = [(name, value) for name, value in given.items() if value not in (None, False, "")]
    return SafeString("".join(_attribute(name, value) for name, value in kept))


def _attribute(name: str, value: object) -> str:
    return f" {safe(name)}" if value is True else f' {safe(name)}="{safe(value)}"'


@cache
def asset(name: str) -> str:
    """The address of a built file, with a mark of its content, so that a new version is fetched at once."""
    built = Path(f"{_UI}/static/songsheet/dist/{name}")
    mark = sha256(built.read_bytes()).hexdigest()[:10] if built.exists() else "unbuilt"
    return f"{static(f'songsheet/dist/{name}')}?{mark}"


@cache
def icon_names() -> frozenset[str]:
    """Every icon there is: those borrowed from Lucide under our names, and our own drawings."""
    borrowed = json.loads((_UI / "icons.json").read_text(encoding="utf-8"))
    return frozenset(borrowed) | {drawing.stem for drawing in (_UI / "assets" / "icons").glob("*.svg")}


@cache
def icon(name: str) -> SafeString:
    """A drawing beside a word; it says nothing of its own and is hidden from screen readers."""
    if name not in icon_names():
        raise ValueError(f"there is no icon {name!r}; those there are stand in songsheet/ui/icons.json")
    return markup(
        '<svg class="i" aria-hidden="true"><use href="{}#{}"></use></svg>', asset("icons.svg"), name
    )


def maybe_icon(name: str) -> SafeString:
    """The icon, or nothing where no name is given."""
    return icon(name) if name else NOTHING


def only_for_readers(text: str) -> SafeString:
    """Words that are heard and not seen."""
    return markup('<span class="sr">{}</span>', text)
