"""Folding text for comparison, and cleaning what people and files give us."""

import unicodedata

from songsheet.base.refusals import Refusal


class TextRefused(Refusal):
    """A text that cannot be stored."""

    code = "text_refused"


#: Small letters with a stroke, a hook or two in one, which Unicode does not take apart, as they are typed
#: where they are not on the keys. `ß` is two letters once it is casefolded.
LETTERS = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ħ": "h", "ŋ": "n", "ŧ": "t", "ĸ": "k", "ƒ": "f",
    "ə": "e", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ɨ": "i", "æ": "ae", "œ": "oe", "þ": "th",
}  # fmt: skip
_PLAIN = str.maketrans(LETTERS)


def fold(text: str) -> str:
    """The form in which texts are compared: NFKC, casefold, plain letters without accents, single spaces."""
    return fold_address(text) if text.isascii() else fold_address(text).translate(_PLAIN)


def fold_address(text: str) -> str:
    """The form of a member's mail address: folded, but a letter that is one of its own stays itself."""
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
