"""How members are found: by name and mail address."""

from typing import Any

from django.db.models import QuerySet

from songsheet.doors.findable import Findable
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.roles import Right, Role


def _seen_by(viewer: Acting) -> QuerySet[Any]:
    viewer.must(Right.LOOK)
    return Member.objects.exclude(state=Member.State.LEFT)


MEMBERS = Findable(
    number=6,
    name="members",
    label="Members",
    one="Member",
    icon="team",
    part="team",
    prefix="member",
    table="team_member",
    rows="""select id, name, '', case when email is null then '{}' else array[email::text] end, '{}'::text[],
                   '{}'::text[]
              from team_member where id = any(%(ids)s::bigint[]) and state <> 'left'""",
    changed="select id from team_member where key = any(%(keys)s::text[])",
    base=_seen_by,
    shown={"key": "key", "label": "name", "state": "role"},
    where="it.state <> 'left'",
    path=lambda key, opens: "/team",
    says=lambda role: str(Role(role).label),
)
