"""Deals: opened on a lead, moved, dated, ended, changed."""

from datetime import date, datetime
from typing import Any

import pytest

from songsheet.base.adopting import RowRefused
from songsheet.base.refusals import Stale
from songsheet.deals.actions import change_deal, end_deal, move_deal, open_deal, set_next_step
from songsheet.deals.adopt import DealRow, adopt_deals, stages_named, withdraw_deals
from songsheet.deals.errors import DealHasEnded, NoSuchDeal, NoSuchEnd, ReasonMissing
from songsheet.deals.events import DealChanged, DealEnded, DealGone, DealMoved, DealOpened, NextStepSet
from songsheet.deals.models import Deal
from songsheet.journal.testing import assert_nothing_recorded, assert_recorded, recorded
from songsheet.leads.actions import take_lead
from songsheet.leads.events import LeadEnded
from songsheet.leads.models import Lead
from songsheet.leads.tests.rows import BY, imported, ref, sound
from songsheet.team.acting import as_member
from songsheet.team.errors import RightMissing

SOON = date(2026, 5, 20)


def opened(cast: dict[str, Any], at: datetime, **given: Any) -> Deal:
    by = as_member(cast["priya"])
    lead = imported(at)
    take_lead(lead.key, by=by, at=at)
    known = {
        "name": "Forty desks",
        "next_step": "Call",
        "next_step_on": SOON,
        "amount": 2_270_000,
        "currency": "EUR",
    }
    return open_deal(lead.key, DealRow(lead=(0, ""), **{**known, **given}), by=by, at=at)


def resting(cast: dict[str, Any], at: datetime, **given: Any) -> Deal:
    lead = imported(at, state="converted", owner=ref(cast["priya"]))
    row = DealRow(lead=(lead.id, lead.key), person=(lead.person_id, lead.person.key), **given)
    (adopted,) = adopt_deals([row], by=BY, at=at)
    return Deal.objects.get(key=adopted.key)


def test_a_deal_converts_its_lead_and_takes_over_who_it_is_about(cast: dict[str, Any], at: datetime) -> None:
    deal = opened(cast, at)
    lead = Lead.objects.get(id=deal.lead_id)
    assert (lead.state, lead.ended_at, lead.clock) == ("converted", at, None)
    assert (deal.owner, deal.person, deal.state, deal.at_rest) == (cast["priya"], lead.person, "open", False)
    assert_recorded(DealOpened, deal=deal.key, lead=lead.key, amount=2_270_000, currency="EUR")
    assert_recorded(LeadEnded, lead=lead.key, state="converted")
    assert sound() == []


def test_an_open_deal_needs_a_dated_next_step_or_nothing_happens(cast: dict[str, Any], at: datetime) -> None:
    with pytest.raises(RowRefused) as refused:
        opened(cast, at, next_step="")
    assert refused.value.field == "next_step"
    assert_nothing_recorded(LeadEnded)
    assert Lead.objects.get().state == "working"


def test_an_amount_needs_its_currency(cast: dict[str, Any], at: datetime) -> None:
    with pytest.raises(RowRefused):
        opened(cast, at, currency="")


def test_a_deal_moves_from_stage_to_stage(cast: dict[str, Any], at: datetime) -> None:
    deal = opened(cast, at, stage_id=stages_named(["Discovery"])["Discovery"])
    moved = move_deal(deal.key, "Proposal", by=as_member(cast["priya"]), at=at)
    move_deal(deal.key, "Proposal", by=as_member(cast["priya"]), at=at)
    assert moved.stage is not None
    assert (moved.stage.name, moved.stage.position) == ("Proposal", 2)
    assert_recorded(DealMoved, deal=deal.key, stage="Proposal", before="Discovery")
    assert sound() == []


def test_a_next_step_takes_up_a_deal_that_lay_at_rest(cast: dict[str, Any], at: datetime) -> None:
    deal = resting(cast, at, name="Old")
    dated = set_next_step(deal.key, step="Call them", on=SOON, by=as_member(cast["diane"]), at=at)
    assert (dated.owner, dated.at_rest, dated.next_step_on) == (cast["diane"], False, SOON)
    assert_recorded(NextStepSet, deal=deal.key, on="2026-05-20")
    assert sound() == []


def test_a_deal_ends_once_and_says_why_unless_it_is_won(cast: dict[str, Any], at: datetime) -> None:
    by = as_member(cast["priya"])
    lost, won = opened(cast, at), opened(cast, at)
    with pytest.raises(ReasonMissing):
        end_deal(lost.key, "lost", by=by, at=at)
    with pytest.raises(NoSuchEnd):
        end_deal(lost.key, "open", by=by, at=at)
    end_deal(lost.key, "lost", reason="Price", by=by, at=at)
    ended = end_deal(won.key, "won", amount=2_000_000, by=by, at=at)
    assert (ended.state, ended.amount, ended.closed_at) == ("won", 2_000_000, at)
    assert_recorded(DealEnded, deal=won.key, state="won", amount=2_000_000, currency="EUR")
    with pytest.raises(DealHasEnded):
        end_deal(won.key, "lost", reason="x", by=by, at=at)
    assert sound() == []


def test_two_fields_by_two_people_both_stand_and_the_same_field_is_told(
    cast: dict[str, Any], at: datetime
) -> None:
    deal = opened(cast, at)
    change_deal(deal.key, amount=1, version=1, by=as_member(cast["priya"]), at=at)
    both = change_deal(deal.key, name="Fifty desks", version=1, by=as_member(cast["diane"]), at=at)
    assert (both.amount, both.name, both.version) == (1, "Fifty desks", 3)
    with pytest.raises(Stale):
        change_deal(deal.key, amount=2, version=1, by=as_member(cast["diane"]), at=at)
    assert len(recorded(DealChanged, deal=deal.key)) == 2


def test_a_margin_is_changed_by_those_who_may_see_it(cast: dict[str, Any], at: datetime) -> None:
    deal = opened(cast, at)
    with pytest.raises(RightMissing):
        change_deal(deal.key, margin=1, by=as_member(cast["priya"]), at=at)
    assert change_deal(deal.key, margin=1, by=as_member(cast["amara"]), at=at).margin == 1


def test_a_deal_that_is_withdrawn_is_there_no_more(cast: dict[str, Any], at: datetime) -> None:
    deal = opened(cast, at)
    withdraw_deals([deal.key], by=as_member(cast["priya"]), at=at, why="undone")
    assert_recorded(DealGone, deal=deal.key, why="undone")
    with pytest.raises(NoSuchDeal):
        change_deal(deal.key, name="x", by=as_member(cast["priya"]), at=at)
