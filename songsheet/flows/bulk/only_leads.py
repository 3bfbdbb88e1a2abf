"""What can be done in bulk with leads alone: they end, and they are routed."""

from songsheet.flows.errors import UnknownChange, ValueRefused
from songsheet.leads.models import Lead
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

#: How many leads end at once; one is converted by the deal that is opened on it.
ENDS = {str(one.value): str(one.label) for one in (Lead.State.DISQUALIFIED, Lead.State.RELEASED)}
_LONGEST_REASON = 200
#: The value by which what somebody works on is routed too.
WORKED_ON = "worked_on"


def ending(what: str, state: str, reason: str) -> str:
    """How leads end, in words; refused where they cannot."""
    if what != "leads":
        raise UnknownChange(f"Only leads end in bulk, not {what}.", field="act")
    if state not in ENDS:
        raise ValueRefused(f"Leads end in bulk as {' or '.join(ENDS)}. Choose one.", field="field")
    if not reason or len(reason) > _LONGEST_REASON:
        raise ValueRefused(
            f"A lead ends with a reason, of at most {_LONGEST_REASON} characters. Give it.", field="value"
        )
    return f"{ENDS[state]}: {reason}"


def must_be_routable(what: str, value: str, *, by: Acting) -> None:
    """Only leads are routed, by who may give them; what somebody works on when that is said."""
    if what != "leads":
        raise UnknownChange(f"Only leads are routed in bulk, not {what}.", field="act")
    by.must(Right.OFFER)
    if value not in ("", WORKED_ON):
        raise ValueRefused(
            f"Leave it empty, or say {WORKED_ON} to route what is worked on too.", field="value"
        )
