"""Imports in the background: each job takes a key, may run twice or be cut in half, and goes on where it
stood."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.tasks import Task

from songsheet.base import bulk
from songsheet.base.refusals import Refusal
from songsheet.imports.actions import dry_run, held, plan_of, run_import
from songsheet.imports.errors import ImportUnderWay
from songsheet.imports.models import Import
from songsheet.journal.act import together
from songsheet.team.acting import as_import, as_member, as_system
from songsheet.team.queries import now

#: After so long without a sign of life another process goes on.
SILENT = timedelta(seconds=90)


def enqueue(job: Task[Any, Any, Any], key: str, **more: str) -> None:
    """Have a job done in the background; where one waits already, that will do."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.configure(queueing_lock=f"{job.name} {key}").defer(key=key, **more)


@app.task(queue="bulk", name="imports.go_on_with")
def go_on_with(key: str) -> None:
    """Run an import to its end. What refused it stands on its page."""
    try:
        run_import(key, at=now())
    except (Refusal, Import.DoesNotExist):
        return  # told on the page of the import, or worked on by another process


@app.task(queue="bulk", name="imports.check_import")
def check_import(key: str) -> None:
    """Make the dry run of a draft; its counts stand on its page."""
    try:
        with held(key) as run:
            if run.state == Import.State.CHECKING:
                _check(run)
    except ImportUnderWay:
        return  # another process is at it


def _check(run: Import) -> None:
    try:
        counts: dict[str, Any] = dry_run(
            plan_of(run), by=as_import(run.key, run.member), at=now(), told=_noted(run)
        )
    except Refusal as refusal:
        counts = {"refused": refusal.sentence}
    with together():
        run.state, run.checked, run.read = Import.State.DRAFT, counts, 0
        run.save(update_fields=["state", "checked", "read"])


@app.task(queue="bulk", name="imports.undo_kept_import")
def undo_kept_import(key: str, member: str = "") -> None:
    """Undo an import for the member who asked for it."""
    from songsheet.imports.undo import undo_import
    from songsheet.team.models import Member

    asker = Member.objects.filter(key=member).first()
    try:
        undo_import(key, by=as_member(asker) if asker else as_system("worker"), at=now())
    except ImportUnderWay:
        return  # another process is at it


_TAKES_OVER: dict[str, Callable[..., None]] = {"checking": check_import, "undoing": undo_kept_import}


@app.periodic(cron="* * * * *")
@app.task(queue="bulk", name="imports.take_over", queueing_lock="imports.take_over")
def take_over(timestamp: int) -> None:
    """Go on with what a process left lying when it was killed."""
    silent = Import.objects.filter(state__in=["checking", "waiting", "running", "undoing"])
    for run in silent:
        heard = run.heard_at or run.started_at or run.made_at
        if timezone.now() - heard > SILENT:
            _TAKES_OVER.get(run.state, go_on_with)(key=run.key)


def _noted(run: Import) -> Any:
    """How far a dry run is, where its page can read it: in the real table."""

    def told(trying: Import) -> None:
        so_far = {"going": True, "rows": trying.rows, "seconds": trying.seconds}
        bulk.execute(
            "update public.imports_import set checked = %s::jsonb, read = %s, heard_at = %s where id = %s",
            [json.dumps(so_far), trying.read, timezone.now(), run.pk],
        )

    return told
