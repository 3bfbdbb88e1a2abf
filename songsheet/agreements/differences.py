"""What one version says otherwise than another, clause by clause, sentence by sentence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from songsheet.agreements.terms import Clause, Kind, Names


@dataclass(frozen=True)
class Line:
    """A sentence that stands in both, is new, or is gone."""

    mark: str
    text: str


@dataclass(frozen=True)
class Shown:
    """A clause as a page shows it."""

    name: str
    title: str
    lines: tuple[Line, ...]
    differs: bool


def shown(
    kind: Kind[Any], body: Mapping[str, Any], names: Names, *, against: Mapping[str, Any] | None = None
) -> list[Shown]:
    """The clauses of a body, with what differs from another one where that is given."""
    clauses = kind.body.model_validate(body).clauses(names)
    if against is None:
        return [Shown(one.name, one.title, tuple(_plainly(one)), False) for one in clauses]
    others = {one.name: one for one in kind.body.model_validate(against).clauses(names)}
    return [_compared(one, others[one.name]) for one in clauses]


def _plainly(clause: Clause) -> Iterator[Line]:
    return (Line("", text) for text in clause.sentences)


def _compared(clause: Clause, other: Clause) -> Shown:
    lines: list[Line] = []
    for tag, a, b, c, d in SequenceMatcher(None, other.sentences, clause.sentences, False).get_opcodes():
        if tag == "equal":
            lines += [Line("", text) for text in clause.sentences[c:d]]
            continue
        lines += [Line("gone", text) for text in other.sentences[a:b]]
        lines += [Line("new", text) for text in clause.sentences[c:d]]
    return Shown(clause.name, clause.title, tuple(lines), any(line.mark for line in lines))
