"""What changes saved views, and the note that a list left the house. Every change is an entry."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from songsheet.base.adopting import named
from songsheet.base.refusals import Stale
from songsheet.base.text import clean
from songsheet.doors.address import Shown
from songsheet.doors.errors import BadFilterValue, UnknownColumn, UnknownGroup
from songsheet.doors.listing import Listing
from songsheet.journal.act import act
from songsheet.team.acting import Acting
from songsheet.team.errors import NoSuchView, NotYourView, RightMissing, TooManyViews
from songsheet.team.events import ListExported, ViewArchived, ViewBrought, ViewChanged, ViewSaved
from songsheet.team.models import Member, SavedView
from songsheet.team.roles import Right

#: So many views a member keeps of one list.
MOST_VIEWS = 50


def save_view(
    listing: Listing,
    shown: Shown,
    *,
    name: str,
    by: Acting,
    at: datetime,
    shared: bool = False,
    pinned: bool = False,
) -> SavedView:
    """Save what is shown of a list under a name. A search is left out: it may be somebody's name."""
    owner = _somebody(by)
    values = {**_kept(listing, shown, by), "name": _name(name)}
    with act(by=by.actor, at=at) as record:
        held = Member.objects.select_for_update().get(id=owner.id)
        if SavedView.objects.filter(owner=held, listing=listing.name, gone_at=None).count() >= MOST_VIEWS:
            raise TooManyViews(f"You keep {MOST_VIEWS} views of this list already. Archive one first.")
        view = SavedView.objects.create(
            listing=listing.name, owner=held, shared=shared, pinned=pinned, made_at=at, **values
        )
        record(ViewSaved(view=view.key, listing=view.listing, member=held.key, shared=shared))
    return view


def change_view(
    key: str,
    *,
    by: Acting,
    at: datetime,
    version: int | None,
    listing: Listing,
    shown: Shown | None = None,
    **values: Any,
) -> SavedView:
    """Rename, share or pin a view (name, shared, pinned), or have it show what is `shown`.

    Who keeps it may, and for a shared one whoever curates; a stale version is refused with both values.
    """
    _somebody(by)
    if "name" in values:
        values["name"] = _name(values["name"])
    if shown is not None:
        values |= _kept(listing, shown, by)
    with act(by=by.actor, at=at) as record:
        view = _held(key, by)
        changed = {name: value for name, value in values.items() if getattr(view, name) != value}
        if changed and version is not None and version != view.version:
            raise Stale(
                "Somebody changed this view since you opened it. Look at both and save the one that holds.",
                version=view.version,
                theirs={name: str(getattr(view, name)) for name in changed},
                yours={name: str(value) for name, value in changed.items()},
            )
        if changed:
            for name, value in changed.items():
                setattr(view, name, value)
            view.version += 1
            view.save(update_fields=[*changed, "version"])
            fields = named(list(changed))
            record(ViewChanged(view=view.key, listing=view.listing, fields=fields, version=view.version))
    return view


def archive_view(key: str, *, by: Acting, at: datetime) -> SavedView:
    """Offer a view no more; it can be brought back. Doing it again changes nothing."""
    return _move(key, at, by=by, at=at)


def bring_back_view(key: str, *, by: Acting, at: datetime) -> SavedView:
    """Offer an archived view again."""
    return _move(key, None, by=by, at=at)


def note_export(
    listing: Listing, filters: Mapping[str, str], columns: list[str], *, form: str, count: int,
    by: Acting, at: datetime,
) -> None:  # fmt: skip
    """Write down that a list leaves the house: who, which list, the filters' names, how many rows."""
    by.must(Right.EXPORT)
    with act(by=by.actor, at=at) as record:
        names = {"filters": ", ".join(filters), "columns": ", ".join(columns)}
        record(ListExported(listing=listing.name, form=form, count=count, **names))


def _move(key: str, gone_at: datetime | None, *, by: Acting, at: datetime) -> SavedView:
    _somebody(by)
    with act(by=by.actor, at=at) as record:
        view = _held(key, by, gone=True)
        if (view.gone_at is None) != (gone_at is None):
            view.gone_at = gone_at
            view.version += 1
            view.save(update_fields=["gone_at", "version"])
            event = ViewBrought if gone_at is None else ViewArchived
            record(event(view=view.key, listing=view.listing))
    return view


def _somebody(by: Acting) -> Member:
    by.must(Right.SAVE)
    if by.member is None:
        raise RightMissing("A view belongs to a member. Act as one.")
    return by.member


def _held(key: str, by: Acting, *, gone: bool = False) -> SavedView:
    views = SavedView.objects.select_for_update(of=("self",)).select_related("owner")
    view = views.filter(key=key, **({} if gone else {"gone_at": None})).first()
    if view is None or not (view.owner == by.member or view.shared):
        raise NoSuchView
    if view.owner != by.member and not by.may(Right.CURATE):
        raise NotYourView(
            f"This view is kept by {view.owner.name}. Ask them, or save one like it as your own."
        )
    return view


def _name(name: str) -> str:
    name = clean(name, 80, field="name")
    if not name:
        raise BadFilterValue("Say what the view is called.", field="name")
    return name


def _kept(listing: Listing, shown: Shown, viewer: Acting) -> dict[str, Any]:
    """What a view keeps of what is shown; what the list does not declare is refused."""
    personal = {one.name for one in listing.filters if one.personal}
    filters = {name: value for name, value in shown.filters.items() if name not in personal}
    listing.narrowed(viewer, filters)
    columns = {one.name for one in listing.columns_for(viewer)}
    if unknown := [name for name in shown.columns if name not in columns]:
        raise UnknownColumn(f"“{unknown[0][:40]}” is not a column of {listing.name}.", field="columns")
    if shown.group and shown.group not in {one.name for one in listing.groups}:
        raise UnknownGroup(f"{listing.name} cannot be grouped by “{shown.group[:40]}”.", field="group")
    sort = listing.sort_named(shown.sort or None).name if shown.sort else ""
    return {"filters": filters, "columns": list(shown.columns), "sort": sort, "group": shown.group}
