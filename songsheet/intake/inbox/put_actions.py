"""Keeping what arrives: in one statement, so that once it is committed it is known and never taken twice."""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from songsheet.base import bulk
from songsheet.base.ids import many_keys

#: The arrays are hashes, doors, feeds and bodies. Answers with the hashes that are new; of one that is given
#: twice the first counts. Always in the order of the hashes, so that two of these never wait for each other.
PUT = """
with given as (
    select * from unnest(%s::uuid[], %s::text[], %s::text[], %s::text[]) with ordinality
        as given(hash, door, feed, body, nth)),
fresh as (
    insert into intake_seen (hash) select distinct hash from given order by hash
        on conflict do nothing returning hash),
put as (
    insert into intake_inbox (hash, door, feed, received_at, body)
    select hash, door, feed, clock_timestamp(), body
      from (select distinct on (hash) given.* from given join fresh using (hash) order by hash, nth) as first
     order by nth)
select hash from fresh
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
    """Something that arrived: `body` is the JSON of an `Arrived`."""

    hash: UUID
    door: str
    feed: str
    body: str


def hash_of(system: str, id_: str) -> UUID:
    """Sixteen bytes over a system's name and its id: what makes two of the same one."""
    return UUID(bytes=hashlib.blake2b(f"{system}\x00{id_}".encode(), digest_size=16).digest())


def columns_of(items: Sequence[Item]) -> list[str]:
    """The arrays of PUT, written out: the driver takes fifty times as long to write them."""
    columns = zip(*[(str(one.hash), one.door, one.feed, one.body) for one in items], strict=True)
    return [_array(column) for column in columns]


def _array(values: Sequence[str]) -> str:
    escaped = "\x00".join(values).replace("\\", "\\\\").replace('"', '\\"')
    return '{"' + escaped.replace("\x00", '","') + '"}'


def put(items: Sequence[Item]) -> list[bool]:
    """Keep what arrived, in the transaction that is open or its own; whether each is new."""
    fresh = {hash_ for (hash_,) in bulk.rows(PUT, columns_of(items))} if items else set()
    first: dict[UUID, Item] = {}
    for one in items:
        first.setdefault(one.hash, one)
    return [one.hash in fresh and first[one.hash] is one for one in items]


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
            [str(item.hash), *item[1:], str(item.hash)],
        )
    )
