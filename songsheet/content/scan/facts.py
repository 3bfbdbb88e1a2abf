"""Numbers in a sentence that a fact contradicts."""

from dataclasses import dataclass

from songsheet.content.scan.claims import Said
from songsheet.content.scan.index import Unit, named_facts
from songsheet.content.scan.quantity import Quantity, comparable
from songsheet.content.scan.song import Fact
from songsheet.content.scan.topics import Topic, Topics
from songsheet.content.scan.words import Sentence, Word

#: How much of a fact's subject must be spoken of beside a number.
SPOKEN_OF = 1.25
ELSEWHERE = 0.5
#: Added where the whole name of a fact stands close to the number.
CLOSE = 0.3
#: A line of so few words is one thought, whatever stops are in it.
SHORT_LINE = 9


@dataclass(frozen=True, slots=True)
class Contradicted:
    fact: Fact
    sure: float
    first: int
    last: int
    quantity: Quantity


def contradicted_in(
    sentence: Sentence, before: Sentence | None, counted: list[Quantity], topics: Topics
) -> list[Contradicted]:
    """The numbers of a sentence that do not agree with the fact it speaks of."""
    found: list[Contradicted] = []
    for quantity in counted:
        if quantity.rate or (quantity.measure == "count" and quantity.amount <= 1):
            continue
        scored = []
        for topic in topics.counted:
            if not _measures(topic, quantity):
                continue
            score, used = _spoken_of(topic, sentence, before, quantity)
            if score >= SPOKEN_OF:
                scored.append((score, topic, used))
        if not scored:
            continue
        scored.sort(key=lambda each: (-each[0], each[1].fact.key))
        close = [each for each in scored if each[0] >= 0.85 * scored[0][0]]
        if any(_agrees(topic, quantity) for _, topic, _ in close):
            continue
        score, topic, used = scored[0]
        places = [*used, quantity.first, quantity.last]
        found.append(Contradicted(topic.fact, min(0.95, 0.4 + score / 6), min(places), max(places), quantity))
    return found


def surest(
    spoken_of: list[Contradicted], said: list[Said], counted: list[Quantity], topics: Topics
) -> list[Contradicted]:
    """One contradiction a number: a wording with another number says more than words that stand near it."""
    best = {each.quantity.first: each for each in spoken_of}
    open_ = {each.first for each in counted}
    for each in said:
        found = other_number(each, topics)
        if found is None or found.quantity.first not in open_:
            continue
        before = best.get(found.quantity.first)
        if before is None or (before.fact != found.fact and each.score > 0.8 and found.sure > before.sure):
            best[found.quantity.first] = found
    return list(best.values())


def other_number(said: Said, topics: Topics) -> Contradicted | None:
    """The fact that gives a wording its number, where a text says the wording with another."""
    meant = said.meant
    assert said.quantity is not None
    assert meant is not None
    named = named_facts(said.wording.claim.predicate)
    rests = [topic for topic in topics.counted if topic.fact.key in named]
    for topic in sorted(rests, key=lambda topic: not topic.quantity.same(meant)):
        if comparable(topic.quantity.measure, said.quantity.measure):
            if _agrees(topic, said.quantity):
                return None
            return Contradicted(topic.fact, 0.5 + 0.45 * said.score, said.first, said.last, said.quantity)
    return None


def _measures(topic: Topic, quantity: Quantity) -> bool:
    """Whether a quantity is of the fact's kind: money of its currency, a time, seats for seats."""
    if not comparable(topic.quantity.measure, quantity.measure):
        return False
    if quantity.measure != "count":
        return not (quantity.period and topic.period and quantity.period != topic.period)
    noun = topic.noun
    if noun is None or quantity.noun is None:
        return False
    return noun.stem == quantity.noun.stem or bool(noun.ideas & quantity.noun.ideas)


def _agrees(topic: Topic, quantity: Quantity) -> bool:
    if quantity.bound == "over" and topic.quantity.amount >= quantity.amount:
        return True
    return quantity.same(topic.quantity)


def _spoken_of(
    topic: Topic, sentence: Sentence, before: Sentence | None, quantity: Quantity
) -> tuple[float, list[int]]:
    """How much of the topic stands in the clause, the sentence or the one before, and where in this one."""
    clause = sentence.words[quantity.first].clause
    score, used, named, beside, nearest = 0.0, [], 0.0, False, 99
    for unit in (*topic.name, *topic.more):
        quality, place = _best(unit, sentence, quantity)
        if place >= 0:
            used.append(place)
            named += unit.weight * quality if unit in topic.name else 0.0
            beside = beside or sentence.words[place].clause == clause or len(sentence.words) <= SHORT_LINE
            if unit in topic.name:
                nearest = min(nearest, abs(place - quantity.first))
        elif before is not None and any(_like(unit, word) for word in before.words if not word.small):
            quality = ELSEWHERE
        score += quality * unit.weight
    if topic.period and topic.period == quantity.period:
        score, named, beside = score + 1.0, named + 1.0, True
    if not named or not beside or not used:
        return 0.0, used
    share = named / sum(unit.weight for unit in topic.name)
    return score + 0.4 * share + (CLOSE if share >= 0.75 and nearest <= 6 else 0.0), used


def _best(unit: Unit, sentence: Sentence, quantity: Quantity) -> tuple[float, int]:
    """The word that speaks most of a unit; what is counted does not speak of itself."""
    best, place = 0.0, -1
    clause = sentence.words[quantity.first].clause
    for at, word in enumerate(sentence.words):
        if (word.small and not word.ideas) or quantity.first <= at <= quantity.last or word is quantity.noun:
            continue
        quality = _like(unit, word) * (1.0 if word.clause == clause else 0.75)
        if quality > best:
            best, place = quality, at
    return best, place


def _like(unit: Unit, word: Word) -> float:
    if unit.stem and unit.stem == word.stem:
        return 1.0
    return 0.85 if unit.ideas & word.ideas else 0.0
