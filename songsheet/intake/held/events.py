"""What happens with what was held back; what is in it stands in no entry."""

from typing import Annotated

from songsheet.journal.events import Event
from songsheet.journal.subjects import Subject, sample_key

HeldKey = Annotated[str, Subject("held")]
_HELD = {"held": sample_key("held"), "door": "event"}


class SentInAgain(
    Event,
    name="intake.sent_in_again",
    version=1,
    says="{by} sent in again what was held back",
    side="changed",
    icon="return",
    sample={**_HELD, "accepted": 1, "duplicates": 0, "mended": True},
):
    """What was held back was taken in: as new events, or as some that had arrived meanwhile."""

    held: HeldKey
    door: str
    accepted: int
    duplicates: int
    mended: bool


class HeldBackDropped(
    Event,
    name="intake.held_back_dropped",
    version=1,
    says="{by} dropped what was held back",
    side="changed",
    icon="remove",
    sample=_HELD,
):
    """It is not for us; nothing is made of it."""

    held: HeldKey
    door: str


class HeldBackKept(
    Event,
    name="intake.held_back_kept",
    version=1,
    says="{by} kept what was dropped",
    side="changed",
    icon="undo",
    sample=_HELD,
):
    """What was dropped waits again."""

    held: HeldKey
    door: str


class RoundBegan(
    Event,
    name="intake.round_began",
    version=1,
    says="{by} sent in again all that was held back of one source: {events}",
    side="changed",
    icon="return",
    sample={"round": sample_key("round"), "events": 12},
):
    """All that waited of one feed goes in again, one after the other; each is an entry of its own."""

    round: Annotated[str, Subject("round")]
    events: int
