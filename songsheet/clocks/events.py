"""What becomes of promises. Each names the clock, what it is about and who owes it."""

from typing import Any, ClassVar

from songsheet.journal.events import Event
from songsheet.journal.subjects import ClockKey, MemberKey, PromisedKey, sample_key


def same(body: dict[str, Any]) -> dict[str, Any]:
    """Until version 1 promises were about people, companies, leads, deals and returns alone."""
    return body


_CLOCK: dict[str, Any] = {
    "clock": sample_key("clock"),
    "kind": "first_answer",
    "about": sample_key("lead"),
    "member": sample_key("member"),
}
_DUE = {**_CLOCK, "due_at": "2026-05-12T12:31:00+00:00"}


class ClockStarted(
    Event,
    name="clocks.clock_started",
    version=2,
    says="A promise of {member} began",
    side="changed",
    icon="clock",
    sample={**_DUE, "minutes": 480},
):
    """A promise runs, so many working minutes or until an instant."""

    clock: ClockKey
    kind: str
    about: PromisedKey
    member: MemberKey | None
    due_at: str
    minutes: int | None = None
    from_v1: ClassVar[Any] = staticmethod(same)


class ClockWarned(
    Event,
    name="clocks.clock_warned",
    version=2,
    says="A promise of {member} is due soon",
    side="changed",
    icon="clock",
    sample=_DUE,
):
    """A promise is about to fall due, told once."""

    clock: ClockKey
    kind: str
    about: PromisedKey
    member: MemberKey | None
    due_at: str
    from_v1: ClassVar[Any] = staticmethod(same)


class ClockBreached(
    Event,
    name="clocks.clock_breached",
    version=2,
    says="A promise of {member} fell due and was not kept",
    side="changed",
    icon="clock",
    sample=_DUE,
):
    """A promise fell due unkept, told once; it happened when it was due."""

    clock: ClockKey
    kind: str
    about: PromisedKey
    member: MemberKey | None
    due_at: str
    from_v1: ClassVar[Any] = staticmethod(same)


class ClockPaused(
    Event,
    name="clocks.clock_paused",
    version=2,
    says="A promise of {member} stands still for a while",
    side="changed",
    icon="clock",
    sample={**_CLOCK, "until": "2026-05-18T08:00:00+00:00"},
):
    """A promise stands still until a time that was said."""

    clock: ClockKey
    kind: str
    about: PromisedKey
    member: MemberKey | None
    until: str
    from_v1: ClassVar[Any] = staticmethod(same)


class ClockResumed(
    Event,
    name="clocks.clock_resumed",
    version=2,
    says="A promise of {member} runs on",
    side="changed",
    icon="clock",
    sample=_DUE,
):
    """A promise that stood still runs on, and is due later by that."""

    clock: ClockKey
    kind: str
    about: PromisedKey
    member: MemberKey | None
    due_at: str
    from_v1: ClassVar[Any] = staticmethod(same)


class ClockMoved(
    Event,
    name="clocks.clock_moved",
    version=2,
    says="A promise of {member} is due at another time",
    side="changed",
    icon="clock",
    sample={**_DUE, "before": "2026-05-12T11:31:00+00:00"},
):
    """A promise is due at another time: the calendar changed by which it is counted, or a later contact moved
    the day of the next."""

    clock: ClockKey
    kind: str
    about: PromisedKey
    member: MemberKey | None
    due_at: str
    before: str
    from_v1: ClassVar[Any] = staticmethod(same)


class ClockKept(
    Event,
    name="clocks.clock_kept",
    version=2,
    says="{member} kept a promise",
    side="ours",
    icon="check",
    sample=_CLOCK,
):
    """A promise was kept in time."""

    clock: ClockKey
    kind: str
    about: PromisedKey
    member: MemberKey | None
    from_v1: ClassVar[Any] = staticmethod(same)


class ClockMissed(
    Event,
    name="clocks.clock_missed",
    version=2,
    says="A promise of {member} was missed",
    side="changed",
    icon="clock",
    sample=_CLOCK,
):
    """A promise was kept late, or never."""

    clock: ClockKey
    kind: str
    about: PromisedKey
    member: MemberKey | None
    from_v1: ClassVar[Any] = staticmethod(same)


class ClockStopped(
    Event,
    name="clocks.clock_stopped",
    version=2,
    says="A promise of {member} is owed no more",
    side="changed",
    icon="clock",
    sample=_CLOCK,
):
    """What a promise was about went away."""

    clock: ClockKey
    kind: str
    about: PromisedKey
    member: MemberKey | None
    from_v1: ClassVar[Any] = staticmethod(same)
