"""Who hears what: one literal table of the journal's readers. A reader keeps its name for life."""

from collections.abc import Callable

from songsheet.desk.standing import READER as STANDING
from songsheet.desk.standing import refresh_all as refresh_standing
from songsheet.journal.reader import Reader
from songsheet.leads.reactions import READER as PROMISES

READERS: list[Reader] = [STANDING, PROMISES]

#: Derived tables → what recomputes each and says how many rows were not right.
DERIVED: dict[str, Callable[[], int]] = {"desk.Standing": refresh_standing}
