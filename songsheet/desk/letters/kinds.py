"""The kinds of leaks, a literal table: each a condition over `desk_standing`, and what mends it.

From when on something leaks is agreed: the thresholds that are in force, else those of the house.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from songsheet.desk.models import Flag


def has(*flags: Flag) -> str:
    """The condition that a lead has all of these flags."""
    mask = sum(flags)
    return f"flags & {mask} = {mask}"


#: Nobody has promised an answer, or the promise is overdue.
UNPROMISED = "(promise_until < %(at)s) is not false"


@dataclass(frozen=True)
class Kind:
    """One way in which leads leak.

    `condition`: which leads. `still`: for which of them the action can still be done, by their flags alone.
    `says`, `saves`: the sentence and what can still be saved. `action` is the verb, `act` names the process.
    """

    name: str
    condition: str
    still: str
    says: Any
    saves: Any
    action: Any
    act: str
    means: Any

    @property
    def is_flagged(self) -> bool:
        """Whether its flags alone say it, whatever the time: then the cube knows it without counting."""
        return "%(" not in self.condition

    def words(self, count: int) -> str:
        """How many leads leaked, as a sentence."""
        return counted(self.says, count)

    def saved(self, count: int) -> str:
        """How many of them can still be saved, as half a sentence."""
        return counted(self.saves, count)


def counted(words: Any, count: int) -> str:
    """Words in the singular or plural with their number, thousands parted."""
    return str(words % count).replace(str(count), f"{count:,}", 1)


NEVER = Kind(
    name="never_contacted",
    condition=(
        f"{has(Flag.UNTOUCHED)} and ({has(Flag.UNDATED)} or desk_standing.came_at < %(contact_due)s)"
        f" and {UNPROMISED}"
    ),
    still=has(Flag.REACHABLE),
    says=ngettext_lazy("%d lead was never contacted", "%d leads were never contacted"),
    saves=ngettext_lazy("%d of them still can be", "%d of them still can be"),
    action=_("Offer to Guides"),
    act="offer",
    means=_(
        "Open, no deal; no member called, wrote or met in the time that was agreed, and nobody promised to."
    ),
)
LATE = Kind(
    name="late",
    condition="wait > %(late_after)s",
    still=has(Flag.ALIVE, Flag.REACHABLE),
    says=ngettext_lazy("%d lead got its first answer late", "%d leads got their first answer late"),
    saves=ngettext_lazy("%d of them is still open", "%d of them are still open"),
    action=_("Ask the owner"),
    act="ask",
    means=_("The first outgoing activity came later after the lead than was agreed."),
)
SILENT = Kind(
    name="silent",
    condition=(
        f"{has(Flag.ALIVE)} and (quiet_since < %(silent_since)s) is not false"
        " and (task_until < %(at)s) is not false and (step_until < %(today)s) is not false"
        f" and {UNPROMISED}"
    ),
    still=has(Flag.REACHABLE),
    says=ngettext_lazy("%d lead has gone silent", "%d leads have gone silent"),
    saves=ngettext_lazy("%d of them can be reached", "%d of them can be reached"),
    action=_("Ask the owner"),
    act="ask",
    means=_("Open, nothing either way for longer than was agreed, and nothing planned or promised."),
)
TWICE = Kind(
    name="worked_twice",
    condition="twice_gap <= %(twice_within)s",
    still=has(Flag.ALIVE),
    says=ngettext_lazy("%d lead was worked twice", "%d leads were worked twice"),
    saves=ngettext_lazy("%d of them is still open", "%d of them are still open"),
    action=_("Ask the owner"),
    act="ask",
    means=_("Two members reached out within days of each other, without a handoff between them."),
)
NO_STEP = Kind(
    name="deal_without_next_step",
    condition=has(Flag.STEP_MISSING),
    still="true",
    says=ngettext_lazy("%d lead has a deal without a next step", "%d leads have a deal without a next step"),
    saves=ngettext_lazy("%d of them can get one today", "%d of them can get one today"),
    action=_("Set a next step"),
    act="step",
    means=_("An open deal of the lead has no next step."),
)
NO_REASON = Kind(
    name="ended_without_reason",
    condition=has(Flag.REASON_MISSING),
    still=has(Flag.OWNED),
    says=ngettext_lazy("%d lead ended without a reason", "%d leads ended without a reason"),
    saves=ngettext_lazy("for %d of them somebody can be asked", "for %d of them somebody can be asked"),
    action=_("Ask for the reason"),
    act="reason",
    means=_("Lost, no decision, disqualified or released, and nobody wrote why."),
)
UNANSWERED = Kind(
    name="offered_not_answered",
    condition="offered_at < %(offer_due)s",
    still=has(Flag.REACHABLE),
    says=ngettext_lazy("%d lead was offered and not answered", "%d leads were offered and not answered"),
    saves=ngettext_lazy("%d of them can be reached", "%d of them can be reached"),
    action=_("Offer to another"),
    act="offer",
    means=_("Offered to somebody who neither accepted nor returned it in the time that was agreed."),
)
NOT_PICKED_UP = Kind(
    name="returned_not_picked_up",
    condition="returned_at < %(return_due)s",
    still=has(Flag.ALIVE),
    says=ngettext_lazy(
        "%d lead came back and was not picked up", "%d leads came back and were not picked up"
    ),
    saves=ngettext_lazy("%d of them is still open", "%d of them are still open"),
    action=_("Ask who owes the answer"),
    act="ask",
    means=_("Returned with a reason, and nobody answered the return in the time that was agreed."),
)
BREACHED = Kind(
    name="breached",
    condition=f"{has(Flag.ALIVE)} and promise_until < %(at)s",
    still=has(Flag.REACHABLE),
    says=ngettext_lazy("%d lead has a promise that is over", "%d leads have a promise that is over"),
    saves=ngettext_lazy("%d of them can be reached", "%d of them can be reached"),
    action=_("Take"),
    act="take",
    means=_("Open, and the clock that runs for it is over."),
)

#: The kinds in the order of their bits.
KINDS: tuple[Kind, ...] = (
    NEVER, LATE, SILENT, TWICE, NO_STEP, NO_REASON, UNANSWERED, NOT_PICKED_UP, BREACHED,
)  # fmt: skip
BY_NAME = {kind.name: kind for kind in KINDS}
