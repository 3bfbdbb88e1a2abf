"""What was asked and waits for a member's answer, as lines of their queue."""

from datetime import datetime

from django.utils.translation import gettext as _

from songsheet.desk.today.items import Item
from songsheet.leads.enquiries.models import Enquiry
from songsheet.leads.enquiries.queries import waiting_for
from songsheet.team.models import Member


def enquiry_lines(member: Member, *, at: datetime, zone: str) -> list[Item]:
    """A line for each enquiry that is the member's to answer, or that of somebody on leave for whom they
    stand in; one statement."""
    return [_line(one, member) for one in waiting_for(member, at=at, zone=zone)]


def _line(one: Enquiry, member: Member) -> Item:
    assert one.clock is not None
    owner = one.owner.name if one.owner and one.owner != member else ""
    said = {"kind": one.kind_label, "name": owner}
    why = _("they wait for your answer (%(kind)s)") % said
    return Item(
        due=one.clock.due_at,
        since=one.clock.started_at,
        person=one.person.whole,
        want=one.text,
        why=_("you answer for %(name)s (%(kind)s)") % said if owner else why,
        verb=_("Answer"),
        url=f"/enquiries/{one.key}",
        soon=one.clock.warn_at,
        answer_url=f"/enquiries/{one.key}/answer",
    )
