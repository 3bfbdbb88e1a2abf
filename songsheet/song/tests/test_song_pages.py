"""The pages of the song: what each shows, and what is done on it."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from songsheet.agreements.tests.signers import with_owen
from songsheet.journal.testing import assert_recorded
from songsheet.song.claims.actions import draft_claim
from songsheet.song.claims.events import ClaimClosed, ClaimInForce
from songsheet.song.claims.force_actions import put_in_force
from songsheet.song.claims.models import Claim, ClaimVersion
from songsheet.song.facts.actions import change_fact
from songsheet.song.facts.events import DisputeSettled, FactChanged, FactDisputed, FactStated
from songsheet.song.facts.models import Dispute, Fact
from songsheet.song.market.actions import add_line, add_persona, add_question, add_stage
from songsheet.song.market.events import MarketAdded, MarketArchived, MarketBroughtBack
from songsheet.song.market.models import Persona
from songsheet.song.narratives.models import Narrative
from songsheet.song.tests.facts import stated
from songsheet.team.acting import Acting

Team = dict[str, Acting]


@pytest.fixture
def team(cast: dict[str, Any], at: datetime) -> Team:
    return with_owen(cast, at)


def opened(team: Team, who: str) -> Client:
    client = Client()
    member = team[who].member
    assert member
    client.force_login(member)
    return client


def shown(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return " ".join(answer.content.decode().split())


def a_song(team: Team, at: datetime) -> dict[str, str]:
    """A persona at a stage, what is not offered, what is said and what no longer holds."""
    given: dict[str, Any] = {"by": team["tom"], "at": at}
    nora, stage = add_persona(name="Office manager", **given), add_stage(name="Compares", **given)
    add_persona(name="Finance lead", **given)
    add_line(persona=nora.key, kind="pain", text="Open floors are loud.", **given)
    add_question(text="What does delivery cost?", stage=stage.key, personas=[nora.key], **given)
    stated("shipping.free", "offer", "not offered", **given)
    stated("returns", "duration", "60 days", **given)
    for days in (60, 14):
        draft = draft_claim(
            statement=f"Back within {days} days.", predicate=f"returns >= {days} days",
            qualifier="In its box.", personas=[nora.key] if days == 60 else [], **given,
        )  # fmt: skip
        put_in_force(draft.key, seen=draft.hash, **given)
    return {"persona": nora.key, "stage": stage.key}


def test_the_sheet_says_what_to_say_and_what_never_to_say(team: Team, at: datetime) -> None:
    client = opened(team, "priya")
    assert "Nobody is understood yet" in shown(client, "/song")
    chosen = a_song(team, at)
    address = f"/song?persona={chosen['persona']}&stage={chosen['stage']}"
    page = shown(client, address)
    for words in ("Open floors are loud.", "What does delivery cost?", "Back within 60 days.", "In its box."):
        assert words in page
    change_fact("returns", value="30 days", by=team["tom"], at=at)
    says, _, never = shown(client, address).partition('id="never"')
    assert "Back within 14 days." in says
    assert "Back within 60 days." not in says
    assert "Back within 60 days." in never
    assert "not offered" in never
    finance = Persona.objects.get(name="Finance lead").key
    assert "60 days." not in shown(client, f"/song?persona={finance}&stage={chosen['stage']}")


def test_the_sheet_is_read_in_few_statements(team: Team, at: datetime) -> None:
    a_song(team, at)
    client = opened(team, "priya")
    shown(client, "/song")
    with CaptureQueriesContext(connection) as asked:
        shown(client, "/song")
    assert len([one for one in asked if "SAVEPOINT" not in one["sql"]]) <= 20


def test_a_fact_is_stated_and_changed_after_a_look_at_what_follows(team: Team, at: datetime) -> None:
    client = opened(team, "tom")
    assert "No facts yet" in shown(client, "/song/facts")
    a_song(team, at)
    fee = {"label": "Fee", "name": "fee", "kind": "money"}
    refused = client.post("/song/facts/new", {**fee, "value": "much"})
    assert refused.status_code == 422
    assert "500 EUR" in refused.content.decode()
    done = client.post("/song/facts/new", {**fee, "value": "49 EUR", "review_on": "2030-01-01"})
    assert (done.status_code, done["Location"]) == (302, "/song/facts/fee")
    assert_recorded(FactStated, name="fee", value="€49")
    follows = shown(client, "/song/facts/returns/change?value=30+days")
    assert "no longer holds" in follows
    assert "Back within 60 days." in follows
    assert "Back within 14 days." not in follows
    done = client.post("/song/facts/returns/change", {"value": "30 days", "why": "Costs."})
    assert done.status_code == 302
    assert_recorded(FactChanged, name="returns", value="30 days", why="Costs.")
    assert "does not hold" in shown(client, "/song/facts/returns")
    assert client.post("/song/facts/returns/change", {"value": "x"}).status_code == 422
    assert shown(opened(team, "priya"), "/song/facts/nothing", 404)
    assert opened(team, "priya").get("/song/facts/returns/change").status_code == 403


def test_a_doubt_is_raised_and_settled_on_the_page_of_the_fact(team: Team, at: datetime) -> None:
    stated("returns", "duration", "60 days", by=team["tom"], at=at)
    priya, tom = opened(team, "priya"), opened(team, "tom")
    priya.post("/song/facts/returns/dispute", {"words": "The terms say 30."})
    one = Dispute.objects.get()
    assert_recorded(FactDisputed, dispute=one.key)
    assert "The terms say 30." in shown(tom, "/song/facts/returns")
    assert "doubted" in shown(tom, "/song/facts")
    tom.post(f"/song/disputes/{one.key}/answer", {"answer": "No longer."})
    priya.post(f"/song/disputes/{one.key}/settle")
    assert_recorded(DisputeSettled, dispute=one.key)
    tom.post("/song/facts/returns/review", {"next_on": ""})
    tom.post("/song/facts/returns/withdraw", {"why": "We sell no more."})
    assert Fact.objects.get().gone_at
    assert "Withdrawn" in shown(tom, "/song/facts/returns")


def test_a_claim_goes_from_draft_to_force_and_is_closed(team: Team, at: datetime) -> None:
    tom, owen = opened(team, "tom"), opened(team, "owen")
    assert "No claims yet" in shown(tom, "/song/claims")
    stated("returns", "duration", "60 days", by=team["tom"], at=at)
    refused = tom.post("/song/claims/new", {"statement": "Back.", "predicate": "returns >=", "risk": "plain"})
    assert refused.status_code == 422
    assert "At character 11" in refused.content.decode()
    tom.post(
        "/song/claims/new",
        {"statement": "Back.", "predicate": "returns >= 60 days", "risk": "guarantee", "german": "Zurück."},
    )
    claim, draft = Claim.objects.get(), ClaimVersion.objects.get()
    assert "It holds now" in shown(tom, f"/song/claims/{claim.key}")
    changed = {"statement": "Send it back.", "predicate": draft.predicate, "risk": "guarantee"}
    stale = tom.post(f"/song/versions/{draft.key}/edit", {**changed, "hash": "old"})
    assert stale.status_code == 409
    tom.post(f"/song/versions/{draft.key}/edit", {**changed, "hash": draft.hash})
    draft.refresh_from_db()
    assert draft.statement == "Send it back."
    for client in (tom, owen):
        client.post(f"/song/versions/{draft.key}/sign", {"hash": draft.hash})
    assert_recorded(ClaimInForce, its=draft.key, mode="two")
    assert "Send it back." in shown(tom, "/song/claims?state=in_force")
    owen.post(f"/song/claims/{claim.key}/close", {"why": "Nobody understood it."})
    assert_recorded(ClaimClosed, its=draft.key)
    tom.post(f"/song/claims/{claim.key}/propose")
    second = ClaimVersion.objects.get(number=2)
    assert "Send it back." in shown(tom, f"/song/versions/{second.key}/edit")
    tom.post(f"/song/versions/{second.key}/withdraw")
    assert ClaimVersion.objects.get(number=2).state == "withdrawn"
    assert shown(tom, "/song/claims/nothing", 404)


def test_the_market_is_written_down_on_its_page(team: Team) -> None:
    client = opened(team, "priya")
    assert "Begin with the person" in shown(client, "/song/market")
    for what, given in (
        ("segment", {"text": "Small firms"}),
        ("persona", {"text": "Office manager"}),
        ("stage", {"text": "Compares"}),
        ("question", {"text": "What does it cost?", "phrases": "price, fee"}),
    ):
        assert client.post(f"/song/market/add/{what}", given).status_code == 302
    persona = Persona.objects.get()
    client.post("/song/market/add/line", {"persona": persona.key, "kind": "pain", "text": "Loud."})
    assert_recorded(MarketAdded, what="line", text="Loud.", under=persona.key)
    page = shown(client, "/song/market")
    for words in ("Small firms", "Office manager", "Compares", "What does it cost?", "price, fee", "Loud."):
        assert words in page
    client.post(f"/song/market/{persona.key}/archive")
    assert_recorded(MarketArchived, thing=persona.key)
    client.post(f"/song/market/{persona.key}/bring-back")
    assert_recorded(MarketBroughtBack, thing=persona.key)
    assert client.post("/song/market/add/lunch", {"text": "x"}).status_code == 422


def test_a_narrative_is_written_read_and_told_otherwise(team: Team) -> None:
    client = opened(team, "priya")
    assert "No narratives yet" in shown(client, "/song/narratives")
    told = {"name": "Quiet", "problem": "Loud.", "turning_point": "A booth.", "outcome": "Quiet."}
    assert client.post("/song/narratives/new", {**told, "outcome": ""}).status_code == 422
    client.post("/song/narratives/new", told)
    one = Narrative.objects.get()
    assert "A booth." in shown(client, f"/song/narratives/{one.key}")
    stale = client.post(f"/song/narratives/{one.key}/change", {**told, "version": "7"})
    assert stale.status_code == 409
    client.post(f"/song/narratives/{one.key}/change", {**told, "spoken": "Listen.", "version": "1"})
    assert "Listen." in shown(client, f"/song/narratives/{one.key}")
    client.post(f"/song/narratives/{one.key}/archive")
    assert "No narratives yet" in shown(client, "/song/narratives")
