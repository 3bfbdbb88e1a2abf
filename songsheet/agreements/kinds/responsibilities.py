"""Who does what: the board of duties with side, owner and deputy, and what each kind of work costs."""

from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import AfterValidator, Field, model_validator

from songsheet.agreements.terms import (
    Count,
    Kind,
    Line,
    Member,
    Names,
    Part,
    SideName,
    Terms,
    each_once,
    named,
)

_MARKETING = (
    "Sales material", "Direct mail", "Website", "Generating leads", "Social media",
    "Communication with customers", "Promotions and programmes that create leads", "Awareness",
    "Advertising", "Telemarketing", "Email campaigns",
)  # fmt: skip
_SALES = (
    "Hunting for new business", "Visiting and servicing customers",
    "Following up all leads and the pre-qualified ones", "Solving customers' issues",
    "Chasing past-due accounts", "Networking", "Communications and proposals", "Securing and answering RFPs",
    "Solving billing issues", "Cold calling", "Daily and weekly call sheets",
    "Appointments with decision makers", "Forecasting revenue from accounts, prospects and suspects",
    "Projecting opportunities", "Keeping the CRM up to date",
)  # fmt: skip


class Duty(Part):
    """One thing that has to be done, whose it is, and who stands in."""

    name: Annotated[Line, Field(max_length=120, title="Duty")]
    side: SideName = Field(title="Side")
    owner: Annotated[Member, Field(title="Owner")] = ""
    deputy: Annotated[Member, Field(title="Deputy")] = ""
    minutes_a_week: Count = Field(0, title="Minutes a week")

    @model_validator(mode="after")
    def _two_people(self) -> "Duty":
        if self.owner and self.owner == self.deputy:
            raise ValueError("Owner and deputy are two people.")
        return self

    def says(self, names: Names) -> str:
        """Such as: Marketing: Website, Tom Lindqvist; deputy nobody yet; 120 minutes a week."""
        said = {
            "side": _(self.side).capitalize(),
            "name": self.name,
            "owner": named(self.owner, names),
            "deputy": named(self.deputy, names),
        }
        sentence = _("%(side)s: %(name)s. Owner: %(owner)s. Deputy: %(deputy)s.") % said
        if self.minutes_a_week:
            sentence += " " + _("%(n)d minutes a week.") % {"n": self.minutes_a_week}
        return sentence


class Cost(Part):
    """What work in hand costs a member each week."""

    open_lead: Count = Field(title="An open lead: minutes a week")
    open_deal: Count = Field(title="An open deal: minutes a week")
    clock: Count = Field(title="A running clock: minutes a week")

    def says(self, names: Names) -> str:
        """The sentence on load."""
        said = {"lead": self.open_lead, "deal": self.open_deal, "clock": self.clock}
        return (
            _("An open lead counts %(lead)d minutes a week, an open deal %(deal)d, a clock %(clock)d.") % said
        )


class Responsibilities(Terms):
    """The board of duties."""

    duties: Annotated[
        list[Duty],
        Field(min_length=1, max_length=200),
        AfterValidator(lambda given: each_once(given, "name")),
    ] = Field(title="Duties")
    cost: Cost = Field(title="What work costs")


def starter() -> Responsibilities:
    """The board as most teams find it: too long for sales, and with no names yet."""
    return Responsibilities(
        duties=[
            *[Duty(name=name, side="marketing") for name in _MARKETING],
            *[Duty(name=name, side="sales") for name in _SALES],
        ],
        cost=Cost(open_lead=20, open_deal=45, clock=5),
    )


RESPONSIBILITIES = Kind(
    "responsibilities",
    gettext_lazy("Responsibilities"),
    gettext_lazy("Who does what, and who stands in."),
    Responsibilities,
    starter,
)
