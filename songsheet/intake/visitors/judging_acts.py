"""Judging hits: what was measured of each and around it, and what that makes of it."""

from collections.abc import Sequence

from songsheet.base import bulk
from songsheet.intake.visitors.human import Traits, judge

_TRAITS = """
select id, made_by, made_why, what = 'page', agent, network, method, prefetch
  from intake_hit where id = any(%s::bigint[]) order by id
"""
_JUDGED = """
update intake_hit hit set made_by = given.who, made_why = given.why
  from unnest(%s::bigint[], %s::text[], %s::text[]) as given(id, who, why) where given.id = hit.id
"""


def judge_again(hits: Sequence[int]) -> list[int]:
    """Judge these hits; those that are something else now."""
    changed = []
    for id_, who, why, *traits in bulk.rows(_TRAITS, [list(hits)]) if hits else ():
        now = judge(Traits(*traits))
        if now != (who, why):
            changed.append((id_, *now))
    if changed:
        bulk.execute(_JUDGED, [list(column) for column in zip(*changed, strict=True)])
    return [id_ for id_, *_ in changed]
