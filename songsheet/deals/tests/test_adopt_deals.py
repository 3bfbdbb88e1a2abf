"""Bringing deals in: again, changed, and never against what was taken up here."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from songsheet.base.tests.cast import TUESDAY
from songsheet.base.tests.one_by_one import equal_one_by_one
from songsheet.deals.actions import set_next_step
from songsheet.deals.adopt import DealRow, adopt_deals, stages_named
from songsheet.deals.events import DealChanged, DealEnded, DealMoved, DealOpened
from songsheet.deals.models import Deal, Stage
from songsheet.journal.testing import assert_nothing_recorded, assert_recorded
from songsheet.leads.tests.rows import BY, imported, sound
from songsheet.team.acting import as_member


def test_the_same_again_changes_nothing_and_what_differs_is_recorded(
    cast: dict[str, Any], at: datetime
) -> None:
    lead = imported(at, state="converted")
    stages = stages_named(["Discovery", "Proposal", "discovery"])
    assert stages["Discovery"] == stages["discovery"]

    def adopt(**given: Any) -> Any:
        row = DealRow(
            lead=(lead.id, lead.key), external=("zoho", "1"), opened_at=at - timedelta(days=9), **given
        )
        (adopted,) = adopt_deals([row], by=BY, at=at)
        return adopted

    first = adopt(stage_id=stages["Discovery"], amount=100, currency="USD")
    again = adopt(stage_id=stages["Discovery"], amount=100, currency="USD")
    assert (first.outcome, again.outcome) == ("created", "unchanged")
    assert_nothing_recorded(DealChanged)
    changed = adopt(stage_id=stages["Proposal"], state="won", amount=120, currency="USD", closed_at=at)
    assert changed.before == {
        "amount": 100,
        "state": "open",
        "stage_id": stages["Discovery"],
        "closed_at": None,
    }
    assert_recorded(DealMoved, stage="Proposal", before="Discovery")
    assert_recorded(DealEnded, state="won", amount=120)
    assert sound() == []


def test_stages_stand_in_the_order_in_which_they_were_named(cast: dict[str, Any]) -> None:
    stages_named(["Discovery", "Proposal"])
    stages_named(["Signature", "Proposal"])
    assert list(Stage.objects.order_by("position").values_list("name", flat=True)) == [
        "Discovery", "Proposal", "Signature",
    ]  # fmt: skip


def test_what_was_taken_up_here_keeps_its_state_and_next_step(cast: dict[str, Any], at: datetime) -> None:
    lead = imported(at, state="converted")
    row: dict[str, Any] = {"lead": (lead.id, lead.key), "external": ("zoho", "1")}
    (adopted,) = adopt_deals([DealRow(**row)], by=BY, at=at)
    set_next_step(adopted.key, step="Call", on=at.date(), by=as_member(cast["priya"]), at=at)
    (again,) = adopt_deals(
        [DealRow(**row, state="lost", reason="Price", next_step="Mail", name="Desks")], by=BY, at=at
    )
    deal = Deal.objects.get(key=again.key)
    assert again.before == {"name": ""}
    assert (deal.state, deal.next_step, deal.owner) == ("open", "Call", cast["priya"])
    assert_recorded(DealOpened)
    assert sound() == []


TIMES = st.none() | st.sampled_from([TUESDAY - timedelta(days=n) for n in range(3)])
DEALS = st.fixed_dictionaries(
    {
        "state": st.sampled_from(["", "open", "won", "lost", "maybe"]),
        "amount": st.sampled_from([None, 5, 2**70]),
        "currency": st.sampled_from(["", "EUR"]),
        "opened_at": TIMES,
        "closed_at": TIMES,
        "next_step": st.sampled_from(["", "Call"]),
        "at_rest": st.booleans(),
        "number": st.sampled_from(["1", "2", ""]),
    }
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some=st.lists(DEALS, max_size=8))
def test_deals_together_are_deals_one_by_one(some: list[dict[str, Any]], cast: dict[str, Any]) -> None:
    lead = imported(TUESDAY, state="converted")

    def deals(world: str) -> list[DealRow]:
        made = []
        for one in some:
            known = {name: value for name, value in one.items() if name != "number"}
            external = (world, one["number"]) if one["number"] else None
            made.append(DealRow(lead=(lead.id, lead.key), external=external, **known))
        return made

    equal_one_by_one(lambda rows: adopt_deals(rows, by=BY, at=TUESDAY), deals, ["deals_deal"])
