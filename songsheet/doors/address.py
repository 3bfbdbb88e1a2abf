"""What an address asks of a list: filters, columns, sort, group; and the same as a saved view keeps it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from songsheet.doors.listing import Column, Group, Listing

#: Names in the address that are not filters.
RESERVED = ("sort", "after", "columns", "group", "view", "open")


@dataclass(frozen=True)
class Shown:
    """What of a list is shown, by declared names; `columns` and `sort` are empty where they are the usual."""

    filters: Mapping[str, str] = field(default_factory=dict)
    columns: Sequence[str] = ()
    sort: str = ""
    group: str = ""

    def query(self, **more: str) -> str:
        """The same as the query of an address."""
        given = {**self.filters, "sort": self.sort, "group": self.group, "columns": ",".join(self.columns)}
        return urlencode({name: value for name, value in {**given, **more}.items() if value}, safe=",")


@dataclass(frozen=True)
class Fitting:
    """What of a saved view the list still has, and what was dropped because it does not."""

    shown: Shown
    dropped: list[str]


def filters_in(address: Mapping[str, str]) -> dict[str, str]:
    """The filters that an address asks for; an empty one asks for nothing."""
    return {name: str(value) for name, value in address.items() if name not in RESERVED and value}


def shown_in(address: QueryDict) -> Shown:
    """What an address asks for, as it stands there."""
    columns = tuple(dict.fromkeys(names_in(address, "columns")))
    return Shown(filters_in(address), columns, address.get("sort", ""), address.get("group", ""))


def names_in(address: QueryDict, name: str) -> list[str]:
    """Names parted by commas."""
    return [one for given in address.getlist(name) for one in given.split(",") if one]


def chosen_columns(listing: Listing, viewer: Any, address: QueryDict) -> list[Column]:
    """The columns that the address names and the viewer may see; the usual ones when it names none.

    The first is always there: it says which row it is, and opens it.
    """
    chosen, columns = set(names_in(address, "columns")), listing.columns_for(viewer)
    named = [one for one in columns if one.name in chosen]
    return [columns[0], *(one for one in named if one is not columns[0])] if named else _usual(columns)


def _usual(columns: list[Column]) -> list[Column]:
    return [one for one in columns if one.shown]


def group_in(listing: Listing, address: QueryDict) -> Group | None:
    """What the address groups the list by, if the list declares it."""
    return next((one for one in listing.groups if one.name == address.get("group")), None)


def dropped_from(listing: Listing, viewer: Any, address: QueryDict) -> list[str]:
    """Columns and the group that an address names and the list does not have."""
    columns = {one.name for one in listing.columns_for(viewer)}
    unknown = [name for name in dict.fromkeys(names_in(address, "columns")) if name not in columns]
    group = address.get("group")
    if group and group_in(listing, address) is None:
        unknown.append(group)
    return [one[:60] for one in unknown]


def fitting(listing: Listing, viewer: Any, shown: Shown) -> Fitting:
    """A stored view as the list is today: what it does not know any more is dropped, never an error."""
    filters = {name: value for name, value in shown.filters.items() if listing.can_read(viewer, name, value)}
    columns = {one.name for one in listing.columns_for(viewer)}
    kept = tuple(name for name in shown.columns if name in columns)
    sort = shown.sort if shown.sort in {one.name for one in listing.sorts} else ""
    group = shown.group if shown.group in {one.name for one in listing.groups} else ""
    dropped = [name for name in shown.filters if name not in filters]
    dropped += [name for name in shown.columns if name not in kept]
    dropped += [
        name for name, is_there in ((shown.sort, sort), (shown.group, group)) if name and not is_there
    ]
    return Fitting(Shown(filters, kept, sort, group), dropped)


def changed(address: QueryDict, path: str, **changes: str | None) -> str:
    """The address with some names changed, or taken away by None."""
    copy = address.copy()
    for name, value in changes.items():
        copy.pop(name, None)
        if value is not None:
            copy[name] = value
    return f"{path}?{copy.urlencode(safe=',')}" if copy else path
