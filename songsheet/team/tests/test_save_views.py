"""Saved views: kept by whoever saved them, shared or not, versioned; what a list forgot is dropped."""

from datetime import datetime
from typing import Any

import pytest

from songsheet.base.refusals import Stale
from songsheet.doors.address import Shown
from songsheet.doors.errors import BadFilterValue, UnknownColumn, UnknownFilter, UnknownGroup, UnknownSort
from songsheet.doors.listing import Column, Filter, Group, Listing, Sort
from songsheet.journal.testing import assert_recorded, recorded
from songsheet.team.acting import Acting, as_member, as_system
from songsheet.team.errors import NoSuchView, NotYourView, RightMissing, TooManyViews
from songsheet.team.events import ViewArchived, ViewBrought, ViewChanged, ViewSaved
from songsheet.team.models import Member, SavedView
from songsheet.team.roles import Right
from songsheet.team.saved import counted, offer, view_for, views_seen_by
from songsheet.team.view_actions import MOST_VIEWS, archive_view, bring_back_view, change_view, save_view

MEMBERS = Listing(
    name="members",
    title="Members",
    base=lambda viewer: Member.objects.all(),
    columns=(
        Column("name", "Name", lambda one: one.name),
        Column("role", "Role", lambda one: one.role),
        Column("capacity", "Capacity", lambda one: one.capacity, right=Right.TEAM),
    ),
    filters=(
        Filter("q", "Search", lambda rows, value: rows.filter(name=value), personal=True),
        Filter("role", "Role", lambda rows, value: rows.filter(role=value)),
        Filter("capacity", "Capacity", lambda rows, value: rows.filter(capacity=int(value))),
    ),
    sorts=(Sort("name", "Name", ("name", "id"), "none"), Sort("-name", "Name", ("-name", "-id"), "none")),
    groups=(Group("role", "By role", "none"),),
    path="/members",
    row_path=lambda one: "",
)
GUIDES = Shown({"role": "guide"}, ("name", "role"), "-name", "")


@pytest.fixture
def priya(cast: dict[str, Any]) -> Acting:
    return as_member(cast["priya"])


@pytest.fixture
def ruth(cast: dict[str, Any]) -> Acting:
    return as_member(cast["ruth"])


def saved(by: Acting, at: datetime, **given: Any) -> SavedView:
    return save_view(MEMBERS, given.pop("shown", GUIDES), **{"name": "Our guides", **given}, by=by, at=at)


def test_a_view_keeps_what_is_shown_and_says_so_without_a_value(priya: Acting, at: datetime) -> None:
    view = saved(priya, at, shared=True)
    assert (view.filters, view.columns, view.sort) == ({"role": "guide"}, ["name", "role"], "-name")
    entry = assert_recorded(ViewSaved, view=view.key)
    assert "uides" not in str(entry.event.model_dump())


def test_a_search_is_left_out_of_a_view(priya: Acting, at: datetime) -> None:
    view = saved(priya, at, shown=Shown({"q": "Suzanne Okafor", "role": "guide"}))
    assert view.filters == {"role": "guide"}


@pytest.mark.parametrize(
    ("shown", "refusal"),
    [
        (Shown({"colour": "red"}), UnknownFilter),
        (Shown({"capacity": "many"}), BadFilterValue),
        (Shown(columns=("name", "wage")), UnknownColumn),
        (Shown(columns=("capacity",)), UnknownColumn),
        (Shown(sort="wage"), UnknownSort),
        (Shown(group="wage"), UnknownGroup),
    ],
)
def test_what_the_list_does_not_declare_for_the_viewer_is_not_saved(
    shown: Shown, refusal: type[Exception], priya: Acting, at: datetime
) -> None:
    with pytest.raises(refusal):
        saved(priya, at, shown=shown)
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["", "   "])
def test_a_view_has_a_name(name: str, priya: Acting, at: datetime) -> None:
    with pytest.raises(BadFilterValue):
        saved(priya, at, name=name)


