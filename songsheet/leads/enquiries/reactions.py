"""What enquiries do when somebody leaves: what waits for their answer goes to whoever answers that kind."""

from songsheet.journal.entries import Entry
from songsheet.journal.reader import Reader
from songsheet.leads.enquiries.actions import pass_on_enquiries
from songsheet.team.acting import as_system
from songsheet.team.events import MemberChanged
from songsheet.team.models import Member
from songsheet.team.queries import now


def somebody_left(entry: Entry[MemberChanged]) -> None:
    """Who does not work here any more answers nothing."""
    if entry.event.state != Member.State.LEFT:
        return
    left = Member.objects.filter(key=entry.event.member, state=Member.State.LEFT).first()
    if left is not None:
        pass_on_enquiries(left, by=as_system("enquiries"), at=now(), because=entry)


READER = Reader("leads.enquiries", handles={MemberChanged: somebody_left}, since="now")
