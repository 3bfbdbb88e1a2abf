"""Whose an enquiry is: who gets a kind by what was agreed, and who may do something with it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import Count

from songsheet.leads.enquiries.errors import NobodyAnswers, NotYours
from songsheet.leads.enquiries.models import Enquiry
from songsheet.leads.enquiries.queries import away
from songsheet.leads.enquiries.sorting import Agreed
from songsheet.leads.models import Queue
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.roles import SIDE_OF, Right, Role


def who_gets(agreed: Agreed, kind: str, at: datetime, *, but: Member | None = None) -> Member:
    """The member who is named for a kind, else their deputy, else who of the role has the fewest to answer.

    Nobody of the role works here: somebody of its side, whoever answers for the first queue, the owner,
    anybody. Who is on leave gets none while somebody is there.
    """
    goes = agreed.terms.goes_of(kind)
    active = [one for one in Member.objects.active().order_by("id") if one != but]
    by_key = {one.key: one for one in active}
    queue = Queue.objects.select_related("responsible").order_by("id").first()
    named = [by_key.get(key) for key in (goes.member, goes.deputy)]
    first = [one for one in named if one]
    of_role = _by_load([one for one in active if one.role == goes.role])
    side = SIDE_OF.get(goes.role)
    beside = [one for one in active if side and one.side == side]
    responsible = [one for one in active if queue and one == queue.responsible]
    owners = [one for one in active if one.role == Role.OWNER]
    absent = away(at)
    found = [*first, *of_role, *beside, *responsible, *owners, *active]
    chosen = next((one for one in found if one.pk not in absent), next(iter(found), None))
    if chosen is None:
        raise NobodyAnswers("Nobody works here who could answer. Invite somebody first.")
    return chosen


def _by_load(members: Sequence[Member]) -> list[Member]:
    if len(members) < 2:
        return list(members)
    open_ones = Enquiry.objects.filter(state=Enquiry.State.OPEN, gone_at=None, owner__in=members)
    load = dict(open_ones.order_by().values_list("owner").annotate(Count("id")))
    return sorted(members, key=lambda one: (load.get(one.pk, 0), one.pk))


def may_handle(by: Acting, one: Enquiry, absent: dict[int, int | None]) -> bool:
    """Whose it is, whoever has the same role or stands in for them, and whoever gives leads.

    Of one that became a lead: whose the lead is, or anybody who works on leads while nobody has it.
    """
    if not by.may(Right.ANSWER):
        return False
    if by.may(Right.OFFER):
        return True
    owner = one.owner or (one.lead.owner if one.lead else one.answered_by)
    if owner is None:
        return by.may(Right.WORK)
    mine = by.member is not None and owner.pk == by.member.pk
    beside = by.member is not None and one.owner is not None and owner.role == by.member.role
    return mine or beside or (by.member is not None and absent.get(owner.pk) == by.member.pk)


def must_handle(by: Acting, one: Enquiry, at: datetime) -> None:
    """Refused where it is another's."""
    by.must(Right.ANSWER)
    if may_handle(by, one, {}) or may_handle(by, one, away(at)):
        return
    owner = one.owner or (one.lead.owner if one.lead else one.answered_by)
    name = owner.name if owner else "Somebody else"
    raise NotYours(f"{name} has this enquiry. Ask them, or somebody who gives leads.")


def working(by: Acting, more: Iterable[Right] = (Right.WORK,)) -> Acting:
    """Who handles an enquiry runs its clock, and makes the lead of it, whatever else they may do."""
    return replace(by, rights=by.rights | set(more))
