"""What pages show of verdicts: what may be said of a lead or a campaign, and what was."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from songsheet.clocks.kinds import VERDICT
from songsheet.clocks.models import CURRENT, Clock
from songsheet.handoffs.verdicts.models import OF_CAMPAIGNS, OF_LEADS, Verdict
from songsheet.handoffs.verdicts.queries import may_judge, on
from songsheet.leads.models import Lead
from songsheet.team.acting import Acting
from songsheet.team.roles import Right, Side
from songsheet.touches.models import Campaign


@dataclass(frozen=True)
class Choice:
    """One verdict and the key that gives it."""

    says: str
    label: str
    key: str
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Judged:
    """The verdicts on a thing, `mine` of the viewer; `choices` where they judge, `clock` while owed."""

    about: str
    choices: Sequence[Choice]
    mine: Verdict | None
    others: Sequence[Verdict]
    clock: Clock | None


def judged(viewer: Acting, thing: Lead | Campaign, *, page: str) -> Judged:
    """What the page at this address shows of verdicts on the thing: in two statements."""
    said = on(viewer, thing)
    may = may_judge(viewer, thing) if isinstance(thing, Lead) else may_judge_campaigns(viewer)
    mine = next((one for one in said if one.given_by == viewer.member and not one.answered_at), None)
    words = OF_LEADS if isinstance(thing, Lead) else OF_CAMPAIGNS
    choices = [
        Choice(one, str(Verdict.Says(one).label), str(number), {"says": one, "next": page})
        for number, one in enumerate(words, start=1)
    ]
    owed = Clock.objects.filter(about=thing.key, kind=VERDICT, state__in=CURRENT, member=viewer.member)
    return Judged(
        thing.key,
        choices if may else [],
        mine,
        [one for one in said if one != mine],
        owed.first() if may and isinstance(thing, Lead) else None,
    )


def may_judge_campaigns(viewer: Acting) -> bool:
    """Anybody but marketing who works here."""
    return viewer.member is not None and viewer.may(Right.WORK) and viewer.member.side != Side.MARKETING
