"""A text as words: folded, brought to their stems, with the ideas they stand for and their places."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import snowballstemmer

from songsheet.content.scan.lexicon.everyday import EVERYDAY
from songsheet.content.scan.lexicon.forms import IRREGULAR, SMALL
from songsheet.content.scan.lexicon.numerals import MONTHS
from songsheet.content.scan.lexicon.trade import TRADE

LANGUAGES = ("en", "de", "fr")
#: Longer words are no words; they are kept as they are and looked up nowhere.
LONGEST_WORD = 40
#: Longer sentences are cut, so that a text without stops costs no more than another.
LONGEST_SENTENCE = 80
_WORD = re.compile(r"\d{1,2}:\d\d|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’]t\b)?|[%£€$#&]|[«»“”„\"]", re.UNICODE)
_STOP = re.compile(r"[.!?…]+[\"”»']*(?=\s|$)|\n+|[•|]")
_CLAUSE = re.compile(r"[,;:–—()\n\"“”„«»]|\s-\s|\b(?:but|because|aber|sondern|mais|whereas)\b", re.I)
_DAY = re.compile(r"\b[0-3]?\d$")
_SHORT = re.compile(
    r"(?:^|[\s(])(?:mr|mrs|ms|dr|st|approx|incl|excl|zzgl|inkl|ca|bzw|co|inc|ltd|mwst|m|mme)$", re.I
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as it reads after mending, its stem, its ideas, and where it stands."""

    read: str
    stem: str
    ideas: frozenset[str]
    start: int
    end: int
    clause: int
    mended: bool = False

    @property
    def small(self) -> bool:
        return self.read in SMALL


@dataclass(slots=True)
class Sentence:
    text: str
    start: int
    end: int
    words: list[Word]
    stop: str = ""
    paragraph: int = 0
    line: int = 0
    folded: str = field(default="")


def fold_word(word: str) -> str:
    """One word without capitals and accents."""
    if word.isascii():
        return word.lower().replace("'", "")
    plain = unicodedata.normalize("NFKD", word.casefold())
    return (
        "".join(char for char in plain if not unicodedata.combining(char)).replace("’", "").replace("'", "")
    )


_STEMMERS = {
    "en": snowballstemmer.stemmer("english"),
    "de": snowballstemmer.stemmer("german"),
    "fr": snowballstemmer.stemmer("french"),
}


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    if len(word) > LONGEST_WORD or not word.isalpha():
        return word
    return str(_STEMMERS[language].stemWord(IRREGULAR.get(word, word)))


@dataclass(frozen=True)
class _Ideas:
    words: dict[str, set[str]]
    stems: dict[str, set[str]]
    starts: dict[str, set[str]]
    ends: dict[str, set[str]]
    phrases: dict[str, list[tuple[tuple[str, ...], str]]]


def _read_ideas(language: str) -> _Ideas:
    ideas = _Ideas({}, {}, {}, {}, {})
    at = 1 + LANGUAGES.index(language)
    for line in (TRADE.strip() + EVERYDAY).strip().splitlines():
        parts = [part.strip() for part in line.split("|")]
        for word in parts[at].split():
            _place(ideas, parts[0], word, language)
    return ideas


def _place(ideas: _Ideas, idea: str, word: str, language: str) -> None:
    plain = [fold_word(part) for part in _WORD.findall(word.replace("_", " ").replace("*", ""))]
    if len(plain) > 1:
        stems = tuple(stem(part, language) for part in plain)
        ideas.phrases.setdefault(stems[0], []).append((stems, idea))
    elif word.startswith("="):
        ideas.words.setdefault(plain[0], set()).add(idea)
    elif word.endswith("*"):
        ideas.starts.setdefault(plain[0], set()).add(idea)
    elif word.startswith("*"):
        ideas.ends.setdefault(plain[0], set()).add(idea)
    else:
        ideas.words.setdefault(plain[0], set()).add(idea)
        if len(plain[0]) > 3:
            ideas.stems.setdefault(stem(plain[0], language), set()).add(idea)


_IDEAS = {language: _read_ideas(language) for language in LANGUAGES}


@lru_cache(maxsize=200_000)
def ideas_of(word: str, language: str) -> frozenset[str]:
    """What a single word may stand for."""
    if len(word) > LONGEST_WORD:
        return frozenset()
    table = _IDEAS[language]
    found = set(table.words.get(word, ())) | table.stems.get(stem(word, language), set())
    for length in range(3, len(word) + 1):
        found |= table.starts.get(word[:length], set())
        found |= table.ends.get(word[-length:], set())
    return frozenset(found)


def known_words(language: str) -> set[str]:
    """All words of the lexicon, not to be taken for typing errors of others."""
    table = _IDEAS[language]
    return set(table.words) | {part for runs in table.phrases.values() for run, _ in runs for part in run}


def phrases_at(stems: list[str], at: int, language: str) -> Iterator[tuple[int, str]]:
    """Each phrase of the lexicon that begins at a word: its length and its idea."""
    for run, idea in _IDEAS[language].phrases.get(stems[at], ()):
        if tuple(stems[at : at + len(run)]) == run:
            yield len(run), idea


def sentences(text: str) -> Iterator[tuple[int, int, str, int, int]]:
    """(start, end, stop, paragraph, line) of each sentence; a line of its own is one too."""
    start = paragraph = line = 0
    for stop in _STOP.finditer(text):
        piece = stop.group()
        if piece == "." and _SHORT.search(text[max(0, stop.start() - 7) : stop.start()]):
            continue
        if (
            piece == "."
            and _DAY.search(text[max(0, stop.start() - 3) : stop.start()])
            and _month_at(text, stop.end())
        ):
            continue
        if text[start : stop.start()].strip():
            yield start, stop.start(), piece.strip()[:1], paragraph, line
        start = stop.end()
        if "\n" in piece:
            line += 1
            paragraph += "\n\n" in piece
    if text[start:].strip():
        yield start, len(text), "", paragraph, line


def _month_at(text: str, at: int) -> bool:
    """Whether "31. Dezember" goes on here."""
    found = _WORD.match(text, at + 1)
    return found is not None and fold_word(found.group()) in MONTHS


def raw_words(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    return [(found.group(), found.start(), found.end()) for found in _WORD.finditer(text, start, end)]


def clause_ends(text: str, start: int, end: int) -> list[int]:
    return [found.start() for found in _CLAUSE.finditer(text, start, end)]


def joined(first: frozenset[str], more: set[str]) -> frozenset[str]:
    return first | more if more else first
