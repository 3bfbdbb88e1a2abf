"""What came back at Aldermoor, and what was answered: acts of members, each at its own time."""

from collections.abc import Mapping

from songsheet.base.adopting import Ref
from songsheet.config.demo.company import TUESDAY
from songsheet.config.demo.records import Interest
from songsheet.handoffs.actions import return_lead
from songsheet.handoffs.answer_actions import answer_return
from songsheet.handoffs.models import Return
from songsheet.journal.act import together
from songsheet.leads.actions import end_lead
from songsheet.notices.actions import mark_read
from songsheet.notices.queries import notices_of
from songsheet.team.acting import as_member
from songsheet.team.models import Member

TOM = "Tom Lindqvist"
TODAY = TUESDAY.replace(hour=6, minute=0)
#: Code of the reason → what the Guide wrote, and what Tom answered and changed.
_SAID = {
    "wrong_target": (
        "A student, writing a thesis.",
        "You are right: the form asks nothing that would tell.",
        "The form asks for the company and how many people work there.",
    ),
    "no_budget": (
        "Nothing to spend this year.",
        "Agreed, we mail them in autumn again.",
        "The guide says from which budget on we can help.",
    ),
    "no_need": (
        "They have just bought.",
        "Agreed.",
        "Mails to firms that bought stop for a year.",
    ),
    "competitor": ("Sells furniture too.", "", ""),
}  # fmt: skip


def hand_back(returned: Mapping[str, Interest], members: Mapping[str, Ref]) -> None:
    """Leads that a Guide gave back and Tom answered; the last one waits for him."""
    there = set(Return.objects.filter(lead__key__in=returned).values_list("lead__key", flat=True))
    for key, interest in returned.items():
        if key not in there:
            with together():
                _hand_back(key, interest, members)


def read_notices() -> None:
    """Everybody has read what they were told until yesterday evening."""
    for member in Member.objects.active():
        by = as_member(member)
        old = notices_of(by).filter(at__lt=TODAY, read_at=None).values_list("key", flat=True)
        mark_read(list(old), by=by, at=TODAY)


def _hand_back(key: str, interest: Interest, members: Mapping[str, Ref]) -> None:
    guide = as_member(Member.objects.get(id=members[interest.guide][0]))
    tom = as_member(Member.objects.get(name=TOM))
    said, answer, changes = _SAID[interest.back]
    at = interest.back_at
    assert at is not None
    one = return_lead(key, interest.back, words=said, by=guide, at=at)
    if interest.ended_at is None:
        return
    if one.owes:
        answered = at + (interest.ended_at - at) / 2
        answer_return(one.key, "agreed", answer, changes=changes, by=tom, at=answered)
    end_lead(key, interest.state, reason=interest.reason, by=tom, at=interest.ended_at)
