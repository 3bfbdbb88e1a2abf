"""Changing many records at once: as one by one, refusals listed, undone as a whole, once and for all."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from songsheet.buyers.actions import change_person, meet_company, meet_person
from songsheet.buyers.adopt import CompanyRow, PersonRow
from songsheet.buyers.merge_actions import COMPANIES, PEOPLE, Kind, merge, unmerge
from songsheet.buyers.models import Mail, Person
from songsheet.deals.adopt import DealRow, adopt_deals
from songsheet.flows.bulk import change_many as bulk
from songsheet.flows.bulk.change_many import Chosen, Wanted, change_many, preview, run_change, undo_change
from songsheet.flows.bulk.kinds import KINDS
from songsheet.flows.errors import NothingChosen, UndoneAlready, UnknownChange, ValueRefused
from songsheet.flows.events import ManyChanged, ManyChangedBack, RecordBroughtBack
from songsheet.flows.models import BulkChange, BulkRow
from songsheet.flows.tests.many import leads
from songsheet.journal.check import run as check
from songsheet.journal.queries import head
from songsheet.journal.testing import assert_recorded, assert_samples_frozen, recorded
from songsheet.leads.actions import change_lead, end_lead
from songsheet.leads.events import LeadChanged, LeadGiven, LeadPutBack
from songsheet.leads.models import Lead
from songsheet.tags.queries import who_carries
from songsheet.team.acting import as_member
from songsheet.team.errors import RightMissing
from songsheet.touches.adopt import TaskRow, TouchRow, adopt_tasks, adopt_touches

pytestmark = pytest.mark.django_db
LATER = timedelta(days=20)


def keys(rows: list[Any]) -> Chosen:
    return Chosen(tuple(row.key for row in rows))


def reasons(change: BulkChange) -> dict[str, str]:
    return dict(BulkRow.objects.filter(bulk=change).exclude(reason="").values_list("key", "reason"))


def test_samples_are_frozen() -> None:
    assert_samples_frozen("flows")


def test_a_field_of_many_is_set_with_an_entry_each(cast: dict[str, Any], at: datetime) -> None:
    some = leads(3, at)
    change_lead(some[0].key, by=as_member(cast["priya"]), at=at, tier="hot")
    change = change_many(
        "leads", keys(some), Wanted("set", "tier", "hot"), by=as_member(cast["priya"]), at=at
    )
    assert (change.state, change.rows, change.changed, change.unchanged) == ("finished", 3, 2, 1)
    assert set(Lead.objects.values_list("tier", flat=True)) == {"hot"}
    assert len(recorded(LeadChanged, fields="tier")) == 3
    assert_recorded(ManyChanged, bulk=change.key, changed=2, refused=0)


def test_what_is_refused_is_listed_with_its_reason(cast: dict[str, Any], at: datetime) -> None:
    some = leads(3, at)
    end_lead(some[1].key, "released", reason="too small", by=as_member(cast["priya"]), at=at)
    wanted = Wanted("set", "state", "qualified")
    change = change_many("leads", keys(some), wanted, by=as_member(cast["priya"]), at=at)
    assert (change.changed, change.refused) == (2, 1)
    assert "has ended" in reasons(change)[some[1].key]


def test_a_preview_says_so_and_changes_nothing(cast: dict[str, Any], at: datetime) -> None:
    some = leads(4, at)
    priya = as_member(cast["priya"])
    end_lead(some[0].key, "released", reason="too small", by=priya, at=at)
    before, stood = list(Lead.objects.order_by("id").values()), head()
    seen = preview("leads", keys(some), Wanted("set", "state", "nurturing"), by=priya, at=at)
    assert (seen.rows, seen.changed, seen.refused) == (4, 0, 4)
    assert sorted(seen.reasons.values()) == [1, 3]
    assert (list(Lead.objects.order_by("id").values()), head()) == (before, stood)


def test_undo_much_later_puts_back_what_nobody_changed_since(cast: dict[str, Any], at: datetime) -> None:
    some, priya = leads(3, at), as_member(cast["priya"])
    change = change_many("leads", keys(some), Wanted("set", "tier", "hot"), by=priya, at=at)
    change_lead(some[0].key, by=as_member(cast["tom"]), at=at, tier="ready")
    change_lead(some[1].key, by=as_member(cast["tom"]), at=at, wants="A quieter surgery")
    undone = undo_change(change.key, by=priya, at=at + LATER)
    assert (undone.state, undone.undone, undone.stayed) == ("undone", 2, 1)
    assert reasons(undone) == {some[0].key: "Changed since: tier."}
    assert [lead.tier for lead in Lead.objects.order_by("id")] == ["ready", "", ""]
    assert Lead.objects.get(id=some[1].id).wants == "A quieter surgery"
    assert_recorded(ManyChangedBack, bulk=change.key, undone=2, stayed=1)
    with pytest.raises(UndoneAlready):
        undo_change(change.key, by=priya, at=at + LATER)


def test_assigned_leads_run_clocks_and_come_back_exactly(cast: dict[str, Any], at: datetime) -> None:
    some, diane = leads(3, at), as_member(cast["diane"])
    before = list(Lead.objects.order_by("id").values())
    wanted = Wanted("assign", value=cast["priya"].key)
    change = change_many("leads", keys(some), wanted, by=diane, at=at)
    assert all(lead.owner == cast["priya"] and lead.clock for lead in Lead.objects.all())
    assert len(recorded(LeadGiven)) == 3
    assert change_many("leads", keys(some), wanted, by=diane, at=at).unchanged == 3
    change_lead(some[2].key, by=diane, at=at, tier="hot")
    undone = undo_change(change.key, by=diane, at=at + LATER)
    assert (undone.undone, undone.stayed, len(recorded(LeadPutBack))) == (2, 1, 2)
    after = list(Lead.objects.order_by("id").values())
    assert [{**one, "version": 0} for one in after[:2]] == [{**one, "version": 0} for one in before[:2]]


def test_who_may_not_give_leads_cannot_assign_them_in_bulk(cast: dict[str, Any], at: datetime) -> None:
    wanted = Wanted("assign", value=cast["priya"].key)
    with pytest.raises(RightMissing):
        change_many("leads", keys(leads(1, at)), wanted, by=as_member(cast["priya"]), at=at)
    with pytest.raises(RightMissing):
        change_many("leads", keys(leads(1, at)), Wanted("tag", value="x"), by=as_member(cast["jonas"]), at=at)
    assert not BulkChange.objects.exists()


def test_everything_that_the_filters_find_is_tagged_and_untagged_again(
    cast: dict[str, Any], at: datetime
) -> None:
    some, priya = leads(4, at), as_member(cast["priya"])
    end_lead(some[0].key, "released", reason="too small", by=priya, at=at)
    chosen = Chosen(filters={"state": "open"})
    change = change_many("leads", chosen, Wanted("tag", value="Trade show"), by=priya, at=at)
    mine = [lead.key for lead in some]
    assert who_carries("trade show", mine) == set(mine[1:])
    undo_change(change.key, by=priya, at=at)
    assert who_carries("trade show", mine) == set()


def test_archived_buyers_come_back_with_their_addresses(cast: dict[str, Any], at: datetime) -> None:
    priya = as_member(cast["priya"])
    busy = leads(1, at)[0].person
    free = Person.objects.create(name="Suzanne Okafor", name_folded="suzanne okafor", met_at=at)
    Mail.objects.create(person=free, address="s.okafor@brightwater.example")
    change = change_many("people", keys([busy, free]), Wanted("archive"), by=priya, at=at)
    assert "has leads" in reasons(change)[busy.key]
    assert not Mail.objects.filter(gone_at=None).exists()
    undo_change(change.key, by=priya, at=at + LATER)
    free.refresh_from_db()
    assert (free.gone_at, free.version) == (None, 1)
    assert Mail.objects.filter(gone_at=None, person=free).exists()
    assert_recorded(RecordBroughtBack, record=free.key)


@pytest.mark.parametrize(("what", "kind"), [("people", PEOPLE), ("companies", COMPANIES)])
def test_what_was_merged_is_archived_with_its_root_and_comes_back_with_it(
    what: str, kind: Kind[Any, Any], cast: dict[str, Any], at: datetime
) -> None:
    priya = as_member(cast["priya"])
    meet: Any = (meet_person, PersonRow) if what == "people" else (meet_company, CompanyRow)
    one, other = (meet[0](meet[1](name=name), by=priya, at=at) for name in ("Alder", "Alder B"))
    merge(kind, one.key, other.key, by=priya, at=at)
    change = change_many(what, keys([one]), Wanted("archive"), by=priya, at=at)
    assert kind.model.objects.filter(gone_at=at).count() == 2
    undo_change(change.key, by=priya, at=at + LATER)
    assert kind.model.objects.filter(gone_at=None).count() == 2
    unmerge(kind, other.key, by=priya, at=at + LATER)
    assert check() == []


def test_archived_leads_stop_their_clocks_and_start_them_again(cast: dict[str, Any], at: datetime) -> None:
    diane, some = as_member(cast["diane"]), leads(2, at)
    change_many("leads", keys(some), Wanted("assign", value=cast["priya"].key), by=diane, at=at)
    before = list(Lead.objects.order_by("id").values())
    change = change_many("leads", keys(some), Wanted("archive"), by=diane, at=at)
    assert not Lead.objects.filter(gone_at=None).exists()
    undo_change(change.key, by=diane, at=at + LATER)
    assert list(Lead.objects.order_by("id").values()) == before
    assert not check(full=True, only=["I1", "I2", "I7"])


def test_a_row_one_may_not_see_is_never_changed(cast: dict[str, Any], at: datetime) -> None:
    some, priya = leads(2, at), as_member(cast["priya"])
    change_many("leads", keys(some[:1]), Wanted("archive"), by=priya, at=at)
    change = change_many("leads", keys(some), Wanted("set", "tier", "hot"), by=priya, at=at)
    assert (change.changed, change.refused) == (1, 1)
    assert Lead.objects.get(id=some[0].id).tier == ""


@pytest.mark.parametrize(
    ("what", "wanted", "why"),
    [
        ("members", Wanted("tag", value="x"), UnknownChange),
        ("leads", Wanted("delete"), UnknownChange),
        ("leads", Wanted("set", "owner_id", "1"), UnknownChange),
        ("leads", Wanted("set", "tier", "boiling"), ValueRefused),
        ("leads", Wanted("set", "state", ""), ValueRefused),
        ("deals", Wanted("set", "expected_on", "soon"), ValueRefused),
        ("people", Wanted("assign", value="nobody"), ValueRefused),
        ("deals", Wanted("tag", value="  "), ValueRefused),
    ],
)
def test_what_cannot_be_done_is_refused_before_any_row(
    what: str, wanted: Wanted, why: type[Exception], cast: dict[str, Any], at: datetime
) -> None:
    with pytest.raises(why):
        change_many(what, keys(leads(1, at)), wanted, by=as_member(cast["ruth"]), at=at)
    assert not BulkChange.objects.exists()


def test_nothing_chosen_is_told(cast: dict[str, Any], at: datetime) -> None:
    with pytest.raises(NothingChosen):
        change_many("leads", Chosen(), Wanted("archive"), by=as_member(cast["ruth"]), at=at)


def test_a_change_cut_in_halves_and_run_again_changes_each_row_once(
    cast: dict[str, Any], at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 0)
    monkeypatch.setattr(bulk, "SLICE", 2)
    priya = as_member(cast["priya"])
    wanted = Wanted("set", "look_again_on", "2026-06-01")
    change = change_many("leads", keys(leads(5, at)), wanted, by=priya, at=at)
    assert change.state == "waiting"
    _cut(monkeypatch, after=1, run=lambda: run_change(change.key, at=at))
    assert Lead.objects.filter(look_again_on=date(2026, 6, 1)).count() == 2
    for _again in range(2):
        assert run_change(change.key, at=at).changed == 5
    assert len(recorded(LeadChanged, fields="look_again_on")) == 5
    assert len(recorded(ManyChanged)) == 1
    assert undo_change(change.key, by=priya, at=at).state == "undoing"
    _cut(monkeypatch, after=2, run=lambda: run_change(change.key, at=at))
    assert Lead.objects.exclude(look_again_on=None).count() == 1
    for _again in range(2):
        assert run_change(change.key, at=at).undone == 5
    assert not Lead.objects.exclude(look_again_on=None).exists()
    assert len(recorded(ManyChangedBack)) == 1


class _Killed(BaseException):
    """What ends a process in the middle."""


def _cut(monkeypatch: pytest.MonkeyPatch, *, after: int, run: Any) -> None:
    """Kill it in the middle of a slice, after so many were committed."""
    noted, begun = bulk._note, iter(range(100))

    def dies(*given: Any, **more: Any) -> None:
        noted(*given, **more)
        if next(begun) >= after:
            raise _Killed

    with monkeypatch.context() as patched:
        patched.setattr(bulk, "_note", dies)
        with pytest.raises(_Killed):
            run()


def test_a_field_of_buyers_is_set_and_put_back(cast: dict[str, Any], at: datetime) -> None:
    priya, person = as_member(cast["priya"]), leads(1, at)[0].person
    change_person(person.key, by=priya, at=at, title="Partner")
    change = change_many("people", keys([person]), Wanted("set", "title", "Owner"), by=priya, at=at)
    assert Person.objects.get(id=person.id).title == "Owner"
    undo_change(change.key, by=priya, at=at)
    assert Person.objects.get(id=person.id).title == "Partner"
    assert not check(full=True, only=["I7"])


def test_a_search_in_an_archive_finds_what_is_archived(cast: dict[str, Any], at: datetime) -> None:
    by = as_member(cast["ruth"])
    lead = leads(1, at, state="converted", queue=None, ended_at=at)[0]
    person = (lead.person.id, lead.person.key)
    change_person(person[1], by=by, at=at, mails=["p0@brightwater.example"], name="Suzanne Okafor")
    adopt_deals([DealRow(lead=(lead.id, lead.key), person=person, opened_at=at)], by=by, at=at)
    adopt_touches([TouchRow(kind="call", person=person, at=at)], by=by, at=at)
    adopt_tasks([TaskRow(subject="Call", person=person)], by=by, at=at)
    for what in ("tasks", "touches", "deals", "leads", "people"):
        listing = KINDS[what].listing
        (row,) = listing.narrowed(by, {"q": "okaf"}).rows
        change_many(what, keys([row]), Wanted("archive"), by=by, at=at)
        assert not listing.narrowed(by, {"q": "okaf"}).rows
    for what in ("tasks", "touches", "deals", "leads", "people"):
        for words in ("suz", "okaf", "p0@bri"):
            assert KINDS[what].listing.narrowed(by, {"q": words, "archived": "yes"}).rows.count() == 1
        assert not KINDS[what].listing.narrowed(by, {"q": "else", "archived": "yes"}).rows
