"""A declared list as a page: the address holds filters, sort and place; ui/listing.html draws it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from songsheet.base.refusals import Refusal
from songsheet.base.text import fold
from songsheet.doors.address import changed, chosen_columns, dropped_from, filters_in, group_in
from songsheet.doors.grouping import grouped
from songsheet.doors.listing import Column, Filter, Group, Listing, Page

#: The filter that the search box fills, where a list declares one.
SEARCH = "q"
#: How a list can leave: the end of its address and what that is called.
FORMATS = {"csv": "CSV", "xlsx": "Excel", "parquet": "Parquet"}


@dataclass(frozen=True)
class Empty:
    """What an empty list says: what belongs here, why, and the one step to get it."""

    title: str
    why: str
    step_label: str = ""
    step_url: str = ""


def list_page(
    request: HttpRequest,
    listing: Listing,
    viewer: Any,
    *,
    empty: Empty,
    bulk: Sequence[Mapping[str, Any]] | None = None,
    may_export: bool = False,
    template: str = "ui/listing.html",
    extra: Mapping[str, Any] | None = None,
    views: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The list page; its list alone, or the next rows alone, when HX-Target names that part.

    `views` is what the page shows of saved views (team.lists makes it).
    """
    address, status = request.GET, 200
    part = request.headers.get("HX-Target", "")
    rows_alone = part.startswith(("group-", "more")) and ("after" in address or part.startswith("group-"))
    try:
        page = page_of(listing, viewer, address, empty=empty, bulk=bulk or [], may_export=may_export)
        page |= {
            "more_id": "more" + part.removeprefix("group").removeprefix("more") if rows_alone else "more"
        }
    except Refusal as refusal:
        page, status = _refused(listing, refusal), refusal.status
    alone = "more" if rows_alone else "list" if part == "list" else ""
    name = f"ui/listing.html#{alone}" if alone else template
    context = {**(extra or {}), "listing": listing, "page": {**page, **(views or {})}}
    return render(request, name, context, status=status)


def page_of(
    listing: Listing,
    viewer: Any,
    address: QueryDict,
    *,
    empty: Empty,
    bulk: Sequence[Mapping[str, Any]],
    may_export: bool,
) -> dict[str, Any]:
    """The object that ui/listing.html draws."""
    asked, by = filters_in(address), group_in(listing, address)
    columns = chosen_columns(listing, viewer, address)
    sort, after, size = address.get("sort"), address.get("after"), 0 if by else 50
    found = listing.page(viewer, asked, sort=sort, after=after, size=size, columns=columns)
    filters = [_filter(one, asked) for one in listing.filters if one.name != SEARCH]
    left_out = (SEARCH, "after", "columns", "view", "open")
    kept = {name: address[name] for name in address if name not in left_out}
    return {
        "title": listing.title,
        "count_text": _count(found),
        "columns": [_heading(listing, column, address) for column in columns],
        "rows": [_row(listing, viewer, columns, row) for row in found.rows],
        "groups": grouped(listing, viewer, address, by) if by else None,
        "group_by": _ways_to_group(listing, address, by),
        "chips": [_chip(listing, one, address) for one in filters if one["value"]],
        "filters": filters,
        "search": asked.get(SEARCH, "") if any(one.name == SEARCH for one in listing.filters) else None,
        "kept": {name: value for name, value in kept.items() if value},
        "clear_url": listing.path,
        "dropped": dropped_from(listing, viewer, address),
        "choosable": [
            {"name": one.name, "label": one.label, "chosen": one in columns, "always": one is columns[0]}
            for one in listing.columns_for(viewer)
        ],
        "exports": _exports(listing, address) if may_export else [],
        "more_url": changed(address, listing.path, after=found.next_cursor) if found.next_cursor else "",
        "more_id": "more",
        "panel": _panel(listing, viewer, address),
        "bulk": bulk,
        "empty": empty,
    }


def narrowing(
    listing: Listing, address: QueryDict, path: str, *, without: Sequence[str] = ()
) -> dict[str, Any]:
    """The filters of a list on another page of it at `path`, as its toolbar and its chips draw them."""
    asked = filters_in(address)
    hidden = (SEARCH, *without)
    filters = [_filter(one, asked) for one in listing.filters if one.name not in hidden]
    chips = [
        {
            "label": f"{one['label']}: {one['words']}",
            "remove_url": changed(address, path, **{one["name"]: None}),
        }
        for one in filters
        if one["value"]
    ]
    kept = {one["name"]: one["value"] for one in filters if one["value"]}
    search = asked.get(SEARCH, "") if any(one.name == SEARCH for one in listing.filters) else None
    shown = {"title": listing.title, "filters": filters, "chips": chips, "kept": kept, "search": search}
    return {**shown, "clear_url": path}


