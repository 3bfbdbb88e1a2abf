"""Keeping what arrives: in one statement, so that once it is committed it is known and never taken twice."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from songsheet.base import bulk
from songsheet.base.ids import many_keys

#: What stands between two bodies on their way: JSON holds no such character as it is.
_BETWEEN = "\x1e"
#: Hashes, doors and feeds as arrays, bodies as one text; no hash twice. Answers with the places, counted from
#: one, of those that are known already, which are few. Always in the order of the hashes, so that two of
#: these never wait for each other.
PUT = """
with given as (
    select * from unnest(%s::uuid[], %s::text[], %s::text[], string_to_array(%s::text, chr(30)))
        with ordinality as given(hash, door, feed, body, nth)),
fresh as (
    insert into intake_seen (hash) select hash from given order by hash
        on conflict do nothing returning hash),
put as (
    insert into intake_inbox (hash, door, feed, received_at, body)
    select hash, door, feed, clock_timestamp(), body from given join fresh using (hash) order by nth)
select nth from given where hash not in (select hash from fresh)
"""
#: By how much the house is ahead of the clock outside: nothing but in the demo, which lives on its own day.
HOUSE_AHEAD = "(select clock_offset from team_house where id = 1)"
#: The arrays are keys, doors, feeds, marks, bodies, problems and fields. What waits there already is not held
#: back again: it keeps its key. Answers with each mark and its key.
HOLD_BACK = f"""
insert into intake_heldback
       (key, door, feed, mark, body, problem, field, received_at, came_at, state, version)
select distinct on (mark) key, door, feed, mark, body, problem, field, clock_timestamp(),
       clock_timestamp() + {HOUSE_AHEAD}, 'waiting', 1
  from unnest(%s::text[], %s::text[], %s::text[], %s::uuid[], %s::text[], %s::text[], %s::text[])
       as given(key, door, feed, mark, body, problem, field) order by mark
    on conflict (mark) where state = 'waiting' do update set version = intake_heldback.version
returning mark, key
"""


class Item(NamedTuple):
    """Something that arrived, under its mark: `body` is the JSON of an `Arrived`."""

    hash: str
    door: str
    feed: str
    body: str


def mark_of(system: str, id_: str) -> str:
    """Sixteen bytes over a system's name and its id, as text: what makes two of the same one."""
    return hashlib.blake2b(f"{system}\x00{id_}".encode(), digest_size=16).hexdigest()


def hash_of(system: str, id_: str) -> UUID:
    """The same as a column has it."""
    return UUID(mark_of(system, id_))


def columns_of(items: Iterable[Item]) -> list[str]:
    """The values of PUT, written out: the driver takes fifty times as long to write them."""
    hashes, doors, feeds, bodies = zip(*items, strict=True)
    return ["{" + ",".join(hashes) + "}", bulk.array(doors), bulk.array(feeds), _BETWEEN.join(bodies)]


def firsts(items: Iterable[Item]) -> dict[str, Item]:
    """By their marks: of one that is given twice the first counts."""
    found: dict[str, Item] = {}
    for one in items:
        found.setdefault(one.hash, one)
    return found


def known(marks: Iterable[str], places: Iterable[tuple[int]]) -> set[str]:
    """The marks that PUT answered with."""
    by_place = list(marks)
    return {by_place[nth - 1] for (nth,) in places}


def put(items: Sequence[Item]) -> list[bool]:
    """Keep what arrived, in the transaction that is open or its own; whether each is new."""
    if not items:
        return []
    first = firsts(items)
    old = known(first, bulk.rows(PUT, columns_of(first.values())))
    return [one.hash not in old and first[one.hash] is one for one in items]


class Held(NamedTuple):
    """Something that cannot be taken: as it came, what is wrong with it, and at which field.

    `mark` is given where it was taken into the inbox before: then it is the hash under which it is known.
    """

    door: str
    feed: str
    body: str
    problem: str
    field: str = ""
    mark: UUID | None = None


def hold_back(items: Sequence[Held]) -> list[str]:
    """Keep what cannot be taken until it is mended; the key of each, of what waits already that one's.

    Of what waited already and was sent in again at this very moment there is none.
    """
    marks = [str(one.mark or hash_of(one.feed, one.body)) for one in items]
    if not items:
        return []
    plain = [(one.door, one.feed, one.body, one.problem[:500], one.field[:60]) for one in items]
    doors, feeds, bodies, problems, fields = (list(column) for column in zip(*plain, strict=True))
    bulk.execute(HOLD_BACK, [many_keys("held", len(items)), doors, feeds, marks, bodies, problems, fields])
    stands = "select mark::text, key from intake_heldback where mark = any(%s::uuid[]) and state = 'waiting'"
    known = dict(bulk.rows(stands, [marks]))
    return [known[mark] for mark in marks if mark in known]


def put_again(item: Item) -> bool:
    """Put in what was taken before and then held back: it is known under its hash, and waits nowhere."""
    return bool(
        bulk.execute(
            """insert into intake_inbox (hash, door, feed, received_at, body)
               select %s::uuid, %s, %s, clock_timestamp(), %s
                where not exists (select from intake_inbox where hash = %s::uuid)""",
            [item.hash, *item[1:], item.hash],
        )
    )
