"""What leads do when something happened below: an outgoing contact keeps the promise of a first answer."""

from datetime import timedelta

from songsheet.agreements.thresholds import thresholds
from songsheet.buyers.queries import people_of
from songsheet.journal.entries import Entry
from songsheet.journal.reader import Reader
from songsheet.leads.contact_acts import answer
from songsheet.leads.models import OPEN_STATES, Lead
from songsheet.team.acting import as_system
from songsheet.team.queries import house_and_time
from songsheet.touches.events import TouchMade
from songsheet.touches.models import Touch

#: Kinds of touches by which somebody is spoken to.
_SPOKEN = {Touch.Kind.CALL, Touch.Kind.MAIL, Touch.Kind.MEETING, Touch.Kind.WEBINAR}


def promise_kept(entry: Entry[TouchMade]) -> None:
    """Somebody contacted a buyer: about a lead, or about each one that they have of this person."""
    touch = entry.event
    if touch.direction != Touch.Direction.OUT or touch.member is None or touch.kind not in _SPOKEN:
        return
    running = Lead.objects.filter(gone_at=None, state__in=OPEN_STATES, at_rest=False)
    if touch.lead:
        meant = running.filter(key=touch.lead)
    else:
        meant = running.filter(person__in=people_of(touch.person or ""), owner__key=touch.member)
    house, now = house_and_time()
    again = timedelta(days=thresholds(house, now)["silent_after_days"])
    for key in meant.order_by("id").values_list("key", flat=True):
        answer(key, member=touch.member, answered_at=entry.occurred_at, again=again,
               by=as_system("promises"), at=now, because=entry)  # fmt: skip


READER = Reader("leads.promises", handles={TouchMade: promise_kept}, since="now")
