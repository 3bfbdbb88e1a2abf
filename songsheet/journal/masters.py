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
    wrong = "<>" if exactly else ">"
    found = rows(
        f"""select it.key, it.version, told.made, coalesce(told.version, 1) from {table} it,
              lateral (select count(*) filter (where entry.kind = any(%(made)s)) as made,
                              max((entry.body->>'version')::int)
                              filter (where entry.kind = %(changed)s) as version
                         from journal_about about
                         join journal_entry entry on entry.position = about.position
                        where about.key = it.key) as told
            where it.gone_at is null and {among(span, "it.key")}
              and (told.made = 0 or coalesce(told.version, 1) {wrong} it.version)
            order by it.id""",
        {"made": kinds(made), "changed": changed.declared.name},
    )
    for key, version, recorded, told in found:
        if not recorded:
            yield Offence("I7", key, f"{key} stands in {table}, but no entry says how it came.")
        else:
            yield Offence("I7", key, f"{key} is of version {version}, its entries tell of {told}.")
