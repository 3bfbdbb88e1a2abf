"""Claims in a sentence: candidates by their words, then each word of a wording is looked for."""

from collections import defaultdict
from dataclasses import dataclass

from songsheet.content.scan.index import Index, Unit, Wording
from songsheet.content.scan.lexicon.guards import NEGATORS
from songsheet.content.scan.quantity import Quantity, comparable
from songsheet.content.scan.song import Kind
from songsheet.content.scan.words import Sentence, Word

#: Of a wording's weight: to be looked at, and to be proposed as said in other words.
WORTH_A_LOOK = 0.4
OTHER_WORDS = 0.62
OTHER_WORDS_AND_ITS_NUMBER = 0.54
SAME_IDEA = 0.75
MENDED = 0.92
SAME_BUT_NUMBER = 0.65
MOST_CANDIDATES = 40


@dataclass(frozen=True, slots=True)
class Said:
    """A wording found in a sentence, from word `first` to `last`."""

    wording: Wording
    kind: Kind
    score: float
    first: int
    last: int
    used: frozenset[int]
    quantity: Quantity | None = None
    meant: Quantity | None = None


@dataclass(frozen=True)
class _Where:
    """Where in a sentence each stem and each idea stands; looked up by every wording."""

    words: list[Word]
    counted: list[Quantity]
    stems: dict[str, list[int]]
    ideas: dict[str, list[int]]
    denials: list[int]

    @classmethod
    def of(cls, sentence: Sentence, counted: list[Quantity], language: str) -> "_Where":
        stems: dict[str, list[int]] = {}
        ideas: dict[str, list[int]] = {}
        denials = []
        for at, word in enumerate(sentence.words):
            stems.setdefault(word.stem, []).append(at)
            for idea in word.ideas:
                ideas.setdefault(idea, []).append(at)
            if word.read in NEGATORS[language] or word.ideas & {"none", "free"}:
                denials.append(at)
        return cls(sentence.words, counted, stems, ideas, denials)


def said_in(sentence: Sentence, counted: list[Quantity], index: Index) -> list[Said]:
    """Each wording that a sentence says, the surest first."""
    scores: dict[int, float] = defaultdict(float)
    for name in _names(sentence, counted):
        for at, share in index.by_word.get(name, ()):
            scores[at] += share
    likely = sorted(
        (at for at, score in scores.items() if score >= WORTH_A_LOOK), key=lambda at: (-scores[at], at)
    )
    where = _Where.of(sentence, counted, index.language)
    found = [said for at in likely[:MOST_CANDIDATES] if (said := _hold(index.wordings[at], sentence, where))]
    return sorted(found, key=lambda said: (-said.score, said.wording.claim.key, said.first))


def _names(sentence: Sentence, counted: list[Quantity]) -> set[str]:
    names = {f"={word.stem}" for word in sentence.words}
    names |= {f"~{idea}" for word in sentence.words for idea in word.ideas}
    if names & {f"={word}" for word in ("no", "not", "never")}:
        names.add("~none")
    return names | {
        "#" + ("time" if quantity.measure == "work" else quantity.measure) for quantity in counted
    }


def _hold(wording: Wording, sentence: Sentence, where: _Where) -> Said | None:
    exact = _verbatim(wording, sentence)
    if exact is not None:
        last = exact + len(wording.reads) - 1
        return Said(wording, Kind.EXACT, 1.0, exact, last, frozenset(range(exact, last + 1)))
    places = [_places(unit, where) for unit in wording.units]
    if any(unit.quantity and not found for unit, found in zip(wording.units, places, strict=True)):
        return _other_number(wording, places, where.counted)
    if any(unit.denies and not found for unit, found in zip(wording.units, places, strict=True)):
        return None
    anchors = min((found for found in places if found), key=len, default={})
    tries = [_assign(wording, places, anchor) for anchor in list(anchors)[:6]]
    best = max(tries, key=lambda pairs: _score(wording, pairs), default={})
    return _judge(wording, best, sentence)


def _other_number(wording: Wording, places: list[dict[int, float]], counted: list[Quantity]) -> Said | None:
    """The words of a wording, but with a number that it does not say."""
    units = wording.units
    lacking = [at for at, unit in enumerate(units) if unit.quantity and not places[at]]
    if len(lacking) != 1 or any(unit.denies and not places[at] for at, unit in enumerate(units)):
        return None
    meant = units[lacking[0]].quantity
    assert meant is not None
    words = [at for at, unit in enumerate(units) if not unit.quantity]
    weight = sum(units[at].weight for at in words)
    if len(words) < 2 or not weight:
        return None
    for quantity in counted:
        if (
            not comparable(meant.measure, quantity.measure)
            or quantity.rate
            or not meant.of_the_same(quantity)
        ):
            continue
        if quantity.measure == "count" and (
            quantity.amount <= 1 or (meant.noun is not None and quantity.noun is None)
        ):
            continue
        pairs = _assign(wording, places, quantity.first)
        score = sum(units[at].weight * pairs[at][1] for at in words if at in pairs) / weight
        ats = [at for at, _ in pairs.values()] + [quantity.first, quantity.last]
        if score >= SAME_BUT_NUMBER and max(ats) - min(ats) < 2 * len(wording.reads) + 6:
            return Said(wording, Kind.NUMBER, score, min(ats), max(ats), frozenset(ats), quantity, meant)
    return None


