"""Headers compared as a person would: `Lead Source`, `lead_source` and `LeadSource` are one."""

import re
from functools import lru_cache

from songsheet.base.text import fold

NOT_A_LETTER = re.compile(r"[\W_]+")


@lru_cache(maxsize=10_000)
def plain_header(header: str) -> str:
    """Letters and digits alone, folded; the mark itself where there are none (`#`, `%`)."""
    return NOT_A_LETTER.sub("", fold(header)) or header.strip()


def find_column(columns: list[str], spellings: list[str]) -> int | None:
    """The place of the first spelling that is there: exactly, else alike."""
    for spelling in spellings:
        if spelling in columns:
            return columns.index(spelling)
    plain = [plain_header(column) for column in columns]
    for spelling in spellings:
        if plain_header(spelling) in plain:
            return plain.index(plain_header(spelling))
    return None


def has_headers(columns: list[str], wanted: list[str | list[str]]) -> bool:
    """Whether all are there, each in one of its spellings."""
    return all(find_column(columns, [one] if isinstance(one, str) else one) is not None for one in wanted)
