"""What needs somebody, on the Today of who answers for a queue and of whoever leads."""

from datetime import datetime
from typing import Any

from songsheet.leads.routing.queries import stuck
from songsheet.team.acting import Acting
from songsheet.team.roles import Right, Role

#: So many members whose promises slipped are shown.
MOST_LATE = 8


def needs_for(viewer: Acting, *, at: datetime) -> dict[str, Any]:
    """`stuck`: leads that nobody could take, and those with who is away, each with where that is mended: all
    of them for whoever gives leads, one's own queues for others. `late`: whose promises slipped."""
    mine, role = (viewer.member.id, viewer.member.role) if viewer.member else (None, "")
    all_of_them = viewer.may(Right.OFFER) or role == Role.METRICS
    found = stuck(at, everything=all_of_them)
    return {
        "stuck": [
            (
                one,
                f"/routing?owner={one.key}&worked_on=1"
                if one.kind == "member"
                else f"/leads?queue={one.key}",
            )
            for one in found
            if one.kind != "late" and (all_of_them or one.responsible == mine)
        ],
        "late": [(one.name, one.key, one.leads) for one in found if one.kind == "late"][:MOST_LATE],
    }
