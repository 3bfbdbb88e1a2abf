"""What each fact is about: the words of its name and of what says it, and the offers that we do not make."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from songsheet.content.scan.index import Unit, named_facts, units_of, weigh
from songsheet.content.scan.lexicon.offers import EMPTY_NAMES, EMPTY_OFFERS, OFFERS
from songsheet.content.scan.lexicon.units import UNITS
from songsheet.content.scan.quantity import FACT_UNITS, Quantity
from songsheet.content.scan.song import Fact, Song
from songsheet.content.scan.text import Reader
from songsheet.content.scan.words import Word, phrases_at


@dataclass(frozen=True, slots=True)
class Topic:
    """What a fact is about: the words of its name, and those that say it."""

    fact: Fact
    name: tuple[Unit, ...]
    more: tuple[Unit, ...]
    quantity: Quantity
    noun: Word | None = None
    period: str = ""


@dataclass(frozen=True)
class Topics:
    counted: tuple[Topic, ...]
    refused: tuple[tuple[Fact, tuple[frozenset[str], ...], tuple[tuple[str, ...], ...]], ...]


@lru_cache(maxsize=24)
def topics_of(song: Song, language: str) -> Topics:
    """Built once for a song and a language."""
    english, own = Reader("en"), Reader(language)
    says: dict[str, list[tuple[str, Reader]]] = {fact.key: [(fact.says, english)] for fact in song.facts}
    for claim in song.claims:
        for key in named_facts(claim.predicate) & says.keys():
            says[key] += [(text, own) for text in claim.wordings.get(language, ())]
            says[key] += [(text, english) for text in claim.wordings.get("en", ()) if language != "en"]
    often = Counter(
        word.stem
        for fact in song.facts
        for word in {w.stem: w for w in _words(english, _name(fact) + " " + fact.says)}.values()
    )
    counted, refused = [], []
    for fact in song.facts:
        if not fact.offered:
            refused.append(
                (
                    fact,
                    _offers(_words(english, fact.key.replace(".", " ").replace("_", " "))),
                    _phrases(fact, own),
                )
            )
            continue
        quantity = _value(fact, fact.value)
        if quantity is None:
            continue
        name = _name_units(_words(english, _name(fact)), often, len(song.facts))
        more = _more(
            [(_words(reader, text), reader.language) for text, reader in says[fact.key]],
            often,
            len(song.facts),
            name,
        )
        noun = next(iter(_words(english, fact.unit)), None) if quantity.measure == "count" else None
        counted.append(Topic(fact, name, more, quantity, noun, _period(fact)))
    return Topics(tuple(counted), tuple(refused))


def _name(fact: Fact) -> str:
    """The words of a fact's key; of its field, those of the product where it holds for one."""
    group, _, of = fact.key.partition(".")
    parts = f"{group} {fact.scope.get('product', of)}".replace(".", " ").replace("_", " ").split()
    return " ".join(part for part in parts if part not in EMPTY_NAMES) or fact.key


def _name_units(words: list[Word], often: Counter[str], size: int) -> tuple[Unit, ...]:
    """A phrase of the name is one thing: made to order is not made, and no order."""
    found: list[Unit] = []
    at = 0
    stems = [word.stem for word in words]
    while at < len(words):
        length, idea = max(phrases_at(stems, at, "en"), default=(0, ""))
        if length:
            found.append(Unit("", frozenset({idea}), weigh(1, size)))
        elif not words[at].small and words[at].read not in UNITS["en"]:
            found.append(Unit(stems[at], words[at].ideas, weigh(often[stems[at]], size)))
        at += max(1, length)
    return tuple(found)


def _words(reader: Reader, text: str) -> list[Word]:
    return [word for sentence in reader.read(text) for word in sentence.words]


def _more(
    sayings: list[tuple[list[Word], str]], often: Counter[str], size: int, name: tuple[Unit, ...]
) -> tuple[Unit, ...]:
    found: dict[str, Unit] = {}
    for words, language in sayings:
        for unit in units_of(words, language, often, size):
            same = any(
                unit.stem == other.stem or unit.ideas & other.ideas for other in (*name, *found.values())
            )
            if unit.quantity is None and not unit.denies and not same:
                found[unit.stem] = Unit(unit.stem, unit.ideas, 0.6 * weigh(often[unit.stem], size))
    return tuple(found.values())


def _value(fact: Fact, value: object) -> Quantity | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        ordinal = getattr(value, "toordinal", None)
        return Quantity(0, 0, "date", float(ordinal())) if ordinal else None
    if fact.type == "money":
        return Quantity(0, 0, fact.unit, float(value))
    if fact.unit in FACT_UNITS:
        measure, amount = FACT_UNITS[fact.unit]
        return Quantity(0, 0, measure, value * amount)
    if not fact.unit and 1900 <= value <= 2099:
        return Quantity(0, 0, "year", float(value))
    return Quantity(0, 0, "count", float(value))


def _offers(words: list[Word]) -> tuple[frozenset[str], ...]:
    ideas = {idea for word in words if word.read not in EMPTY_OFFERS for idea in word.ideas}
    named = [offer for names, offer in OFFERS.values() if names <= ideas]
    if named:
        return tuple(each for offer in named for each in offer)
    plain = [word for word in words if not word.small and word.read not in EMPTY_OFFERS]
    each_word = [sorted(word.ideas) or [f"={word.stem}"] for word in plain]
    return tuple(frozenset(chosen) for chosen in product(*each_word[:3]))[:60] if each_word else ()


def _phrases(fact: Fact, own: Reader) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(word.stem for word in _words(own, text)) for text in fact.words.get(own.language, ()))


def _period(fact: Fact) -> str:
    return next(
        (each for each in ("day", "week", "month", "year") if f"per {each}" in f"{fact.says} {fact.unit}"), ""
    )
