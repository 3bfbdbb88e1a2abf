"""Events say how somebody heard of us: with what they ask, or beside it."""

from typing import Any

import pytest

from songsheet.intake.arriving.actions import take_in
from songsheet.intake.arriving.tests.sending import send
from songsheet.journal.testing import assert_recorded
from songsheet.leads.heard.events import HeardOfUs
from songsheet.leads.heard.models import Heard
from songsheet.leads.models import Lead
from songsheet.team.queries import now
from songsheet.touches.adopt import sources_named

pytestmark = pytest.mark.django_db


def test_what_an_event_says_of_how_they_heard_stands_with_the_lead_or_with_them(cast: dict[str, Any]) -> None:
    sources_named(["Referral", "Trade show"])
    dee = {"mail": "dee@oak.example", "name": "Dee"}
    send(
        {"id": "1", "type": "enquiry", "person": dee, "text": "What is the price of 40 desks?",
         "heard_from": "A friend"},
        {"id": "2", "type": "webinar", "person": dee, "heard_from": "Trade show"},
        {"id": "3", "type": "call", "person": dee, "heard_from": "  "},
    )  # fmt: skip
    assert take_in(at=now()) == 3
    lead, (friend, fair) = Lead.objects.get(), Heard.objects.order_by("id").reverse()
    assert (friend.said, friend.lead, friend.source and friend.source.name) in (
        ("A friend", lead, "Referral"), ("Trade show", None, "Trade show"),
    )  # fmt: skip
    assert {one.lead for one in (friend, fair)} == {lead, None}
    assert_recorded(HeardOfUs, lead=lead.key, source="Referral")
    take_in(at=now())
    assert Heard.objects.count() == 2
