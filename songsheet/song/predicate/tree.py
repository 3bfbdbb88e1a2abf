"""What a predicate is made of once it is read, and how it is written again."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from songsheet.base.money import Money
from songsheet.song.facts.values import Duration, Percent, Value, plain


@dataclass(frozen=True, slots=True)
class Name:
    """A fact, by its name; `at` is where it stands in the text."""

    name: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Literal:
    """A value that stands in the text itself."""

    value: Value
    at: int = field(default=0, compare=False)


Operand = Name | Literal


@dataclass(frozen=True, slots=True)
class Compare:
    """One of =, !=, <, <=, >, >= between two."""

    sign: str
    left: Operand
    right: Operand
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class In:
    """One of several; or none of them, where it is negated."""

    left: Operand
    items: tuple[Literal, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class Every:
    """All of them: and."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of them: or."""

    parts: tuple["Node", ...]


Node = Name | Compare | In | Not | Every | Some


def names(node: Node) -> list[str]:
    """The facts that a predicate speaks of, each once, in their order."""
    return list(dict.fromkeys(one.name for one in _named(node)))


def _named(node: Node | Literal) -> Iterator[Name]:
    match node:
        case Name():
            yield node
        case Compare(left=left, right=right):
            yield from _named(left)
            yield from _named(right)
        case In(left=left):
            yield from _named(left)
        case Not(part=part):
            yield from _named(part)
        case Every(parts=parts) | Some(parts=parts):
            for part in parts:
                yield from _named(part)
        case Literal():
            return


def printed(node: Node) -> str:
    """The one form of a predicate in which it is kept; reading it gives the same tree."""
    match node:
        case Name(name=name):
            return name
        case Compare(sign=sign, left=left, right=right):
            return f"{_operand(left)} {sign} {_operand(right)}"
        case In(left=left, items=items, negated=negated):
            inside = ", ".join(_operand(one) for one in items)
            return f"{_operand(left)} {'not in' if negated else 'in'} ({inside})"
        case Not(part=part):
            return f"not {_within(part, Every, Some)}"
        case Every(parts=parts):
            return " and ".join(_within(one, Every, Some) for one in parts)
        case Some(parts=parts):
            return " or ".join(_within(one, Some) for one in parts)


def _within(node: Node, *loose: type) -> str:
    text = printed(node)
    return f"({text})" if isinstance(node, loose) else text


def _operand(one: Operand) -> str:
    return one.name if isinstance(one, Name) else written(one.value)


def written(value: Value) -> str:
    """A value as it stands in a predicate."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Money):
        return f"{plain(value.decimal())} {value.currency}"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, date | Percent | Duration):
        return value.isoformat() if isinstance(value, date) else str(value)
    raise TypeError(value)
