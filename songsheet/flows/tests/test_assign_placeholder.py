"""Somebody from an import turns out to be a member, and back."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from songsheet.buyers.models import Person
from songsheet.deals.events import DealPassedOn
from songsheet.deals.models import Deal
from songsheet.flows.assign_placeholder import assign_placeholder, undo_assigning
from songsheet.journal.testing import assert_recorded, recorded
from songsheet.leads.actions import take_lead
from songsheet.leads.events import LeadGiven, LeadPutBack
from songsheet.leads.models import Lead
from songsheet.team.acting import Acting, as_member, as_system
from songsheet.team.actions import join_team
from songsheet.team.errors import NotAPlaceholder, RightMissing
from songsheet.team.models import Member, OtherName


@pytest.fixture
def placeholder(cast: dict[str, Any], at: datetime) -> Member:
    made = join_team(
        name="P. Raman", email=None, role="guide", state="elsewhere", by=as_system("tests"), at=at
    )
    OtherName.objects.create(system="zoho", external_id="zcrm_17", member=made)
    for state in ("new", "working", "disqualified"):
        person = Person.objects.create(name="Suzanne Okafor", met_at=at)
        ended = at if state == "disqualified" else None
        lead = Lead.objects.create(
            person=person, owner=made, state=state, came_at=at, at_rest=True, ended_at=ended
        )
        Deal.objects.create(
            lead=lead,
            owner=made,
            opened_at=at,
            at_rest=True,
            state="lost" if ended else "open",
            closed_at=ended,
        )
    return made


@pytest.fixture
def by(cast: dict[str, Any]) -> Acting:
    return as_member(cast["ruth"])


def owned(member: Member) -> list[str]:
    return list(Lead.objects.filter(owner=member).order_by("id").values_list("state", flat=True))


def test_open_leads_pass_on_as_they_stand(
    placeholder: Member, by: Acting, cast: dict[str, Any], at: datetime
) -> None:
    done = assign_placeholder(placeholder.key, to=cast["priya"].key, by=by, at=at)
    assert done.leads == 2
    assert owned(cast["priya"]) == ["new", "working"]
    assert owned(placeholder) == ["disqualified"]
    assert all(Lead.objects.filter(owner=cast["priya"]).values_list("at_rest", flat=True))
    assert len(recorded(LeadGiven, member=cast["priya"].key, before=placeholder.key)) == 2
    assert OtherName.objects.get().member == cast["priya"]


def test_it_is_undone_but_for_what_went_on_since(
    placeholder: Member, by: Acting, cast: dict[str, Any], at: datetime
) -> None:
    assign_placeholder(placeholder.key, to=cast["priya"].key, by=by, at=at)
    taken, stays = Lead.objects.filter(owner=cast["priya"]).order_by("id")
    Lead.objects.filter(id=taken.id).update(owner=cast["diane"])
    undone = undo_assigning(placeholder.key, by=by, at=at)
    assert undone.leads == 1
    stays.refresh_from_db()
    assert stays.owner_id == placeholder.id
    assert_recorded(LeadPutBack, lead=stays.key, owner=placeholder.key)
    assert OtherName.objects.get().member == placeholder


def test_open_deals_pass_on_too_and_back(
    placeholder: Member, by: Acting, cast: dict[str, Any], at: datetime
) -> None:
    done = assign_placeholder(placeholder.key, to=cast["priya"].key, by=by, at=at)
    assert done.deals == 2
    assert set(Deal.objects.filter(owner=cast["priya"]).values_list("state", flat=True)) == {"open"}
    assert len(recorded(DealPassedOn, member=cast["priya"].key, before=placeholder.key)) == 2
    assert undo_assigning(placeholder.key, by=by, at=at).deals == 2
    assert Deal.objects.filter(owner=placeholder).count() == 3


def test_a_running_clock_goes_with_its_lead(
    placeholder: Member, by: Acting, cast: dict[str, Any], at: datetime
) -> None:
    lead = Lead.objects.filter(owner=placeholder, state="new").get()
    Lead.objects.filter(id=lead.id).update(owner=cast["tom"])
    took = take_lead(lead.key, by=as_member(cast["tom"]), at=at)
    Lead.objects.filter(id=lead.id).update(owner=placeholder)
    assign_placeholder(placeholder.key, to=cast["priya"].key, by=by, at=at)
    assert took.clock is not None
    took.clock.refresh_from_db()
    assert took.clock.member == cast["priya"]


def test_only_who_manages_the_team_says_who_somebody_is(
    placeholder: Member, cast: dict[str, Any], at: datetime
) -> None:
    with pytest.raises(RightMissing):
        assign_placeholder(placeholder.key, to=cast["priya"].key, by=as_member(cast["priya"]), at=at)


def test_what_was_never_given_is_not_undone(placeholder: Member, by: Acting, at: datetime) -> None:
    with pytest.raises(NotAPlaceholder):
        undo_assigning(placeholder.key, by=by, at=at)


def test_the_page_of_a_placeholder_does_it_and_undoes_it(placeholder: Member, cast: dict[str, Any]) -> None:
    client = Client()
    client.force_login(cast["ruth"])
    assert "Who is this?" in client.get(f"/team/{placeholder.key}").content.decode()
    answer = client.post(f"/team/{placeholder.key}/is", {"to": cast["priya"].key}, follow=True)
    assert "2 open leads and 2 open deals passed on" in answer.content.decode()
    assert owned(cast["priya"]) == ["new", "working"]
    client.post(f"/team/{placeholder.key}/is-not")
    assert owned(cast["priya"]) == []