def test_a_private_view_is_seen_by_its_owner_alone(
    priya: Acting, ruth: Acting, cast: dict[str, Any], at: datetime
) -> None:
    mine, shared = saved(priya, at), saved(priya, at, name="For all", shared=True)
    assert list(views_seen_by(ruth, "members")) == [shared]
    assert {one.key for one in views_seen_by(priya)} == {mine.key, shared.key}
    with pytest.raises(NoSuchView):
        view_for(ruth, mine.key)
    with pytest.raises(NoSuchView):
        change_view(mine.key, name="Hers", by=ruth, at=at, version=1, listing=MEMBERS)


def test_a_shared_view_is_changed_by_its_owner_or_who_curates(
    priya: Acting, ruth: Acting, cast: dict[str, Any], at: datetime
) -> None:
    view = saved(priya, at, shared=True)
    tom = as_member(next(one for one in cast.values() if one.role == "concierge"))
    with pytest.raises(NotYourView):
        change_view(view.key, name="Mine", by=tom, at=at, version=1, listing=MEMBERS)
    with pytest.raises(NotYourView):
        archive_view(view.key, by=tom, at=at)
    changed = change_view(view.key, name="Guides", pinned=True, by=ruth, at=at, version=1, listing=MEMBERS)
    assert (changed.name, changed.pinned, changed.version) == ("Guides", True, 2)
    assert assert_recorded(ViewChanged, view=view.key).event.fields == "name, pinned"


def test_a_stale_change_is_told_with_both_values(priya: Acting, at: datetime) -> None:
    view = saved(priya, at)
    change_view(view.key, name="First", by=priya, at=at, version=1, listing=MEMBERS)
    with pytest.raises(Stale) as refused:
        change_view(view.key, name="Second", by=priya, at=at, version=1, listing=MEMBERS)
    assert refused.value.extra["theirs"] == {"name": "First"}
    assert refused.value.extra["yours"] == {"name": "Second"}
    assert SavedView.objects.get().name == "First"


def test_saving_the_same_again_is_no_change(priya: Acting, at: datetime) -> None:
    view = saved(priya, at)
    change_view(view.key, name=view.name, shown=GUIDES, by=priya, at=at, version=9, listing=MEMBERS)
    assert not recorded(ViewChanged)


def test_an_archived_view_comes_back_as_it_was(priya: Acting, at: datetime) -> None:
    view = saved(priya, at)
    for _ in range(2):
        archive_view(view.key, by=priya, at=at)
    assert not views_seen_by(priya)
    assert len(recorded(ViewArchived)) == 1
    bring_back_view(view.key, by=priya, at=at)
    assert [one.filters for one in views_seen_by(priya)] == [{"role": "guide"}]
    assert_recorded(ViewBrought, view=view.key)


def test_what_the_list_has_no_more_is_dropped_by_name(priya: Acting, at: datetime) -> None:
    view = saved(priya, at)
    SavedView.objects.update(
        filters={"role": "guide", "colour": "red", "capacity": "many"},
        columns=["role", "wage", "capacity"],
        sort="age",
        group="wage",
    )
    view.refresh_from_db()
    fits = offer(view, MEMBERS, priya).fits
    assert fits.shown == Shown({"role": "guide"}, ("role",))
    assert fits.dropped == ["colour", "capacity", "wage", "capacity", "age", "wage"]


def test_views_are_counted_in_one_statement(
    priya: Acting, at: datetime, django_assert_num_queries: Any
) -> None:
    some = [saved(priya, at), saved(priya, at, name="Owners", shown=Shown({"role": "owner"}))]
    offered = [offer(one, MEMBERS, priya) for one in some]
    with django_assert_num_queries(1):
        counts = counted(MEMBERS, priya, offered)
    roles = list(Member.objects.values_list("role", flat=True))
    assert counts == [str(len(roles)), str(roles.count("guide")), str(roles.count("owner"))]


def test_a_view_belongs_to_somebody_who_may_save(cast: dict[str, Any], at: datetime) -> None:
    reading = Acting(cast["priya"], as_member(cast["priya"]).actor, frozenset({Right.LOOK}))
    for by in (as_system("tests"), reading):
        with pytest.raises(RightMissing):
            saved(by, at)


def test_nobody_keeps_views_without_end(priya: Acting, at: datetime) -> None:
    owner = priya.member
    SavedView.objects.bulk_create(
        SavedView(listing="members", name=str(n), owner=owner, made_at=at) for n in range(MOST_VIEWS)
    )
    with pytest.raises(TooManyViews):
        saved(priya, at)
