"""What the journal refuses."""

from songsheet.base.refusals import Conflict, NotFound, Refusal


class TooManyEntries(Refusal):
    """More entries than one lock may append."""

    code = "too_many_entries"

    def __init__(self, count: int, limit: int) -> None:
        super().__init__(
            f"One act appends at most {limit:,} entries and this one has {count:,}. Work in smaller chunks."
        )


class TooDeep(Refusal):
    """An effect of an effect of an effect …"""

    code = "too_deep"

    def __init__(self, depth: int) -> None:
        super().__init__(
            f"Entries follow from each other at most five deep and this would be {depth}. "
            "Two reactions probably answer each other; part them in the wiring."
        )


class UnknownKind(Refusal):
    """An entry whose kind, or version of it, no part declares."""

    code = "unknown_kind"

    def __init__(self, kind: str, version: int) -> None:
        super().__init__(f"No part declares {kind} in version {version}. Install the part that wrote it.")


class NotParked(NotFound):
    """There is no such parked entry (any more)."""

    code = "not_parked"

    def __init__(self, reader: str, position: int) -> None:
        super().__init__(f"Nothing is parked for {reader} at position {position}. Load the page again.")


class StillWaiting(Conflict):
    """The entry waits behind an earlier one about the same subject."""

    code = "still_waiting"

    def __init__(self, position: int) -> None:
        super().__init__(
            f"Entry {position} waits behind an earlier one about the same subject. See to that one first."
        )
