"""Reading a predicate: by descent, bounded, and refused with where it went wrong and what was expected."""

import re
from datetime import date
from decimal import Decimal

from songsheet.base.money import Money
from songsheet.base.refusals import Refusal
from songsheet.song.facts.values import UNITS, Duration, Percent, Value, money_of
from songsheet.song.predicate.tree import Compare, Every, In, Literal, Name, Node, Not, Operand, Some

LONGEST = 1000
DEEPEST = 20
MOST_TOKENS = 300
_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"\\]|\\["\\])*")
      | (?P<day>\d{4}-\d{2}-\d{2}(?![\w.-]))
      | (?P<number>-?\d{1,12}(?:\.\d{1,6})?(?![\w.]))
      | (?P<name>[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*(?![\w.]))
      | (?P<currency>[A-Z]{3}(?![\w.]))
      | (?P<sign><=|>=|!=|=|<|>|\(|\)|,|%))""",
    re.VERBOSE | re.ASCII,
)
_SIGNS = {"=", "!=", "<", "<=", ">", ">="}
_WORDS = {"and", "or", "not", "in", "yes", "no"}
_UNITS = {name: unit for unit in UNITS for name in (unit, unit[:-1])}
_LONGEST_NAME = 80


class PredicateRefused(Refusal):
    """A predicate that cannot be read: `position` counts from 0, `expected` says what could stand there."""

    code = "predicate_refused"

    def __init__(self, sentence: str, *, position: int, expected: str) -> None:
        super().__init__(sentence, field="predicate", position=position, expected=expected)
        self.position, self.expected = position, expected


#: Kind, text and place of a token; at the end a token of the kind "end".
_Token = tuple[str, str, int]


def parsed(text: str) -> Node:
    """The tree of a predicate; whatever is not one is refused."""
    if len(text) > LONGEST:
        raise PredicateRefused(
            f"A predicate has at most {LONGEST:,} characters. Say less, or split the claim.",
            position=LONGEST, expected="the end",
        )  # fmt: skip
    return _Reader(_tokens(text)).whole()


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    place = 0
    while text[place:].strip():
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            start = place + len(text[place:]) - len(text[place:].lstrip())
            raise _refusal(start, text[start : start + 12], "a fact, a value, a comparison or a bracket")
        found.append((match.lastgroup, match[match.lastgroup], match.start(match.lastgroup)))
        place = match.end()
        if len(found) > MOST_TOKENS:
            raise _refusal(place, "more", "fewer words: the claim says too much at once")
    return [*found, ("end", "", len(text))]


def _refusal(position: int, there: str, expected: str) -> PredicateRefused:
    stands = f"“{there}”" if there else "the end"
    return PredicateRefused(
        f"At character {position + 1} stands {stands}; expected is {expected}.",
        position=position, expected=expected,
    )  # fmt: skip


class _Reader:
    """Reads tokens from left to right; each method one rule of the grammar."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens, self.place, self.depth = tokens, 0, 0

    @property
    def token(self) -> _Token:
        return self.tokens[self.place]

    def whole(self) -> Node:
        node = self.some()
        if self.token[0] != "end":
            raise self.wrong("“and”, “or” or the end")
        return node

    def some(self) -> Node:
        parts = [self.every()]
        while self.takes("or"):
            parts.append(self.every())
        return parts[0] if len(parts) == 1 else Some(tuple(parts))

    def every(self) -> Node:
        parts = [self.contrary()]
        while self.takes("and"):
            parts.append(self.contrary())
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def contrary(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.wrong(f"at most {DEEPEST} brackets and “not” within each other")
        try:
            if self.takes("not"):
                return Not(self.contrary())
            if self.takes("("):
                node = self.some()
                self.must_take(")", "“)”, “and” or “or”")
                return node
            return self.comparison()
        finally:
            self.depth -= 1

    def comparison(self) -> Node:
        left = self.operand()
        kind, word, place = self.token
        if kind == "sign" and word in _SIGNS:
            self.place += 1
            return Compare(word, left, self.operand(), place)
        negated = word == "not" and self.tokens[self.place + 1][1] == "in"
        if negated:
            self.place += 1
        if self.takes("in"):
            return In(left, self.items(), negated)
        if isinstance(left, Literal):
            raise self.wrong("a comparison: =, !=, <, <=, >, >= or “in”")
        return left

    def items(self) -> tuple[Literal, ...]:
        self.must_take("(", "“(” and values")
        found = [self.literal()]
        while self.takes(","):
            found.append(self.literal())
        self.must_take(")", "“,” or “)”")
        return tuple(found)

    def operand(self) -> Operand:
        kind, word, place = self.token
        if kind == "name" and word not in _WORDS:
            if len(word) > _LONGEST_NAME:
                raise self.wrong(f"the name of a fact, at most {_LONGEST_NAME} characters")
            self.place += 1
            return Name(word, place)
        return self.literal()

    def literal(self) -> Literal:
        place = self.token[2]
        value = self.value()
        if value is None:
            raise self.wrong("a fact or a value" if self.token[0] != "end" else "more: a fact or a value")
        return Literal(value, place)

    def value(self) -> Value | None:
        kind, word, _ = self.token
        if kind == "name" and word in ("yes", "no"):
            self.place += 1
            return word == "yes"
        if kind == "text":
            self.place += 1
            return re.sub(r"\\(.)", r"\1", word[1:-1])
        if kind == "day":
            return self.day(word)
        if kind == "currency":
            self.place += 1
            if self.token[0] != "number":
                raise self.wrong("an amount, such as EUR 500")
            return self.money(self.token[1], word)
        return self.counted(word) if kind == "number" else None

    def day(self, word: str) -> date:
        try:
            found = date.fromisoformat(word)
        except ValueError:
            raise self.wrong("a day of the calendar, such as 2026-05-12") from None
        self.place += 1
        return found

    def counted(self, number: str) -> Value:
        """A number, and what it is of: a percentage, a duration, money."""
        kind, word, _ = self.tokens[self.place + 1]
        if kind == "currency":
            found = self.money(number, word)
            self.place += 1
            return found
        if word == "%":
            if not re.fullmatch(r"-?\d{1,6}(\.\d{1,2})?", number):
                raise self.wrong("a percentage with at most two decimals")
            self.place += 2
            return Percent(int(Decimal(number) * 100))
        if word in _UNITS:
            if not re.fullmatch(r"\d{1,9}", number):
                raise self.wrong("a whole number of a unit of time")
            self.place += 2
            return Duration(int(number), _UNITS[word])
        self.place += 1
        return Decimal(number)

    def money(self, number: str, currency: str) -> Money:
        decimals = len(number.partition(".")[2])
        found = money_of(f"{number} {currency}") if decimals <= 3 else None
        if found is None or found.decimal() != Decimal(number):
            raise self.wrong(f"an amount of {currency}")
        self.place += 1
        return found

    def takes(self, word: str) -> bool:
        if self.token[1] != word or self.token[0] == "text":
            return False
        self.place += 1
        return True

    def must_take(self, word: str, expected: str) -> None:
        if not self.takes(word):
            raise self.wrong(expected)

    def wrong(self, expected: str) -> PredicateRefused:
        return _refusal(self.token[2], self.token[1][:20], expected)
