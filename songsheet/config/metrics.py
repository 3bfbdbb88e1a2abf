"""What is counted while serving, by every process into files that any of them can add up (Prometheus)."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from songsheet.journal.sql import rows

if TYPE_CHECKING:
    from prometheus_client import Histogram

#: Upper bounds in seconds: fine around the bars of the pages, coarse where something is wrong.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
_made: "dict[str, Histogram]" = {}


def folder() -> Path:
    """Where the processes of this home count."""
    return Path(settings.ENVIRONMENT.home) / "metrics"


def begin_anew() -> None:
    """Forget the counts of processes that are gone; called before the first one serves."""
    for path in folder().glob("*.db"):
        path.unlink()


def answered(method: str, route: str, status: int, seconds: float) -> None:
    """One request was answered."""
    _requests().labels(method, route, str(status)).observe(seconds)


def _requests() -> "Histogram":
    if "requests" not in _made:
        folder().mkdir(parents=True, exist_ok=True)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder())  # read when the library is first loaded
        from prometheus_client import CollectorRegistry, Histogram

        _made["requests"] = Histogram(
            "songsheet_request_seconds", "Requests by route and status, and how long each took",
            ["method", "route", "status"], buckets=BUCKETS, registry=CollectorRegistry(),
        )  # fmt: skip
    return _made["requests"]


def text() -> str:
    """Everything in Prometheus' text form: counts of all processes, and how the house stands now."""
    _requests()
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(folder()))  # type: ignore[no-untyped-call]
    return generate_latest(registry).decode() + "".join(f"{line}\n" for line in _standing())


def _standing() -> Iterator[str]:
    from songsheet.config.wiring import READERS
    from songsheet.journal.queries import head, lags, parked_count

    yield from _gauge("journal_position", "The last entry of the journal", [("", head())])
    told = lags(READERS)
    yield from _gauge(
        "reader_behind", "Entries a reader has not heard, counted to 10,000",
        [(f'reader="{one.reader}"', one.behind) for one in told],
    )  # fmt: skip
    yield from _gauge("parked", "Entries that need somebody, and readers that stand still",
                      [("", parked_count())])  # fmt: skip
    yield from _gauge("jobs", "Jobs by queue and state", [
        (f'queue="{queue}",state="{state}"', count)
        for queue, state, count in rows(
            "select queue_name, status::text, count(*) from procrastinate_jobs"
            " where status in ('todo', 'doing', 'failed') group by 1, 2 order by 1, 2"
        )
    ])  # fmt: skip
    (found,) = rows(
        """select (select count(*) from imports_import where state in ('checking', 'running', 'undoing')),
                  (select count(*) from pg_stat_activity where datname = current_database()),
                  current_setting('max_connections')::int, pg_database_size(current_database())"""
    )
    names = ("imports_running", "connections", "connections_most", "database_bytes")
    words = ("Imports under way", "Connections open", "Connections that may be open", "Size of the database")
    for name, word, value in zip(names, words, found, strict=True):
        yield from _gauge(name, word, [("", value)])


def _gauge(name: str, words: str, values: Iterable[tuple[str, int]]) -> Iterator[str]:
    yield f"# HELP songsheet_{name} {words}."
    yield f"# TYPE songsheet_{name} gauge"
    for labels, value in values:
        yield f"songsheet_{name}{{{labels}}} {value}" if labels else f"songsheet_{name} {value}"
