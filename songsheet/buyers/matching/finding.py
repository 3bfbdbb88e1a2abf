"""Whom a record may be the same as: through the stored blocks, then compared."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from songsheet.base import bulk
from songsheet.buyers.matching import rows
from songsheet.buyers.matching.companies import company_blocks, compare_companies
from songsheet.buyers.matching.people import blocks, compare
from songsheet.buyers.matching.weights import Verdict

#: A block that so many share says nothing: a switchboard, a common name.
MOST_IN_A_BLOCK = 25
#: So many are compared with one record; those that share most blocks.
MOST_COMPARED = 80


@dataclass(frozen=True)
class Way:
    """What comparing people and comparing companies differ in."""

    name: str
    load: Callable[[Collection[int]], dict[int, Any]]
    blocks: Callable[[Any], set[str]]
    compare: Callable[[Any, Any], Verdict]

    @property
    def stored(self) -> str:
        """The table of blocks."""
        return f"buyers_{self.name}block"

    @property
    def pairs(self) -> str:
        """The table of suggestions."""
        return f"buyers_{self.name}suggestion"


PEOPLE = Way("person", rows.people, blocks, compare)
COMPANIES = Way("company", rows.companies, company_blocks, compare_companies)


@dataclass(frozen=True)
class Likely:
    """A record that may be the same as another, by id."""

    id: int
    verdict: Verdict


def duplicates_of(way: Way, id_: int) -> list[Likely]:
    """Who may be the same as this record, the surest first; without those of whom somebody said that they
    are not."""
    mine = way.load([id_]).get(id_)
    return resembling(way, mine, id_) if mine is not None else []


def resembling(way: Way, mine: Any, id_: int = 0) -> list[Likely]:
    """Who resembles what is known of somebody, who may have no record yet."""
    candidates = _meeting(way, [rows.hashed(block) for block in way.blocks(mine)], id_)
    others = way.load(candidates) if candidates else {}
    likely = [Likely(other, way.compare(mine, its)) for other, its in others.items()]
    found = [one for one in likely if one.verdict.is_suggested]
    return sorted(found, key=lambda one: (-one.verdict.confidence, one.id))


def _meeting(way: Way, hashes: list[int], id_: int) -> list[int]:
    found = bulk.rows(
        f"""select {way.name}_id, count(*) from unnest(%(blocks)s::bigint[]) as mine (block),
              lateral (select {way.name}_id from {way.stored} where block = mine.block
                        limit {MOST_IN_A_BLOCK + 1}) as its,
              lateral (select count(*) as size from (select from {way.stored} where block = mine.block
                        limit {MOST_IN_A_BLOCK + 1}) as counted) as sized
             where size <= {MOST_IN_A_BLOCK} and {way.name}_id <> %(id)s
               and not exists (
                   select from {way.pairs} where state = 'dismissed'
                      and first_id = least({way.name}_id, %(id)s)
                      and second_id = greatest({way.name}_id, %(id)s))
             group by 1 order by 2 desc, 1 limit {MOST_COMPARED}""",
        {"blocks": hashes, "id": id_},
    )
    return [other for other, _ in found]


def meeting_many(way: Way, mine: Mapping[int, Any]) -> list[tuple[int, int]]:
    """Which of many, who may have no record yet, share a block with which record; one statement."""
    lines = [(id_, rows.hashed(block)) for id_, its in mine.items() for block in way.blocks(its)]
    return [
        (id_, other)
        for id_, other in bulk.rows(
            f"""with mine as materialized (
                    select * from unnest(%(ids)s::bigint[], %(blocks)s::bigint[]) as given (id, block)),
                met as materialized (
                    select block from (select distinct block from mine) as its,
                   lateral (select count(*) as size from (select from {way.stored} where block = its.block
                             limit {MOST_IN_A_BLOCK + 1}) as counted) as sized
                     where size between 1 and {MOST_IN_A_BLOCK})
                select distinct mine.id, other.{way.name}_id from met join mine using (block),
               lateral (select {way.name}_id from {way.stored} where block = met.block offset 0) as other""",
            {"ids": [id_ for id_, _ in lines], "blocks": [block for _, block in lines]},
        )
    ]
