"""Property: a change of n records leaves the same rows, entries and refusals as n single actions."""

from collections import Counter
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from songsheet.base.refusals import Refusal
from songsheet.flows.bulk.change_many import Chosen, Wanted, change_many, undo_change
from songsheet.flows.bulk.settable import settable
from songsheet.flows.models import BulkRow
from songsheet.flows.tests.many import leads
from songsheet.journal.queries import entries_after, head
from songsheet.leads.actions import change_lead, end_lead, give_lead, move_lead
from songsheet.leads.models import Lead
from songsheet.leads.withdraw import withdraw_leads
from songsheet.tags.actions import tag
from songsheet.team.acting import Acting, as_member

pytestmark = pytest.mark.django_db
COLUMNS = ("state", "tier", "deal_seeker", "owner_id", "at_rest", "look_again_on", "end_reason", "version")
#: How a lead may stand before: what was done with it.
BEFORE = st.sampled_from(["nothing", "ended", "hot", "qualified", "priyas", "gone"])
WANTED = st.sampled_from(
    [
        Wanted("set", "tier", "hot"),
        Wanted("set", "tier", ""),
        Wanted("set", "state", "qualified"),
        Wanted("set", "state", "nurturing"),
        Wanted("set", "look_again_on", "2026-06-01"),
        Wanted("set", "deal_seeker", "yes"),
        Wanted("assign"),
        Wanted("tag", value="Trade show"),
        Wanted("archive"),
    ]
)


def prepared(before: list[str], cast: dict[str, Any], at: datetime) -> list[Lead]:
    by = as_member(cast["diane"])
    some = leads(len(before), at)
    for lead, what in zip(some, before, strict=True):
        if what == "ended":
            end_lead(lead.key, "released", reason="too small", by=by, at=at)
        elif what == "hot":
            change_lead(lead.key, by=by, at=at, tier="hot")
        elif what == "qualified":
            move_lead(lead.key, "qualified", by=by, at=at)
        elif what == "priyas":
            give_lead(lead.key, cast["priya"], by=by, at=at)
        elif what == "gone":
            withdraw_leads([lead.key], by=by, at=at, why="test")
    return some


def one_by_one(
    some: list[Lead], wanted: Wanted, cast: dict[str, Any], by: Acting, at: datetime
) -> list[bool]:
    """The same by the single actions; which of them were refused."""
    refused = []
    for lead in some:
        is_gone = Lead.objects.get(id=lead.id).gone_at is not None
        try:
            if wanted.act == "set":
                set_on_one(lead.key, wanted, by=by, at=at)
            elif wanted.act == "assign":
                give_lead(lead.key, cast["priya"], by=by, at=at)
            elif wanted.act == "tag" and not is_gone:
                tag([lead.key], wanted.value, by=by, at=at)
            elif wanted.act == "archive":
                withdraw_leads([lead.key], by=by, at=at, why="archived", lane="live")
            refused.append(is_gone)
        except Refusal as refusal:
            refused.append(refusal.code != "has_it_already")
    return refused


def set_on_one(key: str, wanted: Wanted, *, by: Acting, at: datetime) -> None:
    """A field of one lead, by the action that pages and the API call."""
    value = settable("leads", wanted.field).read(wanted.value)
    if wanted.field == "state":
        move_lead(key, value, by=by, at=at)
    else:
        change_lead(key, by=by, at=at, **{wanted.field: value})


def stand(some: list[Lead]) -> list[tuple[Any, ...]]:
    rows = Lead.objects.filter(id__in=[lead.id for lead in some]).order_by("id")
    return [
        (*(getattr(row, name) for name in COLUMNS), row.gone_at is None, row.clock and row.clock.state)
        for row in rows
    ]


def happened(since: int) -> Counter[str]:
    kinds = [entry.event.declared.name for entry in entries_after(since, 2_000)]
    return Counter(kind for kind in kinds if not kind.startswith(("flows.", "tags.tag_made")))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(BEFORE, min_size=1, max_size=5), WANTED)
def test_many_at_once_are_as_one_by_one(
    cast: dict[str, Any], at: datetime, before: list[str], wanted: Wanted
) -> None:
    by = as_member(cast["diane"])
    given_to = cast["priya"].key if wanted.act == "assign" else wanted.value
    wanted = Wanted(wanted.act, wanted.field, given_to)
    together, alone = prepared(before, cast, at), prepared(before, cast, at)
    stood, since = stand(together), head()
    keys = tuple(lead.key for lead in together)
    change = change_many("leads", Chosen(keys), wanted, by=by, at=at)
    made, since = happened(since), head()
    refused = one_by_one(alone, wanted, cast, by, at)
    assert made == happened(since)
    assert stand(together) == stand(alone)
    states = dict(BulkRow.objects.filter(bulk=change).values_list("key", "state"))
    assert [states[key] == "refused" for key in keys] == refused
    assert change.changed + change.unchanged + change.refused == change.rows == len(before)
    undone = undo_change(change.key, by=by, at=at)
    assert (undone.undone, undone.stayed) == (change.changed, 0)
    version = COLUMNS.index("version")
    assert [row[:version] + row[version + 1 :] for row in stand(together)] == [
        row[:version] + row[version + 1 :] for row in stood
    ]
