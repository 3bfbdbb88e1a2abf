"""The song as a scan needs it: its wordings as weighted units, found by any of their words."""

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from songsheet.content.scan import words as w
from songsheet.content.scan.lexicon.guards import NEGATORS
from songsheet.content.scan.numbers import quantities
from songsheet.content.scan.quantity import Quantity
from songsheet.content.scan.song import Claim, Song
from songsheet.content.scan.text import Mender, Reader


@dataclass(frozen=True, slots=True)
class Unit:
    """What one word or number of a wording adds to its meaning."""

    stem: str
    ideas: frozenset[str]
    weight: float
    quantity: Quantity | None = None
    denies: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    claim: Claim
    text: str
    reads: tuple[str, ...]
    units: tuple[Unit, ...]
    total: float
    native: bool


@dataclass
class Index:
    language: str
    reader: Reader
    wordings: list[Wording] = field(default_factory=list)
    by_word: dict[str, list[tuple[int, float]]] = field(default_factory=dict)
    qualifiers: dict[str, list[Wording]] = field(default_factory=dict)


#: A claim, one of its wordings, the language it is in, and its words.
_Read = tuple[Claim, str, str, list[w.Word]]


def units_of(words: list[w.Word], language: str, often: Counter[str], size: int) -> tuple[Unit, ...]:
    """The words that carry meaning, each with what it weighs: the rarer in the song, the more."""
    found: list[Unit] = []
    measured = {
        at: quantity
        for quantity in quantities(words, language)
        for at in range(quantity.first, quantity.last + 1)
    }
    for at, word in enumerate(words):
        quantity = measured.get(at)
        if quantity is not None:
            if at == quantity.first:
                found.append(Unit("", frozenset(), 1.2, quantity))
        elif word.read in NEGATORS[language]:
            found.append(Unit(word.stem, frozenset({"none"}), 0.6, denies=True))
        elif not word.small and word.read.isalpha():
            found.append(Unit(word.stem, word.ideas, weigh(often[word.stem], size)))
    return tuple(found)


def weigh(often: int, size: int) -> float:
    return 0.35 + math.log((size + 1) / (often + 1)) / math.log(size + 2)


@lru_cache(maxsize=24)
def index_of(song: Song, language: str) -> Index:
    """Built once for a song and a language."""
    plain = Reader(language)
    sayings = [(claim, text, native) for claim in song.claims for text, native in _sayings(claim, language)]
    read: list[_Read] = [
        (claim, text, native, _all_words(Reader(native), text)) for claim, text, native in sayings
    ]
    often = Counter(stem for *_, words in read for stem in {word.stem for word in words})
    reads = {word.read for *_, native, words in read if native == language for word in words}
    reads |= {
        word.read
        for claim in song.claims
        for text in claim.qualifier.get(language, ())
        for word in _all_words(plain, text)
    }
    index = Index(language, Reader(language, Mender(reads, language)))
    for claim, text, native, words in read:
        _add(index, (claim, text, native, words), units_of(words, native, often, len(read)))
    for claim in song.claims:
        for text in claim.qualifier.get(language, ()):
            words = _all_words(plain, text)
            units = units_of(words, language, often, len(read))
            total = sum(unit.weight for unit in units)
            wording = Wording(claim, text, tuple(word.read for word in words), units, total, True)
            index.qualifiers.setdefault(claim.key, []).append(wording)
    return index


def _sayings(claim: Claim, language: str) -> list[tuple[str, str]]:
    """The wordings of a language, and those of English for who says it in a language of their own."""
    own = [(text, language) for text in claim.wordings.get(language, ())]
    if language == "en":
        return (
            own
            if any(text.rstrip(".") == claim.statement.rstrip(".") for text, _ in own)
            else [*own, (claim.statement, "en")]
        )
    return own + [(text, "en") for text in claim.wordings.get("en", ()) or (claim.statement,)]


def _all_words(reader: Reader, text: str) -> list[w.Word]:
    return [word for sentence in reader.read(text) for word in sentence.words]


def _add(index: Index, said: _Read, units: tuple[Unit, ...]) -> None:
    claim, text, native, words = said
    same = native == index.language
    if not same:
        units = tuple(
            Unit("", unit.ideas, unit.weight, unit.quantity, unit.denies)
            for unit in units
            if unit.ideas or unit.quantity
        )
    total = sum(unit.weight for unit in units)
    if not units or not total:
        return
    at = len(index.wordings)
    index.wordings.append(Wording(claim, text, tuple(word.read for word in words), units, total, same))
    for unit in units:
        names = {f"={unit.stem}"} if unit.stem else set()
        names |= {f"~{idea}" for idea in unit.ideas}
        if unit.quantity is not None:
            names = {"#" + ("time" if unit.quantity.measure == "work" else unit.quantity.measure)}
        for name in names:
            index.by_word.setdefault(name, []).append((at, unit.weight / total))


def named_facts(predicate: str) -> set[str]:
    """The facts that a predicate speaks of."""
    return set(re.findall(r"\b[a-z_]+\.[a-z_]+\b", predicate))
