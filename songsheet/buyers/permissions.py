"""What a person allows, through merges: a refusal on one of their records counts for all of them."""

from collections.abc import Sequence
from datetime import datetime

from songsheet.base import bulk

#: Per root and purpose what `counts`, of a `family` of records with their roots. A refusal on one record is
#: lifted by a consent on another only where that was given after the two were merged; on the same record the
#: newest answer counts.
COUNTS = """
way (id, top, at) as (
    select merged_id, into_id, at from buyers_personmerge
     where undone_at is null and merged_id in (select id from family)
     union all
    select way.id, next.into_id, next.at from way
      join buyers_personmerge next on next.merged_id = way.top and next.undone_at is null),
joined as (
    select family.id, family.root, coalesce(max(way.at), '-infinity') as at
      from family left join way on way.id = family.id group by family.id, family.root),
said as (
    select distinct on (person_id, purpose) joined.id, joined.root, joined.at, purpose, granted, since,
           consent.id as number
      from joined join buyers_consent consent on consent.person_id = joined.id and gone_at is null
     order by person_id, purpose, since desc, consent.id desc),
standing as (
    select * from said as one
     where granted or not exists (
           select from said as other
            where other.root = one.root and other.purpose = one.purpose and other.granted
              and other.since > greatest(one.since, one.at, other.at))),
counts as (
    select distinct on (root, purpose) root, purpose, granted, since
      from standing order by root, purpose, granted, since desc, number desc)"""
_OF_ROOTS = f"""
with recursive family as (
    select id, coalesce(root_id, id) as root from buyers_person
     where id = any(%(roots)s::bigint[]) or root_id = any(%(roots)s::bigint[])),{COUNTS}
select root, purpose, granted, since from counts"""


def answers_of(roots: Sequence[int]) -> dict[int, dict[str, tuple[bool, datetime]]]:
    """Per root what counts for each purpose that was ever asked: allowed or not, and since when."""
    found: dict[int, dict[str, tuple[bool, datetime]]] = {}
    for root, purpose, granted, since in bulk.rows(_OF_ROOTS, {"roots": list(roots)}):
        found.setdefault(root, {})[purpose] = (granted, since)
    return found
