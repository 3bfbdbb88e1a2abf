"""What is made of hits, worked out again from what was measured."""

from songsheet.base import bulk
from songsheet.intake.visitors.judging_acts import judge_again
from songsheet.intake.visitors.link_acts import told_by_links
from songsheet.intake.visitors.visit_acts import settle
from songsheet.journal.act import together
from songsheet.team.acting import as_system
from songsheet.team.queries import now

_CHUNK = 500
#: Clicks first: a page that a machine's click led to is a machine's.
_NEXT = "select id from intake_hit where what = %s and id > %s order by id limit %s"


def refresh_made() -> int:
    """Judge every hit again, and tell anew the visits of those that are something else; how many are."""
    wrong = 0
    for what in ("click", "page"):
        last = 0
        while ids := [id_ for (id_,) in bulk.rows(_NEXT, [what, last, _CHUNK])]:
            last = ids[-1]
            with together():
                changed = judge_again(ids)
                settle([*{*changed, *told_by_links(changed)}], by=as_system("intake"), at=now())
            wrong += len(changed)
    return wrong
