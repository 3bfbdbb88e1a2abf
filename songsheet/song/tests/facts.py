"""Facts for tests: who answers for them, and a few that Aldermoor has."""

from datetime import datetime
from typing import Any

from songsheet.song.facts.actions import state_fact
from songsheet.song.facts.models import Fact
from songsheet.team.acting import Acting, as_member, as_system
from songsheet.team.actions import join_team


def operations(at: datetime) -> Acting:
    """Una Flint of operations, who answers for facts."""
    una = join_team(
        name="Una Flint", email="una@aldermoor.example", role="operations", by=as_system("tests"), at=at
    )
    return as_member(una)


def stated(name: str, kind: str, value: str, *, by: Acting, at: datetime, **more: Any) -> Fact:
    """A fact by its name, called like it."""
    return state_fact(name=name, label=name, kind=kind, value=value, by=by, at=at, **more)
