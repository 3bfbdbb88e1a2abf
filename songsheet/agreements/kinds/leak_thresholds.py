"""From when on something counts as a leak."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from songsheet.agreements.terms import Days, Hours, Kind, Names, Part, Terms, days, working


class InWorkingHours(Part):
    """A threshold in working hours."""

    hours: Hours = Field(title="Working hours")

    def says(self, names: Names) -> str:
        """Such as: after 8 working hours."""
        return _("Counts after %(time)s.") % {"time": working(self.hours * 60)}


class InHours(Part):
    """A threshold in hours of the day."""

    hours: Hours = Field(title="Hours")

    def says(self, names: Names) -> str:
        """Such as: after 24 hours."""
        return _("Counts after %(n)d hours.") % {"n": self.hours}


class InDays(Part):
    """A threshold in days."""

    days: Days = Field(title="Days")

    def says(self, names: Names) -> str:
        """Such as: after 14 days."""
        return _("Counts after %(time)s.") % {"time": days(self.days)}


class WithinDays(Part):
    """A span of days."""

    days: Days = Field(title="Days")

    def says(self, names: Names) -> str:
        """Such as: when it happens within 7 days."""
        return _("Counts when it happens within %(time)s.") % {"time": days(self.days)}


class ADay(Part):
    """How many a day."""

    leads: Hours = Field(title="Leads a day, for one member")

    def says(self, names: Names) -> str:
        """Such as: at most 10 a day."""
        return _("At most %(n)d leads a day start their clocks for one member.") % {"n": self.leads}


class LeakThresholds(Terms):
    """The thresholds of the leaks."""

    never_contacted: InWorkingHours = Field(title="Never contacted")
    late: InHours = Field(title="First contact late")
    silent: InDays = Field(title="Gone silent")
    worked_twice: WithinDays = Field(title="Worked twice")
    offered_not_answered: InWorkingHours = Field(title="Offered and not answered")
    returned_not_picked_up: InWorkingHours = Field(title="Returned and not picked up")
    taken_up: ADay = Field(title="Taken up from a leak")

    def by_name(self) -> dict[str, int]:
        """The thresholds by name; some are settings of the house, too, for as long as none are signed."""
        return {
            "never_contacted_working_hours": self.never_contacted.hours,
            "late_after_hours": self.late.hours,
            "silent_after_days": self.silent.days,
            "worked_twice_within_days": self.worked_twice.days,
            "offered_not_answered_working_hours": self.offered_not_answered.hours,
            "returned_not_picked_up_working_hours": self.returned_not_picked_up.hours,
            "taken_up_a_day": self.taken_up.leads,
        }


def starter() -> LeakThresholds:
    """A start: what the house begins with."""
    return LeakThresholds(
        never_contacted=InWorkingHours(hours=8),
        late=InHours(hours=24),
        silent=InDays(days=14),
        worked_twice=WithinDays(days=7),
        offered_not_answered=InWorkingHours(hours=4),
        returned_not_picked_up=InWorkingHours(hours=16),
        taken_up=ADay(leads=10),
    )


LEAK_THRESHOLDS = Kind(
    "leak_thresholds",
    gettext_lazy("Leak thresholds"),
    gettext_lazy("From when on a lead counts as leaking."),
    LeakThresholds,
    starter,
)