def _verbatim(wording: Wording, sentence: Sentence) -> int | None:
    if not wording.native:
        return None
    size = len(wording.reads)
    for at in range(len(sentence.words) - size + 1):
        run = sentence.words[at : at + size]
        if run[0].read == wording.reads[0] and tuple(word.read for word in run) == wording.reads:
            return at if not any(word.mended for word in run) else None
    return None


def _places(unit: Unit, where: _Where) -> dict[int, float]:
    """Where a unit stands in the sentence, and how well."""
    if unit.quantity is not None:
        return {each.first: 1.0 for each in where.counted if each.same(unit.quantity) and not each.rate}
    found = {at: SAME_IDEA for idea in unit.ideas for at in where.ideas.get(idea, ())}
    if unit.denies:
        found |= dict.fromkeys(where.denials, SAME_IDEA)
    if unit.stem:
        found |= {at: MENDED if where.words[at].mended else 1.0 for at in where.stems.get(unit.stem, ())}
    return dict(sorted(found.items()))


def _assign(wording: Wording, places: list[dict[int, float]], anchor: int) -> dict[int, tuple[int, float]]:
    """To each unit the best free place near the anchor."""
    taken: set[int] = set()
    pairs: dict[int, tuple[int, float]] = {}
    reach = 2 * len(wording.reads) + 8
    for number in sorted(range(len(places)), key=lambda number: len(places[number])):
        near = [
            (quality - 0.01 * abs(at - anchor), at, quality)
            for at, quality in places[number].items()
            if at not in taken and abs(at - anchor) <= reach
        ]
        if near:
            _, at, quality = max(near)
            taken.add(at)
            pairs[number] = (at, quality)
    return pairs


def _score(wording: Wording, pairs: dict[int, tuple[int, float]]) -> float:
    return (
        sum(wording.units[number].weight * quality for number, (_, quality) in pairs.items()) / wording.total
    )


def _judge(wording: Wording, pairs: dict[int, tuple[int, float]], sentence: Sentence) -> Said | None:
    score = _score(wording, pairs)
    units = wording.units
    if len(pairs) < min(2, len(units)) or not pairs:
        return None
    ats = [pairs[number][0] for number in sorted(pairs)]
    first, last = min(ats), max(ats)
    whole = (
        len(pairs) == len(units)
        and wording.native
        and all(quality >= MENDED for _, quality in pairs.values())
    )
    spread = (last - first + 1) / max(1, len(wording.reads))
    if whole and len(units) > 1 and spread <= 2.5:
        mended = any(sentence.words[at].mended for at in range(first, last + 1))
        kind = Kind.NEAR if mended else Kind.INFLECTION if ats == sorted(ats) else Kind.ORDER
        return Said(wording, kind, min(score, 0.97), first, last, frozenset(ats))
    words = [number for number, unit in enumerate(units) if unit.quantity is None and not unit.denies]
    heavy = sum(units[number].weight for number in words)
    if sum(units[number].weight for number in words if number in pairs) < 0.5 * heavy:
        return None
    counted = any(
        unit.quantity and (unit.quantity.measure != "count" or unit.quantity.amount > 20) for unit in units
    )
    least = OTHER_WORDS_AND_ITS_NUMBER if counted else OTHER_WORDS
    if score < least * (1 if len(units) > 2 else 1.1) or spread > 3.5:
        return None
    return Said(wording, Kind.VARIANT, score * 0.95, first, last, frozenset(ats))


def qualified(index: Index, claim_key: str, around: list[tuple[Sentence, list[Quantity]]]) -> bool:
    """Whether one of the claim's qualifiers, or the same in other words, stands in the sentences around."""
    for wording in index.qualifiers.get(claim_key, ()):
        for sentence, counted in around:
            if _verbatim(wording, sentence) is not None:
                return True
            where = _Where.of(sentence, counted, index.language)
            places = [_places(unit, where) for unit in wording.units]
            got = sum(
                unit.weight * max(found.values())
                for unit, found in zip(wording.units, places, strict=True)
                if found
            )
            numbers = all(found for unit, found in zip(wording.units, places, strict=True) if unit.quantity)
            if numbers and got >= 0.6 * wording.total:
                return True
    return False
