"""A declared list as a page: the address holds filters, sort and place; the template draws `page`."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from songsheet.base.refusals import Refusal
from songsheet.doors.listing import Column, Listing

#: Names in the address that are not filters.
RESERVED = ("sort", "after", "columns", "view")


@dataclass(frozen=True)
class Empty:
    """What an empty list says: what belongs here, why, and the one step to get it."""

    title: str
    why: str
    step_label: str = ""
    step_url: str = ""


def list_page(
    request: HttpRequest, listing: Listing, viewer: Any, *, empty: Empty, bulk: list[dict[str, str]] | None = None,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """The list page, or the next rows alone when the page asks for them."""
    asked = {name: value for name, value in request.GET.items() if name not in RESERVED and value}
    context: dict[str, Any] = {**(extra or {}), "listing": listing}
    try:
        context["page"] = page_of(listing, viewer, request.GET, asked, empty, bulk or [])
        status = 200
    except Refusal as refusal:
        context.update(page=None, refusal=refusal, start_again=listing.path)
        status = refusal.status
    partial = request.headers.get("HX-Target")
    template = "ui/listing.html"
    if partial == "rows" and request.GET.get("after"):
        template = "ui/listing.html#rows"
    elif partial == "list":
        template = "ui/listing.html#list"
    return render(request, template, context, status=status)


def page_of(
    listing: Listing, viewer: Any, address: QueryDict, asked: dict[str, str], empty: Empty, bulk: list[dict[str, str]]
) -> dict[str, Any]:
    """The object that ui/listing.html draws."""
    sort = address.get("sort")
    found = listing.page(viewer, asked, sort=sort, after=address.get("after"))
    columns = _columns(listing, address)
    more = f"{found.total:,}" + ("" if found.total_is_exact else "+")
    return {
        "title": listing.title,
        "count": found.total,
        "count_text": more,
        "columns": [_heading(listing, column, address) for column in columns],
        "all_columns": [{"name": c.name, "label": c.label, "shown": c in columns} for c in listing.columns],
        "rows": [
            {
                "key": listing.row_key(row),
                "url": listing.row_path(row),
                "cells": [{"html": c.html(row), "numeric": c.numeric, "label": c.label} for c in columns],
            }
            for row in found.rows
        ],
        "chips": [_chip(listing, name, value, address) for name, value in asked.items()],
        "filters": [
            {
                "name": one.name,
                "label": one.label,
                "kind": one.kind,
                "choices": one.choices() if one.kind == "choice" else [],
                "value": asked.get(one.name, ""),
            }
            for one in listing.filters
        ],
        "search": asked.get("q", ""),
        "path": listing.path,
        "more_url": _with(address, listing.path, after=found.next_cursor) if found.next_cursor else "",
        "views": [],
        "bulk": bulk,
        "sort": listing.sort_named(sort).name,
        "empty": empty,
        "filtered": bool(asked),
    }


def _columns(listing: Listing, address: QueryDict) -> list[Column]:
    chosen = [name for name in address.get("columns", "").split(",") if name]
    return [column for column in listing.columns if not chosen or column.name in chosen]


def _heading(listing: Listing, column: Column, address: QueryDict) -> dict[str, Any]:
    current = listing.sort_named(address.get("sort"))
    offered = [sort for sort in listing.sorts if sort.name.lstrip("-") == column.name]
    target = next((sort for sort in offered if sort is not current), None)
    direction = "" if current not in offered else "descending" if current.fields[0].startswith("-") else "ascending"
    return {
        "name": column.name,
        "label": column.label,
        "numeric": column.numeric,
        "sort_url": _with(address, listing.path, sort=target.name, after=None) if target else "",
        "sorted": direction,
    }


def _chip(listing: Listing, name: str, value: str, address: QueryDict) -> dict[str, str]:
    one = next(filter_ for filter_ in listing.filters if filter_.name == name)
    words = dict(one.choices()).get(value, value) if one.kind == "choice" else value
    return {"label": f"{one.label}: {words}", "remove_url": _with(address, listing.path, **{name: None, "after": None})}


def _with(address: QueryDict, path: str, **changes: str | None) -> str:
    changed = address.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if value is not None:
            changed[name] = value
    return f"{path}?{changed.urlencode()}" if changed else path
