"""Folding text for comparison, and cleaning what people and files give us."""

import unicodedata

from songsheet.base.refusals import Refusal


class TextRefused(Refusal):
    """A text that cannot be stored."""

    code = "text_refused"


def fold(text: str) -> str:
    """The form in which texts are compared: NFKC, casefold, no accents, single spaces."""
    if text.isascii():
        return " ".join(text.lower().split())
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return " ".join(unicodedata.normalize("NFKC", bare).split())


def clean(text: str, max_len: int, *, field: str | None = None) -> str:
    """The text without outer spaces; refused when it holds a NUL or is too long."""
    if "\x00" in text:
        raise TextRefused("The text holds a NUL character, which cannot be stored. Remove it.", field=field)
    trimmed = text.strip()
    if len(trimmed) > max_len:
        raise TextRefused(
            f"The text has {len(trimmed):,} characters; at most {max_len:,} fit here. Shorten.",
            field=field,
        )
    return trimmed
