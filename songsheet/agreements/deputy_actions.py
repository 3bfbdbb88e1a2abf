"""Who signs for a side beside its head: the house names deputies."""

from datetime import datetime

from songsheet.agreements.errors import NotADeputy
from songsheet.agreements.events import DeputyEnded, DeputyNamed
from songsheet.agreements.models import Deputy
from songsheet.journal.act import act
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.queries import member_keyed
from songsheet.team.roles import Right


def name_deputy(member: str, *, by: Acting, at: datetime) -> Deputy:
    """Give a member of a side the key of that side; naming them again changes nothing."""
    by.must(Right.TEAM)
    with act(by=by.actor, at=at) as record:
        chosen = Member.objects.select_for_update(no_key=True).get(id=member_keyed(member).id)
        if not chosen.is_active or not chosen.side:
            raise NotADeputy(
                f"{chosen.name} is of neither side. Choose somebody who works in marketing or sales.",
                field="member",
            )
        there = Deputy.objects.filter(member=chosen, ended_at=None).first()
        if there:
            return there
        made = Deputy.objects.create(member=chosen, side=chosen.side, named_at=at, named_by=by.member)
        record(DeputyNamed(member=chosen.key, signs_for=chosen.side))
    return made


def end_deputy(member: str, *, by: Acting, at: datetime) -> None:
    """Take the key back; what they signed stays signed."""
    by.must(Right.TEAM)
    with act(by=by.actor, at=at) as record:
        there = (
            Deputy.objects.select_for_update(of=("self",))
            .select_related("member")
            .filter(member__key=member, ended_at=None)
            .first()
        )
        if there is None:
            raise NotADeputy("They are no deputy. Look at the list again.", field="member")
        there.ended_at = at
        there.save(update_fields=["ended_at"])
        record(DeputyEnded(member=there.member.key, signs_for=there.side))
