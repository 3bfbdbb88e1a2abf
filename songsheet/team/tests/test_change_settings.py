"""The settings of the house: changed, recorded, and a save over somebody else's is told with both values."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from songsheet.base.refusals import Stale
from songsheet.journal.testing import assert_nothing_recorded, assert_recorded
from songsheet.team.acting import as_member
from songsheet.team.actions import change_house, issue_key
from songsheet.team.events import HouseChanged
from songsheet.team.queries import house
from songsheet.team.thresholds import THRESHOLDS

TYPED: dict[str, Any] = {
    "name": "Aldermoor",
    "zone": "Europe/London",
    "currency": "EUR",
    "country": "GB",
    **THRESHOLDS,
}


@pytest.fixture
def client(cast: dict[str, Any]) -> Client:
    client = Client()
    client.force_login(cast["ruth"])
    return client


def test_settings_are_saved_and_recorded(client: Client) -> None:
    answer = client.post("/settings", {**TYPED, "late_after_hours": 12, "version": house().version})
    assert answer.status_code == 302
    assert house().threshold("late_after_hours") == 12
    assert house().zone == "Europe/London"
    assert_recorded(HouseChanged, fields="country, late_after_hours, name, zone")


def test_a_save_over_somebody_elses_shows_both_values(
    client: Client, cast: dict[str, Any], at: datetime
) -> None:
    before = house().version
    change_house(version=before, late_after_hours=12, by=as_member(cast["amara"]), at=at)
    answer = client.post("/settings", {**TYPED, "late_after_hours": 36, "version": before})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert 'value="36"' in text
    assert "Meanwhile somebody wrote: 12" in text
    assert house().threshold("late_after_hours") == 12


@pytest.mark.parametrize(
    ("name", "value"),
    [("zone", "Mars/Olympus"), ("currency", "EURO"), ("country", "Q"), ("late_after_hours", "0"),
     ("late_after_hours", "soon"), ("name", "a\x00b")],
)  # fmt: skip
def test_what_cannot_be_is_told_at_its_field(client: Client, name: str, value: str) -> None:
    answer = client.post("/settings", {**TYPED, name: value, "version": house().version})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert_nothing_recorded(HouseChanged)


def test_a_version_that_was_not_sent_is_stale(cast: dict[str, Any], at: datetime) -> None:
    with pytest.raises(Stale):
        change_house(version=0, name="Other", by=as_member(cast["ruth"]), at=at)


@pytest.fixture
def patch(cast: dict[str, Any], at: datetime) -> Any:
    _, secret = issue_key(member=cast["ruth"], scopes=["admin"], by=as_member(cast["ruth"]), at=at)
    headers = {"Authorization": f"Bearer {secret}"}

    def send(body: dict[str, Any], version: int) -> Any:
        path = f"/api/v1/house?version={version}"
        return Client().patch(path, body, content_type="application/json", headers=headers)

    return send


def test_the_api_changes_what_is_sent_and_nothing_else(patch: Any) -> None:
    answer = patch({"late_after_hours": 12}, house().version)
    assert answer.status_code == 200
    assert answer.json()["settings"]["late_after_hours"] == 12
    assert_recorded(HouseChanged, fields="late_after_hours")


def test_the_api_tells_a_stale_version_and_unknown_names(patch: Any) -> None:
    assert patch({"late_after_hours": 12}, 0).status_code == 409
    assert patch({"colour": "red"}, house().version).status_code == 422
    assert patch({"late_after_hours": 0}, house().version).status_code == 422
