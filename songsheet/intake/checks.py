"""What the doors must always keep: I7 for what arrived."""

from collections.abc import Iterator

from songsheet.journal.check import Offence, Span, invariant
from songsheet.journal.sql import rows


@invariant("I7")
def nothing_waits_in_the_inbox(span: Span) -> Iterator[Offence]:
    """What was acknowledged is taken up within the hour."""
    found = rows(
        """select id, door, feed from intake_inbox
            where received_at < clock_timestamp() - interval '1 hour' order by id limit 100"""
    )
    for id_, door, feed in found:
        sentence = f"What came by {door} from {feed} waits in the inbox for more than an hour."
        yield Offence("I7", f"intake_inbox {id_}", sentence)


@invariant("I7")
def what_arrived_is_known_for_ever(span: Span) -> Iterator[Offence]:
    """The hash of everything that arrived is among what was seen: or it could be taken twice."""
    since = "" if span.full else "and received_at > clock_timestamp() - interval '2 days'"
    for table in ("intake_inbox", "intake_raw"):
        found = rows(
            f"""select id, hash::text from {table} arrived
                 where not exists (select from intake_seen where hash = arrived.hash) {since}
                 order by id limit 100"""
        )
        for id_, hash_ in found:
            yield Offence("I7", f"{table} {id_}", f"{hash_} arrived and is not among what was seen.")
