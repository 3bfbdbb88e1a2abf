"""A dry run writes into temporary tables that stand before the real ones, filled with just the rows that
it meets.

The same statements run as in earnest, so that the counts are the same; real rows are only read, and nobody
waits.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

from songsheet.base import bulk
from songsheet.base.chunks import Chunk, Given, meeting
from songsheet.imports.taking.links import Linked
from songsheet.journal.act import rehearsal

#: Short tables, taken whole.
_WHOLE = (
    "team_member", "team_othername", "team_customfield", "touches_source", "touches_campaign", "deals_stage",
    "imports_import", "imports_importfile",
)  # fmt: skip
#: Long ones, of which only what is met is taken.
_PARTLY = (
    "buyers_company", "buyers_person", "buyers_mail", "buyers_phone", "buyers_externalid", "buyers_consent",
    "buyers_donotcontact", "touches_touch", "touches_task", "leads_lead", "deals_deal", "imports_rowseen",
    "imports_made", "imports_before",
)  # fmt: skip
_OF_PEOPLE = ("buyers_mail", "buyers_phone", "buyers_externalid", "buyers_consent", "buyers_donotcontact")
#: Ids of new rows begin here, far from those of rows that stand.
_FAR = 10**15


@contextmanager
def shadowed() -> "Iterator[Shadow]":
    """Temporary tables over the real ones, on this thread's connection alone, gone at the end."""
    every = [*_WHOLE, *_PARTLY]
    connection.ensure_connection()
    _drop(every)
    try:
        for table in every:
            bulk.execute(f"create temporary table {table} (like public.{table} including all)")
            sequence = bulk.rows(f"select pg_get_serial_sequence('pg_temp.{table}', 'id')")[0][0]
            if sequence:
                bulk.rows("select setval(%s::regclass, %s)", [sequence, _FAR])
        for table in _WHOLE:
            bulk.execute(f"insert into pg_temp.{table} select * from public.{table}")
        bulk.execute("discard plans")
        shadow = Shadow()
        met = meeting.set(shadow.meet)
        try:
            with rehearsal():
                yield shadow
        finally:
            meeting.reset(met)
    finally:
        _drop(every)


def _drop(tables: Sequence[str]) -> None:
    there = [table for table in tables if bulk.rows("select to_regclass(%s)", [f"pg_temp.{table}"])[0][0]]
    if there:
        bulk.execute(f"drop table {', '.join(f'pg_temp.{table}' for table in there)}")
    bulk.execute("discard plans")
    bulk.forget_numbers()


class Shadow:
    """Brings rows over before they are met."""

    def meet(self, chunk: Chunk[Any], good: Sequence[Given[Any]]) -> None:
        """Whatever these rows of a chunk would find."""
        with _real():
            probe = type(chunk)([], chunk.at)
            probe.look_up(good)
        self._bring(chunk.prefix, probe.shelf.by_id.keys())

    def linked(
        self, kind: str, find: Callable[..., dict[str, Linked]], system: str, by: str, texts: Collection[str]
    ) -> None:
        """Whatever these texts mean."""
        with _real():
            found = find(system, kind, by, texts).values()
        self._bring(kind, {one.ref[0] for one in found})
        for name in ("person", "company", "lead"):
            refs = [getattr(one, name) for one in found]
            self._bring(name, {ref[0] for ref in refs if ref})

    def really(self, sql: str, given: Sequence[Any]) -> list[tuple[Any, ...]]:
        """What a query finds in the real tables."""
        with _real():
            return bulk.rows(sql, given)

    def new_people(self, most: int) -> tuple[int, int, list[int]]:
        """How many people who stand were met, how many would be new, and the ids of the first of these."""
        found = "from pg_temp.buyers_person where gone_at is null and root_id is null and id"
        ((met, new),) = bulk.rows(
            f"select (select count(*) {found} < %s), (select count(*) {found} >= %s)", [_FAR, _FAR]
        )
        return (
            met,
            new,
            [id_ for (id_,) in bulk.rows(f"select id {found} >= %s order by id limit %s", [_FAR, most])],
        )

    @contextmanager
    def real(self) -> Iterator[None]:
        """Within, names mean the real tables."""
        with _real():
            yield

    def seen(self, system: str, file: str, names: Collection[str]) -> None:
        """Rows seen before under these names."""
        bulk.execute(
            """insert into pg_temp.imports_rowseen select * from public.imports_rowseen
                where system = %s and file = %s and external_id = any(%s::text[]) on conflict do nothing""",
            [system, file, list(names)],
        )

    def _bring(self, kind: str, ids: Collection[int]) -> None:
        wanted = [id_ for id_ in ids if id_ < _FAR]
        if not wanted:
            return
        if kind == "company":
            self._family("buyers_company", wanted)
            _copy("buyers_externalid", "company_id", wanted)
        elif kind == "person":
            family = self._family("buyers_person", wanted)
            for table in _OF_PEOPLE:
                _copy(table, "person_id", family)
            self._bring("company", _column("buyers_person", "company_id", family))
        elif kind == "lead":
            _copy("leads_lead", "id", wanted)
            self._bring("person", _column("leads_lead", "person_id", wanted))
            self._bring("company", _column("leads_lead", "company_id", wanted))
        elif kind == "deal":
            _copy("deals_deal", "id", wanted)
            self._bring("lead", _column("deals_deal", "lead_id", wanted))
            self._bring("person", _column("deals_deal", "person_id", wanted))
            self._bring("company", _column("deals_deal", "company_id", wanted))
        elif kind in ("touch", "task"):
            _copy({"touch": "touches_touch", "task": "touches_task"}[kind], "id", wanted)

    def _family(self, table: str, ids: list[int]) -> list[int]:
        """These rows, their roots and what was merged into them."""
        found = bulk.rows(
            f"""with root as (select coalesce(root_id, id) as id from public.{table} where id =
            any(%(ids)s::bigint[]))
                select it.id from public.{table} it where it.id in (select id from root)
                 union select it.id from public.{table} it where it.root_id in (select id from root)""",
            {"ids": ids},
        )
        family = [id_ for (id_,) in found]
        _copy(table, "id", family)
        return family


def _copy(table: str, column: str, ids: Collection[int]) -> None:
    bulk.execute(
        f"""insert into pg_temp.{table} select * from public.{table}
             where {column} = any(%s::bigint[]) on conflict do nothing""",
        [list(ids)],
    )


def _column(table: str, column: str, ids: Collection[int]) -> set[int]:
    found = bulk.rows(
        f"select distinct {column} from public.{table} where id = any(%s::bigint[])", [list(ids)]
    )
    return {id_ for (id_,) in found if id_}


@contextmanager
def _real() -> Iterator[None]:
    """Within, names mean the real tables. After an error the transaction is rolled back, and this with it."""
    bulk.execute("set search_path = public, pg_temp")
    yield
    bulk.execute("set search_path = pg_temp, public")
