"""Keeping blocks and suggestions: what was recorded about a buyer since is hashed and compared again."""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from songsheet.base import bulk
from songsheet.base.ids import many_keys
from songsheet.buyers.matching import rows
from songsheet.buyers.matching.finding import COMPANIES, MOST_IN_A_BLOCK, PEOPLE, Way
from songsheet.journal.act import together
from songsheet.journal.reader import Reader
from songsheet.journal.readers import catch_up, enrol
from songsheet.team.queries import now

CHUNK = 5_000
#: So many records that stood before are hashed in one go: what waits in the lane waits no longer than that.
MOST_FILLED = 20_000
_PREFIX = "pair"


def answer(after: int, until: int) -> None:
    """Hash and compare again whom the entries after < position <= until are about."""
    for way in (COMPANIES, PEOPLE):
        ids = [
            id_
            for (id_,) in bulk.rows(
                f"""select distinct coalesce(root_id, id) from buyers_{way.name}
                     where key in (select key from journal_about
                                    where position > %(after)s and position <= %(until)s
                                      and key like '{way.name}\\_%%')
                     union select id from buyers_{way.name}
                     where root_id is null and key in (
                           select key from journal_about where position > %(after)s and position <= %(until)s
                              and key like '{way.name}\\_%%')""",
                {"after": after, "until": until},
            )
        ]
        for some in _chunks(sorted(ids)):
            refresh_blocks(way, some)
            sweep(way, some, at=now())


#: Heard by a job of the bulk lane, so that it never works beside an import.
READER = Reader("buyers.blocks", ranges=answer, hears_history=True, since="now")


def keep(most: int = MOST_FILLED) -> int:
    """Hash and compare who is new, so many at a time in the order of their ids, then hear the journal.

    Returns how many were new. The journal waits until nobody is left: whoever stood before the first time is
    hashed once, and what changed meanwhile is heard afterwards.
    """
    enrol([READER])
    filled = 0
    for way in (COMPANIES, PEOPLE):
        sql = f"""select id from buyers_{way.name} where root_id is null and gone_at is null
            and id > (select coalesce(max({way.name}_id), 0) from {way.stored}) order by id limit %s"""
        ids = [id_ for (id_,) in bulk.rows(sql, [most - filled])]
        for some in _chunks(ids):
            refresh_blocks(way, some)
        for some in _chunks(ids):
            sweep(way, some, at=now())
        filled += len(ids)
    if filled < most:
        catch_up(READER)
    return filled


def refresh_blocks(way: Way, ids: Collection[int]) -> int:
    """Store the blocks of these records, and none of those that are merged or gone; how many."""
    lines = [
        (id_, block)
        for id_, its in way.load(ids).items()
        for block in sorted(map(rows.hashed, way.blocks(its)))
    ]
    with together():
        bulk.execute(
            f"""delete from {way.stored} where {way.name}_id in (
                    select unnest(%(ids)s::bigint[]) union all
                    select id from buyers_{way.name} where root_id = any(%(ids)s::bigint[]))""",
            {"ids": sorted(ids)},
        )
        bulk.copy_in(way.stored, [f"{way.name}_id", "block"], lines)
    return len(lines)


def sweep(way: Way, ids: Collection[int], *, at: datetime) -> int:
    """Compare these records with all that share a block, and keep what is suggested; how many pairs are."""
    pairs = bulk.rows(_PAIRS.format(name=way.name, stored=way.stored), {"ids": sorted(ids)})
    known = way.load({id_ for pair in pairs for id_ in pair})
    found = [
        (one, other, verdict)
        for one, other in pairs
        if one in known and other in known
        and (verdict := way.compare(known[one], known[other])).is_suggested
    ]  # fmt: skip
    with together():
        bulk.execute(
            f"""delete from {way.pairs} where state = 'open'
                   and (first_id = any(%(ids)s::bigint[]) or second_id = any(%(ids)s::bigint[]))
                   and (first_id, second_id) not in (
                       select * from unnest(%(ones)s::bigint[], %(others)s::bigint[]))""",
            {"ids": sorted(ids), "ones": [one for one, _, _ in found], "others": [it for _, it, _ in found]},
        )
        bulk.execute(
            f"""insert into {way.pairs} (key, state, confidence, reasons, made_at, first_id, second_id)
                select key, 'open', confidence, reasons::jsonb, %(at)s, one, other
                  from unnest(%(keys)s::text[], %(sure)s::int[], %(reasons)s::text[],
                              %(ones)s::bigint[], %(others)s::bigint[])
                    as given (key, confidence, reasons, one, other)
                on conflict (first_id, second_id) do update
                   set confidence = excluded.confidence, reasons = excluded.reasons
                 where {way.pairs}.state = 'open'""",
            {
                "at": at,
                "keys": many_keys(_PREFIX, len(found)),
                "sure": [round(verdict.confidence * 10_000) for _, _, verdict in found],
                "reasons": [json.dumps(verdict.found) for _, _, verdict in found],
                "ones": [one for one, _, _ in found],
                "others": [other for _, other, _ in found],
            },
        )
    return len(found)


_PAIRS = f"""
with mine as materialized (
    select {{name}}_id as id, block from {{stored}} where {{name}}_id = any(%(ids)s::bigint[])),
met as materialized (
    select block from (select distinct block from mine) as its,
   lateral (select count(*) as size from (select from {{stored}} where block = its.block
             limit {MOST_IN_A_BLOCK + 1}) as counted) as sized
     where size between 2 and {MOST_IN_A_BLOCK})
select distinct least(mine.id, other.{{name}}_id), greatest(mine.id, other.{{name}}_id)
  from met join mine using (block),
lateral (select {{name}}_id from {{stored}}
          where block = met.block and {{name}}_id <> mine.id offset 0) as other"""


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
