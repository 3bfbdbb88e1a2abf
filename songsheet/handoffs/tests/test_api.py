"""Handoffs over the API: the brief, accepting, returning, the list of returns and their answers."""

from datetime import datetime
from typing import Any

import pytest

from songsheet.clocks.tests.test_list_clocks import must_use
from songsheet.config.tests.test_api import caller_of
from songsheet.handoffs.listing import RETURNS
from songsheet.leads.actions import give_lead, lead_came
from songsheet.leads.adopt import LeadRow
from songsheet.leads.tests.rows import person
from songsheet.team.acting import as_member, as_system
from songsheet.touches.adopt import TouchRow, adopt_touches


def test_a_lead_is_read_returned_answered_and_accepted(cast: dict[str, Any], at: datetime) -> None:
    guide, marketing = caller_of(cast["priya"], at), caller_of(cast["tom"], at)
    who = person(at)
    lead = lead_came(LeadRow(person=who, wants="A chair"), by=as_system("tests"), at=at)
    adopt_touches(
        [
            TouchRow(kind="form", direction="in", person=who, at=at, text="Do you deliver?"),
            TouchRow(kind="download", direction="in", person=who, at=at, subject="Prices"),
            TouchRow(kind="mail", direction="out", person=who, at=at, subject="Welcome"),
        ],
        by=as_system("tests"),
        at=at,
    )
    give_lead(lead.key, cast["priya"], by=as_member(cast["diane"]), at=at)
    brief = guide("get", f"/handoffs/{lead.key}/brief").json()
    assert (brief["wants"], brief["offered_by"], brief["owner"]) == (
        "A chair", cast["diane"].key, cast["priya"].key,
    )  # fmt: skip
    assert [brief[name][0]["subject"] or brief[name][0]["text"] for name in ("said", "seen", "told")] == [
        "Do you deliver?", "Prices", "Welcome",
    ]  # fmt: skip
    wrong = guide("post", f"/handoffs/{lead.key}/return", {"reason": "other"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "reason_needs")
    made = guide("post", f"/handoffs/{lead.key}/return", {"reason": "other", "words": "Too far away."})
    assert (made.status_code, made.json()["owes"]) == (201, cast["tom"].key)
    key = made.json()["key"]
    listed = marketing("get", f"/returns?state=open&owes={cast['tom'].key}").json()["items"]
    assert [(one["reason"], one["words"]) for one in listed] == [("other", "Too far away.")]
    refused = guide("post", f"/returns/{key}/answer", {"how": "agreed", "changes": "x"})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_yours")
    body = {"how": "corrected", "words": "We deliver there now.", "version": 1}
    assert marketing("post", f"/returns/{key}/answer", body).json()["state"] == "corrected"
    assert marketing("post", f"/returns/{key}/answer", body).status_code == 409
    read = guide("get", f"/returns/{key}").json()
    assert (read["answer"], read["answered_by"]) == ("We deliver there now.", cast["tom"].key)
    accepted = guide("post", f"/handoffs/{lead.key}/accept")
    assert (accepted.status_code, accepted.json()["state"]) == (200, "working")
    late = marketing("post", f"/handoffs/{lead.key}/accept", {})
    assert (late.status_code, late.json()["code"]) == (409, "already_taken")
    assert "Priya Raman" in late.json()["detail"]
    assert marketing("post", f"/returns/{key}/undo").status_code == 409
    assert guide("get", f"/handoffs/{lead.key}/brief").json()["returns"][0]["key"] == key


@pytest.mark.parametrize("sort", RETURNS.sorts, ids=lambda sort: sort.name)
def test_each_sort_is_served_by_the_index_it_names(sort: Any, cast: dict[str, Any]) -> None:
    must_use(sort.index, RETURNS.base(as_member(cast["ruth"])).order_by(*sort.fields)[:50])
