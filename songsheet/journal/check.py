"""Invariants on a live database: every part adds its checks in `checks.py`; each offender is named."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import repeat
from multiprocessing import get_context

from django.db import connection, connections, transaction

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


def run(*, full: bool = False, only: Iterable[str] = (), processes: int = 1) -> list[Offence]:
    """All offences, from the position remembered by the last clean run of everything, or from the start.

    By several processes, each check is one's alone; only a caller without threads and transaction may ask so.
    """
    chosen = set(only)
    span = Span(0 if full else _remembered(), queries.head())
    which = [number for number, (name, _) in enumerate(_checks) if not chosen or name in chosen]
    if processes > 1:
        connections.close_all()  # what is inherited would speak between its parent's words
        with ProcessPoolExecutor(processes, get_context("fork")) as pool:
            found = [one for some in pool.map(_offences, which, repeat(span)) for one in some]
    else:
        found = [one for number in which for one in _offences(number, span)]
    if not found and not chosen:
        _remember(span.until)
    return found


@contextmanager
def one_instant() -> Iterator[None]:
    """What is read within is all of one instant, while others go on; a transaction that runs is joined."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        execute("set transaction isolation level repeatable read")
        yield


def names() -> list[str]:
    """The invariants that have a check."""
    return sorted({name for name, _ in _checks}, key=lambda name: int(name[1:]))


def _offences(number: int, span: Span) -> list[Offence]:
    return list(_checks[number][1](span))


def _remembered() -> int:
    found = rows("select position from journal_reader where name = %s", [_REMEMBERED])
    return int(found[0][0]) if found else 0


def _remember(position: int) -> None:
    execute(
        """insert into journal_reader (name, position) values (%s, %s)
           on conflict (name) do update set position = excluded.position, moved_at = clock_timestamp()""",
        [_REMEMBERED, position],
    )
