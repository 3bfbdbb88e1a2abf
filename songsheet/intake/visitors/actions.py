"""Who a visitor turned out to be: forward only, unless they allowed the past; people are never merged."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from songsheet.base import bulk
from songsheet.base.adopting import Ref
from songsheet.base.ids import new_key
from songsheet.intake.visitors.stretches import Told, untils
from songsheet.intake.visitors.visit_acts import settle
from songsheet.journal.act import together
from songsheet.team.acting import Acting

_COME = """
insert into intake_visitor as it (key, token, first_at, last_at, consented_at, covers_past)
select key, token, at, at, at, false
  from unnest(%s::text[], %s::uuid[], %s::timestamptz[]) as given(key, token, at) order by token
    on conflict (token) do update set first_at = least(it.first_at, excluded.first_at),
       last_at = greatest(it.last_at, excluded.last_at),
       consented_at = least(it.consented_at, excluded.consented_at)
returning token, id
"""
_ALLOWED = (
    "update intake_visitor set covers_past = true where token = %s::uuid and not covers_past returning id"
)
_TELL = """
insert into intake_recognised (visitor_id, person_id, how, since, until)
select visitor, person, how, at, at
  from unnest(%s::bigint[], %s::bigint[], %s::text[], %s::timestamptz[]) as given(visitor, person, how, at)
 where not exists (select from intake_recognised stands where stands.visitor_id = visitor
                      and stands.person_id = person and stands.how = given.how and stands.since = at)
"""
_TOLD = """
select visitor_id, id, since, how, person_id, until from intake_recognised
 where visitor_id = any(%s::bigint[]) order by visitor_id, id
"""
_UNTIL = """
update intake_recognised it set until = given.until
  from unnest(%s::bigint[], %s::timestamptz[]) as given(id, until) where given.id = it.id
"""
#: Who made each hit: of the stretch that it falls into; before the first, whoever allowed the past, by
#: themselves or by what the site asks.
_ATTRIBUTE = """
with meant as (
    select hit.id, hit.person_id, (
           select stretch.person_id from intake_recognised stretch
            where stretch.visitor_id = hit.visitor_id and stretch.until is distinct from stretch.since
              and (stretch.until is null or hit.at < stretch.until)
              and (hit.at >= stretch.since or visitor.covers_past or site.mode = 'whole')
            order by stretch.since limit 1) as person
      from intake_hit hit join intake_visitor visitor on visitor.id = hit.visitor_id
      left join intake_site site on site.id = hit.site_id
     where {which}),
changed as (
    update intake_hit hit set person_id = meant.person from meant
     where hit.id = meant.id and meant.person_id is distinct from meant.person
    returning hit.id, hit.hash, hit.received_at, hit.person_id),
kept as (
    update intake_raw raw set person_id = changed.person_id from changed
     where raw.received_at = changed.received_at and raw.hash = changed.hash)
select id from changed
"""


class Claim(NamedTuple):
    """A visitor is this person since then; how we know: by a form, a personal link, or an event."""

    visitor: UUID
    person: Ref
    how: str
    since: datetime


def recognise(visitor: UUID, person: Ref, *, how: str, by: Acting, at: datetime) -> None:
    """A visitor turns out to be this person, from now on; what they did before only where they allowed it."""
    with together():
        settle(recognise_all([Claim(visitor, person, how, at)]), by=by, at=at)


def allowed(visitor: UUID, *, covers_past: bool, by: Acting, at: datetime) -> None:
    """A visitor allows to be remembered; with the past, whoever they are first was it before too."""
    with together():
        come({visitor: [at]})
        if covers_past and (found := bulk.rows(_ALLOWED, [str(visitor)])):
            settle(attribute(visitors=[id_ for (id_,) in found]), by=by, at=at)


def come(times: Mapping[UUID, Sequence[datetime]]) -> dict[UUID, int]:
    """The visitors of these tokens, at these times; each is held until the transaction ends."""
    if not times:
        return {}
    tokens = sorted(times, key=lambda token: token.bytes)
    ends = [(token, at) for token in tokens for at in (min(times[token]), max(times[token]))]
    found: dict[UUID, int] = {}
    for some in (ends[0::2], ends[1::2]):
        keys = [new_key("visitor") for _ in some]
        values = [keys, [str(token) for token, _ in some], [at for _, at in some]]
        found |= dict(bulk.rows(_COME, values))
    return found


def recognise_all(claims: Sequence[Claim]) -> list[int]:
    """Note all of these; the hits that are somebody else's now. Their visits are to be settled."""
    if not claims:
        return []
    times: dict[UUID, list[datetime]] = {}
    for claim in claims:
        times.setdefault(claim.visitor, []).append(claim.since)
    ids = come(times)
    given = sorted({(ids[one.visitor], one.person[0], one.how, one.since) for one in claims})
    bulk.execute(_TELL, [list(column) for column in zip(*given, strict=True)])
    return tell_anew(sorted(ids.values()))


def tell_anew(visitors: Sequence[int]) -> list[int]:
    """Work out who these visitors were when, out of all that was told; the hits that are somebody else's."""
    if not visitors:
        return []
    _stretch(visitors)
    return attribute(visitors=visitors)


def _stretch(visitors: Sequence[int]) -> None:
    of_visitor: dict[int, list[tuple[int, Told, datetime | None]]] = {}
    for visitor, id_, since, how, person, until in bulk.rows(_TOLD, [list(visitors)]):
        of_visitor.setdefault(visitor, []).append((id_, Told(since, how, person), until))
    ended: list[tuple[int, datetime | None]] = []
    standing: list[tuple[int, datetime | None]] = []
    for rows in of_visitor.values():
        for (id_, _, before), until in zip(rows, untils([told for _, told, _ in rows]), strict=True):
            if until != before:
                (standing if until is None else ended).append((id_, until))
    for some in (ended, standing):  # first those that end: a visitor is one person at a time
        if some:
            bulk.execute(_UNTIL, [list(column) for column in zip(*some, strict=True)])


def attribute(*, visitors: Sequence[int] = (), hits: Sequence[int] = ()) -> list[int]:
    """Give these hits, or all hits of these visitors, to whom they belong; those that changed."""
    found: list[int] = []
    for which, ids in (("hit.visitor_id", visitors), ("hit.id", hits)):
        if ids:
            sql = _ATTRIBUTE.format(which=f"{which} = any(%s::bigint[])")
            found += [id_ for (id_,) in bulk.rows(sql, [list(ids)])]
    return found
