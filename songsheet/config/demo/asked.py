"""What else people asked Aldermoor, what sales says of campaigns, who is away: acts at their own times."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from songsheet.base.adopting import Ref
from songsheet.config.demo.staging import london
from songsheet.handoffs.verdicts.actions import answer_verdict, give_verdict
from songsheet.handoffs.verdicts.models import Verdict
from songsheet.journal.act import together
from songsheet.leads.enquiries.actions import EnquiryRow, somebody_asked
from songsheet.leads.enquiries.answer_actions import answer_enquiry
from songsheet.leads.enquiries.models import Enquiry
from songsheet.team.acting import Acting, as_member
from songsheet.team.hours.actions import enter_leave
from songsheet.team.models import Leave, Member


@dataclass(frozen=True)
class Asking:
    """Somebody asks; `answer` is what whoever has it said, and when."""

    name: str
    mail: str
    at: datetime
    text: str
    answer: tuple[datetime, str] | None = None


_ASKED = (
    Asking("Aksel Dahl", "a.dahl@fjordkontor.example", london("2026-05-08", 10, 40),
           "We would like to become a partner in Norway. Whom do we talk to?"),
    Asking("Milo Ferrand", "m.ferrand@post.example", london("2026-05-11", 11, 30),
           "Are you hiring fitters in Leeds? I attach my CV.",
           (london("2026-05-11", 15, 5), "Nothing is open now; we keep his letter until autumn.")),
    Asking("Bronwen Pugh", "b.pugh@council.example", london("2026-05-11", 14, 10),
           "Request for proposal: 150 seats for the county hall, offers by 29 May."),
    Asking("Saffron Elsworth", "s.elsworth@mistral.example", london("2026-05-11", 15, 50),
           "What is the delivery date of our order for the second floor?",
           (london("2026-05-11", 16, 35), "Thursday the 21st, between eight and ten; the lift is booked.")),
    Asking("Emeka Okonta", "e.okonta@northgate.example", london("2026-05-12", 9, 20),
           "Two of the desks came with broken legs. Who mends them?"),
    Asking("Noor Haddad", "n.haddad@tamar.example", london("2026-05-12", 9, 45),
           "Please send us the invoice for the samples again, with our order number on it."),
)  # fmt: skip
#: Campaign, whose verdict, when, what, and what Tom answered when.
_VERDICTS = (
    ("Fair, Cologne", "Matthias Roth", london("2026-03-02", 16), "helps",
     "They know what they want, and bring the plan.", None),
    ("Guide download form", "Conor Daly", london("2026-04-20", 11), "misleads",
     "Students download it for their thesis.",
     (london("2026-04-22", 9, 30), "The form asks for the company and how many work there since 22 April.")),
    ("March webinar", "Hannah Whitlock", london("2026-05-11", 16, 20), "does_not",
     "Nobody remembers having asked for a call.", None),
)  # fmt: skip
#: Who is away from when until when, and who answers meanwhile.
_AWAY = (("Hannah Whitlock", date(2026, 5, 13), date(2026, 5, 15), "Conor Daly"),)


def ask(by: Acting) -> None:
    """Enquiries that are no leads, with the answers there are."""
    if Enquiry.objects.exists():
        return
    for one in _ASKED:
        with together():
            asked = somebody_asked(one.name, one.mail, EnquiryRow((0, ""), one.text), by=by, at=one.at)
            if one.answer:
                assert asked.owner is not None
                at, words = one.answer
                answer_enquiry(asked.key, words, by=as_member(asked.owner), at=at)


def judge(campaigns: Mapping[str, Ref]) -> None:
    """What sales says of campaigns, and what marketing answered."""
    if Verdict.objects.exists():
        return
    tom = as_member(Member.objects.get(name="Tom Lindqvist"))
    for campaign, who, at, says, words, answer in _VERDICTS:
        by = as_member(Member.objects.get(name=who))
        with together():
            one = give_verdict(campaigns[campaign][1], says, words=words, by=by, at=at)
            if answer:
                answer_verdict(one.key, answer[1], by=tom, at=answer[0])


def go_on_leave() -> None:
    """Who is away this week."""
    if Leave.objects.exists():
        return
    for name, begin, end, deputy in _AWAY:
        member = Member.objects.get(name=name)
        stands_in = Member.objects.get(name=deputy)
        enter_leave(
            member.key, begin, end, deputy=stands_in.key, by=as_member(member), at=london("2026-05-06", 9)
        )
