"""From when on a lead leaks: what both sides have signed, before the settings of the house."""

from datetime import datetime

from songsheet.agreements.kinds.leak_thresholds import LEAK_THRESHOLDS, starter
from songsheet.agreements.queries import in_force
from songsheet.team.models import House
from songsheet.team.thresholds import THRESHOLDS


def signed_thresholds(at: datetime) -> dict[str, int]:
    """The thresholds that are in force, by name; none before they are signed."""
    agreed = in_force(LEAK_THRESHOLDS, at)
    return agreed.by_name() if agreed else {}


def thresholds(house: House, at: datetime) -> dict[str, int]:
    """Every threshold by its name: as signed; else as the house has set it; else as the starter says."""
    set_here = {name: house.threshold(name) for name in THRESHOLDS}
    return starter().by_name() | set_here | signed_thresholds(at)
