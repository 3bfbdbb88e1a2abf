"""A declared list as a page: the address holds filters, sort and place; ui/listing.html draws it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from songsheet.base.refusals import Refusal
from songsheet.doors.listing import Column, Filter, Listing, Page

#: Names in the address that are not filters.
RESERVED = ("sort", "after", "columns", "view")
#: The filter that the search box fills, where a list declares one.
SEARCH = "q"


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
    bulk: list[dict[str, str]] | None = None,
    may_export: bool = False,
    template: str = "ui/listing.html",
    extra: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The list page; its list alone, or the next rows alone, when HX-Target names that part."""
    address, status = request.GET, 200
    try:
        page = page_of(listing, viewer, address, empty=empty, bulk=bulk or [], may_export=may_export)
    except Refusal as refusal:
        page, status = _refused(listing, refusal), refusal.status
    part = request.headers.get("HX-Target")
    alone = part == "list" or (part == "more" and address.get("after"))
    name = f"ui/listing.html#{part}" if alone else template
    return render(request, name, {**(extra or {}), "listing": listing, "page": page}, status=status)


def filters_in(address: QueryDict) -> dict[str, str]:
    """The filters that an address asks for; an empty one asks for nothing."""
    return {name: str(value) for name, value in address.items() if name not in RESERVED and value}


def chosen_columns(listing: Listing, viewer: Any, address: QueryDict) -> list[Column]:
    """The columns that the address names and the viewer may see; the usual ones when it names none."""
    chosen = {name for given in address.getlist("columns") for name in given.split(",") if name}
    columns = listing.columns_for(viewer)
    return [one for one in columns if one.name in chosen] or [one for one in columns if one.shown]


def page_of(
    listing: Listing,
    viewer: Any,
    address: QueryDict,
    *,
    empty: Empty,
    bulk: list[dict[str, str]],
    may_export: bool,
) -> dict[str, Any]:
    """The object that ui/listing.html draws."""
    asked = filters_in(address)
    found = listing.page(viewer, asked, sort=address.get("sort"), after=address.get("after"))
    columns = chosen_columns(listing, viewer, address)
    filters = [_filter(one, asked) for one in listing.filters if one.name != SEARCH]
    kept = {name: address[name] for name in address if name not in (SEARCH, "after", "columns", "view")}
    return {
        "title": listing.title,
        "count_text": _count(found),
        "columns": [_heading(listing, column, address) for column in columns],
        "rows": [_row(listing, columns, row) for row in found.rows],
        "chips": [_chip(listing, one, address) for one in filters if one["value"]],
        "filters": filters,
        "search": asked.get(SEARCH, "") if any(one.name == SEARCH for one in listing.filters) else None,
        "kept": {name: value for name, value in kept.items() if value},
        "clear_url": listing.path,
        "choosable": [
            {"name": one.name, "label": one.label, "chosen": one in columns}
            for one in listing.columns_for(viewer)
        ],
        "export_url": _with(address, f"{listing.path}.csv", after=None) if may_export else "",
        "more_url": _with(address, listing.path, after=found.next_cursor) if found.next_cursor else "",
        "bulk": bulk,
        "empty": empty,
    }


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


def _row(listing: Listing, columns: list[Column], row: Any) -> dict[str, Any]:
    cells = [{"html": column.html(row)} for column in columns]
    return {"key": listing.row_key(row), "url": listing.row_path(row), "cells": cells}


def _filter(one: Filter, asked: Mapping[str, str]) -> dict[str, Any]:
    choices = list(one.choices()) if one.kind == "choice" else []
    value = asked.get(one.name, "")
    words = dict(choices).get(value) or one.says(value) if value else ""
    shown = {"name": one.name, "label": one.label, "kind": one.kind, "choices": choices, "value": value}
    return {**shown, "words": words}


def _chip(listing: Listing, one: dict[str, Any], address: QueryDict) -> dict[str, str]:
    remove_url = _with(address, listing.path, **{one["name"]: None, "after": None})
    return {"label": f"{one['label']}: {one['words']}", "remove_url": remove_url}


def _heading(listing: Listing, column: Column, address: QueryDict) -> dict[str, Any]:
    """A column's head: how it is sorted, and the address that sorts by it, or the other way round."""
    current = listing.sort_named(address.get("sort"))
    offered = [sort for sort in listing.sorts if sort.name.lstrip("-") == column.name]
    target = next((sort for sort in offered if sort is not current), None)
    down = current.fields[0].startswith("-")
    return {
        "name": column.name,
        "label": column.label,
        "numeric": column.numeric,
        "sort_url": _with(address, listing.path, sort=target.name, after=None) if target else "",
        "sorted": "" if current not in offered else "down" if down else "up",
    }


def _with(address: QueryDict, path: str, **changes: str | None) -> str:
    changed = address.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if value is not None:
            changed[name] = value
    return f"{path}?{changed.urlencode()}" if changed else path
