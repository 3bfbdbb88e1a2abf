"""What the song must always keep (I7)."""

from collections.abc import Iterator

from songsheet.journal.check import Offence, Span, invariant
from songsheet.journal.masters import among
from songsheet.journal.sql import rows
from songsheet.song.market.events import MarketAdded
from songsheet.song.market.kinds import KINDS

#: The version that the entries tell of: one for being made, one for each change, archiving and return.
_TOLD = """
select it.key, it.version, count(entry.position) filter (where entry.kind = %s) as made,
       count(entry.position) filter (where entry.kind <> 'song.evidence_noted') as told
  from {table} it
  left join journal_about about on about.key = it.key
  left join journal_entry entry on entry.position = about.position
        and entry.kind like 'song.%%' and entry.body->>'thing' = it.key
 where {among} group by it.id, it.key, it.version order by it.id
"""


@invariant("I7")
def the_market_agrees_with_its_entries(span: Span) -> Iterator[Offence]:
    """Each segment, persona, stage, line and question was recorded, and has the version its entries tell."""
    for kind in KINDS.values():
        table = kind.model._meta.db_table
        sql = _TOLD.format(table=table, among=among(span, "it.key"))
        for key, version, made, told in rows(sql, [MarketAdded.declared.name]):
            if not made:
                yield Offence("I7", key, f"{key} stands in {table}, but no entry says how it came.")
            elif version != told:
                yield Offence("I7", key, f"{key} is of version {version}, its entries tell of {told}.")
