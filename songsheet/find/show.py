"""Hits as they are shown: in words, with a piece of the text around what was found."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from songsheet.base.money import Money
from songsheet.base.text import fold
from songsheet.doors.findable import SHOWN, Findable
from songsheet.find.kinds import BY_NAME, BY_NUMBER
from songsheet.find.words import pieces
from songsheet.team.acting import Acting

_WORD = re.compile(r"[^\W_]+")
#: So many letters of a text are shown around the first word that was found, and at most so many in all.
_BEFORE, _LENGTH = 50, 180


@dataclass(frozen=True)
class Shown:
    """One hit: what it is called, what else there is to say, and where it opens."""

    kind: Findable
    id: int
    key: str
    label: str
    notes: tuple[str, ...]
    text: str
    at: datetime | None
    url: str

    @property
    def note(self) -> str:
        """What else there is to say, in one line."""
        return " · ".join(self.notes)


def shown(viewer: Acting, chosen: Mapping[str, Sequence[int]]) -> dict[str, list[Shown]]:
    """The chosen records by kind, in their order, as far as the viewer may see them; one statement."""
    asked = [BY_NAME[name].shown_of(viewer, list(ids)) for name, ids in chosen.items() if ids]
    if not asked:
        return {}
    found = {(row[0], row[1]): _one(*row) for row in asked[0].union(*asked[1:], all=True)}
    return {
        name: [found[place] for id_ in ids if (place := (BY_NAME[name].number, id_)) in found]
        for name, ids in chosen.items()
    }


def _one(number: int, id_: int, *values: Any) -> Shown:
    kind = BY_NUMBER[number]
    its = dict(zip(SHOWN, values, strict=True))
    money = Money(its["amount"], its["currency"]).format() if its["amount"] and its["currency"] else ""
    notes = [
        kind.says(its["note"]) if its["note"] else "",
        kind.says(its["state"]) if its["state"] else "",
        money,
    ]
    return Shown(
        kind=kind,
        id=id_,
        key=its["key"],
        label=its["label"] or its["note"] or kind.one,
        notes=tuple(note for note in notes if note and note != its["label"]),
        text=its["text"] or "",
        at=its["at"],
        url=kind.path(its["key"], its["opens"] or ""),
    )


def marked(text: str, words: Sequence[str]) -> SafeString:
    """A text with the words in it that begin as one of these marked."""
    spans = _spans(text, words)
    places = [0, *(place for span in spans for place in span), len(text)]
    cut = [text[start:end] for start, end in pairwise(places)]
    return format_html_join("", "{}", ((_mark(one) if at % 2 else one,) for at, one in enumerate(cut)))


def around(text: str, words: Sequence[str]) -> str:
    """A piece of a long text around the first such word."""
    flat = " ".join(text.split())
    spans = _spans(flat, words)
    start = max(0, spans[0][0] - _BEFORE) if spans else 0
    start = flat.rfind(" ", 0, start) + 1
    piece = flat[start : start + _LENGTH]
    return ("… " if start else "") + piece + (" …" if start + _LENGTH < len(flat) else "")


def _spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    begun = tuple(words)
    return [found.span() for found in _WORD.finditer(text) if begun and fold(found[0]).startswith(begun)]


def _mark(word: str) -> SafeString:
    return format_html("<mark>{}</mark>", word)


def words_in(text: str) -> list[str]:
    """The words to mark."""
    return pieces(text)
