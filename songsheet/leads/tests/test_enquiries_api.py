"""Enquiries over the API: they come with their person, are listed, moved, given, answered and taken back."""

from datetime import datetime
from typing import Any

import pytest

from songsheet.clocks.tests.test_list_clocks import must_use
from songsheet.config.tests.test_api import caller_of
from songsheet.leads.enquiries.listing import ENQUIRIES
from songsheet.leads.enquiries.models import Enquiry
from songsheet.team.acting import as_member, as_system
from songsheet.team.actions import join_team


def test_an_enquiry_comes_is_moved_given_answered_and_taken_back(cast: dict[str, Any], at: datetime) -> None:
    fay = join_team(name="Fay", email="fay@a.example", role="finance", by=as_system("tests"), at=at)
    sells, finance = caller_of(cast["tom"], at), caller_of(fay, at)
    body = {
        "person": {"name": "Suzanne", "mails": ["s@brightwater.example"]},
        "text": "Where is my invoice?",
        "source": "Website",
    }
    made = sells("post", "/enquiries", body)
    assert made.status_code == 201, made.content
    one = made.json()
    key = one["key"]
    assert (one["kind"], one["owner"], one["state"], one["words"]) == (
        "billing",
        fay.key,
        "open",
        ["invoice"],
    )
    assert (one["sorted_by"], one["source"]) == ("Rule 5, Billing: they mention “invoice”.", "Website")
    assert one["due_at"]
    buys = finance("post", "/enquiries", {"person": one["person"], "text": "We want to buy chairs"}).json()
    assert (buys["kind"], buys["state"], sells("get", f"/leads/{buys['lead']}").json()["wants"]) == (
        "buying", "moved", "We want to buy chairs",
    )  # fmt: skip
    listed = finance("get", f"/enquiries?state=open&kind=billing&owner={fay.key}").json()["items"]
    assert [(each["key"], each["text"]) for each in listed] == [(key, "Where is my invoice?")]
    refused = caller_of(cast["priya"], at)("post", f"/enquiries/{key}/answer", {"answer": "x"})
    assert (refused.status_code, refused.json()["code"]) == (403, "enquiry_not_yours")
    moved = finance("post", f"/enquiries/{key}/move", {"kind": "service", "why": "About a delivery"}).json()
    assert (moved["kind"], moved["moved_from"], moved["why"]) == ("service", "billing", "About a delivery")
    assert finance("post", f"/enquiries/{key}/undo").json()["kind"] == "billing"
    given = finance("post", f"/enquiries/{key}/give", {"member": cast["tom"].key}).json()
    assert given["owner"] == cast["tom"].key
    stale = sells("post", f"/enquiries/{key}/answer", {"answer": "Sent", "version": 1})
    assert stale.status_code == 409
    done = sells("post", f"/enquiries/{key}/answer", {"answer": "Sent again.", "version": given["version"]})
    assert (done.json()["state"], done.json()["answer"]) == ("answered", "Sent again.")
    assert finance("get", f"/enquiries/{key}").json()["answered_by"] == cast["tom"].key
    story = sells("get", f"/story/{one['person']}").json()["entries"]
    said = [line["sentence"] for line in story]
    assert "Tom Lindqvist answered (billing): “Sent again”" in said
    assert "Suzanne asked us (billing), from Website, for Fay to answer: “Where is my invoice?”" in said
    wrong = sells("post", "/enquiries", {**body, "kind": "gossip"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "no_such_enquiry_kind")
    assert Enquiry.objects.count() == 2


@pytest.mark.parametrize("sort", ENQUIRIES.sorts, ids=lambda sort: sort.name)
def test_each_sort_is_served_by_the_index_it_names(sort: Any, cast: dict[str, Any]) -> None:
    must_use(sort.index, ENQUIRIES.base(as_member(cast["ruth"])).order_by(*sort.fields)[:50])
