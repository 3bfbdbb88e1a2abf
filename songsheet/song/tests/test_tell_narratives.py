"""Narratives: told, changed, archived; nobody is told of without their permission."""

from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from songsheet.base.ids import new_key
from songsheet.base.refusals import Stale
from songsheet.journal import check
from songsheet.journal.testing import assert_recorded
from songsheet.song.market.actions import add_persona
from songsheet.song.narratives.actions import add_narrative, archive_narrative, change_narrative
from songsheet.song.narratives.errors import NarrativeRefused, NoSuchNarrative
from songsheet.song.narratives.events import NarrativeAdded, NarrativeArchived, NarrativeChanged
from songsheet.song.narratives.models import Narrative
from songsheet.song.narratives.queries import narrative_for, narratives
from songsheet.team.acting import as_member

TOLD = {
    "name": "Quiet at last",
    "problem": "Nobody could call.",
    "turning_point": "Two booths came on trial.",
    "outcome": "They kept six.",
}


def test_it_has_a_problem_a_turning_point_and_an_outcome(cast: dict[str, Any], at: datetime) -> None:
    priya = as_member(cast["priya"])
    nora = add_persona(name="Office manager", by=priya, at=at)
    with pytest.raises(NarrativeRefused) as refused:
        add_narrative(**{**TOLD, "outcome": " "}, by=priya, at=at)
    assert refused.value.field == "outcome"
    one = add_narrative(**TOLD, personas=[nora.key], by=priya, at=at)
    assert_recorded(NarrativeAdded, narrative=one.key, customer=None)
    change_narrative(one.key, feeling="Relief.", version=1, by=priya, at=at)
    assert_recorded(NarrativeChanged, narrative=one.key, fields=["feeling"], version=2)
    with pytest.raises(Stale):
        change_narrative(one.key, feeling="Joy.", version=1, by=priya, at=at)
    for wrong in ({"claims": [new_key("claim")]}, {"customer": "Brightwater"}, {"smell": "x"}):
        with pytest.raises(NarrativeRefused):
            change_narrative(one.key, **wrong, by=priya, at=at)
    archive_narrative(one.key, by=priya, at=at)
    assert_recorded(NarrativeArchived, narrative=one.key, version=3)
    assert list(narratives(priya)) == []
    with pytest.raises(NoSuchNarrative):
        narrative_for(priya, one.key)
    assert check.run(full=True, only=["I7"]) == []


def test_a_customer_is_told_of_as_they_allowed(cast: dict[str, Any], at: datetime) -> None:
    priya, company = as_member(cast["priya"]), new_key("company")
    with pytest.raises(NarrativeRefused) as refused:
        add_narrative(**TOLD, customer=company, by=priya, at=at)
    assert refused.value.field == "permission"
    one = add_narrative(**TOLD, customer=company, permission="By mail, 3 March 2026.", by=priya, at=at)
    assert_recorded(NarrativeAdded, narrative=one.key, customer=company)
    with pytest.raises(IntegrityError), transaction.atomic():
        Narrative.objects.filter(id=one.id).update(permission="")
