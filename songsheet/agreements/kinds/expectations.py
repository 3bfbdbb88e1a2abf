"""What is expected of each member on a working day: a few things that can be counted."""

from collections import Counter
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field, model_validator

from songsheet.agreements.terms import Kind, Member, Names, Part, Terms
from songsheet.team.roles import Role

#: At most so many for one member: more are not looked at daily.
MOST = 3
RoleName = Literal[
    "guide", "concierge", "sales_manager", "marketer", "marketing_manager", "remarkables", "service",
    "finance", "operations", "cro", "metrics", "owner", "administrator",
]  # fmt: skip
What = Literal["leads_answered", "calls_made", "activities_logged", "verdicts_given", "returns_answered"]
#: What is counted, in words.
WORDS = {
    "leads_answered": gettext_lazy("leads answered in time"),
    "calls_made": gettext_lazy("calls made"),
    "activities_logged": gettext_lazy("activities logged"),
    "verdicts_given": gettext_lazy("verdicts given"),
    "returns_answered": gettext_lazy("returns answered"),
}


class Expectation(Part):
    """One thing, of everybody with a role, or of one member in place of what their role has."""

    role: RoleName = Field(title="Role")
    member: Annotated[Member, Field(title="Only of this member")] = ""
    what: What = Field(title="What")
    a_day: Annotated[int, Field(strict=True, ge=1, le=500, title="At least, each working day")]

    def says(self, names: Names) -> str:
        """Such as: Sales Guide: calls made, at least 5 each working day."""
        who = names.get(self.member) or (_("somebody") if self.member else str(Role(self.role).label))
        said = {"who": who, "n": self.a_day, "what": WORDS[self.what]}
        return _("%(who)s: %(what)s, at least %(n)d each working day.") % said


class Expectations(Terms):
    """What is expected each working day."""

    daily: Annotated[list[Expectation], Field(min_length=1, max_length=200)] = Field(
        title="Each working day, at most three of one member"
    )

    @model_validator(mode="after")
    def _few(self) -> "Expectations":
        held = Counter(one.member or one.role for one in self.daily)
        if any(count > MOST for count in held.values()):
            raise ValueError("At most three things are expected of one member: choose what matters most.")
        twice = Counter((one.member or one.role, one.what) for one in self.daily)
        if any(count > 1 for count in twice.values()):
            raise ValueError("The same is expected twice of one member. Keep one of the two.")
        return self

    def of(self, member: str, role: str) -> list[Expectation]:
        """What is expected of a member: their own, else what their role has."""
        own = [one for one in self.daily if one.member == member]
        return own or [one for one in self.daily if not one.member and one.role == role]


def starter() -> Expectations:
    """A start, to be talked over: few things, and small numbers."""
    return Expectations(
        daily=[
            Expectation(role="guide", what="calls_made", a_day=5),
            Expectation(role="guide", what="leads_answered", a_day=1),
            Expectation(role="concierge", what="leads_answered", a_day=2),
            Expectation(role="marketing_manager", what="returns_answered", a_day=1),
        ]
    )


EXPECTATIONS = Kind(
    "expectations",
    gettext_lazy("Daily expectations"),
    gettext_lazy("What each of us does at least on a working day."),
    Expectations,
    starter,
)
