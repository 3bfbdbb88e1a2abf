"""What is offered in a sentence although a fact says that we do not."""

from dataclasses import dataclass

from songsheet.content.scan.lexicon.offers import WIDEST_OFFER
from songsheet.content.scan.song import Fact
from songsheet.content.scan.topics import Topics
from songsheet.content.scan.words import Sentence, Word


@dataclass(frozen=True, slots=True)
class Offered:
    fact: Fact
    sure: float
    first: int
    last: int
    used: frozenset[int]


def offered_in(sentence: Sentence, topics: Topics) -> list[Offered]:
    """What the sentence offers although a fact says that we do not."""
    found = []
    for fact, offers, phrases in topics.refused:
        tries = [place for phrase in phrases if (place := _verbatim(phrase, sentence.words))]
        tries += [place for offer in offers if (place := _together(offer, sentence.words))]
        if tries:
            best = min(tries, key=lambda place: (place[-1] - place[0], place))
            found.append(Offered(fact, 0.9 if len(best) > 1 else 0.75, best[0], best[-1], frozenset(best)))
    return found


def _verbatim(phrase: tuple[str, ...], words: list[Word]) -> list[int] | None:
    for at in range(len(words) - len(phrase) + 1):
        if phrase and tuple(word.stem for word in words[at : at + len(phrase)]) == phrase:
            return list(range(at, at + len(phrase)))
    return None


def _together(ideas: frozenset[str], words: list[Word]) -> list[int] | None:
    """The closest words that stand for all the ideas; one word may not stand for two."""
    wanted = sorted(ideas)
    places = [
        [at for at, word in enumerate(words) if idea in word.ideas or idea == f"={word.stem}"]
        for idea in wanted
    ]
    if not all(places):
        return None
    best: list[int] | None = None
    for anchor in places[0]:
        near = [
            min(each, key=lambda at: (abs(at - anchor), at)) if each is not places[0] else anchor
            for each in places
        ]
        free = [
            min((at for at in each if at != anchor), key=lambda at: abs(at - anchor), default=anchor)
            for each in places[1:]
        ]
        chosen = sorted({anchor, *free}) if len(wanted) > 1 else [near[0]]
        if (
            len(chosen) == len(wanted)
            and chosen[-1] - chosen[0] <= WIDEST_OFFER
            and (best is None or chosen[-1] - chosen[0] < best[-1] - best[0])
        ):
            best = chosen
    return best
