"""Which promises there are, by name: a literal table. Agreements say how many minutes each has."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop

FIRST_ANSWER = "first_answer"
#: What runs once the first answer was given: not to fall silent.
NEXT_CONTACT = "next_contact"
ENQUIRY_ANSWER = "enquiry_answer"
#: What a nurtured lead has instead: it is looked at again by a day.
NEXT_LOOK = "next_look"
#: An open deal has a dated next step.
NEXT_STEP = "next_step"
#: An appointment is kept when its member says what became of it.
MEETING = "meeting"
#: What who accepted a lead owes marketing; it runs beside the clock of the lead.
VERDICT = "verdict"
#: Who answers for a fact looks at it again by a day, and answers whoever doubts it.
FACT_REVIEW = "fact_review"
DISPUTE_ANSWER = "dispute_answer"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of promise: its stored name, what it is called, and which side owes it.

    `asked`: whoever answers those who ask us, of either side or none.
    """

    name: str
    label: str
    side: str


KINDS: dict[str, Kind] = {
    one.name: one
    for one in (
        Kind(FIRST_ANSWER, gettext_noop("First answer"), "sales"),
        Kind(NEXT_CONTACT, gettext_noop("Next contact"), "sales"),
        Kind("attempts", gettext_noop("Attempts before a return"), "sales"),
        Kind("return_answer", gettext_noop("Answer to a return"), "marketing"),
        Kind("verdict_answer", gettext_noop("Answer to a verdict"), "marketing"),
        Kind(VERDICT, gettext_noop("Verdict"), "sales"),
        Kind(NEXT_LOOK, gettext_noop("Next look at a nurtured lead"), "marketing"),
        Kind(NEXT_STEP, gettext_noop("Next step of a deal"), "sales"),
        Kind(ENQUIRY_ANSWER, gettext_noop("Answer to an enquiry"), "asked"),
        Kind(FACT_REVIEW, gettext_noop("Next look at a fact"), "asked"),
        Kind(DISPUTE_ANSWER, gettext_noop("Answer to a doubt about a fact"), "asked"),
        Kind(MEETING, gettext_noop("An appointment held"), "asked"),
    )
}
