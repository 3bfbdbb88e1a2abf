"""Masters agree with their last entry (I7): what parts check about the rows they own."""

from collections.abc import Iterator, Sequence

from songsheet.journal.check import Offence, Span
from songsheet.journal.events import Event, kinds
from songsheet.journal.sql import rows


def among(span: Span, key: str) -> str:
    """SQL that narrows a check to subjects of entries in the span; everything when the span is full."""
    if span.full:
        return "true"
    return (
        f"{key} in (select key from journal_about"
        f" where position > {int(span.after)} and position <= {int(span.until)})"
    )


def versions_agree(
    span: Span, table: str, *, made: Sequence[type[Event]], changed: type[Event], exactly: bool = True
) -> Iterator[Offence]:
    """Each row was recorded when it was made, and has the version that the last change of it recorded.

    Not `exactly` where other acts raise the version too: then it is at least that one.
    """
    unsaid = set()
    for (key,) in rows(
        f"""select it.key from {table} it where it.gone_at is null and {among(span, "it.key")}
               and not exists (select from ({_entries(span, table, made)}) as told where told.key = it.key)
             order by it.id"""
    ):
        unsaid.add(key)
        yield Offence("I7", key, f"{key} stands in {table}, but no entry says how it came.")
    wrong = "<>" if exactly else ">"
    told = told_of(span, table, [changed], "max((body->>'version')::int) as version")
    for key, version, its in rows(
        f"""select it.key, it.version, coalesce(told.version, 1) from {table} it {told}
             where it.gone_at is null and {among(span, "it.key")}
               and coalesce(told.version, 1) {wrong} it.version order by it.id"""
    ):
        if key not in unsaid:
            yield Offence("I7", key, f"{key} is of version {version}, its entries tell of {its}.")


def told_of(span: Span, table: str, classes: Sequence[type[Event]], what: str) -> str:
    """SQL that joins `told` to the rows `it` of a table: aggregates over their entries of these classes."""
    entries = _entries(span, table, classes, whole=True)
    if span.full:
        told = f"(select key, {what} from ({entries}) as said group by key) as told"
        return f"left join {told} on told.key = it.key"
    return (
        f"left join lateral (select {what} from ({entries}) as said where said.key = it.key) as told on true"
    )


def _entries(span: Span, table: str, classes: Sequence[type[Event]], *, whole: bool = False) -> str:
    """The entries of these classes, each with the key of the row of this table that it is about.

    Of all rows the entries are read once, by the key in their bodies; of a few each looks its own up.
    """
    noun = table.partition("_")[2]
    for one in classes:
        assert noun in one.declared.subject_fields, f"{one.declared.name} does not say which {noun}"
    those = ", ".join(f"'{name}'" for name in kinds(classes))
    more = ", position, kind, body" if whole else ""
    if span.full:  # offset: what joins then carries the key alone, not the body
        return f"select body->>'{noun}' as key{more} from journal_entry where kind in ({those}) offset 0"
    return f"""select about.key{more} from journal_about about join journal_entry using (position)
                where kind in ({those})"""


def last(expression: str, classes: Sequence[type[Event]]) -> str:
    """An aggregate: what the last entry of these classes gives; nothing where that gives nothing."""
    those = ", ".join(f"'{name}'" for name in kinds(classes))
    return f"(array_agg({expression} order by position desc) filter (where kind in ({those})))[1]"
