"""Names in Latin letters, however they were written, and how far two words are from each other."""

import re
import unicodedata
from functools import lru_cache

_CYRILLIC_LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў"
_IN_LATIN = "a b v g d e e zh z i i k l m n o p r s t u f h ts ch sh sch - i - e yu ya i i e g u"
_GREEK_LETTERS = "αβγδεζηθικλμνξοπρσςτυφχψω"
_GREEK_IN_LATIN = "a v g d e z i th i k l m n x o p r s s t i f h ps o"
_CYRILLIC = dict(zip(_CYRILLIC_LETTERS, _IN_LATIN.split(), strict=True))
_GREEK = dict(zip(_GREEK_LETTERS, _GREEK_IN_LATIN.split(), strict=True))
_OTHERS = {
    "ß": "ss", "ø": "o", "œ": "o", "æ": "a", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
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

    From three on it is three: nobody asks for more. What both begin and end with is left aside.
    """
    if one == other:
        return 0
    if abs(len(one) - len(other)) > 2:
        return 3
    shorter = min(len(one), len(other))
    start = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    most = shorter - start
    end = next((n for n in range(most) if one[-1 - n] != other[-1 - n]), most)
    return _slips(one[start : len(one) - end], other[start : len(other) - end])


def _slips(one: str, other: str) -> int:
    """Row by row; given up once a whole row has three or more, and the one before it too."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, its in enumerate(other, 1):
            least = min(above[column] + 1, line[-1] + 1, above[column - 1] + (letter != its))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == its:
                least = min(least, before[column - 2] + 1)
            line.append(least)
        if min(line) > 2 and min(above) > 2:
            return 3
        before, above = above, line
    return min(above[-1], 3)


def resembles(one: str, other: str) -> bool:
    """The same word but for a slip or two: one from four letters on, two from eight."""
    shorter = min(len(one), len(other))
    if shorter < 4:
        return False
    count = slips(one, other)
    return count <= 1 or (count == 2 and shorter >= 8 and one[0] == other[0])
