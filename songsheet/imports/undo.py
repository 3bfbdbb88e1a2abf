"""Undoing an import: what it made goes, what it changed is put back, what somebody built on since stays
and is named."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from songsheet.base.restoring import Restored
from songsheet.buyers.adopt import withdraw_companies, withdraw_people
from songsheet.buyers.restore import restore_companies, restore_people
from songsheet.deals.adopt import withdraw_deals
from songsheet.deals.restore import restore_deals
from songsheet.imports.actions import held, import_of, must_be
from songsheet.imports.errors import NothingToUndo
from songsheet.imports.events import ImportUndone
from songsheet.imports.models import Before, Import, Made, RowSeen
from songsheet.imports.runner import Told
from songsheet.imports.standing import reasons_to_stay
from songsheet.journal.act import act, together
from songsheet.leads.adopt import withdraw_leads
from songsheet.leads.restore import restore_leads
from songsheet.team.acting import Acting, as_import
from songsheet.team.adopt import withdraw_members
from songsheet.team.roles import Right
from songsheet.touches.adopt import withdraw_campaigns, withdraw_tasks, withdraw_touches
from songsheet.touches.restore import restore_campaigns, restore_tasks, restore_touches

#: What refers goes before what it refers to.
_WITHDRAW: dict[str, Callable[..., None]] = {
    "touch": withdraw_touches,
    "task": withdraw_tasks,
    "deal": withdraw_deals,
    "lead": withdraw_leads,
    "person": withdraw_people,
    "company": withdraw_companies,
    "campaign": withdraw_campaigns,
}
_RESTORE: dict[str, Callable[..., list[Restored]]] = {
    "touch": restore_touches,
    "task": restore_tasks,
    "deal": restore_deals,
    "lead": restore_leads,
    "person": restore_people,
    "company": restore_companies,
    "campaign": restore_campaigns,
}
_AT_ONCE = 500
_NAMED = 1_000
_WHY = "import undone"


def undo_import(key: str, *, by: Acting, at: datetime, told: Told = lambda run: None) -> dict[str, Any]:
    """Undo a whole import, also after later edits; an undo that was interrupted goes on where it stood."""
    by.must(Right.IMPORT)
    may_be_undone(import_of(key))
    with held(key) as run:
        begun = time.monotonic()
        if run.state != Import.State.UNDOING:
            begin_undo(run)
        undoing = _Undoing(run, by=as_import(run.key, by.member or run.member), at=at, told=told)
        undoing.forget_rows()
        for kind in _WITHDRAW:
            undoing.withdraw(kind)
            undoing.restore(kind)
        undoing.dismiss_members()
        report = dict(run.undo, seconds=round(time.monotonic() - begun, 3))
        with act(by=by.actor, at=at) as record:
            run.state, run.undone_at, run.undo = Import.State.UNDONE, at, report
            run.save(update_fields=["state", "undone_at", "undo"])
            record(ImportUndone(run=key, **{name: report[name] for name in ("gone", "restored", "stayed")}))
    return report


def begin_undo(run: Import) -> None:
    """From here on it is being undone."""
    run.state = Import.State.UNDOING
    run.undo = {"import": run.key, "gone": 0, "restored": 0, "stayed": 0, "stays": [], "by_kind": {}}
    run.save(update_fields=["state", "undo"])


def may_be_undone(run: Import) -> None:
    """Refuse what made nothing, or was undone with nothing left."""
    state = Import.State
    if run.state == state.UNDONE and not Made.objects.filter(run=run).exclude(kind="member").exists():
        raise NothingToUndo("This import was undone before; nothing of it is left.")
    must_be(run, state.FINISHED, state.FAILED, state.RUNNING, state.WAITING, state.UNDOING, state.UNDONE)


class _Undoing:
    def __init__(self, run: Import, *, by: Acting, at: datetime, told: Told) -> None:
        self.run = run
        self.by = by
        self.at = at
        self.told = told

    def forget_rows(self) -> None:
        """Its rows were never seen, so that importing them again makes them again."""
        with together():
            RowSeen.objects.filter(first=self.run).delete()
            RowSeen.objects.filter(last=self.run).update(mark=b"")

    def withdraw(self, kind: str) -> None:
        """Take out what it made, the latest first, but what has to stay."""
        for made in self._latest_first(Made, kind):
            keys = list(made.keys)
            for start in range(0, len(keys), _AT_ONCE):
                self._withdraw(kind, made, keys[start : start + _AT_ONCE])
            self.told(self.run)

    def _withdraw(self, kind: str, made: Made, keys: Sequence[str]) -> None:
        with together():
            stays = reasons_to_stay(kind, keys, self.run.key)
            going = [key for key in keys if key not in stays]
            if going:
                _WITHDRAW[kind](going, by=self.by, at=self.at, why=_WHY)
            gone = set(going)
            made.keys = [key for key in made.keys if key not in gone]
            made.save(update_fields=["keys"])
            self._note(kind, gone=len(going), stays=stays)

    def restore(self, kind: str) -> None:
        """Put back what it changed, the latest change first, as far as nobody changed it since."""
        mine = {
            key
            for keys in Made.objects.filter(run=self.run, kind=kind).values_list("keys", flat=True)
            for key in keys
        }
        for some in _runs(self._latest_first(Before, kind)):
            changes = {one.key: one.values for one in some if one.key not in mine}
            with together():
                restored = _RESTORE[kind](changes, by=self.by, at=self.at) if changes else []
                Before.objects.filter(id__in=[one.pk for one in some]).delete()
                stays = {one.key: f"changed since: {', '.join(one.kept)}" for one in restored if one.kept}
                self._note(kind, restored=sum(1 for one in restored if one.fields), stays=stays)
            self.told(self.run)

    def dismiss_members(self) -> None:
        """Those from elsewhere to whom nothing belongs any more."""
        for made in self._latest_first(Made, "member"):
            with together():
                made.keys = withdraw_members(made.keys, by=self.by, at=self.at)
                made.save(update_fields=["keys"])
        with together():
            Made.objects.filter(run=self.run, keys=[]).delete()

    def _latest_first(self, model: type[Any], kind: str) -> Iterator[Any]:
        last = None
        while True:
            found = model.objects.filter(run=self.run, kind=kind, **({"id__lt": last} if last else {}))
            some = list(found.order_by("-id")[:200])
            if not some:
                return
            yield from some
            last = some[-1].pk

    def _note(self, kind: str, *, gone: int = 0, restored: int = 0, stays: dict[str, str]) -> None:
        undo = self.run.undo
        of_kind = undo["by_kind"].setdefault(kind, {"gone": 0, "restored": 0, "stayed": 0})
        for counts in (undo, of_kind):
            counts["gone"] += gone
            counts["restored"] += restored
            counts["stayed"] += len(stays)
        room = _NAMED - len(undo["stays"])
        undo["stays"] += [{"key": key, "kind": kind, "why": why} for key, why in list(stays.items())[:room]]
        self.run.save(update_fields=["undo"])


def _runs(befores: Iterator[Before]) -> Iterator[list[Before]]:
    """In runs in which no record comes twice."""
    run: list[Before] = []
    keys: set[str] = set()
    for one in befores:
        if one.key in keys or len(run) == _AT_ONCE:
            yield run
            run, keys = [], set()
        run.append(one)
        keys.add(one.key)
    if run:
        yield run
