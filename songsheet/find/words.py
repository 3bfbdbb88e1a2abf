"""Words: what a record is found by, and what somebody typed as a query. One way to cut texts, for both."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from songsheet.base.text import fold

#: Longer words are cut, in records and queries alike; more words of one record are not kept.
LONGEST = 60
MOST_WORDS = 1_000
#: So many different words of a query count.
MOST_ASKED = 8
#: Words with fewer letters, and nothing else beside them, are beginnings of names alone: too many begin so.
FEWEST_LETTERS = 3
#: From so many digits on a number is looked for by its end as well.
FEWEST_DIGITS = 4
#: Countries whose number has two digits; one has those that begin with 1 or 7, three the others.
_COUNTRIES = re.compile("2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]")
_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+|(?:[a-z0-9-]+\.)+[a-z]{2,}")
_JOINED = (re.compile(r"[^\W_]+(?:['’.&][^\W_]+)+"), re.compile(r"[^\W_]+(?:-[^\W_]+)+"))
_NUMBER = re.compile(r"\+?[\d\s()./-]+")
_WITHIN = re.compile(r"[-@.'’&]")
_AROUND = ".,;:!?()[]<>\"'„“”«»"
#: What the first sign of a lexeme says: a word of its name, found when given whole, a number from its end.
NAME, WHOLE, BACKWARDS = "=", "!", "~"


def pieces(text: str) -> list[str]:
    """The single words of a text, folded, in order."""
    return _pieces(fold(text))


def _pieces(folded: str) -> list[str]:
    return [word[:LONGEST] for word in _WORD.findall(folded)]


def _wholes(folded: str) -> list[str]:
    """What is found as one word too: addresses and domains, O'Brien as obrien, A.B.C. as abc."""
    found = []
    for chunk in folded.split() if _WITHIN.search(folded) else ():
        bare = chunk.strip(_AROUND)
        if _ADDRESS.fullmatch(bare):
            found.append(bare[:LONGEST])
        else:
            joined = (one for pattern in _JOINED for one in pattern.findall(bare))
            found += ["".join(_WORD.findall(one))[:LONGEST] for one in joined]
    return found


def digits_of(number: str) -> str:
    """The digits of a number."""
    return re.sub(r"\D", "", number)


def at_home(number: str) -> str:
    """The digits of a number without its country."""
    return number[1 if number[0] in "17" else 2 if _COUNTRIES.match(number) else 3 :]


def name_words(names: str) -> set[str]:
    """Words of a name that a misspelt one is compared with."""
    return {word for word in pieces(names) if len(word) > 2 and word.isalpha()}


def lexemes(names: str, words: str, mails: Iterable[str], phones: Iterable[str], marks: Iterable[str]) -> str:
    """A record's words as PostgreSQL reads a tsvector; their first sign says what they are to it."""
    names, words = fold(names), fold(words)
    found = {NAME + one: None for one in [*_pieces(names), *_wholes(names)]}
    for mail in map(fold, mails):
        local, _, domain = mail.partition("@")
        found[WHOLE + mail[:LONGEST]] = None
        found |= dict.fromkeys([*_pieces(local), domain[:LONGEST], *_pieces(domain.rpartition(".")[0])])
    for number in filter(None, map(digits_of, phones)):
        found |= dict.fromkeys([WHOLE + number, WHOLE + at_home(number), BACKWARDS + number[::-1]])
    for mark in map(fold, marks):
        found[WHOLE + mark[:LONGEST]] = None
        found |= dict.fromkeys([*_pieces(mark), *_wholes(mark)])
    found |= dict.fromkeys([*_pieces(words), *_wholes(words)])
    return " ".join(quoted(one) for one in islice(found, MOST_WORDS))


def quoted(lexeme: str) -> str:
    """A lexeme as tsvector and tsquery take it, whatever it holds."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


@dataclass(frozen=True)
class Asked:
    """What was typed, as queries for the table; without any word it means nothing."""

    text: str

    @cached_property
    def folded(self) -> str:
        """The text as it is compared."""
        return fold(self.text)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its different words, the first few."""
        return tuple(dict.fromkeys(_pieces(self.folded)))[:MOST_ASKED]

    def __bool__(self) -> bool:
        return bool(self.words)

    @cached_property
    def _number(self) -> str:
        """The digits of a number as it is dialled, without what stands before it in one's own country."""
        digits = digits_of(self.folded).lstrip("0") if _NUMBER.fullmatch(self.folded) else ""
        return digits if len(digits) >= FEWEST_DIGITS else ""

    def queries(self) -> dict[str, str]:
        """From the most telling to the least: given whole, names, beginnings of names, words, beginnings."""
        if _ADDRESS.fullmatch(self.folded):
            return _of_an_address(self.folded[:LONGEST])
        begun = [[NAME + word, word] for word in self.words]
        everywhere = _in_names if max(map(len, self.words)) < FEWEST_LETTERS else _begun
        looser = []
        if self._number:
            looser.append(any_of([WHOLE + self._number, BACKWARDS + self._number[::-1]], ":*"))
        return {
            "whole": any_of(
                [WHOLE + self.folded[:LONGEST], *([WHOLE + self._number] if self._number else [])]
            ),
            "names": " & ".join(quoted(NAME + word) for word in self.words),
            "begun": " & ".join(quoted(NAME + word) + ":*" for word in self.words),
            "exact": " & ".join(any_of(two) for two in begun),
            "words": " | ".join(["(" + " & ".join(everywhere(word) for word in self.words) + ")", *looser]),
        }


def _of_an_address(given: str) -> dict[str, str]:
    """An address or a domain is looked for as one word: its parts are in half of all records."""
    return {
        "whole": quoted(WHOLE + given),
        "names": quoted(NAME + given),
        "begun": quoted(NAME + given) + ":*",
        "exact": quoted(given),
        "words": any_of([WHOLE + given, given], ":*"),
    }


def _begun(word: str) -> str:
    """Words that begin so."""
    return any_of([NAME + word, word], ":*")


def _in_names(word: str) -> str:
    """Words of names that begin so, and other words that are so."""
    return f"({quoted(NAME + word)}:* | {quoted(word)})"


def any_of(lexemes: Sequence[str], ending: str = "") -> str:
    """A query for any of these lexemes."""
    return "(" + " | ".join(quoted(one) + ending for one in lexemes) + ")"
