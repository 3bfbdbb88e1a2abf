"""Names in Latin letters, however they were written, and how far two words are from each other."""

import re
import unicodedata
from functools import lru_cache

from songsheet.base.text import LETTERS

_CYRILLIC_LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў"
_IN_LATIN = "a b v g d e e zh z i i k l m n o p r s t u f h ts ch sh sch - i - e yu ya i i e g u"
_GREEK_LETTERS = "αβγδεζηθικλμνξοπρσςτυφχψω"
_GREEK_IN_LATIN = "a v g d e z i th i k l m n x o p r s s t i f h ps o"
_CYRILLIC = dict(zip(_CYRILLIC_LETTERS, _IN_LATIN.split(), strict=True))
_GREEK = dict(zip(_GREEK_LETTERS, _GREEK_IN_LATIN.split(), strict=True))
_OTHERS = {
    **LETTERS, "œ": "o", "æ": "a",
    "ά": "α", "έ": "ε", "ή": "η", "ί": "ι", "ό": "ο", "ύ": "υ", "ώ": "ω", "ϊ": "ι", "ϋ": "υ",
}  # fmt: skip
_TABLE = str.maketrans({**{k: v.replace("-", "") for k, v in (_CYRILLIC | _GREEK).items()}, **_OTHERS})
_TONOS = str.maketrans({k: v for k, v in _OTHERS.items() if len(v) == 1 and "α" <= v <= "ω"})
#: What is written in two ways in Latin letters: the umlauts, and endings of transliterated names.
_ALIKE = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("ou", "u"), ("iy", "i"), ("ij", "i"),
          ("yy", "i"), ("y", "i"), ("j", "i"), ("ph", "f"), ("ks", "x"), ("w", "v"), ("ck", "k"))  # fmt: skip
_WORDS = re.compile(r"[^\W_]+")


@lru_cache(maxsize=100_000)
def latin(text: str) -> str:
    """The words of a text in plain small Latin letters, separated by single spaces."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("'", "").replace("’", "")
    text = text.translate(_TONOS).replace("ου", "ou").translate(_TABLE)
    text = unicodedata.normalize("NFD", text)
    text = "".join(one for one in text if not unicodedata.combining(one))
    return " ".join(_WORDS.findall(text))


@lru_cache(maxsize=100_000)
def sounded(word: str) -> str:
    """A Latin word without what is written in two ways: Müller, Mueller and Muller are one."""
    for one, other in _ALIKE:
        word = word.replace(one, other)
    return re.sub(r"(.)\1+", r"\1", word)


@lru_cache(maxsize=200_000)
def slips(one: str, other: str) -> int:
    """How many letters were left out, added, mistaken or swapped with the next (optimal string alignment).

    From three on it is three: nobody asks for more.
    """
    return 0 if one == other else _slips(one, other, 2)


def _slips(one: str, other: str, most: int) -> int:
    """As many, or three once it is more than `most`.

    What both begin and end with is left aside, then each way to mend the first letter is tried.
    """
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if not one or not other:
        count = len(one or other)
        return count if count <= most else 3
    # each slip takes one letter away and brings one in, at most
    if abs(len(one) - len(other)) > most or len(set(one) ^ set(other)) > 2 * most:
        return 3
    ways = [(one[1:], other[1:]), (one[1:], other), (one, other[1:])]
    if one[:2] == other[1::-1]:
        ways.append((one[2:], other[2:]))
    return min(3, *(_slips(a, b, most - 1) + 1 for a, b in ways))


def resembles(one: str, other: str) -> bool:
    """The same word but for a slip or two: one from four letters on, two from eight."""
    shorter = min(len(one), len(other))
    if shorter < 4:
        return False
    count = slips(one, other)
    return count <= 1 or (count == 2 and shorter >= 8 and one[0] == other[0])
