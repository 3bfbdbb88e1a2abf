"""When a lead is good enough to be handed over: readable rules, and questions for a person."""

from typing import Annotated, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import AfterValidator, Field, model_validator

from songsheet.agreements.terms import Count, Kind, Line, Lines, Names, Part, Terms, Yes, each_once, listed

Dimension = Literal["fit", "interest", "completeness", "permission"]
Looks = Literal[
    "country", "industry", "people_count", "title", "language", "source", "campaign", "wants", "mail",
    "phone", "company", "consent", "touches", "days_since_touch",
]  # fmt: skip
Test = Literal["is_known", "is_one_of", "is_none_of", "mentions", "at_least", "at_most"]
#: What is a number; everything else is words.
NUMBERS = ("people_count", "touches", "days_since_touch")
_WORDS: dict[str, str | Promise] = {
    "country": gettext_lazy("the country"),
    "industry": gettext_lazy("the industry"),
    "people_count": gettext_lazy("the number of people in the company"),
    "title": gettext_lazy("the job title"),
    "language": gettext_lazy("the language"),
    "source": gettext_lazy("the source"),
    "campaign": gettext_lazy("the campaign"),
    "wants": gettext_lazy("what they want"),
    "mail": gettext_lazy("a mail address"),
    "phone": gettext_lazy("a phone number"),
    "company": gettext_lazy("the company"),
    "consent": gettext_lazy("consent to be contacted"),
    "touches": gettext_lazy("the number of touches from their side"),
    "days_since_touch": gettext_lazy("the number of days since their last touch"),
}
_ABOUT: dict[str, str | Promise] = {
    "fit": gettext_lazy("fit"),
    "interest": gettext_lazy("interest"),
    "completeness": gettext_lazy("completeness"),
    "permission": gettext_lazy("permission"),
}


class Criterion(Part):
    """One thing that is looked at. What is `needed` must hold; anything else gives its points."""

    name: Annotated[Line, Field(max_length=60, title="Called")]
    about: Dimension = Field(title="Speaks of")
    looks_at: Looks = Field(title="Looks at")
    test: Test = Field(title="Holds when it")
    values: Lines = Field([], title="One of, or the words", description="One on each line.")
    number: Count = Field(0, title="Number")
    needed: Yes = Field(False, title="Must hold")
    points: Annotated[int, Field(strict=True, ge=0, le=100)] = Field(0, title="Points")

    @model_validator(mode="after")
    def _fits(self) -> "Criterion":
        counts = self.test in ("at_least", "at_most")
        if counts != (self.looks_at in NUMBERS) and self.test != "is_known":
            raise ValueError("At least and at most are for numbers, the other tests for words.")
        if self.test in ("is_one_of", "is_none_of", "mentions") and not self.values:
            raise ValueError("Name at least one value.")
        return self

    def says(self, names: Names) -> str:
        """Such as: Trade (fit): the industry is dental or health. Must hold."""
        rest = {
            "is_known": _("is known"),
            "is_one_of": _("is %(values)s") % {"values": listed(self.values)},
            "is_none_of": _("is not %(values)s") % {"values": listed(self.values)},
            "mentions": _("mentions %(values)s") % {"values": listed(self.values)},
            "at_least": _("is at least %(number)d") % {"number": self.number},
            "at_most": _("is at most %(number)d") % {"number": self.number},
        }[self.test]
        worth = _("Must hold.") if self.needed else _("Worth %(points)d points.") % {"points": self.points}
        said = {
            "name": self.name,
            "about": _ABOUT[self.about],
            "what": _WORDS[self.looks_at],
            "rest": rest,
            "worth": worth,
        }
        return _("%(name)s (%(about)s): %(what)s %(rest)s. %(worth)s") % said


class Question(Part):
    """What data cannot tell: a person asks, and notes the answer."""

    asks: Annotated[Line, Field(title="Question")]
    needed: Yes = Field(False, title="Must be answered before the lead is handed over")

    def says(self, names: Names) -> str:
        """The question, and whether it must be answered."""
        more = _("must be answered before the lead is handed over") if self.needed else _("good to know")
        return f"{self.asks} ({more})"


class Enough(Part):
    """How many points make a good lead."""

    points: Annotated[int, Field(strict=True, ge=0, le=6_000)] = Field(title="Points that are enough")

    def says(self, names: Names) -> str:
        """The sentence on points."""
        return _("A lead is qualified when all that must hold holds and it has %(n)d points or more.") % {
            "n": self.points
        }


Criteria = Annotated[
    list[Criterion],
    Field(min_length=1, max_length=60),
    AfterValidator(lambda given: each_once(given, "name")),
]
Questions = Annotated[
    list[Question], Field(max_length=20), AfterValidator(lambda given: each_once(given, "asks"))
]


class QualifiedLead(Terms):
    """The definition of a good lead."""

    criteria: Criteria = Field(title="What is looked at")
    enough: Enough = Field(title="What is enough")
    questions: Questions = Field(title="What a person asks")


def starter() -> QualifiedLead:
    """A start: reachable, of a company, allowed, and asking for something."""
    return QualifiedLead(
        criteria=[
            Criterion(name="Can be reached", about="completeness", looks_at="mail", test="is_known",
                      needed=True),
            Criterion(name="Company", about="fit", looks_at="company", test="is_known", needed=True),
            Criterion(name="Size", about="fit", looks_at="people_count", test="at_least", number=20,
                      points=30),
            Criterion(name="May be contacted", about="permission", looks_at="consent", test="is_known",
                      needed=True),
            Criterion(name="Came to us", about="interest", looks_at="touches", test="at_least", number=2,
                      points=30),
            Criterion(name="Recently", about="interest", looks_at="days_since_touch", test="at_most",
                      number=30, points=20),
            Criterion(name="Says what they want", about="interest", looks_at="wants", test="is_known",
                      points=20),
        ],
        enough=Enough(points=50),
        questions=[
            Question(asks="What should be different once this is solved?", needed=True),
            Question(asks="Who else decides?"),
        ],
    )  # fmt: skip


QUALIFIED_LEAD = Kind(
    "qualified_lead",
    gettext_lazy("Qualified lead"),
    gettext_lazy("When a lead is good enough to be handed over."),
    QualifiedLead,
    starter,
)
