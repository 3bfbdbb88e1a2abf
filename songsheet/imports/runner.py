"""Reading files in: slice by slice, each one transaction with its rows, entries, verdicts and the place
reached.

A killed run goes on where its last committed slice ended; nothing is taken twice.
"""

import gc
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.utils import timezone

from songsheet.base import bulk
from songsheet.base.refusals import Busy
from songsheet.imports.feed import Batch, read_ahead
from songsheet.imports.models import Before, Import, ImportFile
from songsheet.imports.planning import Plan, Step
from songsheet.imports.rejects import Rejects
from songsheet.imports.seen import Places
from songsheet.imports.statistics import WHEN, freshen
from songsheet.imports.store import rejects_path
from songsheet.imports.taking import Memory
from songsheet.imports.taking.after import with_after
from songsheet.imports.taking.cut import Cut, cuts_of
from songsheet.imports.taking.verdicts import OUTCOMES, Taken, take, turned_down
from songsheet.journal.act import together
from songsheet.journal.errors import TooManyEntries
from songsheet.team.acting import Acting

#: Rows in the first slice of a table; then as many as the entries they make allow.
FIRST, LEAST, MOST = 250, 20, 2_000
#: Entries a slice aims at; the journal takes 2,000 under one lock.
AIM = 1_600
ATTEMPTS = 5
#: New objects between two looks for cycles. Rows make none, and looking as often as Python does by itself
#: took an eighth of the processor time (`python -m bench.imports`).
YOUNG = 50_000

_MADE = "insert into imports_made (run_id, kind, keys) values (%s, %s, %s::text[])"

Told = Callable[[Import], None]


class Run:
    """One import being run. With `shadow` it is a dry run: the same work, on tables that are thrown away."""

    def __init__(
        self, run: Import, made: Plan, *, by: Acting, at: datetime, told: Told, shadow: Any = None
    ) -> None:
        self.run = run
        self.made = made
        self.by = by
        self.at = at
        self.told = told
        self.shadow = shadow
        self.memory = Memory()
        self.size = FIRST
        self.slices = 0
        self.began = time.monotonic() - run.seconds
        columns = {step.table.name: step.table.columns for step in made.steps}
        self.rejects = None if shadow else Rejects(rejects_path(run.key), run.rejects_size, columns)

    def go(self) -> None:
        """Read every table that is not done, from the row reached."""
        files = ImportFile.objects.filter(run=self.run).order_by("position")
        with _few_collections():
            for file, step in zip(files, self.made.steps, strict=True):
                if not file.is_done:
                    self._table(step, file)

    def _table(self, step: Step, file: ImportFile) -> None:
        places = Places(self.made, step)
        self.size = FIRST
        for batch in read_ahead(self.made, step, file.row + 1):
            self._batch(batch, step, file, places)
        with together():
            self.run.read += max(0, file.size - file.read)
            file.is_done, file.read = True, file.size
            file.save()
            self.run.save(update_fields=["read"])

    def _batch(self, batch: Batch, step: Step, file: ImportFile, places: Places) -> None:
        """The rows of a batch, in slices that make as many entries as one act may hold."""
        for cut in cuts_of(batch, lambda: self.size):
            for attempt in range(1, ATTEMPTS + 1):
                try:
                    self._slice(cut.fresh(), step, file, places)
                    break
                except TooManyEntries:
                    self._rolled_back(file)
                    self.size = max(LEAST, cut.rows // 2)
                    cut.shrink(self.size)
                except Busy:
                    self._rolled_back(file)
                    if attempt == ATTEMPTS:
                        raise
                    time.sleep(attempt)

    def _rolled_back(self, file: ImportFile) -> None:
        """Nothing of the slice happened, also not in what is remembered here."""
        self.memory = Memory()
        self.run.refresh_from_db()
        file.refresh_from_db()
        if self.rejects:
            self.rejects.cut(self.run.rejects_size)

    def _slice(self, cut: Cut, step: Step, file: ImportFile, places: Places) -> None:
        with together() as gathered:
            taken = take(cut, self, step, places)
            refused = turned_down(cut, taken, step)
            self._count(taken, len(refused), file)
            if not self.shadow:
                self._remember(taken)
            if self.rejects and refused:
                self.run.rejects_size = self.rejects.write(refused)
            self._reach(cut, file)
            entries = len(gathered)
        self.slices += 1
        if self.slices in WHEN:
            freshen()
        if cut.rows >= LEAST:
            self.size = min(MOST, max(LEAST, int(cut.rows * AIM / max(1, entries))))
        self.told(self.run)

    def _reach(self, cut: Cut, file: ImportFile) -> None:
        file.row = cut.until
        self.run.read += max(0, cut.bytes_read - file.read)
        file.read = max(file.read, cut.bytes_read)
        self.run.seconds = time.monotonic() - self.began
        self.run.heard_at = timezone.now()
        file.save()
        self.run.save(
            update_fields=[*OUTCOMES, "rows", "read", "by_kind", "rejects_size", "seconds", "heard_at"]
        )

    def _count(self, taken: Taken, refused: int, file: ImportFile) -> None:
        counted = Counter(outcome for outcome, _, _ in taken.verdicts.values() if outcome != "rejected")
        counted["rejected"] = refused
        for place in (self.run, file):
            for outcome in OUTCOMES:
                setattr(place, outcome, getattr(place, outcome) + counted[outcome])
            place.rows += counted.total()
        for (kind, outcome), count in taken.by_kind(refused).items():
            self.run.by_kind.setdefault(kind, dict.fromkeys(OUTCOMES, 0))[outcome] += count

    def _remember(self, taken: Taken) -> None:
        """What an undo needs."""
        for kind, keys in taken.into.made.items():
            bulk.execute(_MADE, [self.run.pk, kind, keys])
        Before.objects.bulk_create(
            [
                Before(run=self.run, kind=kind, key=key, values=values)
                for kind, key, values in with_after(taken.into.befores)
            ]
        )


@contextmanager
def _few_collections() -> Iterator[None]:
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(YOUNG, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()
