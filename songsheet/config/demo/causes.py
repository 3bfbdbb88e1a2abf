"""Why Aldermoor's leads buy or do not: the only place that says so.

The generator draws from it and tests hold estimates against it; nothing in the product reads it. Effects are
log odds of winning a lead that somebody answered.
"""

from math import exp

SPEEDS = ("under_1h", "1h_to_24h", "over_24h")
FITS = ("good", "fair", "poor")
ERAS = ("silos", "department")

#: Log odds of a lead answered after a day, from a search advertisement, of fair fit, with an idle Guide.
BASE = -3.55
#: The sooner the first answer, the more often they buy.
SPEED = {"under_1h": 1.0, "1h_to_24h": 0.5, "over_24h": 0.0}
#: Furniture for firms of 20 to 500: who is of that size buys, who is not does not.
FIT = {"good": 0.8, "fair": 0.0, "poor": -1.4}
#: Who was sent by somebody they trust comes closer to buying.
CHANNEL = {
    "Referrals": 1.0,
    "Partners": 0.4,
    "Website": 0.1,
    "Search advertising": 0.0,
    "Fairs": -0.1,
    "Webinars": 0.7,
    "Bought lists": -0.9,
}
#: For every ten open leads that the Guide has beyond twenty.
LOAD_BEYOND = 20
LOAD_PER_TEN = -0.3
#: Who believes something that is not so is lost when the truth comes out.
BELIEF = -0.7

#: What the two eras did: hours until the first answer (median) and its spread, leads nobody called, buyers
#: told something untrue, days from lead to won deal.
ANSWER_HOURS = {"silos": 26.0, "department": 1.3}
ANSWER_SPREAD = 1.3
NEVER_CALLED = {"silos": 0.11, "department": 0.0}
TOLD_UNTRUE = {"silos": 0.38, "department": 0.07}
CYCLE_DAYS = {"silos": 41.0, "department": 33.0}
#: A Guide answers more slowly the more they have: hours times this for every ten leads beyond twenty.
SLOWER_PER_TEN = 1.15


def speed_of(hours: float) -> str:
    """The class of a first answer that took so many hours."""
    return "under_1h" if hours < 1 else "1h_to_24h" if hours < 24 else "over_24h"


def fit_of(people_count: int | None) -> str:
    """How well a company of this size fits what Aldermoor sells; a private buyer fits poorly."""
    if people_count is None:
        return "poor"
    return "good" if 20 <= people_count <= 500 else "fair" if 10 <= people_count <= 900 else "poor"


def tens_beyond(load: float) -> float:
    """By how many tens a Guide's open leads exceed what one can carry with ease."""
    return max(0.0, load - LOAD_BEYOND) / 10


def chance_of_winning(*, speed: str, fit: str, channel: str, load: float, believes: bool) -> float:
    """The chance that an answered lead ends in a won deal."""
    effects = BASE + SPEED[speed] + FIT[fit] + CHANNEL[channel] + LOAD_PER_TEN * tens_beyond(load)
    return 1 / (1 + exp(-(effects + BELIEF * believes)))
