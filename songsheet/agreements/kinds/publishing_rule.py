"""What may go out with whose keys."""

from typing import Annotated, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import AfterValidator, Field

from songsheet.agreements.terms import Kind, Minutes, Names, Part, Terms, Yes, each_once, working

Risk = Literal["price", "guarantee", "legal", "comparison", "ordinary"]
_RISKS: dict[str, str | Promise] = {
    "price": gettext_lazy("prices"),
    "guarantee": gettext_lazy("guarantees"),
    "legal": gettext_lazy("the law"),
    "comparison": gettext_lazy("others in comparison"),
    "ordinary": gettext_lazy("anything else, with claims that are in force"),
}


class RiskRule(Part):
    """How many keys something takes that speaks of this."""

    speaks_of: Risk = Field(title="What speaks of")
    keys: Literal[1, 2] = Field(title="Keys")

    def says(self, names: Names) -> str:
        """Such as: What speaks of prices goes out with both keys."""
        said = {"risk": _RISKS[self.speaks_of]}
        if self.keys == 2:
            return _("What speaks of %(risk)s goes out with the keys of both sides.") % said
        return _("What speaks of %(risk)s goes out with one key; the other side can stop it.") % said


class Answering(Part):
    """How long the other side has."""

    minutes: Minutes = Field(title="Working minutes")

    def says(self, names: Names) -> str:
        """The sentence on answering."""
        return _("Who is asked for a key answers within %(time)s.") % {"time": working(self.minutes)}


class Stopping(Part):
    """What one key can do."""

    either_side: Yes = Field(True, title="Either side stops what is out with one key")

    def says(self, names: Names) -> str:
        """The sentence on stopping."""
        if self.either_side:
            return _("Stopping takes one key of either side, releasing again takes what publishing took.")
        return _("Only the side that published can stop it.")


class PersonalMail(Part):
    """What somebody writes by hand."""

    warned: Yes = Field(True, title="Claims are checked while it is written")
    recorded: Yes = Field(True, title="What was told is recorded")

    def says(self, names: Names) -> str:
        """The sentence on personal mail."""
        done = [
            *([_("warned of claims that do not hold")] if self.warned else []),
            *([_("recorded as told")] if self.recorded else []),
        ]
        if not done:
            return _("A personal mail is nobody else's matter.")
        return _("A personal mail needs no key; it is %(done)s.") % {"done": _(" and ").join(done)}


class PublishingRule(Terms):
    """Which keys a publication takes."""

    risks: Annotated[
        list[RiskRule],
        Field(min_length=1, max_length=5),
        AfterValidator(lambda given: each_once(given, "speaks_of")),
    ] = Field(title="Keys by risk")
    answering: Answering = Field(title="Answering")
    stopping: Stopping = Field(title="Stopping")
    personal_mail: PersonalMail = Field(title="Personal mail")


def starter() -> PublishingRule:
    """A start: two keys where it can hurt, one elsewhere."""
    return PublishingRule(
        risks=[
            RiskRule(speaks_of="price", keys=2),
            RiskRule(speaks_of="guarantee", keys=2),
            RiskRule(speaks_of="legal", keys=2),
            RiskRule(speaks_of="comparison", keys=2),
            RiskRule(speaks_of="ordinary", keys=1),
        ],
        answering=Answering(minutes=480),
        stopping=Stopping(),
        personal_mail=PersonalMail(),
    )


PUBLISHING_RULE = Kind(
    "publishing_rule",
    gettext_lazy("Publishing rule"),
    gettext_lazy("What may go out, and with whose keys."),
    PublishingRule,
    starter,
)
