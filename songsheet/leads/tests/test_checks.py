"""The checks name each lead, deal and buyer that breaks an invariant, and nobody else."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from songsheet.clocks.models import Clock
from songsheet.journal.check import run
from songsheet.leads.actions import end_lead, give_lead, take_lead
from songsheet.leads.models import Lead
from songsheet.leads.tests.rows import imported, sound
from songsheet.team.acting import as_member


def offenders(invariant: str, *, full: bool = True) -> set[str]:
    return {offence.subject for offence in run(full=full, only=[invariant])}


def stop_the_clock(lead: Lead, cast: dict[str, Any]) -> None:
    Clock.objects.filter(about=lead.key).update(state="stopped", ended_at=lead.came_at)


def let_it_rest_under_a_clock(lead: Lead, cast: dict[str, Any]) -> None:
    Lead.objects.filter(id=lead.id).update(at_rest=True, clock=None)


def hide_it(lead: Lead, cast: dict[str, Any]) -> None:
    Lead.objects.filter(id=lead.id).update(gone_at=lead.came_at)


def give_it_in_silence(lead: Lead, cast: dict[str, Any]) -> None:
    Lead.objects.filter(id=lead.id).update(owner=cast["diane"])


def move_it_in_silence(lead: Lead, cast: dict[str, Any]) -> None:
    Lead.objects.filter(id=lead.id).update(state="nurturing", look_again_on=date(2026, 6, 1))


def qualify_it_in_silence(lead: Lead, cast: dict[str, Any]) -> None:
    Lead.objects.filter(id=lead.id).update(state="qualified")


@pytest.mark.parametrize(
    ("breach", "invariant"),
    [
        (stop_the_clock, "I1"),
        (let_it_rest_under_a_clock, "I1"),
        (hide_it, "I1"),
        (give_it_in_silence, "I7"),
        (move_it_in_silence, "I7"),
        (qualify_it_in_silence, "I4"),
    ],
)
def test_a_lead_that_breaks_an_invariant_is_named(
    cast: dict[str, Any], at: datetime, breach: Callable[..., None], invariant: str
) -> None:
    lead, other = imported(at), imported(at)
    for one in (lead, other):
        take_lead(one.key, by=as_member(cast["priya"]), at=at)
    assert sound() == []
    breach(lead, cast)
    assert lead.key in offenders(invariant)
    assert other.key not in offenders(invariant)


def test_an_end_made_here_without_its_reason_is_named_an_imported_one_is_a_leak(
    cast: dict[str, Any], at: datetime
) -> None:
    made_here = imported(at)
    imported(at, state="disqualified")
    end_lead(made_here.key, "released", reason="Too far", by=as_member(cast["priya"]), at=at)
    Lead.objects.filter(id=made_here.id).update(end_reason="")
    assert offenders("I2") == {made_here.key}


def test_a_row_that_nobody_recorded_is_named(cast: dict[str, Any], at: datetime) -> None:
    lead = imported(at)
    silent = Lead.objects.create(person=lead.person, came_at=at, queue=lead.queue, at_rest=True)
    assert silent.key in offenders("I7")
    assert lead.key not in offenders("I7")


def test_only_what_has_entries_since_the_last_run_is_looked_at(cast: dict[str, Any], at: datetime) -> None:
    old, new = imported(at), imported(at)
    assert run() == []
    give_lead(new.key, cast["priya"], by=as_member(cast["amara"]), at=at)
    for lead in (old, new):
        Lead.objects.filter(id=lead.id).update(owner=cast["diane"], queue=None)
    assert offenders("I7", full=False) == {new.key}
    assert offenders("I7") == {old.key, new.key}
