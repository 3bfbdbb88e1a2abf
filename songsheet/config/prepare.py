"""Making a home ready: Django, the database's schema, the first rows. Quick when nothing is to be done."""

import os

import django
from django.db import connection

#: Held while migrating, so that processes starting together migrate once.
_LOCK = 8_370_213_001


def ready() -> None:
    """Set Django up and bring the database to this version's schema."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "songsheet.config.settings")
    django.setup()
    if _behind():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            try:
                if _behind():
                    _migrate()
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    _enrol()


def _behind() -> bool:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    _found()


def _enrol() -> None:
    """Each reader gets its cursor before anything is recorded, not only when a worker first listens."""
    from songsheet.config.wiring import READERS
    from songsheet.journal.readers import enrol

    enrol(READERS)


def _found() -> None:
    """An administrator to come, the first queue, a draft of each agreement; what is there stays."""
    from songsheet.agreements.actions import open_agreements
    from songsheet.leads.actions import open_queue
    from songsheet.leads.models import Queue
    from songsheet.team.acting import as_system
    from songsheet.team.actions import join_team
    from songsheet.team.models import Member
    from songsheet.team.queries import now

    if not Member.objects.exists():
        join_team(
            name="Administrator", email=None, role="administrator", state=Member.State.ELSEWHERE,
            by=as_system("prepare"), at=now(),
        )  # fmt: skip
    if not Queue.objects.exists():
        first = Member.objects.filter(role="administrator").order_by("id").first()
        assert first is not None
        open_queue(name="New leads", responsible=first, by=as_system("prepare"), at=now())
    open_agreements(by=as_system("prepare"), at=now())
