"""Drafts: files that were sent and are being looked at, until somebody has them imported."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from songsheet.base.refusals import Refusal
from songsheet.imports import jobs
from songsheet.imports.actions import import_of, must_be, settle
from songsheet.imports.choosing import house_of_files
from songsheet.imports.corrected import corrected_tables
from songsheet.imports.errors import AmbiguousDates, NothingToRead
from songsheet.imports.events import ImportStarted
from songsheet.imports.fields import KINDS
from songsheet.imports.guessing import Guess, guess, settled
from songsheet.imports.mapping import Mapping
from songsheet.imports.models import Import
from songsheet.imports.planning import NotRead, Plan, plan
from songsheet.imports.presets import load_preset, preset_names, recognise
from songsheet.imports.reading import Table
from songsheet.imports.store import keep, originals_of, throw_away
from songsheet.imports.undo import begin_undo, may_be_undone
from songsheet.journal.act import act, together
from songsheet.team.acting import Acting
from songsheet.team.queries import house
from songsheet.team.roles import Right

#: Files larger than this are looked over by the job that reads them, not while somebody waits for a page.
LARGE = 50_000_000


@dataclass
class Draft:
    """A draft as it stands: its tables, the mapping in force, and what stands in its way."""

    run: Import
    tables: list[Table]
    mapping: Mapping
    guesses: dict[str, Guess] = field(default_factory=dict)
    not_read: list[NotRead] = field(default_factory=list)
    made: Plan | None = None
    refusal: Refusal | None = None

    @property
    def asks_for_dates(self) -> bool:
        return isinstance(self.refusal, AmbiguousDates)


def receive(files: Iterable[tuple[str, Iterable[bytes]]], *, by: Acting, at: datetime) -> Import:
    """Keep files that were sent, and find out what they are; a file that is no table is refused, and
    nothing kept."""
    by.must(Right.IMPORT)
    run = Import(member=by.member, made_at=at)
    try:
        for number, (name, blocks) in enumerate(files, 1):
            keep(run.key, number, name, blocks)
        paths = originals_of(run.key)
        if not paths:
            raise NothingToRead("No file was sent. Choose one or several and send them again.", field="files")
        tables, _ = corrected_tables(paths, {})
        run.names, run.size = [table.name for table in tables], sum(table.size for table in tables)
        try:
            run.said = {"preset": recognise(paths).mapping.name}
        except NothingToRead:
            run.said = {"preset": ""}
    except Refusal:
        throw_away(run.key)
        raise
    with together():
        run.save()
    return run


def look(run: Import) -> Draft:
    """The draft with the mapping that its preset and what was said give it."""
    tables, not_read = corrected_tables(originals_of(run.key), run.said.get("cells", {}))
    guesses: dict[str, Guess] = {}
    if preset := run.said.get("preset"):
        mapping = load_preset(preset)
    else:
        guesses = {
            table.name: _guess(table, run.said.get("tables", {}).get(table.name, {})) for table in tables
        }
        mapping = _whole(guesses, run.said.get("system") or "own")
    if order := run.said.get("date_order"):
        mapping = Mapping.of({**mapping.model_dump(), "date_order": order})
    draft = Draft(run, tables, mapping, guesses, not_read)
    if run.size > LARGE:
        return draft
    try:
        draft.made = plan([], mapping, house_of_files(), (tables, not_read))
    except Refusal as refusal:
        draft.refusal = refusal
    return draft


def say(key: str, said: dict[str, Any], *, by: Acting) -> Import:
    """Decide something about a draft: preset, system, date order, kinds and columns of tables, cells put
    right."""
    by.must(Right.IMPORT)
    with together():
        run = Import.objects.select_for_update().get(pk=import_of(key).pk)
        must_be(run, Import.State.DRAFT)
        if said.get("preset") and said["preset"] not in preset_names():
            load_preset(said["preset"])
        cells = run.said.get("cells", {})
        for table, rows in said.pop("cells", {}).items():
            for row, columns in rows.items():
                cells.setdefault(table, {}).setdefault(row, {}).update(columns)
        run.said = {**run.said, **said, "cells": cells}
        run.checked = None
        run.save(update_fields=["said", "checked"])
    return run


def check(key: str, *, by: Acting) -> Import:
    """Have a dry run made of a draft, in the background."""
    by.must(Right.IMPORT)
    with together():
        run = _ready(key)
        run.state, run.checked = Import.State.CHECKING, None
        run.save()
        jobs.enqueue(jobs.check_import, run.key)
    return run


def start(key: str, *, by: Acting, at: datetime) -> Import:
    """Have a draft imported, in the background."""
    by.must(Right.IMPORT)
    with act(by=by.actor, at=at) as record:
        run = _ready(key)
        run.state, run.member = Import.State.WAITING, by.member
        run.save()
        jobs.enqueue(jobs.go_on_with, run.key)
        record(ImportStarted(run=run.key, system=run.system, files=len(run.names)))
    return run


def run_again(key: str, *, by: Acting) -> Import:
    """Have an import that failed go on where it stood."""
    by.must(Right.IMPORT)
    with together():
        run = import_of(key)
        must_be(run, Import.State.FAILED)
        run.state = Import.State.WAITING
        run.save(update_fields=["state"])
        jobs.enqueue(jobs.go_on_with, run.key)
    return run


def undo(key: str, *, by: Acting) -> Import:
    """Have an import undone, in the background."""
    by.must(Right.IMPORT)
    with together():
        run = import_of(key)
        must_be(run, Import.State.FINISHED, Import.State.FAILED, Import.State.UNDONE)
        may_be_undone(run)
        begin_undo(run)
        jobs.enqueue(jobs.undo_kept_import, run.key, member=by.member.key if by.member else "")
    return run


def discard(key: str, *, by: Acting) -> None:
    """Throw a draft away, with its files."""
    by.must(Right.IMPORT)
    run = import_of(key)
    must_be(run, Import.State.DRAFT)
    with together():
        run.delete()
    throw_away(key)


def _ready(key: str) -> Import:
    """A draft that can be read to its end, with its mapping settled."""
    run = Import.objects.select_for_update(of=("self",)).get(pk=import_of(key).pk)
    must_be(run, Import.State.DRAFT)
    draft = look(run)
    if draft.refusal:
        raise draft.refusal
    run.preset, run.failure = run.said.get("preset", ""), ""
    run.mapping, run.system = draft.mapping.model_dump(mode="json"), draft.mapping.system
    if draft.made is not None:
        settle(run, draft.made)
    return run


def _guess(table: Table, said: dict[str, Any]) -> Guess:
    kind = said.get("kind") if said.get("kind") in KINDS else None
    if kind and said.get("columns"):
        return settled(table, kind, said["columns"])
    return guess(table, kind, country=house().country)


def _whole(guesses: dict[str, Guess], system: str) -> Mapping:
    """One mapping of all tables; two of one kind are told apart by a number."""
    files = []
    times: dict[str, int] = {}
    for one in guesses.values():
        file = one.mapping.files[0]
        times[file.name] = times.get(file.name, 0) + 1
        name = file.name if times[file.name] == 1 else f"{file.name} {times[file.name]}"
        files.append(file.model_copy(update={"name": name}))
    return Mapping(name="own", title=", ".join(guesses), system=system, files=files)