def _refused(listing: Listing, refusal: Refusal) -> dict[str, Any]:
    """The page when the address asks for something that is not there: told, with the way back."""
    error = {
        "title": refusal.sentence,
        "kept": _("Nothing was changed."),
        "step_label": _("Show the whole list"),
        "step_url": listing.path,
    }
    return {"title": listing.title, "count_text": "", "error": error, "search": None}


def _count(page: Page) -> str:
    return f"{page.total:,}" + ("" if page.total_is_exact else "+")


def _panel(listing: Listing, viewer: Any, address: QueryDict) -> dict[str, str] | None:
    """The row that is open beside the list, by the address; None where rows open no panel."""
    if not listing.beside:
        return None
    key = address.get("open", "")
    row = listing.row(viewer, key) if key else None
    return {"key": key, "url": listing.row_path(row)} if row is not None else {"key": "", "url": ""}


def _row(listing: Listing, viewer: Any, columns: list[Column], row: Any) -> dict[str, Any]:
    key = listing.row_key(row)
    cells = [cell_of(listing, viewer, column, row, key) for column in columns]
    return {"key": key, "url": listing.row_path(row), "cells": cells}


def cell_of(listing: Listing, viewer: Any, column: Column, row: Any, key: str) -> dict[str, Any]:
    """One cell, with the address that changes it in place where the viewer may."""
    edit, url = column.edit, ""
    if edit and not getattr(row, "gone_at", None) and viewer.may(edit.right) and edit.fits(row):
        url = f"/lists/{listing.name}/{key}/{column.name}"
    return {"html": column.html(row), "edit_url": url, "id": f"cell-{key}-{column.name}"}


def _filter(one: Filter, asked: Mapping[str, str]) -> dict[str, Any]:
    choices = list(one.choices()) if one.kind == "choice" else []
    value = asked.get(one.name, "")
    if choices and value not in dict(choices):  # the address names it by its label
        value = next((given for given, label in choices if fold(str(label)) == fold(value)), value)
    words = dict(choices).get(value) or one.says(value) if value else ""
    shown = {"name": one.name, "label": one.label, "kind": one.kind, "choices": choices, "value": value}
    return {**shown, "words": words, "under": one.under}


def _chip(listing: Listing, one: dict[str, Any], address: QueryDict) -> dict[str, str]:
    remove_url = changed(address, listing.path, **{one["name"]: None, "after": None, "open": None})
    return {"label": f"{one['label']}: {one['words']}", "remove_url": remove_url}


def _heading(listing: Listing, column: Column, address: QueryDict) -> dict[str, Any]:
    """A column's head: how it is sorted, and the address that sorts by it, or the other way round."""
    current = listing.sort_named(address.get("sort"))
    offered = [sort for sort in listing.sorts if sort.name.lstrip("-") == column.name]
    target = next((sort for sort in offered if sort is not current), None)
    down = current.fields[0].startswith("-")
    sort_url = changed(address, listing.path, sort=target.name, after=None, open=None) if target else ""
    return {
        "name": column.name,
        "label": column.label,
        "numeric": column.numeric,
        "sort_url": sort_url,
        "sorted": "" if current not in offered else "down" if down else "up",
    }


def _ways_to_group(listing: Listing, address: QueryDict, by: Group | None) -> list[dict[str, Any]]:
    if not listing.groups:
        return []
    ways: Sequence[tuple[str | None, str]] = [
        (None, _("Not grouped")),
        *((one.name, one.label) for one in listing.groups),
    ]
    return [
        {
            "label": label,
            "url": changed(address, listing.path, group=name, after=None, open=None),
            "current": name == (by.name if by else None),
        }
        for name, label in ways
    ]


def _exports(listing: Listing, address: QueryDict) -> list[dict[str, str]]:
    return [
        {
            "label": label,
            "url": changed(address, f"{listing.path}.{name}", after=None, open=None, group=None, view=None),
        }
        for name, label in FORMATS.items()
    ]
