"""A text held against a song, sentence by sentence; what is no promise is left alone."""

from collections.abc import Iterator

from songsheet.content.scan import claims, facts
from songsheet.content.scan.guards import Guards
from songsheet.content.scan.index import index_of
from songsheet.content.scan.numbers import quantities
from songsheet.content.scan.offered import offered_in
from songsheet.content.scan.quantity import Quantity
from songsheet.content.scan.reasons import why_claim, why_number, why_offered, why_unqualified
from songsheet.content.scan.song import Kind, Proposal, Song
from songsheet.content.scan.topics import topics_of
from songsheet.content.scan.words import LANGUAGES, Sentence

#: A qualifier stands at most so many sentences away, within its paragraph.
AROUND = 4
#: A claim found so surely keeps its numbers to itself.
SURE_OF_NUMBERS = 0.85
#: Kinds that are declared words beyond doubt; they count even where somebody is quoted.
_PLAIN = frozenset({Kind.EXACT, Kind.INFLECTION, Kind.ORDER, Kind.NEAR})


def scan(text: str, *, language: str, song: Song) -> list[Proposal]:
    """What the text says of our claims and against our facts, in the order of its words."""
    if language not in LANGUAGES:
        language = "en"
    found = list(_Scan(text, language, song).proposals())
    return sorted(found, key=lambda each: (each.start, each.end, each.kind, each.key))


class _Scan:
    def __init__(self, text: str, language: str, song: Song) -> None:
        self._text, self._language = text, language
        self._index = index_of(song, language)
        self._topics = topics_of(song, language)
        self._sentences = self._index.reader.read(text)
        self._counted = [quantities(each.words, language) for each in self._sentences]
        self._guards = Guards(text, self._sentences, language, song.names)

    def proposals(self) -> Iterator[Proposal]:
        for at in range(len(self._sentences)):
            said = list(self._claims(at))
            taken = {number for each, _ in said if each.score >= SURE_OF_NUMBERS for number in each.used}
            yield from (proposal for _, proposal in said)
            if (
                not self._silent(at, self._sentences[at].start)
                and self._guards.ours(at)
                and not self._guards.told(at)
            ):
                yield from self._numbers(at, taken)
                yield from self._offers(at)

    def _silent(self, at: int, start: int) -> bool:
        guards = self._guards
        return guards.asked(at) or guards.past(at) or guards.imagined(at) or guards.of_others(at, start)

    def _claims(self, at: int) -> Iterator[tuple[claims.Said, Proposal]]:
        sentence, counted = self._sentences[at], self._counted[at]
        taken: set[int] = set()
        self._another: list[claims.Said] = []
        for said in claims.said_in(sentence, counted, self._index):
            if said.kind is Kind.NUMBER:
                self._another.append(said)
                continue
            span = set(range(said.first, said.last + 1))
            if len(span & taken) * 2 > len(span) or self._no_promise(at, said):
                continue
            taken |= span
            yield said, self._propose(at, said)

    def _no_promise(self, at: int, said: claims.Said) -> bool:
        if self._guards.denied(at, said.first, said.last, said.used):
            return True
        start = self._sentences[at].words[said.first].start
        if said.kind in _PLAIN:
            spoken = self._guards.asked(at, spoken=True)
            return spoken or (self._guards.imagined(at) and said.kind is not Kind.EXACT)
        return self._silent(at, start) or self._guards.beside(at)

    def _propose(self, at: int, said: claims.Said) -> Proposal:
        claim = said.wording.claim
        low, high = max(0, at - AROUND), at + AROUND + 1
        around = [
            (each, counted)
            for each, counted in zip(self._sentences[low:high], self._counted[low:high], strict=True)
            if each.paragraph == self._sentences[at].paragraph
        ]
        kind, why = said.kind, why_claim(said)
        if claim.qualifier.get(self._language) and not claims.qualified(self._index, claim.key, around):
            kind, why = Kind.UNQUALIFIED, why_unqualified(said, claim.qualifier[self._language][0])
        return self._at(at, (said.first, said.last), kind, claim.key, sure=said.score, why=why)

    def _numbers(self, at: int, taken: set[int]) -> Iterator[Proposal]:
        before = self._before(at)
        counted = [each for each in self._counted[at] if each.first not in taken]
        spoken_of = facts.contradicted_in(self._sentences[at], before, counted, self._topics)
        for each in facts.surest(spoken_of, self._another, counted, self._topics):
            if self._number_is_ours(at, each):
                words = self._words_of(at, each.quantity)
                why = why_number(each.fact, words)
                yield self._at(
                    at, (each.first, each.last), Kind.NUMBER, each.fact.key, sure=each.sure, why=why
                )

    def _number_is_ours(self, at: int, each: facts.Contradicted) -> bool:
        start = self._sentences[at].words[each.first].start
        used = frozenset(range(each.quantity.first, each.quantity.last + 1))
        return not (
            self._guards.denied(at, each.first, each.last, used)
            or self._guards.refused(at, used)
            or self._guards.of_others(at, start)
            or self._guards.beside(at)
        )

    def _offers(self, at: int) -> Iterator[Proposal]:
        for each in offered_in(self._sentences[at], self._topics):
            start = self._sentences[at].words[each.first].start
            denied = self._guards.denied(at, each.first, each.last, each.used) or self._guards.refused(
                at, each.used
            )
            if denied or self._guards.of_others(at, start):
                continue
            if not self._guards.beside(at):
                why = why_offered(each.fact)
                yield self._at(
                    at, (each.first, each.last), Kind.NOT_OFFERED, each.fact.key, sure=each.sure, why=why
                )

    def _before(self, at: int) -> Sentence | None:
        if at and self._sentences[at - 1].paragraph == self._sentences[at].paragraph:
            return self._sentences[at - 1]
        return None

    def _words_of(self, at: int, quantity: Quantity) -> str:
        words = self._sentences[at].words
        return self._text[words[quantity.first].start : words[quantity.last].end]

    def _at(self, at: int, span: tuple[int, int], kind: Kind, key: str, *, sure: float, why: str) -> Proposal:
        words = self._sentences[at].words
        start, end = words[span[0]].start, words[span[1]].end
        return Proposal(start, end, self._text[start:end], kind, key, round(min(1.0, max(0.0, sure)), 2), why)
