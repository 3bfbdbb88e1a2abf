"""What each side promises the other, in working time."""

from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from songsheet.agreements.terms import Days, Kind, Minutes, Names, Part, Terms, Tier, days, working

Percent = Annotated[int, Field(strict=True, ge=1, le=99)]


class FirstResponse(Part):
    """Sales: the first answer to a buyer, by tier."""

    hot: Minutes = Field(title="Hot: working minutes")
    ready: Minutes = Field(title="Ready: working minutes")
    concierge: Minutes = Field(title="Concierge: working minutes")
    nurture: Minutes = Field(title="Nurture: working minutes")

    def says(self, names: Names) -> str:
        """The four promises in one sentence."""
        said = {tier: working(getattr(self, tier)) for tier in ("hot", "ready", "concierge", "nurture")}
        return (
            _("A hot lead is answered within %(hot)s, a ready one within %(ready)s, one for the concierge "
              "within %(concierge)s, one to nurture within %(nurture)s.") % said
        )  # fmt: skip


class Attempts(Part):
    """Sales: how often somebody is tried before they count as unreachable."""

    count: Annotated[int, Field(strict=True, ge=1, le=20)] = Field(title="Attempts")
    within_days: Days = Field(title="Within so many working days")

    def says(self, names: Names) -> str:
        """The sentence on attempts."""
        said = {"n": self.count, "days": self.within_days}
        return (
            _("Nobody is returned as unreachable before %(n)d attempts within %(days)d working days.") % said
        )


class AnswerToReturn(Part):
    """Marketing: the answer to a lead that came back."""

    minutes: Minutes = Field(title="Working minutes")

    def says(self, names: Names) -> str:
        """The sentence on returns."""
        return _("A returned lead is answered by marketing within %(time)s.") % {
            "time": working(self.minutes)
        }


class VerdictOwed(Part):
    """Sales: the verdict on a lead."""

    days: Days = Field(title="Working days after it was accepted")

    def says(self, names: Names) -> str:
        """The sentence on verdicts."""
        return _("Sales gives its verdict on a lead within %(n)d working days of accepting it.") % {
            "n": self.days
        }


class NextLook(Part):
    """Marketing: how long a nurtured lead may rest."""

    days: Days = Field(title="At most so many days")

    def says(self, names: Names) -> str:
        """The sentence on nurturing."""
        return _("A nurtured lead is looked at again after at most %(time)s.") % {"time": days(self.days)}


class NextStep(Part):
    """Sales: how far away the next step of a deal may be."""

    days: Days = Field(title="At most so many days ahead")

    def says(self, names: Names) -> str:
        """The sentence on deals."""
        return _("An open deal has a next step dated at most %(time)s ahead.") % {"time": days(self.days)}


class Warning(Part):
    """When the owner of a clock is warned."""

    at_percent: Percent = Field(title="After so many percent of the time")

    def says(self, names: Names) -> str:
        """The sentence on warnings."""
        return _("Whoever owes something is warned once %(n)d %% of the time is over.") % {
            "n": self.at_percent
        }


class ServiceLevels(Terms):
    """The promises of both directions."""

    first_response: FirstResponse = Field(title="Sales: first answer")
    attempts: Attempts = Field(title="Sales: attempts before a return")
    verdict: VerdictOwed = Field(title="Sales: verdict")
    next_step: NextStep = Field(title="Sales: next step of a deal")
    answer_to_return: AnswerToReturn = Field(title="Marketing: answer to a return")
    next_look: NextLook = Field(title="Marketing: next look at a nurtured lead")
    warning: Warning = Field(title="Both: warning")

    def first_answer_to(self, tier: Tier) -> int:
        """So many working minutes a lead of this tier waits at most."""
        return int(getattr(self.first_response, tier))


def starter() -> ServiceLevels:
    """A start: hot within a quarter of an hour, everything within days."""
    return ServiceLevels(
        first_response=FirstResponse(hot=15, ready=120, concierge=240, nurture=960),
        attempts=Attempts(count=5, within_days=10),
        verdict=VerdictOwed(days=5),
        next_step=NextStep(days=14),
        answer_to_return=AnswerToReturn(minutes=960),
        next_look=NextLook(days=90),
        warning=Warning(at_percent=75),
    )


SERVICE_LEVELS = Kind(
    "service_levels",
    gettext_lazy("Service levels"),
    gettext_lazy("What each side promises the other, and by when."),
    ServiceLevels,
    starter,
)
