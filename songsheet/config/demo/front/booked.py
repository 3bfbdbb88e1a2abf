"""Appointments at Aldermoor: a page of Priya's own, one of the Guides, and who booked there lately."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from songsheet.buyers.models import Person
from songsheet.config.demo.staging import london
from songsheet.intake.appointments.booking_actions import book, confirm
from songsheet.intake.appointments.meeting_actions import (
    cancel_as_buyer,
    meeting_was_held,
    nobody_came,
)
from songsheet.intake.appointments.models import BookingPage, Meeting
from songsheet.intake.appointments.offer import Offer
from songsheet.intake.appointments.page_actions import make_page
from songsheet.intake.appointments.tokens import token_of
from songsheet.intake.forms.answer_actions import Came
from songsheet.intake.forms.stamps import Stamp
from songsheet.intake.inbox.put_actions import hash_of
from songsheet.leads.models import Lead
from songsheet.team.acting import as_member
from songsheet.team.models import Member

PRIYA, GUIDES = "Priya Raman", ("Conor Daly", "Hannah Whitlock", "Matthias Roth", "Katja Nowak")
ROOMS, VISIT = "Half an hour about your rooms", "A visit to measure your rooms"
_ROOMS: dict[str, Any] = {
    "title": ROOMS, "intro": "Show me your rooms by video, and I say what fits and what it costs.",
    "about": "What would you like to talk about?", "minutes": 30, "step": 30, "after": 15, "notice": 4,
    "days": 21, "way": "video", "place": "https://meet.aldermoor.example/priya", "phone": "",
}  # fmt: skip
_VISIT: dict[str, Any] = {
    "title": VISIT, "intro": "One of us comes with a laser and a sample case. It costs nothing.",
    "about": "How many rooms, on which floor?", "minutes": 60, "step": 60, "before": 60, "after": 60,
    "notice": 48, "days": 40, "way": "theirs", "phone": "", "becomes": "story",
}  # fmt: skip


@dataclass(frozen=True)
class Booked:
    """Who booked what, when, for when, and what became of it; `whose` is a Guide whose lead somebody is."""

    page: str
    at: datetime
    begins: datetime
    about: str
    mail: str = ""
    whose: str = ""
    became: str = ""
    ended: datetime | None = None


BOOKED = (
    Booked(ROOMS, london("2026-04-29", 19, 40), london("2026-05-05", 10), "Leasing or buying: what suits us?",
           mail="j.de-wit@kade.example", became="missed", ended=london("2026-05-05", 10, 20)),
    Booked(ROOMS, london("2026-05-05", 12, 5), london("2026-05-07", 14), "26 seats, leased or bought",
           mail="h.sorby@nordlys.example", became="held", ended=london("2026-05-07", 14, 40)),
    Booked(ROOMS, london("2026-05-06", 8, 50), london("2026-05-08", 11), "The floor plan",
           mail="l.ferrer@lumbre.example", became="cancelled", ended=london("2026-05-07", 17, 10)),
    Booked(VISIT, london("2026-04-27", 9, 15), london("2026-04-30", 12), "Nine rooms on two floors",
           whose="Conor Daly", became="held", ended=london("2026-04-30", 13, 15)),
    Booked(VISIT, london("2026-05-01", 16, 30), london("2026-05-06", 12), "Two halls, ground floor",
           whose="Matthias Roth", became="held", ended=london("2026-05-06", 13, 5)),
    Booked(ROOMS, london("2026-05-11", 20, 15), london("2026-05-13", 14), "Who measures, and when",
           mail="a.vogel@isar.example"),
    Booked(VISIT, london("2026-05-05", 11, 20), london("2026-05-14", 12), "Five rooms on the first floor",
           whose="Hannah Whitlock"),
    Booked(VISIT, london("2026-05-11", 9, 45), london("2026-05-15", 12), "An open floor of 300 square metres",
           whose="Katja Nowak"),
)  # fmt: skip


def take_bookings() -> None:
    """Once, each step at its own time by whom it was done."""
    if BookingPage.objects.exists():
        return
    priya, tom = (Member.objects.get(name=name) for name in (PRIYA, "Tom Lindqvist"))
    guides = Member.objects.filter(name__in=GUIDES).order_by("id")
    pages = {
        ROOMS: _page(_ROOMS, [priya], by=priya, at=london("2026-04-20", 9, 30)),
        VISIT: _page(_VISIT, list(guides), by=tom, at=london("2026-04-20", 16)),
    }
    taken: set[int] = set()
    for number, one in enumerate(sorted(BOOKED, key=lambda one: one.at)):
        person = Person.objects.get(mails__address=one.mail) if one.mail else _buyer_of(one, taken)
        if person is not None:  # in a small house not every Guide has somebody who fits
            taken.add(person.pk)
            _booked(number, one, pages[one.page], person)


def _page(body: dict[str, Any], members: list[Member], *, by: Member, at: datetime) -> BookingPage:
    keys = [one.key for one in members]
    return make_page(Offer.model_validate({**body, "members": keys}), by=as_member(by), at=at)


def _buyer_of(one: Booked, taken: set[int]) -> Person | None:
    """Somebody with a mail address whose lead that Guide worked on by then, and does still."""
    theirs = Lead.objects.filter(owner__name=one.whose, state="working", gone_at=None, at_rest=False)
    known = theirs.filter(came_at__lt=one.at - timedelta(days=1), person__mails__gone_at=None)
    fits = known.exclude(Q(person__in=taken) | Q(person__mails=None)).select_related("person")
    found = fits.order_by("-came_at", "external_id").first()
    return found.person if found else None


def _booked(number: int, one: Booked, page: BookingPage, person: Person) -> None:
    mail = person.mails.filter(gone_at=None).order_by("id")[0].address
    said = {"name": person.name, "mail": mail, "about": one.about}
    mark = hash_of("aldermoor appointment", str(number)).hex[:22]
    came = Came(mark, Stamp(1, one.at - timedelta(minutes=3), mark), worked=True)
    zone = "Europe/Berlin" if one.whose in ("Matthias Roth", "Katja Nowak") else "Europe/London"
    meeting = book(page, one.begins, said, came, zone=zone, at=one.at)
    meeting = confirm(token_of(meeting.key), at=one.at + timedelta(minutes=4))
    if one.became:
        assert one.ended is not None
        _ended(meeting, one.became, one.ended)
    Meeting.objects.filter(pk=meeting.pk).update(mailed_at=one.at, owes_mail="")  # nobody is there to read


def _ended(meeting: Meeting, became: str, at: datetime) -> None:
    assert meeting.member is not None
    if became == "cancelled":
        cancel_as_buyer(token_of(meeting.key), at=at)
    elif became == "held":
        meeting_was_held(meeting.key, by=as_member(meeting.member), at=at)
    else:
        nobody_came(meeting.key, by=as_member(meeting.member), at=at)
