"""What was agreed about returns: the reasons, who answers, and by when."""

from collections.abc import Mapping
from datetime import datetime

from songsheet.agreements.kinds.responsibilities import RESPONSIBILITIES, Duty
from songsheet.agreements.kinds.return_reasons import RETURN_REASONS, Reason
from songsheet.agreements.kinds.service_levels import SERVICE_LEVELS
from songsheet.agreements.queries import in_force, signers_by_side
from songsheet.base.text import fold
from songsheet.clocks.actions import start_clocks
from songsheet.clocks.making import Promise
from songsheet.clocks.models import Clock
from songsheet.handoffs.errors import NobodyOwes
from songsheet.handoffs.models import Return
from songsheet.leads.models import Queue
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.roles import Role, Side

#: The kind of promise.
KIND = "return_answer"
#: Until the service levels are signed: two working days.
MINUTES = 960
#: What a duty speaks of by which its owner answers returns: the first that fits.
_DUTIES = ("return", "generating leads")

#: What the reasons of the starter are called, by code.
STARTERS = {one.code: one.label for one in RETURN_REASONS.starter().reasons}


def reasons(at: datetime) -> list[Reason]:
    """The reasons in force; the starter's until some are signed."""
    return (in_force(RETURN_REASONS, at) or RETURN_REASONS.starter()).reasons


def labels(at: datetime) -> dict[str, str]:
    """What each reason is called, those of the starter too."""
    return STARTERS | {one.code: one.label for one in reasons(at)}


def label_of(code: str, known: Mapping[str, str]) -> str:
    """What a reason is called; one that is agreed no more is read from its code."""
    return known.get(code, code.replace("_", " ").capitalize())


def minutes_to_answer(at: datetime) -> int:
    """So many working minutes marketing has to answer a return."""
    levels = in_force(SERVICE_LEVELS, at)
    return levels.answer_to_return.minutes if levels else MINUTES


def who_owes(at: datetime) -> Member:
    """Whoever of marketing answers a return.

    Whose duty it is by the responsibilities in force, or stands in; else who answers for the first queue when
    they are of marketing; else the head of marketing, or anybody of it.
    """
    board = in_force(RESPONSIBILITIES, at)
    by_key = {one.key: one for one in Member.objects.active().order_by("id")}
    for duty in _of_returns(board.duties if board else []):
        if found := by_key.get(duty.owner) or by_key.get(duty.deputy):
            return found
    queue = Queue.objects.select_related("responsible").order_by("id").first()
    responsible = by_key.get(queue.responsible.key) if queue else None
    of_marketing = [one for one in by_key.values() if one.side == Side.MARKETING]
    heads = [one for one in of_marketing if one.role == Role.MARKETING_MANAGER]
    if responsible in of_marketing:
        heads = [responsible, *heads] if responsible else heads
    found = next(iter([*heads, *of_marketing]), responsible)
    if found is None:
        raise NobodyOwes("Nobody works here who could answer a return. Invite somebody for marketing first.")
    return found


def heads() -> list[Member]:
    """Who decides what the two sides see differently: who holds the key of each side; else the owner."""
    signers = [one for side in signers_by_side().values() for one in side]
    return signers or list(Member.objects.active().filter(role=Role.OWNER).order_by("id"))


def _of_returns(duties: list[Duty]) -> list[Duty]:
    ours = [one for one in duties if one.side == Side.MARKETING.value]
    return [one for words in _DUTIES for one in ours if words in fold(one.name)]


def owe(one: Return, owes: Member, *, by: Acting, at: datetime) -> Clock:
    """Somebody owes the answer to a return from now on, by their working hours."""
    (clock,) = start_clocks([Promise(KIND, one.key, owes.id, at, minutes_to_answer(at))], by=by, at=at)
    one.owes, one.clock = owes, clock
    return clock
