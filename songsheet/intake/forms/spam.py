"""What makes an answer look as if no person had typed it. Pure; such answers wait for a member."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from songsheet.intake.forms.stamps import Stamp

#: Nobody fills a form in sooner; without a browser that worked a little we want to see more patience.
SOONEST, SOONEST_PLAIN = timedelta(seconds=2), timedelta(seconds=6)
#: From one network in `WINDOW`; beyond the last nothing is taken at all.
WINDOW = timedelta(minutes=10)
MOST, MOST_PLAIN, FAR_TOO_MANY = 12, 4, 60
#: A page may lie open so long.
OLDEST = timedelta(hours=24)
#: The same showing of a form, sent with other words.
MOST_OF_A_STAMP = 3
#: Mails to one address in a day that ask to confirm something.
MOST_MAILS = 3


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of how an answer came. `trapped`: a field that no person sees was filled in."""

    stamp: Stamp | None
    trapped: bool
    worked: bool
    of_network: int
    of_stamp: int
    of_address: int


def suspicions(signs: Signs, *, at: datetime) -> list[str]:
    """Why somebody should look at it first; empty for an answer like any other."""
    found = []
    if signs.trapped:
        found.append("It filled in a field that no person sees.")
    if signs.stamp is None:
        found.append("It did not come from the page of the form.")
    elif at - signs.stamp.shown_at < (SOONEST if signs.worked else SOONEST_PLAIN):
        found.append("It was filled in faster than a person types.")
    if signs.of_network >= (MOST if signs.worked else MOST_PLAIN):
        found.append("Many answers came from the same network within ten minutes.")
    if signs.of_stamp >= MOST_OF_A_STAMP:
        found.append("The same page was sent again with other words.")
    if signs.of_address >= MOST_MAILS:
        found.append("This address was asked to confirm several answers today.")
    return found
