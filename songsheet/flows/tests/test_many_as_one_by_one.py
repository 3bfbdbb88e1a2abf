"""Property: a change of n records leaves the same rows, entries and refusals as n single actions."""

from collections import Counter
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from songsheet.base.refusals import Refusal
from songsheet.buyers.actions import change_company, change_person
from songsheet.buyers.adopt import CompanyRow, PersonRow, adopt_companies, adopt_people
from songsheet.deals.actions import change_deal, move_deal
from songsheet.deals.adopt import DealRow, adopt_deals, stages_named
from songsheet.flows.bulk.change_many import Chosen, Wanted, change_many, undo_change
from songsheet.flows.bulk.kinds import KINDS, Kind
from songsheet.flows.bulk.settable import settable
from songsheet.flows.models import BulkRow
from songsheet.flows.tests.many import leads
from songsheet.journal.check import run as check
from songsheet.journal.queries import entries_after, head
from songsheet.leads.actions import change_lead, end_lead, give_lead, move_lead
from songsheet.leads.models import Lead
from songsheet.leads.withdraw import withdraw_leads
from songsheet.tags.actions import tag
from songsheet.team.acting import Acting, as_member, as_system
from songsheet.team.field_actions import declare_field
from songsheet.touches.actions import change_campaign, change_task, change_touch, do_task, reopen_task
from songsheet.touches.adopt import (
    CampaignRow,
    TaskRow,
    TouchRow,
    adopt_campaigns,
    adopt_tasks,
    adopt_touches,
)

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


def some_of(what: str, cast: dict[str, Any], at: datetime) -> list[Any]:
    """Four of a kind, the first of them archived."""
    some = leads(4, at, state="converted", queue=None, ended_at=at) if what == "deals" else leads(4, at)
    people: list[Any] = [(lead.person.id, lead.person.key) for lead in some]
    by, model = as_system("tests"), KINDS[what].table.model
    names = [f"{what} {one[1]}" for one in people]
    if what == "people":
        made = adopt_people([PersonRow(name=name) for name in names], by=by, at=at)
    elif what == "companies":
        made = adopt_companies([CompanyRow(name=name) for name in names], by=by, at=at)
    elif what == "touches":
        made = adopt_touches([TouchRow(kind="call", person=one, at=at) for one in people], by=by, at=at)
    elif what == "tasks":
        made = adopt_tasks([TaskRow(subject="Call", person=one) for one in people], by=by, at=at)
    elif what == "campaigns":
        made = adopt_campaigns([CampaignRow(name=name) for name in names], by=by, at=at)
    else:
        owner = (cast["priya"].id, cast["priya"].key)
        rows = [DealRow(lead=(lead.id, lead.key), owner=owner, state="open", opened_at=at) for lead in some]
        made = adopt_deals(rows, by=by, at=at)
    KINDS[what].withdraw([made[0].key], by=by, at=at, why="tests")
    return list(model._default_manager.filter(key__in=[one.key for one in made]).order_by("id"))


def _tick(key: str, *, done: bool, by: Acting, at: datetime) -> None:
    (do_task if done else reopen_task)(key, by=by, at=at)


def _due(key: str, *, due_at: datetime, by: Acting, at: datetime) -> None:
    change_task(key, due_at=due_at, by=by, at=at)


#: Kind → (field, value) that are set one after another, each with its action on one.
SETS: dict[str, list[tuple[str, str, Any]]] = {
    "people": [("language", "de", change_person), ("custom.size", "12", change_person)],
    "companies": [
        ("country", "GB", change_company),
        ("people_count", "40", change_company),
        ("people_count", "-1", change_company),
        ("custom.size", "3.5", change_company),
    ],
    "deals": [
        ("stage", "Offer", move_deal),
        ("expected_on", "2026-09-01", change_deal),
        ("custom.size", "", change_deal),
    ],
    "touches": [("status", "answered", change_touch)],
    "tasks": [
        ("due", "2026-06-01", _due),
        ("done", "yes", _tick),
        ("done", "yes", _tick),
        ("done", "no", _tick),
    ],
    "campaigns": [("status", "over", change_campaign), ("starts_on", "2026-05-01", change_campaign)],
}


@pytest.mark.parametrize("what", SETS)
def test_each_kind_is_set_as_one_by_one(what: str, cast: dict[str, Any], at: datetime) -> None:
    by, kind = as_member(cast["ruth"]), KINDS[what]
    on = {"people": "person", "companies": "company", "deals": "deal"}.get(what, "campaign")
    declare_field(on, label="Size", type="number", by=by, at=at)
    stages_named(["Offer"])
    together, alone = some_of(what, cast, at), some_of(what, cast, at)
    keys = tuple(row.key for row in together)
    undoing = []
    for name, text, single in SETS[what]:
        field, since = settable(what, name), head()
        change = change_many(what, Chosen(keys), Wanted("set", name, text), by=by, at=at)
        made, since = happened(since), head()
        value, refused = field.read(text), []
        given = {field.argument: {field.within: value} if field.within else value}
        for row in alone:
            try:
                single(row.key, by=by, at=at, **given)
                refused.append(False)
            except Refusal:
                refused.append(True)
        assert made == happened(since), name
        states = dict(BulkRow.objects.filter(bulk=change).values_list("key", "state"))
        assert [states[key] == "refused" for key in keys] == refused, name
        assert _values(kind, together) == _values(kind, alone)
        undoing.append(change)
    for change in reversed(undoing):
        assert undo_change(change.key, by=by, at=at).stayed == 0
    assert _values(kind, together) == _values(kind, some_of(what, cast, at))
    assert not check(full=True, only=["I7"])


def _values(kind: Kind, rows: list[Any]) -> list[dict[str, Any]]:
    """What stands in the rows, without what tells one from another."""
    own = ("name", "name_folded", "person_id", "lead_id", "made_at")
    found = kind.table.model._default_manager.filter(id__in=[row.id for row in rows]).order_by("id")
    return [{name: getattr(row, name) for name in kind.table.columns if name not in own} for row in found]
