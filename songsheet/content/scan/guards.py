"""Whether words are meant as a promise: not denied, asked, of the past, imagined, or somebody else's."""

from collections.abc import Sequence

from songsheet.content.scan.lexicon import guards as g
from songsheet.content.scan.lexicon.forms import SMALL
from songsheet.content.scan.words import Sentence, Word, fold_word, ideas_of

_LOOSE = frozenset(
    {"free", "all", "only", "money_back", "any_time", "other_makes", "honest", "take_away", "reuse"}
)


class Guards:
    """What takes promises back in one text; asked for words of one of its sentences."""

    def __init__(self, text: str, sentences: Sequence[Sentence], language: str, names: Sequence[str]) -> None:
        self._text = text
        self._sentences = sentences
        self._language = language
        self._names = {name.casefold() for name in names}
        self._asking = _turns(text)
        self._past = [bool(g.PAST[language].search(each.folded)) for each in sentences]
        self._others = [self._speaks_of_others(each) for each in sentences]
        self._imagined = [bool(g.IMAGINED[language].search(each.folded)) for each in sentences]

    def denied(self, at: int, first: int, last: int, used: frozenset[int]) -> bool:
        """A negator in the clauses of these words that is not one of them."""
        sentence = self._sentences[at]
        clauses = {word.clause for word in sentence.words[first : last + 1]}
        inside = [number for number, word in enumerate(sentence.words) if word.clause in clauses]
        for number in inside:
            word = sentence.words[number]
            if word.read in g.BEFORE_ONLY and number > first:
                continue
            if (
                word.read in g.NEGATORS[self._language]
                and number not in used
                and not self._idle(sentence.words, number)
            ):
                return True
        return bool(g.DENIES[self._language].search(sentence.folded))

    def _idle(self, words: Sequence[Word], at: int) -> bool:
        """A negator inside a phrase of its own, such as "no charge", or one that only says when."""
        if {word.read for word in words[at + 1 : at + 4]} & g.CONTENT:
            return True
        if words[at].ideas & _LOOSE:
            return True
        following = {word.read for word in words[at + 1 : at + 14] if word.clause == words[at].clause}
        if (
            words[at].read in ("not", "no", "nobody", "nothing", "ne", "rien", "nicht")
            and following & g.UNTIL
        ):
            return True
        if (
            words[at].read == "no"
            and words[at + 1 : at + 2]
            and words[at + 1].read in ("later", "more", "matter", "less")
        ):
            return True
        return (
            words[at].read == "not"
            and words[at + 1 : at + 2] != []
            and words[at + 1].read in ("only", "just")
        )

    def asked(self, at: int, *, spoken: bool = False) -> bool:
        """In a question, by a buyer; with `spoken`, only where it is one in so many words."""
        sentence = self._sentences[at]
        if not sentence.words:
            return False
        if sentence.stop == "?" or any(start <= sentence.words[0].start < end for start, end in self._asking):
            return True
        return not spoken and bool(g.ASKED[self._language].search(sentence.folded))

    def imagined(self, at: int) -> bool:
        """In this sentence, or as the heading of what follows: "Imagine ...: nobody pays"."""
        if self._imagined[at]:
            return True
        heading = self._heading(at)
        return heading is not None and self._imagined[heading]

    def past(self, at: int) -> bool:
        """In so many words here, or in the sentence before or behind that this one belongs to."""
        if self._past[at]:
            return True
        here = self._sentences[at]
        if at and self._past[at - 1] and self._together(at - 1, at) and (g.THEN.search(here.folded)):
            return True
        behind = at + 1
        if behind >= len(self._sentences) or not self._past[behind] or not self._together(at, behind):
            return False
        return bool(g.OVER_NOW.search(self._sentences[behind].folded))

    def _together(self, at: int, other: int) -> bool:
        return self._sentences[at].paragraph == self._sentences[other].paragraph

    def of_others(self, at: int, start: int) -> bool:
        """Others are spoken of in this sentence or the heading, or the words are quoted from them."""
        if self._others[at] or self._quoted(start):
            return True
        if at and self._others[at - 1] and g.THEY.match(self._sentences[at].folded):
            return True
        heading = self._heading(at)
        return heading is not None and self._others[heading]

    def told(self, at: int) -> bool:
        return bool(g.TOLD[self._language].search(self._sentences[at].folded))

    def beside(self, at: int) -> bool:
        return bool(g.BESIDE[self._language].search(self._sentences[at].folded))

    def _heading(self, at: int) -> int | None:
        """The first line of a list, for the lines under it."""
        here = self._sentences[at]
        above = [
            each
            for each in range(at)
            if self._sentences[each].paragraph == here.paragraph and self._sentences[each].line < here.line
        ]
        return above[0] if above and len(self._sentences[at].words) < 16 else None

    def _speaks_of_others(self, sentence: Sentence) -> bool:
        if g.OTHERS[self._language].search(sentence.folded):
            return True
        return any(
            named.group(1).casefold() not in self._names and fold_word(named.group(1)) not in SMALL
            for named in g.NAMED.finditer(sentence.text.lstrip())
            if named.start() or not ideas_of(fold_word(named.group(1).split()[0]), self._language)
        )

    def _quoted(self, start: int) -> bool:
        before = self._text[max(0, start - 300) : start]
        return (
            (before.count('"') % 2 == 1)
            or before.rfind("“") > before.rfind("”")
            or before.rfind("«") > before.rfind("»")
        )


def _turns(text: str) -> list[tuple[int, int]]:
    """Where a buyer speaks in a conversation."""
    marks = sorted(
        [(found.start(), True) for found in g.BUYER_SPEAKS.finditer(text)]
        + [(found.start(), False) for found in g.WE_SPEAK.finditer(text)]
    )
    return [
        (start, marks[at + 1][0] if at + 1 < len(marks) else len(text))
        for at, (start, asks) in enumerate(marks)
        if asks
    ]
