"""What Aldermoor has agreed: signed on the first day as one department, and one that waits for a key."""

from datetime import datetime, time, timedelta

from songsheet.agreements.actions import offer
from songsheet.agreements.models import Version
from songsheet.agreements.signing_actions import sign
from songsheet.config.demo.company import BASELINE, TUESDAY, ZONE
from songsheet.team.acting import Acting, as_member
from songsheet.team.models import Member

FOR_MARKETING, FOR_SALES = "Tom Lindqvist", "Marcus Thorne"
SIGNED = ("service_levels", "leak_thresholds", "return_reasons")
WAITS = "qualified_lead"
_FIRST_DAY = datetime.combine(BASELINE, time(9, 30), ZONE)
_MONDAY = TUESDAY - timedelta(days=1)


def agree() -> None:
    """Sign what is signed, as long as it is not; offer what waits for sales."""
    tom, marcus = (as_member(Member.objects.get(name=name)) for name in (FOR_MARKETING, FOR_SALES))
    for kind in SIGNED:
        _sign(kind, [tom, marcus], _FIRST_DAY)
    _sign(WAITS, [tom], _MONDAY)


def _sign(kind: str, members: list[Acting], at: datetime) -> None:
    draft = Version.objects.filter(agreement__kind=kind, number=1, state=Version.State.DRAFT).first()
    if draft is None:
        return
    offer(draft.key, by=members[0], at=at)
    for member in members:
        sign(draft.key, hash=draft.hash, by=member, at=at)
