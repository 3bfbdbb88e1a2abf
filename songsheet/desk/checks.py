"""What the desk must always keep: derived rows equal their recomputation (I7)."""

from collections.abc import Iterator

from songsheet.desk import standing
from songsheet.desk.standing.reader import concerned
from songsheet.desk.standing.refresh import faults
from songsheet.journal import queries
from songsheet.journal.check import Offence, Span, invariant, one_instant


@invariant("I7")
def standing_equals_its_recomputation(span: Span) -> Iterator[Offence]:
    """Each lead stands as its parts say, but for what happened since the reader heard everything."""
    until = queries.head()
    standing.hear()
    with one_instant():
        heard = standing.position()
        if heard < until:
            yield Offence("I7", "desk.standing", "The reader stands still; see the parked work.")
            return
        yield from faults(
            None if span.full else concerned(span.after, span.until), but=concerned(heard, queries.head())
        )
