"""Lists: what is declared once serves page, API, export, saved view and palette. What is not declared does not exist."""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import orjson
from django.db.models import Q, QuerySet
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from songsheet.base.refusals import Refusal

PAGE_SIZE = 50
EXACT_UP_TO = 10_000


class UnknownFilter(Refusal):
    code = "unknown_filter"


class UnknownSort(Refusal):
    code = "unknown_sort"


class BadCursor(Refusal):
    code = "bad_cursor"


class BadFilterValue(Refusal):
    code = "bad_filter_value"


@dataclass(frozen=True)
class Column:
    """`value` gives what API and export show; `cell` the page's form of it where it differs."""

    name: str
    label: str
    value: Callable[[Any], Any]
    cell: Callable[[Any], SafeString | str] | None = None
    numeric: bool = False

    def html(self, row: Any) -> SafeString:
        shown = self.cell(row) if self.cell else self.value(row)
        return conditional_escape("" if shown is None else shown)


@dataclass(frozen=True)
class Filter:
    """`apply` narrows the list by one text value; it raises ValueError where the value cannot be read."""

    name: str
    label: str
    apply: Callable[[QuerySet[Any], str], QuerySet[Any]]
    kind: str = "text"
    choices: Callable[[], Sequence[tuple[str, str]]] = tuple


@dataclass(frozen=True)
class Sort:
    """Fields in order, each with its direction; the last is `id`. `index` serves it (a test asks EXPLAIN)."""

    name: str
    label: str
    fields: tuple[str, ...]
    index: str


@dataclass(frozen=True)
class Page:
    """One page of a list: at most PAGE_SIZE rows and the cursor of what comes after."""

    rows: list[Any]
    next_cursor: str | None
    total: int
    total_is_exact: bool


@dataclass(frozen=True)
class Listing:
    """A list of one kind of thing. `base(viewer)` is the gate: it holds only what the viewer may see."""

    name: str
    title: str
    base: Callable[[Any], QuerySet[Any]]
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...]
    sorts: tuple[Sort, ...]
    path: str
    row_path: Callable[[Any], str]
    row_key: Callable[[Any], str] = field(default=lambda row: str(row.key))

    @property
    def default_sort(self) -> Sort:
        return self.sorts[0]

    def narrowed(self, viewer: Any, asked: Mapping[str, str]) -> QuerySet[Any]:
        """The list narrowed by declared filters; an undeclared name is refused."""
        rows = self.base(viewer)
        known = {one.name: one for one in self.filters}
        for name, value in asked.items():
            if name not in known:
                raise UnknownFilter(f"“{name[:40]}” is not a filter of {self.name}. There are: {', '.join(known)}.")
            if "\x00" in value or len(value) > 500:
                raise BadFilterValue(f"The value of {name} cannot be used: at most 500 characters, no NUL.", field=name)
            try:
                rows = known[name].apply(rows, value)
            except (ValueError, OverflowError):
                raise BadFilterValue(f"“{value[:60]}” is not a value for {known[name].label}.", field=name) from None
        return rows

    def sort_named(self, name: str | None) -> Sort:
        if not name:
            return self.default_sort
        for sort in self.sorts:
            if sort.name == name:
                return sort
        raise UnknownSort(f"“{name[:40]}” is not a sort of {self.name}. There are: {', '.join(s.name for s in self.sorts)}.")

    def page(
        self,
        viewer: Any,
        asked: Mapping[str, str],
        *,
        sort: str | None = None,
        after: str | None = None,
        size: int = PAGE_SIZE,
        count: bool = True,
    ) -> Page:
        """One page by key: the total is exact to 10,000 and then says so; no offset is ever used."""
        order = self.sort_named(sort)
        rows = self.narrowed(viewer, asked)
        total = rows.order_by()[: EXACT_UP_TO + 1].count() if count and not after else 0
        ordered = rows.order_by(*order.fields)
        if after:
            ordered = ordered.filter(_beyond(order, _read_cursor(after, order)))
        found = list(ordered[: size + 1])
        more = len(found) > size
        found = found[:size]
        cursor = _write_cursor(order, found[-1]) if more else None
        return Page(found, cursor, min(total, EXACT_UP_TO), total <= EXACT_UP_TO)

    def as_dicts(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Rows as the API and exports show them: the key, then each column's value."""
        return [{"key": self.row_key(row), **{c.name: c.value(row) for c in self.columns}} for row in rows]


def _bare(name: str) -> tuple[str, bool]:
    return name.lstrip("-"), name.startswith("-")


def _value(row: Any, path: str) -> Any:
    for part in path.split("__"):
        row = getattr(row, part)
    return row


def _write_cursor(order: Sort, row: Any) -> str:
    values = [order.name, *(_value(row, _bare(name)[0]) for name in order.fields)]
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")


def _read_cursor(cursor: str, order: Sort) -> list[Any]:
    try:
        name, *values = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, TypeError, binascii.Error):
        name, values = None, []
    if name != order.name or len(values) != len(order.fields) or not isinstance(values[-1], int):
        raise BadCursor("The place in the list that was asked for cannot be read. Start again from the top.")
    return values


def _beyond(order: Sort, values: Sequence[Any]) -> Q:
    """Rows after `values`; the outer bound on the first field lets the index be used, the inner one is exact."""
    exact = Q()
    equal = Q()
    for name, value in zip(order.fields, values, strict=True):
        path, down = _bare(name)
        exact |= equal & Q(**{f"{path}__{'lt' if down else 'gt'}": value})
        equal &= Q(**{path: value})
    first, down = _bare(order.fields[0])
    return Q(**{f"{first}__{'lte' if down else 'gte'}": values[0]}) & exact


def link_cell(path: Callable[[Any], str], words: Callable[[Any], Any]) -> Callable[[Any], SafeString]:
    """A cell that opens its row."""
    return lambda row: format_html('<a href="{}">{}</a>', path(row), words(row) or "—")


def day_from(text: str) -> date:
    """A day as ISO 8601; ValueError otherwise."""
    return date.fromisoformat(text)


def iso(value: datetime | date | None) -> str | None:
    return value.isoformat() if value else None
