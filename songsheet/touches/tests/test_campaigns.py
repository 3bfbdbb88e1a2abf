"""The register of campaigns and the vocabulary of sources."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from songsheet.base.adopting import RowRefused
from songsheet.base.tests.cast import TUESDAY
from songsheet.base.tests.one_by_one import equal_one_by_one
from songsheet.journal.testing import assert_recorded, recorded
from songsheet.team.acting import as_import, as_member
from songsheet.team.errors import RightMissing
from songsheet.touches.actions import change_campaign, enter_campaign
from songsheet.touches.adopt import CampaignRow, adopt_campaigns, sources_named, withdraw_campaigns
from songsheet.touches.errors import NoSuchCampaign
from songsheet.touches.events import CampaignChanged, CampaignEntered, CampaignGone
from songsheet.touches.models import Campaign, Source

BY = as_import("import_00000000000000000000000001")


def test_a_campaign_is_entered_with_its_spend_and_known_by_its_name(
    cast: dict[str, Any], at: datetime
) -> None:
    by = as_member(cast["tom"])
    campaign = enter_campaign(CampaignRow("March webinar", cost=500_000, currency="EUR"), by=by, at=at)
    again = enter_campaign(CampaignRow("march WEBINAR", kind="webinar"), by=by, at=at)
    assert again.id == campaign.id
    assert_recorded(CampaignEntered, campaign=campaign.key, cost=500_000, currency="EUR")
    assert_recorded(CampaignChanged, campaign=campaign.key, fields="name, kind", version=2)


def test_spend_is_edited_by_those_who_may_and_needs_its_currency(cast: dict[str, Any], at: datetime) -> None:
    campaign = enter_campaign(CampaignRow("Fair"), by=as_member(cast["tom"]), at=at)
    with pytest.raises(RightMissing):
        change_campaign(campaign.key, cost=1, currency="EUR", by=as_member(cast["priya"]), at=at)
    with pytest.raises(RowRefused):
        change_campaign(campaign.key, cost=1, by=as_member(cast["tom"]), at=at)
    assert change_campaign(campaign.key, cost=1, currency="EUR", by=as_member(cast["tom"]), at=at).cost == 1
    assert len(recorded(CampaignChanged)) == 1


def test_a_campaign_that_is_withdrawn_leaves_its_name_free(cast: dict[str, Any], at: datetime) -> None:
    by = as_member(cast["tom"])
    campaign = enter_campaign(CampaignRow("Fair"), by=by, at=at)
    withdraw_campaigns([campaign.key], by=by, at=at, why="undone")
    assert_recorded(CampaignGone, campaign=campaign.key)
    with pytest.raises(NoSuchCampaign):
        change_campaign(campaign.key, name="x", by=by, at=at)
    assert enter_campaign(CampaignRow("Fair"), by=by, at=at).id != campaign.id
    assert Campaign.objects.count() == 2


@pytest.mark.django_db
def test_sources_are_one_whatever_their_case_and_keep_their_first_name() -> None:
    first = sources_named(["Trade show", "trade  show", " "])
    assert first["Trade show"] == first["trade  show"]
    assert sources_named(["TRADE SHOW"])["TRADE SHOW"] == first["Trade show"]
    assert Source.objects.get().name == "Trade show"


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["", "Fair {w}", "FAIR {w}", "Mail {w}"]), st.sampled_from([None, 1, 2]),
        st.sampled_from(["", "EUR"]), st.sampled_from(["1", "2", ""]),
    ),
    max_size=8,
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some=ROWS)
def test_campaigns_together_are_campaigns_one_by_one(some: list[Any], db: None) -> None:
    def campaigns(world: str) -> list[CampaignRow]:
        return [
            CampaignRow(
                name.replace("{w}", world),
                cost=cost,
                currency=currency,
                external=(world, number) if number else None,
            )
            for name, cost, currency, number in some
        ]

    equal_one_by_one(lambda rows: adopt_campaigns(rows, by=BY, at=TUESDAY), campaigns, ["touches_campaign"])
