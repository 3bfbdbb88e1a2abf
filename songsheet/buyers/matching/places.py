"""Addresses compared word by word: whoever typed them left out, mistook and exchanged parts."""

from songsheet.buyers.matching.letters import latin, resembles

#: Words that stand in half of all addresses.
_COMMON_WORDS = """
street st road rd avenue ave lane ln drive dr court ct place pl crescent cres square sq way close terrace
boulevard blvd highway hwy strasse str weg platz allee gasse rue avenida calle via plaza piazza straat
unit flat apartment apt suite floor house building the of
"""
_COMMON = frozenset(_COMMON_WORDS.split())


def place_of(text: str) -> tuple[str, ...]:
    """The words and numbers of an address that tell it from others, each once."""
    words = dict.fromkeys(latin(text).split()) if text else {}
    return tuple(word for word in words if word not in _COMMON)


def compare_places(one: tuple[str, ...], other: tuple[str, ...]) -> list[str]:
    """How two addresses agree; nothing is said of those that agree by half."""
    if not one or not other:
        return []
    if set(one) == set(other):
        return ["place same"]
    shorter, longer = sorted((one, other), key=len)
    share = sum(any(_alike(a, b) for b in longer) for a in shorter) / len(shorter)
    if share >= 0.7 and len(shorter) > 1:
        return ["place resembles"]
    return ["place differs"] if share < 0.5 else []


def _alike(a: str, b: str) -> bool:
    """A number is that number or another one; a word may have a slip."""
    return a == b or (not a.isdigit() and not b.isdigit() and resembles(a, b))
