"""Whether a predicate is true of facts: yes, no, or unknown where a fact that would decide is not known."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal

from songsheet.base.money import Money
from songsheet.song.facts.values import KINDS, Duration, Percent, Value, compare
from songsheet.song.predicate.reading import PredicateRefused
from songsheet.song.predicate.tree import Compare, Every, In, Literal, Name, Node, Not, Operand, Some

#: By the name of a fact what it says; a fact that is not known is left out.
Known = Mapping[str, Value]
Truth = bool | None


def weighed(node: Node, known: Known) -> Truth:
    """True, False, or None: unknown. A part that is unknown decides only where the others do not."""
    match node:
        case Name(name=name):
            value = known.get(name)
            return value if isinstance(value, bool) else None
        case Compare(sign=sign, left=left, right=right):
            return _compared(sign, left, right, known)
        case In(left=left, items=items, negated=negated):
            found = some(_compared("=", left, item, known) for item in items)
            return contrary(found) if negated else found
        case Not(part=part):
            return contrary(weighed(part, known))
        case Every(parts=parts):
            return every(weighed(part, known) for part in parts)
        case Some(parts=parts):
            return some(weighed(part, known) for part in parts)


def every(truths: Iterable[Truth]) -> Truth:
    """And: one that is false decides, then one that is unknown."""
    each = list(truths)
    return False if False in each else None if None in each else True


def some(truths: Iterable[Truth]) -> Truth:
    """Or: one that is true decides, then one that is unknown."""
    each = list(truths)
    return True if True in each else None if None in each else False


def contrary(truth: Truth) -> Truth:
    """Not: what is unknown stays unknown."""
    return None if truth is None else not truth


def deciding(node: Node, known: Known) -> list[str]:
    """The facts on which the answer hangs, each once: those of the parts that decided it."""
    return list(dict.fromkeys(_deciding(node, known)))


def _deciding(node: Node, known: Known) -> list[str]:
    match node:
        case Not(part=part):
            return _deciding(part, known)
        case Every(parts=parts) | Some(parts=parts):
            whole = weighed(node, known)
            with_it = [part for part in parts if weighed(part, known) is whole]
            return [name for part in with_it for name in _deciding(part, known)]
        case Name(name=name):
            return [name]
        case Compare(left=left, right=right):
            return [one.name for one in (left, right) if isinstance(one, Name)]
        case In(left=left):
            return [left.name] if isinstance(left, Name) else []


def _compared(sign: str, left: Operand, right: Operand, known: Known) -> Truth:
    mine, its = (known.get(one.name) if isinstance(one, Name) else one.value for one in (left, right))
    return None if mine is None or its is None else compare(sign, mine, its)


#: Kind of fact → what its values are compared as.
_FAMILY = {"offer": "bool", "yes_no": "bool", "choice": "text"}
_ORDERED = {"money", "percent", "duration", "number", "date"}
_LITERALS: tuple[tuple[type, str], ...] = (
    (bool, "bool"), (Money, "money"), (Percent, "percent"), (Duration, "duration"), (Decimal, "number"),
    (date, "date"), (str, "text"),
)  # fmt: skip
_EXAMPLES = {
    "bool": "yes or no", "money": "an amount such as 500 EUR", "percent": "a percentage such as 19%",
    "duration": "a duration such as 30 days", "number": "a number such as 30",
    "date": "a day such as 2026-05-12", "text": "a text in quotes",
}  # fmt: skip


def must_fit(node: Node, kinds: Mapping[str, str]) -> None:
    """Refuse what compares a fact with a value of another kind; facts that nobody has stated fit anything."""

    def family(one: Operand) -> str | None:
        if isinstance(one, Literal):
            return next(name for kind, name in _LITERALS if isinstance(one.value, kind))
        kind = kinds.get(one.name)
        return _FAMILY.get(kind, kind) if kind else None

    _must_fit(node, kinds, family)


def _must_fit(node: Node, kinds: Mapping[str, str], family: Callable[[Operand], str | None]) -> None:
    match node:
        case Not(part=part):
            _must_fit(part, kinds, family)
        case Every(parts=parts) | Some(parts=parts):
            for part in parts:
                _must_fit(part, kinds, family)
        case Name(name=name, at=at):
            if family(node) not in (None, "bool"):
                raise _misfit(name, at, kinds[name], "a comparison with it")
        case Compare(sign=sign, left=left, right=right):
            _must_compare(left, right, kinds, family)
            ordered = {family(left), family(right)} - {None} <= _ORDERED
            if sign not in ("=", "!=") and not ordered:
                raise PredicateRefused(
                    f"“{sign}” asks for an order, and there is none here. Write = or !=.",
                    position=node.at, expected="= or !=",
                )  # fmt: skip
        case In(left=left, items=items):
            for item in items:
                _must_compare(left, item, kinds, family)


def _must_compare(
    left: Operand, right: Operand, kinds: Mapping[str, str], family: Callable[[Operand], str | None]
) -> None:
    mine, its = family(left), family(right)
    if mine is None or its is None or mine == its:
        return
    named, other = (left, right) if isinstance(left, Name) else (right, left)
    if isinstance(named, Name):
        raise _misfit(named.name, other.at, kinds[named.name], _EXAMPLES[family(named) or "text"])
    raise PredicateRefused("Two values of different kinds are compared here.", position=left.at,
                           expected="a fact")  # fmt: skip


def _misfit(name: str, at: int, kind: str, expected: str) -> PredicateRefused:
    return PredicateRefused(
        f"{name} is a fact of the kind “{KINDS[kind]}”; expected at character {at + 1} is {expected}.",
        position=at, expected=expected,
    )  # fmt: skip
