"""Invariants on a live database: every part adds its checks in `checks.py`; each offender is named."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from songsheet.journal import queries
from songsheet.journal.sql import execute, rows

_REMEMBERED = "songsheet check"


@dataclass(frozen=True, slots=True)
class Offence:
    """One thing that breaks an invariant: its key or position, and what is wrong with it."""

    invariant: str
    subject: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Span:
    """The positions after < p <= until that a check looks at; a full one begins at 0."""

    after: int
    until: int

    @property
    def full(self) -> bool:
        """Whether everything is looked at."""
        return self.after == 0


Check = Callable[[Span], Iterable[Offence]]
_checks: list[tuple[str, Check]] = []


def invariant(name: str) -> Callable[[Check], Check]:
    """Adds a check of this invariant; it yields offences and does nothing else."""

    def add(check: Check) -> Check:
        _checks.append((name, check))
        return check

    return add


def run(*, full: bool = False, only: Iterable[str] = ()) -> list[Offence]:
    """All offences, from the position remembered by the last clean run of everything, or from the start."""
    chosen = set(only)
    span = Span(0 if full else _remembered(), queries.head())
    found = list(_offences(span, chosen))
    if not found and not chosen:
        _remember(span.until)
    return found


def names() -> list[str]:
    """The invariants that have a check."""
    return sorted({name for name, _ in _checks}, key=lambda name: int(name[1:]))


def _offences(span: Span, chosen: set[str]) -> Iterator[Offence]:
    for name, check in _checks:
        if not chosen or name in chosen:
            yield from check(span)


def _remembered() -> int:
    found = rows("select position from journal_reader where name = %s", [_REMEMBERED])
    return int(found[0][0]) if found else 0


def _remember(position: int) -> None:
    execute(
        """insert into journal_reader (name, position) values (%s, %s)
           on conflict (name) do update set position = excluded.position, moved_at = clock_timestamp()""",
        [_REMEMBERED, position],
    )
