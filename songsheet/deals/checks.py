"""What deals must always keep: I1, I7."""

from collections.abc import Iterator

from songsheet.deals.events import DealChanged, DealEnded, DealOpened
from songsheet.journal.check import Offence, Span, invariant
from songsheet.journal.masters import among, told_of, versions_agree
from songsheet.journal.sql import rows


@invariant("I1")
def open_deals_have_an_owner_and_a_next_step(span: Span) -> Iterator[Offence]:
    """An owner and a dated next step, or at rest."""
    for (key,) in rows(
        f"""select key from deals_deal deal where gone_at is null and state = 'open' and not at_rest
               and (owner_id is null or next_step = '' or next_step_on is null) and {among(span, "deal.key")}
             order by id"""
    ):
        yield Offence("I1", key, f"{key} is open without an owner or a dated next step.")


@invariant("I1")
def open_deals_have_the_clock_of_their_next_step(span: Span) -> Iterator[Offence]:
    """One about each that is worked on, its owner's; none about others."""
    for (key,) in rows(
        f"""select deal.key from deals_deal deal left join clocks_clock clock
                on clock.about = deal.key and clock.kind = 'next_step'
               and clock.state in ('running', 'paused')
             where deal.gone_at is null and deal.state = 'open' and not deal.at_rest
               and clock.member_id is distinct from deal.owner_id and {among(span, "deal.key")}
             union all
            select deal.key from clocks_clock clock join deals_deal deal on deal.key = clock.about
             where clock.kind = 'next_step' and clock.state in ('running', 'paused')
               and (deal.gone_at is not null or deal.state <> 'open' or deal.at_rest)
               and {among(span, "deal.key")} order by 1"""
    ):
        yield Offence("I1", key, f"{key} and the clock of its next step do not go together.")


@invariant("I7")
def deals_agree_with_their_entries(span: Span) -> Iterator[Offence]:
    """Each deal was opened, and its version is at least that of its last change."""
    yield from versions_agree(span, "deals_deal", made=[DealOpened], changed=DealChanged, exactly=False)


@invariant("I7")
def how_a_deal_stands_is_what_was_last_told(span: Span) -> Iterator[Offence]:
    """Open or ended as its last entry says, unless a later change names the state."""
    state = (
        """case kind when 'deals.deal_opened' then 'open' when 'deals.deal_ended' then body->>'state' end"""
    )
    those = """(kind <> 'deals.deal_changed' or 'state' = any(string_to_array(body->>'fields', ', ')))"""
    told = f"(array_agg({state} order by position desc) filter (where {those}))[1] as state"
    found = rows(
        f"""select it.key, it.state, told.state
              from deals_deal it {told_of(span, "deals_deal", [DealOpened, DealEnded, DealChanged], told)}
             where it.gone_at is null and it.state <> told.state and {among(span, "it.key")} order by it.id"""
    )
    for key, state, told in found:
        yield Offence("I7", key, f"{key} is {state}, its last entry says {told}.")
