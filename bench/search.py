"""Search at size: 200 different queries of nine kinds, over the rows that `bench.size` made or the home that is given.

`python -m bench.search [--database songsheet_bench_size | --home] [--fill] [--plans FOLDER] [--json]`. With `--fill` the table
is filled first, and what that takes a 100,000 records of a kind is told. Times are those of the whole search as the page and
the API have it (queries, rights, the first hits in words), without the frame. `busy` is the time that this process and the
database's worked for it, which others on the machine do not lengthen; with `--plans` the plan of one query a kind is kept.
"""

import argparse
import json
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.size import DATABASE

BAR = 250
EACH = 22


def queries() -> Iterator[tuple[str, str]]:
    """Kind of query and words, no two the same; the words are those that `bench.size` gives its rows."""
    draw = random.Random(11)
    given = ("ada", "ben", "clara", "david", "elena", "felix", "greta", "hugo", "ines", "jonas", "kira", "liam", "mara",
             "noah", "olga", "paul", "rosa", "sven", "tara", "uwe", "firm", "desks")  # fmt: skip
    families = ("abel", "berg", "cohen", "dahl", "engel", "falk", "graf", "holm", "iversen", "jansen", "keller", "lund",
                "moser", "nagy", "okafor", "peters", "quist")  # fmt: skip
    letters = "abcdefghijklmnopqrstuvwxyz"
    for n in range(EACH):
        number = draw.randrange(9973)
        one, family = given[n % len(given)], families[n % len(families)]
        yield "a common word", one
        yield "a rare word", f"{family}{number}"
        yield "name and family", f"{one} {family}{draw.randrange(9973)}"
        yield "two letters", family[:2] if n < len(families) else f"{family[0]}{letters[n]}"
        yield "beginnings", f"{one[:2]} {family}{number // 100}"
        yield "a mail address", f"p{draw.randrange(1, 900_000)}@bench.example"
        yield "a number", f"+49 30 {draw.randrange(10**6, 10**7)}"
        yield "misspelt", f"{one[:1]}{letters[n]}{one[1:]} {family[:3]}"
        yield "a company", f"firm {draw.randrange(1, 90_000)}"


def fill() -> dict[str, dict[str, float]]:
    """Fill the table; records and seconds a 100,000 of each kind."""
    from songsheet.find.kinds import KINDS
    from songsheet.find.refresh import refresh, spans

    told = {}
    for kind in KINDS:
        began, records = time.monotonic(), 0
        for ids in spans(kind):
            refresh(kind, ids)
            records += len(ids)
        seconds = time.monotonic() - began
        told[kind.name] = {"records": records, "seconds": round(seconds, 1)}
        if records:
            told[kind.name]["seconds_per_100k"] = round(seconds / records * 100_000, 1)
        print(f"{kind.name:10} {told[kind.name]}", flush=True)
    return told


def sizes() -> dict[str, int]:
    """Bytes of the tables and of each index."""
    from songsheet.journal.sql import rows

    execute_vacuum()
    return dict(
        rows(
            """select relname, pg_relation_size(oid) from pg_class where relkind in ('r', 'i')
                and (relname like 'find_%%' or relname like 'found_%%' or relname = 'word_spelled_nearly_so')
              order by 2 desc"""
        )
    )


def execute_vacuum() -> None:
    """As autovacuum would have, by now."""
    from songsheet.journal.sql import execute

    execute("vacuum analyze find_found")
    execute("vacuum analyze find_word")


def busy() -> Callable[[], float]:
    """Seconds that this process and its database process have worked."""
    from songsheet.journal.sql import rows

    ((pid,),) = rows("select pg_backend_pid()")
    stat = Path(f"/proc/{pid}/stat")
    ticks = os.sysconf("SC_CLK_TCK")

    def so_far() -> float:
        database = (
            sum(map(int, stat.read_text().rsplit(")", 1)[1].split()[11:13])) / ticks if stat.exists() else 0.0
        )
        return time.process_time() + database

    return so_far


def measure() -> dict[str, dict[str, float]]:
    """p50, p95 and p99 in milliseconds of each kind of query and of all; and how long both processes were busy."""
    from songsheet.find.search import search
    from songsheet.find.show import shown
    from songsheet.team.acting import as_system

    viewer, worked = as_system("bench"), busy()

    def ask(words: str) -> int:
        hits = search(viewer, words)
        shown(viewer, {name: ids[:5] for name, ids in hits.by_kind.items()})
        return len(hits.found)

    ask("warm up")
    taken: dict[str, list[tuple[float, float]]] = {}
    for kind, words in queries():
        began, before = time.perf_counter(), worked()
        ask(words)
        taken.setdefault(kind, []).append((time.perf_counter() - began, worked() - before))
    taken["all"] = [one for each in taken.values() for one in each]
    told = {}
    for kind, times in taken.items():
        cuts = statistics.quantiles([wall * 1000 for wall, _ in times], n=100)
        worked_for = sorted(work * 1000 for _, work in times)
        told[kind] = {
            "queries": len(times), "p50": round(cuts[49], 1), "p95": round(cuts[94], 1), "p99": round(cuts[98], 1),
            "busy": round(statistics.mean(worked_for), 1), "busy_p95": round(worked_for[len(times) * 95 // 100], 1),
        }  # fmt: skip
    return told


def keep_plans(folder: Path) -> None:
    """The plan of one query of each kind."""
    from django.db import transaction

    from songsheet.find.kinds import KINDS
    from songsheet.find.search import QUIETLY, statement
    from songsheet.find.words import Asked
    from songsheet.journal.sql import execute, rows

    folder.mkdir(parents=True, exist_ok=True)
    for kind, words in dict(queries()).items():
        with transaction.atomic():
            execute(QUIETLY)
            sql = statement([one.number for one in KINDS])
            plan = rows("explain (analyze, buffers) " + sql, Asked(words).queries())
        lines = [f"-- {kind}: {words}", *(line for (line,) in plan)]
        (folder / f"search_{kind.replace(' ', '_')}.txt").write_text("\n".join(lines), encoding="utf-8")


def main() -> None:
    """Fill, measure, tell."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--database", default=DATABASE)
    options.add_argument("--home", action="store_true", help="the database of the home itself")
    options.add_argument("--fill", action="store_true")
    options.add_argument("--plans", type=Path)
    options.add_argument("--json", action="store_true", help="the JSON line only")
    chosen = options.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "songsheet.config.settings")
    if chosen.home:
        from songsheet.config.prepare import ready

        ready()
    else:
        from bench.beside import connect

        connect(chosen.database)
    told: dict[str, Any] = {"filled": fill()} if chosen.fill else {}
    told["bytes"], told["milliseconds"] = sizes(), measure()
    if chosen.plans:
        keep_plans(chosen.plans)
    for kind, seen in told["milliseconds"].items() if not chosen.json else []:
        print(f"{kind:18}{seen['p50']:9.1f}{seen['p95']:9.1f}{seen['p99']:9.1f} ms   busy {seen['busy']:.1f}, p95 {seen['busy_p95']:.1f} ms"
              f"{'' if seen['p95'] <= BAR else '   MISSED'}")  # fmt: skip
    print(json.dumps(told))


if __name__ == "__main__":
    main()
