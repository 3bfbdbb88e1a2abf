"""A whole text made ready: sentences with their words, typing errors mended by the words of the song."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from songsheet.content.scan import words as w
from songsheet.content.scan.lexicon.forms import SMALL
from songsheet.content.scan.lexicon.numerals import MONTHS, NUMBERS, TIMES
from songsheet.content.scan.lexicon.units import UNITS

SHORTEST_MENDED = 4
LONGEST_MENDED = 24
WIDE_FROM = 7


class Mender:
    """Finds the word of the song that was meant, by the letters that both lack."""

    def __init__(self, vocabulary: Iterable[str], language: str) -> None:
        right = {word for word in vocabulary if word.isalpha()}
        right |= set(UNITS[language]) | set(MONTHS) | {n for n, v in NUMBERS[language].items() if v <= 100}
        self._known = right | w.known_words(language) | SMALL | set(NUMBERS[language]) | set(TIMES[language])
        self._stems = {w.stem(word, language) for word in self._known - SMALL}
        self._language = language
        self._units = {w.stem(word, language): word for word in sorted(UNITS[language])}
        self._lacking: dict[str, list[str]] = {}
        for word in sorted(right):
            if SHORTEST_MENDED <= len(word) <= LONGEST_MENDED:
                for less in _lacking(word):
                    self._lacking.setdefault(less, []).append(word)
        self._mended: dict[str, str] = {}

    def mend(self, word: str) -> str:
        if not SHORTEST_MENDED <= len(word) <= LONGEST_MENDED or not word.isalpha() or word in self._known:
            return word
        if word not in self._mended:
            if len(self._mended) > 100_000:
                self._mended.clear()
            self._mended[word] = self._find(word)
        return self._mended[word]

    def _find(self, word: str) -> str:
        stem = w.stem(word, self._language)
        if stem in self._stems:
            return self._units.get(stem, word)
        near = {right for less in _lacking(word) for right in self._lacking.get(less, ())}
        best = min(((OSA.distance(word, right), right) for right in near), default=(9, word))
        wide = len(word) >= WIDE_FROM and not w.ideas_of(word, self._language)
        return best[1] if best[0] <= (2 if wide else 1) else word


def _lacking(word: str) -> set[str]:
    """The word, and the word without one of its letters; without two where it is long."""
    one = {word[:at] + word[at + 1 :] for at in range(len(word))}
    if WIDE_FROM + 1 <= len(word) <= 14:
        one |= {less[:at] + less[at + 1 :] for less in set(one) for at in range(len(less))}
    return one | {word}


def _between(ends: list[int], part: list[tuple[str, int, int]]) -> list[int]:
    """The ends of clauses inside a part; a cut one begins with its own."""
    return ends[bisect_left(ends, part[0][1]) : bisect_left(ends, part[-1][2])]


@dataclass(frozen=True)
class Reader:
    """Reads texts of one language."""

    language: str
    mender: Mender | None = None

    def read(self, text: str) -> list[w.Sentence]:
        found: list[w.Sentence] = []
        for start, end, stop, paragraph, line in w.sentences(text):
            raw = w.raw_words(text, start, end)
            ends = w.clause_ends(text, start, end)
            for at in range(0, len(raw), w.LONGEST_SENTENCE):
                part = raw[at : at + w.LONGEST_SENTENCE]
                words = self._words(part, _between(ends, part))
                first, last = (start, end) if len(raw) <= w.LONGEST_SENTENCE else (part[0][1], part[-1][2])
                folded = " ".join(w.fold_word(word) for word, _, _ in part if len(word) <= w.LONGEST_WORD)
                found.append(w.Sentence(text[first:last], first, last, words, stop, paragraph, line, folded))
        return found

    def _words(self, raw: list[tuple[str, int, int]], clause_ends: list[int]) -> list[w.Word]:
        folded = [w.fold_word(word) if len(word) <= w.LONGEST_WORD else word for word, _, _ in raw]
        mended = [self.mender.mend(word) if self.mender else word for word in folded]
        stems = [w.stem(word, self.language) for word in mended]
        more: list[set[str]] = [set() for _ in raw]
        for at in range(len(raw)):
            for length, idea in w.phrases_at(stems, at, self.language):
                for part in range(at, at + length):
                    more[part].add(idea)
        found: list[w.Word] = []
        clause = 0
        for at, (_, start, end) in enumerate(raw):
            while clause < len(clause_ends) and clause_ends[clause] < start:
                clause += 1
            ideas = w.joined(w.ideas_of(mended[at], self.language), more[at])
            found.append(w.Word(mended[at], stems[at], ideas, start, end, clause, mended[at] != folded[at]))
        return found
