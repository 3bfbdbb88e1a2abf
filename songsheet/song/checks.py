"""What the song must always keep (I7)."""

from collections.abc import Iterator

from songsheet.journal.check import Offence, Span, invariant
from songsheet.journal.masters import among, versions_agree
from songsheet.journal.sql import rows
from songsheet.song.claims.body import body_of, hash_of
from songsheet.song.claims.models import HELD_STATES, ClaimSignature, ClaimVersion, Risk
from songsheet.song.facts.events import (
    FactChanged,
    FactDescribed,
    FactReviewed,
    FactStated,
    FactWithdrawn,
)
from songsheet.song.market.events import MarketAdded
from songsheet.song.market.kinds import KINDS
from songsheet.song.narratives.events import NarrativeAdded, NarrativeChanged

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


@invariant("I7")
def narratives_agree_with_their_entries(span: Span) -> Iterator[Offence]:
    """Each narrative was added, and has the version of its last change."""
    yield from versions_agree(
        span, "song_narrative", made=[NarrativeAdded], changed=NarrativeChanged, exactly=False
    )


@invariant("I7")
def facts_agree_with_their_entries(span: Span) -> Iterator[Offence]:
    """Each fact was stated, has the version of its last entry, and says what that entry told."""
    kinds = [one.declared.name for one in (FactChanged, FactDescribed, FactReviewed, FactWithdrawn)]
    found = rows(
        f"""select it.key, it.version, coalesce(told.version, 1), stated.position is not null
              from song_fact it
              left join lateral (
                    select max((entry.body->>'version')::int) as version from journal_about about
                      join journal_entry entry on entry.position = about.position
                     where about.key = it.key and entry.kind = any(%s)) as told on true
              left join lateral (
                    select entry.position from journal_about about
                      join journal_entry entry on entry.position = about.position
                     where about.key = it.key and entry.kind = %s limit 1) as stated on true
             where {among(span, "it.key")} order by it.id""",
        [kinds, FactStated.declared.name],
    )
    for key, version, told, is_stated in found:
        if not is_stated:
            yield Offence("I7", key, f"{key} is a fact, but no entry says who stated it.")
        elif version != told:
            yield Offence("I7", key, f"{key} is of version {version}, its entries tell of {told}.")


@invariant("I7")
def doubts_stand_as_their_entries_say(span: Span) -> Iterator[Offence]:
    """Each doubt is open, answered or settled as its last entry says."""
    found = rows(
        f"""select it.key, it.state, told.state from song_dispute it
              left join lateral (
                    select case entry.kind when 'song.fact_disputed' then 'open'
                                when 'song.dispute_answered' then 'answered' else 'settled' end as state
                      from journal_about about join journal_entry entry on entry.position = about.position
                     where about.key = it.key
                       and entry.kind in ('song.fact_disputed', 'song.dispute_answered',
                                          'song.dispute_settled')
                     order by entry.position desc limit 1) as told on true
             where {among(span, "it.key")} and told.state is distinct from it.state order by it.id"""
    )
    for key, state, told in found:
        yield Offence("I7", key, f"{key} is {state}, its last entry says {told or 'nothing'}.")


#: Last entry that moved a version → how it stands: as the one spoken of, or as the one closed by another.
_STATES = """
case when entry.body->>'before' = it.key then 'superseded'
     else case entry.kind when 'song.claim_in_force' then 'in_force' when 'song.claim_closed' then 'closed'
          when 'song.claim_draft_withdrawn' then 'withdrawn' else 'draft' end end
"""


@invariant("I7")
def claims_stand_as_their_entries_say(span: Span) -> Iterator[Offence]:
    """Each version of a claim stands as its last entry tells."""
    found = rows(
        f"""select it.key, it.state, told.state from song_claimversion it
              left join lateral (
                    select {_STATES} as state from journal_about about
                      join journal_entry entry on entry.position = about.position
                     where about.key = it.key and entry.kind like 'song.claim%%'
                       and it.key in (entry.body->>'its', entry.body->>'before')
                     order by entry.position desc limit 1) as told on true
             where {among(span, "it.key")} and told.state is distinct from it.state order by it.id"""
    )
    for key, state, told in found:
        yield Offence("I7", key, f"{key} is {state}, its last entry says {told or 'nothing'}.")


@invariant("I8")
def what_we_say_is_the_text_that_was_signed(span: Span) -> Iterator[Offence]:
    """The hash of each version is that of its text; what can hurt was signed over it by both sides."""
    chosen = [key for (key,) in rows(f"select key from song_claimversion it where {among(span, 'it.key')}")]
    found = ClaimVersion.objects.filter(key__in=chosen).select_related("proof", "segment")
    for version in found.order_by("id"):
        if hash_of(body_of(version)) != version.hash:
            yield Offence("I8", version.key, f"“{version}”: its hash is not that of its text.")
        if version.state in HELD_STATES and version.risk != Risk.PLAIN:
            keys = ClaimSignature.objects.filter(version=version, voided_at=None, hash=version.hash)
            if keys.values("side").distinct().count() != 2:
                yield Offence("I8", version.key, f"“{version}” is in force without the keys of both sides.")
