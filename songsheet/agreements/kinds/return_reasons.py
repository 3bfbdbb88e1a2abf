"""Why a lead may be returned, and what each reason asks for."""

from typing import Annotated, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import AfterValidator, Field

from songsheet.agreements.terms import Kind, Line, Names, Part, Terms, Yes, each_once

Needs = Literal["nothing", "day", "text"]


class Reason(Part):
    """One reason. Leads keep its `code`; what it is called may change."""

    code: Annotated[str, Field(pattern="^[a-z][a-z_]{1,39}$", title="Code", description="Such as no_budget.")]
    label: Annotated[Line, Field(max_length=80, title="Called")]
    needs: Needs = Field("nothing", title="Asks for")
    owed: Yes = Field(True, title="Marketing owes an answer")

    def says(self, names: Names) -> str:
        """Such as: Not ready: with a day to come back to. Marketing owes an answer."""
        asks = {
            "nothing": _("needs nothing more"),
            "day": _("with a day to come back to"),
            "text": _("with a sentence"),
        }[self.needs]
        answer = _("Marketing owes an answer.") if self.owed else _("No answer is owed.")
        return f"{self.label}: {asks}. {answer}"


class ReturnReasons(Terms):
    """The reasons that there are."""

    reasons: Annotated[
        list[Reason],
        Field(min_length=1, max_length=40),
        AfterValidator(lambda given: each_once(given, "code")),
    ] = Field(title="Reasons")

    def reason(self, code: str) -> Reason | None:
        """The reason with this code."""
        return next((one for one in self.reasons if one.code == code), None)


def starter() -> ReturnReasons:
    """A start: the nine that the trade knows."""
    return ReturnReasons(
        reasons=[
            Reason(code="wrong_target", label="Wrong target"),
            Reason(code="misinformed", label="Misinformed"),
            Reason(code="not_ready", label="Not ready", needs="day"),
            Reason(code="duplicate", label="Duplicate", owed=False),
            Reason(code="unreachable", label="Unreachable after the agreed attempts"),
            Reason(code="no_need", label="No need"),
            Reason(code="no_budget", label="No budget"),
            Reason(code="competitor", label="Competitor", owed=False),
            Reason(code="other", label="Other", needs="text"),
        ]
    )


RETURN_REASONS = Kind(
    "return_reasons",
    gettext_lazy("Return reasons"),
    gettext_lazy("Why a lead may come back, and what is owed then."),
    ReturnReasons,
    starter,
)
