"""What appointments do when somebody leaves: the pages of theirs close. Their meetings wait on Today."""

from songsheet.intake.appointments.giving_actions import close_pages_of
from songsheet.journal.entries import Entry
from songsheet.journal.reader import Reader
from songsheet.team.acting import as_system
from songsheet.team.events import MemberChanged
from songsheet.team.models import Member
from songsheet.team.queries import now


def somebody_left(entry: Entry[MemberChanged]) -> None:
    """Who does not work here any more offers no times."""
    if entry.event.state != Member.State.LEFT:
        return
    left = Member.objects.filter(key=entry.event.member, state=Member.State.LEFT).first()
    if left is not None:
        close_pages_of(left, by=as_system("appointments"), at=now(), because=entry)


READER = Reader("intake.appointments", handles={MemberChanged: somebody_left}, since="now")
