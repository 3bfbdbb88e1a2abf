"""What the journal itself must always keep: I7 as far as it goes, and I12."""

from collections.abc import Iterator

from songsheet.journal import check_entries
from songsheet.journal.check import Offence, Span, invariant
from songsheet.journal.check_entries import CHUNK
from songsheet.journal.events import registry
from songsheet.journal.samples import faults
from songsheet.journal.sql import rows


@invariant("I12")
def every_kind_is_known_and_readable(span: Span) -> Iterator[Offence]:
    """Each stored kind is declared, and each version of it up to the stored one still reads."""
    for event_class in registry.values():
        for fault in faults(event_class):
            yield Offence("I12", event_class.declared.name, fault)
    stored = rows(
        """select kind, version, min(position) from journal_entry
            where position > %s and position <= %s group by kind, version order by 3""",
        [span.after, span.until],
    )
    for kind, version, position in stored:
        declared = registry[kind].declared if kind in registry else None
        if declared is None or version > declared.version:
            sentence = f"Entry {position} is a {kind} of version {version}, which no part declares."
            yield Offence("I12", str(position), sentence)


@invariant("I12")
def positions_are_gapless_and_in_commit_order(span: Span) -> Iterator[Offence]:
    """Each position follows the one before, is not recorded earlier, and the head stands at the last."""
    broken = rows(
        """select position, before, recorded_at < recorded_before from (
               select position, lag(position, 1, %(after)s) over line as before, recorded_at,
                      lag(recorded_at) over line as recorded_before
                 from journal_entry where position >= %(after)s and position <= %(until)s
               window line as (order by position)) as lined
            where position > %(after)s and (before <> position - 1 or recorded_at < recorded_before)
            order by position""",
        {"after": span.after, "until": span.until},
    )
    for position, before, backwards in broken:
        if before != position - 1:
            yield Offence("I12", str(position), f"Entry {position} follows {before}: positions are missing.")
        if backwards:
            yield Offence("I12", str(position), f"Entry {position} was recorded before the one before it.")
    last = rows("select coalesce(max(position), 0) from journal_entry where position <= %s", [span.until])[0][
        0
    ]
    if last != span.until:
        yield Offence(
            "I12", str(span.until), f"The head stands at {span.until} and the last entry is {last}."
        )


@invariant("I7")
def the_ledger_reconciles_by_count(span: Span) -> Iterator[Offence]:
    """As many entries as positions, and every row about an entry that is there."""
    counted = rows(
        "select count(*) from journal_entry where position > %s and position <= %s", [span.after, span.until]
    )[0][0]
    if counted != span.until - span.after:
        yield Offence(
            "I7",
            "journal_entry",
            f"{span.until - span.after} positions after {span.after} hold {counted} entries.",
        )
    for table, column in (("about", "position"), ("parked", "position"), ("effect", "because")):
        if table == "effect" and not span.full:
            continue  # it has no index by position; new rows cannot precede their entry anyway
        # what is about an entry of the span is compared with it below
        for (position,) in rows(
            f"""select distinct {column} from journal_{table} rest where {column} > %s and not exists
                (select from journal_entry where position = rest.{column}) order by 1""",
            [span.until if table == "about" else span.after],
        ):
            sentence = f"journal_{table} speaks of entry {position}, which does not exist."
            yield Offence("I7", str(position), sentence)


@invariant("I7")
def entries_are_about_what_their_events_say(span: Span) -> Iterator[Offence]:
    """Each entry reads, and the rows about it are exactly the subjects that its event names."""
    for after in range(span.after, span.until, CHUNK):
        for position, sentence in check_entries.faults(after, min(after + CHUNK, span.until)):
            yield Offence("I7", str(position), sentence)
