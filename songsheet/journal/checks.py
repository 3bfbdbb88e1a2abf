"""What the journal itself must always keep: I7 as far as it goes, and I12."""

from collections.abc import Iterator

import orjson

from songsheet.journal.check import Offence, Span, invariant
from songsheet.journal.events import UNREADABLE, kind_of, registry
from songsheet.journal.samples import faults
from songsheet.journal.sql import rows

CHUNK = 20_000


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
        for (position,) in rows(
            f"""select distinct {column} from journal_{table} rest where {column} > %s and not exists
                (select from journal_entry where position = rest.{column}) order by 1""",
            [span.after],
        ):
            sentence = f"journal_{table} speaks of entry {position}, which does not exist."
            yield Offence("I7", str(position), sentence)


@invariant("I7")
def entries_are_about_what_their_events_say(span: Span) -> Iterator[Offence]:
    """Each entry reads, and the rows about it are exactly the subjects that its event names."""
    for after in range(span.after, span.until, CHUNK):
        until = min(after + CHUNK, span.until)
        for row in rows(_ENTRIES, {"after": after, "until": until}):
            if sentence := _fault_of(*row):
                yield Offence("I7", str(row[0]), sentence)


#: Entries with the keys of what they are about; an entry has few, a chunk fits in memory.
_ENTRIES = """
select entry.position, entry.kind, entry.version, entry.body::text, coalesce(about.keys, '')
  from journal_entry entry
  left join (select position, string_agg(key, ' ' order by key collate "C") as keys from journal_about
              where position > %(after)s and position <= %(until)s group by position) as about
    on about.position = entry.position
 where entry.position > %(after)s and entry.position <= %(until)s
 order by entry.position
"""


def _fault_of(position: int, kind: str, version: int, body: str, about: str) -> str | None:
    try:
        event = kind_of(kind).read(version, orjson.loads(body))
    except UNREADABLE as error:
        return f"Entry {position} ({kind} version {version}) cannot be read: {type(error).__name__}."
    named = sorted(event.subjects())
    if " ".join(named) == about:
        return None
    wrong = ", ".join(sorted(set(named) ^ set(about.split())))
    return f"Entry {position} ({kind}) and journal_about disagree about {wrong}."
