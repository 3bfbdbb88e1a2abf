"""What is done with imports: begun, run, dry-run, failed; undoing has a file of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection

from songsheet.base.refusals import Refusal
from songsheet.imports.choosing import house_of_files
from songsheet.imports.corrected import corrected_tables
from songsheet.imports.errors import ImportUnderWay, NoSuchImport, NotReady
from songsheet.imports.events import ImportFailed, ImportFinished, ImportStarted
from songsheet.imports.likely import likely_in
from songsheet.imports.mapping import Mapping
from songsheet.imports.models import Import, ImportFile
from songsheet.imports.planning import Plan, plan
from songsheet.imports.runner import Run, Told
from songsheet.imports.shadow import shadowed
from songsheet.imports.store import keep_copy, originals_of
from songsheet.journal.act import act, together
from songsheet.team.acting import Acting, as_import
from songsheet.team.roles import Right

_LOCKS = 8_370_213


def begin(
    paths: list[Path], mapping: Mapping, *, preset: str = "", by: Acting, at: datetime
) -> tuple[Import, Plan]:
    """Begin an import of files on this machine, which are kept with it; or find the same one, that was
    interrupted."""
    by.must(Right.IMPORT)
    made = plan(paths, mapping, house_of_files())
    interrupted = _interrupted(made)
    if interrupted is not None:
        return interrupted, plan(originals_of(interrupted.key), mapping, made.house)
    run = Import(preset=preset, member=by.member, made_at=at)
    kept = [keep_copy(run.key, number, path) for number, path in enumerate(_paths_of(made), 1)]
    made, not_read = plan(kept, mapping, made.house), made.not_read
    made.not_read = not_read
    with act(by=by.actor, at=at) as record:
        run.state = Import.State.WAITING
        settle(run, made)
        record(ImportStarted(run=run.key, system=run.system, files=len(made.steps)))
    return run, made


def plan_of(run: Import) -> Plan:
    """What a kept import reads, by its own mapping and with the cells that were put right."""
    tables = corrected_tables(originals_of(run.key), run.said.get("cells", {}))
    return plan([], Mapping.of(run.mapping), house_of_files(), tables)


def run_import(key: str, *, at: datetime, told: Told = lambda run: None, made: Plan | None = None) -> Import:
    """Run an import to its end, from where it stands; one process at a time. A refusal fails it, with its
    sentence."""
    with held(key) as run:
        if run.state not in (Import.State.WAITING, Import.State.RUNNING, Import.State.FAILED):
            return run
        by = as_import(run.key, run.member)
        at = run.started_at or at
        run.state, run.started_at, run.failure = Import.State.RUNNING, at, ""
        run.save(update_fields=["state", "started_at", "failure"])
        try:
            made = made or plan_of(run)
            if not run.files.exists():
                settle(run, made)
            Run(run, made, by=by, at=at, told=told).go()
        except Refusal as refusal:
            fail(run, refusal, at=at)
            raise
        finish(run, by=by, at=at)
    return run


def dry_run(
    made: Plan, *, by: Acting, at: datetime, told: Told = lambda run: None, key: str = ""
) -> dict[str, Any]:
    """The counts that running this plan would give now. Nothing is written where anybody could see it."""
    by.must(Right.IMPORT)
    with shadowed() as shadow:
        run = Import(
            member=by.member, made_at=at, state=Import.State.RUNNING, **({"key": key} if key else {})
        )
        with together():
            Import.objects.filter(key=run.key).delete()
            settle(run, made)
        Run(run, made, by=as_import(run.key, by.member), at=at, told=told, shadow=shadow).go()
        found = {"by_kind": run.by_kind, "seconds": round(run.seconds, 3), "like": likely_in(shadow)}
        return {**run.counts, **found}


#: What an import fills by the thousand: counted anew at its end, or whoever reads next plans for empty ones.
_FILLED = (
    "buyers_company, buyers_person, buyers_mail, buyers_phone, touches_touch, touches_task, leads_lead,"
    " deals_deal, journal_entry, journal_about"
)


def finish(run: Import, *, by: Acting, at: datetime) -> None:
    """Every row has its verdict."""
    with connection.cursor() as cursor:
        cursor.execute(f"analyze {_FILLED}")
    with act(by=by.actor, at=at, lane="history") as record:
        run.state, run.finished_at = Import.State.FINISHED, at
        run.save(update_fields=["state", "finished_at"])
        record(ImportFinished(run=run.key, **run.counts))


def fail(run: Import, refusal: Refusal, *, at: datetime) -> None:
    """It could not go on; what it took in until then stands, and it can be undone or run again."""
    run.refresh_from_db()
    can_be_settled = not run.rows and not run.files.exists() and run.said
    with act(by=as_import(run.key, run.member).actor, at=at) as record:
        run.state = Import.State.DRAFT if can_be_settled else Import.State.FAILED
        run.failure = refusal.sentence
        run.save(update_fields=["state", "failure"])
        record(ImportFailed(run=run.key, code=refusal.code))


@contextmanager
def held(key: str) -> Iterator[Import]:
    """An import that no other process works on while this one does; a killed process lets go by itself."""
    run = import_of(key)
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s, %s)", [_LOCKS, run.pk])
        if not cursor.fetchone()[0]:
            raise ImportUnderWay(
                f"Another process works on {key} just now. Look at its page, or wait until it is done."
            )
    try:
        run.refresh_from_db()
        yield run
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s, %s)", [_LOCKS, run.pk])


def import_of(key: str) -> Import:
    """An import by its key."""
    run = Import.objects.filter(key=key).select_related("member").first()
    if run is None:
        raise NoSuchImport(key)
    return run


def must_be(run: Import, *states: str) -> None:
    """Refuse a step that does not fit the state."""
    if run.state not in states:
        raise NotReady(
            f"This import is {run.get_state_display().lower()}; that step does not fit now."
            " Load its page again."
        )


def _settle_files(run: Import, made: Plan) -> None:
    run.files.all().delete()
    ImportFile.objects.bulk_create(
        [
            ImportFile(
                run=run,
                position=position,
                table=step.table.name[:400],
                role=step.file.name[:120],
                size=step.table.size,
            )
            for position, step in enumerate(made.steps)
        ]
    )


def settle(run: Import, made: Plan) -> None:
    """Note what an import reads and how."""
    run.system, run.mapping = made.mapping.system, made.mapping.model_dump(mode="json")
    run.names = [step.table.name for step in made.steps]
    run.not_read = [{"name": one.name, "reason": one.reason} for one in made.not_read]
    run.size, run.read = sum(step.table.size for step in made.steps), 0
    run.save()
    _settle_files(run, made)


def _paths_of(made: Plan) -> list[Path]:
    return list(dict.fromkeys(step.table.path for step in made.steps))


def _interrupted(made: Plan) -> Import | None:
    """An import of just these files by just this mapping that began and did not end."""
    names = [step.table.name for step in made.steps]
    for run in Import.objects.filter(state__in=[Import.State.RUNNING, Import.State.WAITING]).order_by("-id")[
        :20
    ]:
        if (
            run.names == names
            and run.mapping == made.mapping.model_dump(mode="json")
            and _alike(run, _paths_of(made))
        ):
            return run
    return None


def _alike(run: Import, paths: list[Path]) -> bool:
    kept = originals_of(run.key)
    return len(kept) == len(paths) and all(
        _digest(one) == _digest(other) for one, other in zip(kept, paths, strict=True)
    )


def _digest(path: Path) -> bytes:
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
