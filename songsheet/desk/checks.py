"""What the desk must always keep: derived rows equal their recomputation (I7)."""

from collections.abc import Iterator

from songsheet.desk import standing
from songsheet.desk.standing.reader import concerned
from songsheet.desk.standing.refresh import faults
from songsheet.journal import queries
from songsheet.journal.check import Offence, Span, invariant


@invariant("I7")
def standing_equals_its_recomputation(span: Span) -> Iterator[Offence]:
    """Each lead stands as its parts say; asked where the reader has heard everything."""
    standing.hear()
    if standing.position() < queries.head():
        yield Offence("I7", "desk.standing", "The reader stands still; see the parked work.")
    else:
        yield from faults(None if span.full else concerned(span.after, span.until))
