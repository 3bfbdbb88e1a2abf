"""Whether words are meant as a promise: not denied, asked, of the past, imagined, or somebody else's."""

from bisect import bisect_right
from collections.abc import Sequence

from songsheet.content.scan.lexicon import guards as g
from songsheet.content.scan.lexicon import voices
from songsheet.content.scan.lexicon.forms import SMALL
from songsheet.content.scan.lexicon.numerals import MONTHS
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
        self._buyers = _of_buyers(text, sentences)
        self._firsts: dict[int, int] = {}
        for at, each in enumerate(sentences):
            self._firsts.setdefault(each.paragraph, at)
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
        following = [word.read for word in words[at + 1 : at + 3]]
        if words[at].read == "dont" and set(following) & {"need", "worry", "have"}:
            return True
        if words[at].read == "neednt" or (words[at].read != "dont" and set(following[:1]) & g.NO_MATTER):
            return True
        if {word.read for word in words[at + 1 : at + 4]} & g.CONTENT:
            return True
        if words[at].ideas & _LOOSE:
            return True
        in_clause = {word.read for word in words[at + 1 : at + 14] if word.clause == words[at].clause}
        if (
            words[at].read in ("not", "no", "nobody", "nothing", "ne", "rien", "nicht")
            and in_clause & g.UNTIL
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

    def refused(self, at: int, used: frozenset[int]) -> bool:
        """A denial anywhere in the sentence, or as the next one: for what is only guessed to be offered."""
        words = self._sentences[at].words
        for number, word in enumerate(words):
            if word.read not in g.NEGATORS[self._language] or number in used or word.read in g.BEFORE_ONLY:
                continue
            if not self._idle(words, number):
                return True
        following = self._sentences[at + 1] if at + 1 < len(self._sentences) else None
        return following is not None and bool(g.NO_BEHIND[self._language].search(following.folded))

    def ours(self, at: int) -> bool:
        """Said by us or to a buyer, or a short line of a list; not told of somebody."""
        sentence = self._sentences[at]
        if voices.OURS[self._language].search(sentence.folded):
            return True
        return not voices.THIRD[self._language].search(sentence.folded) and not self._names_somebody(sentence)

    def _names_somebody(self, sentence: Sentence) -> bool:
        """A name in the middle of a sentence; in German every noun looks like one."""
        if self._language == "de":
            return False
        for word in sentence.words[1:]:
            text = self._text[word.start : word.end]
            known = word.ideas or word.small or word.read in MONTHS or text.casefold() in self._names
            if text[:1].isupper() and text[1:].islower() and len(text) > 2 and not known:
                return True
        return False

    def asked(self, at: int, *, spoken: bool = False) -> bool:
        """In a question, by a buyer; with `spoken`, only where it is one in so many words."""
        sentence = self._sentences[at]
        if not sentence.words:
            return False
        if sentence.stop == "?" or at in self._buyers:
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
        if at and self._past[at - 1] and self._together(at - 1, at) and (voices.THEN.search(here.folded)):
            return True
        behind = at + 1
        if behind >= len(self._sentences) or not self._past[behind] or not self._together(at, behind):
            return False
        return bool(voices.OVER_NOW.search(self._sentences[behind].folded))

    def _together(self, at: int, other: int) -> bool:
        return self._sentences[at].paragraph == self._sentences[other].paragraph

    def of_others(self, at: int, start: int) -> bool:
        """Others are spoken of in this sentence or the heading, or the words are quoted from them."""
        if self._others[at] or self._quoted(start):
            return True
        if at and self._others[at - 1] and voices.THEY.match(self._sentences[at].folded):
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
        first = self._firsts[here.paragraph]
        return first if self._sentences[first].line < here.line and len(here.words) < 16 else None

    def _speaks_of_others(self, sentence: Sentence) -> bool:
        if voices.OTHERS[self._language].search(sentence.folded):
            return True
        return any(
            named.group(1).casefold() not in self._names and fold_word(named.group(1)) not in SMALL
            for named in voices.NAMED.finditer(sentence.text.lstrip())
            if named.start() or not ideas_of(fold_word(named.group(1).split()[0]), self._language)
        )

    def _quoted(self, start: int) -> bool:
        before = self._text[max(0, start - 300) : start]
        return (
            (before.count('"') % 2 == 1)
            or before.rfind("“") > before.rfind("”")
            or before.rfind("«") > before.rfind("»")
        )


def _of_buyers(text: str, sentences: Sequence[Sentence]) -> set[int]:
    """The sentences that a buyer speaks in a conversation: from a name until the next."""
    marks = [(found.start(), True) for found in voices.BUYER_SPEAKS.finditer(text)]
    marks += [(found.start(), False) for found in voices.WE_SPEAK.finditer(text)]
    marks.sort()
    starts = [start for start, _ in marks]
    asking = set()
    for at, sentence in enumerate(sentences):
        turn = bisect_right(starts, sentence.words[0].start) - 1 if sentence.words else -1
        if turn >= 0 and marks[turn][1]:
            asking.add(at)
    return asking
