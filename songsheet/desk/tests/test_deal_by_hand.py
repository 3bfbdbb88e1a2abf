"""Leads and deals changed on the page of a buyer: noted, opened, dated, ended, and taken back."""

from datetime import date, datetime
from typing import Any

from songsheet.deals.events import DealChanged, DealEnded, DealOpened, NextStepSet
from songsheet.deals.models import Deal
from songsheet.journal.testing import assert_nothing_recorded, assert_recorded
from songsheet.leads.events import LeadCame
from songsheet.leads.models import Lead
from songsheet.leads.tests.rows import imported, sound

DEAL = {"name": "Forty desks", "amount": "22,700.50", "next_step": "Send it", "next_step_on": "2026-05-20"}


def test_a_known_buyer_wants_something_again_and_it_is_taken_back(
    client: Any, cast: dict[str, Any], at: datetime
) -> None:
    person = imported(at, state="converted").person
    client.force_login(cast["priya"])
    assert "Note a lead" in client.get(f"/buyers/{person.key}").content.decode()
    answer = client.post(f"/buyers/{person.key}/leads", {"wants": "Six chairs"})
    assert answer.headers["Location"] == f"/buyers/{person.key}"
    lead = Lead.objects.get(wants="Six chairs")
    assert (lead.owner, lead.person) == (cast["priya"], person)
    assert_recorded(LeadCame, lead=lead.key)
    client.post(f"/leads/{lead.key}/undo")
    assert Lead.objects.get(id=lead.id).gone_at
    assert client.post(f"/buyers/{person.key}/leads", {"wants": ""}).status_code == 422


def test_a_lead_ends_with_a_reason_and_runs_on_when_that_is_undone(
    client: Any, cast: dict[str, Any], at: datetime
) -> None:
    lead = imported(at)
    client.force_login(cast["priya"])
    path = f"/leads/{lead.key}/end"
    refused = client.post(path, {"state": "released", "reason": ""}, headers={"HX-Request": "true"})
    assert refused.status_code == 422
    client.post(path, {"state": "released", "reason": "Too small for us"})
    ended = Lead.objects.get()
    assert (ended.state, ended.end_reason) == ("released", "Too small for us")
    page = client.get(f"/buyers/{lead.person.key}").content.decode()
    undo = page.split('action="/bulk/')[1].split('"')[0]
    client.post(f"/bulk/{undo}")
    assert Lead.objects.get().is_open
    assert sound() == []


def test_a_deal_is_opened_stepped_on_ended_and_open_again(
    client: Any, cast: dict[str, Any], at: datetime
) -> None:
    lead = imported(at)
    client.force_login(cast["priya"])
    path = f"/leads/{lead.key}/deal"
    refused = client.post(path, {**DEAL, "amount": "a lot"})
    assert refused.status_code == 422
    assert "Forty desks" in refused.content.decode(), "what was typed stays"
    assert_nothing_recorded(DealOpened)
    assert client.post(path, DEAL).headers["Location"] == f"/buyers/{lead.person.key}"
    deal = Deal.objects.get()
    assert (deal.amount, deal.currency, deal.owner) == (2_270_050, "EUR", cast["priya"])
    client.post(f"/deals/{deal.key}/step", {"step": "Visit", "on": "2026-05-28"})
    assert_recorded(NextStepSet, deal=deal.key)
    assert Deal.objects.get().next_step_on == date(2026, 5, 28)
    assert client.post(f"/deals/{deal.key}/end", {"state": "lost"}).status_code == 422
    client.post(f"/deals/{deal.key}/end", {"state": "won", "amount": "20,000"})
    won = Deal.objects.get()
    assert (won.state, won.amount, bool(won.closed_at)) == ("won", 2_000_000, True)
    assert_recorded(DealEnded, deal=deal.key, state="won")
    client.post(f"/deals/{deal.key}/reopen")
    again = Deal.objects.get()
    assert (again.state, again.closed_at, again.next_step) == ("open", None, "Visit")
    assert_recorded(DealChanged, deal=deal.key, fields="state, closed_at, reason")
    assert client.post(f"/deals/{deal.key}/reopen").status_code == 409
    assert sound() == []
