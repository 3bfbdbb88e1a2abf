"""What the doctor sees of the work: readers, parked entries, jobs, imports, slow queries, bloated tables."""

from collections.abc import Iterator

from songsheet.journal.queries import lags, parked_count
from songsheet.journal.sql import rows
from songsheet.team.fields.index_actions import unfinished

Told = Iterator[tuple[bool, str]]
_MOST_BEHIND = 5_000
_LATE = "10 minutes"


def readers() -> Told:
    """How far each is behind the journal, and whether it stands still."""
    from songsheet.config.wiring import READERS

    for one in lags(READERS):
        if one.error:
            yield (
                False,
                f"Reader {one.reader} failed: {one.error} Mend it, then restart it on Parked work.",
            )
        else:
            well = one.behind < _MOST_BEHIND
            yield (
                well,
                f"Reader {one.reader} is {one.behind:,} entries behind."
                + ("" if well else " Start `songsheet work`, or one more of it."),
            )


def parked() -> Told:
    """Entries that no reader could answer."""
    count = parked_count()
    yield not count, f"{count:,} entries are parked." + (" Look at Parked work." if count else "")


def jobs() -> Told:
    """Jobs that nobody does, and jobs that failed."""
    (found,) = rows(
        f"""select count(*) filter (where job.status = 'todo' and coalesce(job.scheduled_at, began.at)
                                    < now() - interval '{_LATE}'),
                   count(*) filter (where job.status = 'failed' and began.at > now() - interval '7 days')
              from procrastinate_jobs job left join lateral
                   (select max(at) as at from procrastinate_events where job_id = job.id) as began on true
             where job.status in ('todo', 'failed')"""
    )
    waiting, failed = found
    yield (
        not waiting,
        f"{waiting:,} jobs have waited for more than {_LATE}."
        + (" No worker does them: start `songsheet work`." if waiting else ""),
    )
    yield (
        not failed,
        f"{failed:,} jobs failed within a week."
        + (" Look at the log of the worker for why." if failed else ""),
    )


def imports() -> Told:
    """Imports whose process is silent."""
    (found,) = rows(
        f"""select count(*), count(*) filter (where heard_at < now() - interval '{_LATE}')
              from imports_import where state in ('checking', 'running', 'undoing')"""
    )
    going, silent = found
    yield (
        not silent,
        f"{going:,} imports are under way, {silent:,} of them silent."
        + (" A worker takes them over within two minutes: start `songsheet work`." if silent else ""),
    )


def slow() -> Told:
    """What runs, or holds a transaction open, for longer than anything of ours should."""
    found = rows(
        """select pid, extract(epoch from now() - xact_start)::int, state from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()
              and backend_type = 'client backend' and xact_start < now() - interval '2 minutes'
            order by xact_start limit 5"""
    )
    for pid, seconds, state in found:
        yield (
            False,
            (
                f"Connection {pid} holds a transaction open for {seconds} s ({state}). If it is nobody's "
                "import or backup, end it by pg_terminate_backend."
            ),
        )
    if not found:
        yield True, "No transaction is open for more than two minutes."


def tables() -> Told:
    """Tables full of dead rows, and indexes that a broken migration left unusable."""
    for name, dead, live in rows(
        """select relname, n_dead_tup, n_live_tup from pg_stat_user_tables
            where n_dead_tup > 100000 and n_dead_tup > n_live_tup / 2 order by n_dead_tup desc limit 5"""
    ):
        yield False, f"Table {name} has {dead:,} dead rows beside {live:,}. Run vacuum analyze on it."
    broken = rows("select indexrelid::regclass::text from pg_index where not indisvalid limit 5")
    for (name,) in broken:
        yield False, f"Index {name} is unusable. Run reindex index {name}."
    if not broken:
        yield True, "Every index is usable."


def own_fields() -> Told:
    """Indexes of declared fields that are missing or broke off while they were made."""
    amiss = {key: names for key, names in unfinished().items() if names}
    for key, names in amiss.items():
        yield (
            False,
            f"{len(names)} indexes of the field {key} are missing or broken ({names[0]} …). "
            "Its page under Settings makes them again; `songsheet work` does so by itself.",
        )
    if not amiss:
        yield True, "Every field that is filtered by has its index."
