"""Which leads are to be routed anew, as a page or a caller asks, and what would come of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from songsheet.flows.bulk.change_many import Chosen, Wanted, keys_of
from songsheet.flows.bulk.only_leads import WORKED_ON
from songsheet.flows.errors import NothingChosen, TooManyAtOnce
from songsheet.leads.routing.foretelling import Foretold, foretold
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

#: The filters of the list of leads by which they are chosen.
FILTERS = ("owner", "queue", "source", "campaign", "state", "from", "until")
#: More than this is foretold no more: a minute's work, and nobody reads it.
MOST = 10_000


@dataclass(frozen=True)
class Wish:
    """The leads that are meant, and whether those that somebody works on are meant too."""

    chosen: Chosen
    worked_on: bool = False

    @property
    def wanted(self) -> Wanted:
        """What is to be done with them, as a change of many."""
        return Wanted("route", value=WORKED_ON if self.worked_on else "")


def wish_of(given: Mapping[str, str]) -> Wish:
    """What a form or an address asks for."""
    filters = {name: str(given[name]) for name in FILTERS if given.get(name)}
    if not {"owner", "queue", "source", "campaign"} & set(filters):
        raise NothingChosen("Choose whose leads, or those of a queue, a source or a campaign.", field="owner")
    filters.setdefault("state", "open")
    return Wish(Chosen(filters=filters), given.get("worked_on", "") in ("on", "1", "true"))


def tried(wish: Wish, *, by: Acting, at: datetime) -> Foretold:
    """Who would get which of them, and why."""
    by.must(Right.OFFER)
    keys = keys_of("leads", wish.chosen, by=by)
    if len(keys) > MOST:
        raise TooManyAtOnce(f"More than {MOST:,} leads match. Narrow them, by a day perhaps.", field="from")
    return foretold(keys, worked_on=wish.worked_on, at=at)
