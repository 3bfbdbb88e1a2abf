"""Lists: declared once for page, API, export and palette. What is not declared does not exist."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from songsheet.base.money import Money
from songsheet.base.refusals import Refusal
from songsheet.doors.cursors import beyond, read_cursor, write_cursor

PAGE_SIZE = 50
EXACT_UP_TO = 10_000
LONGEST_VALUE = 500


class UnknownFilter(Refusal):
    """A filter that the list does not declare."""

    code = "unknown_filter"


class UnknownSort(Refusal):
    """A sort that the list does not declare."""

    code = "unknown_sort"


class BadFilterValue(Refusal):
    """A value that the filter cannot read."""

    code = "bad_filter_value"


@dataclass(frozen=True)
class Column:
    """`value` gives what API and export show; `cell` the page's form of it where it differs.

    `right` is what a viewer must be allowed to see it; whoever lacks it sees no such column.
    """

    name: str
    label: str
    value: Callable[[Any], Any]
    cell: Callable[[Any], SafeString | str] | None = None
    numeric: bool = False
    right: Any = None

    def html(self, row: Any) -> SafeString:
        """The cell of one row, escaped."""
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
    """Fields in order, all in one direction, the last is `id`. `index` serves it (a test asks EXPLAIN).

    `computed` names the expressions among the fields: what the index holds where a column may be empty.
    """

    name: str
    label: str
    fields: tuple[str, ...]
    index: str
    computed: Mapping[str, Combinable] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len({name.startswith("-") for name in self.fields}) != 1 or self.fields[-1].lstrip("-") != "id":
            raise TypeError(f"sort {self.name} must go one way and end with id")


@dataclass(frozen=True)
class Page:
    """One page of a list and the cursor of what comes after; the total is counted on the first page alone."""

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
        """The order when none is asked for."""
        return self.sorts[0]

    def columns_for(self, viewer: Any) -> list[Column]:
        """The columns that the viewer may see."""
        return [one for one in self.columns if one.right is None or viewer.may(one.right)]

    def narrowed(self, viewer: Any, asked: Mapping[str, str]) -> QuerySet[Any]:
        """The list narrowed by declared filters; an undeclared name is refused."""
        return reduce(self._narrow, asked.items(), self.base(viewer))

    def _narrow(self, rows: QuerySet[Any], asked: tuple[str, str]) -> QuerySet[Any]:
        name, value = asked
        known = {one.name: one for one in self.filters}
        if name not in known:
            names = ", ".join(known)
            raise UnknownFilter(f"“{name[:40]}” is not a filter of {self.name}. There are: {names}.")
        if "\x00" in value or len(value) > LONGEST_VALUE:
            sentence = f"The value of {name} cannot be used: at most {LONGEST_VALUE} characters, no NUL."
            raise BadFilterValue(sentence, field=name)
        try:
            return known[name].apply(rows, value)
        except (ValueError, OverflowError):
            sentence = f"“{value[:60]}” is not a value for {known[name].label}."
            raise BadFilterValue(sentence, field=name) from None

    def sort_named(self, name: str | None) -> Sort:
        """The declared sort of this name; another is refused."""
        for sort in self.sorts:
            if sort.name == (name or self.default_sort.name):
                return sort
        names = ", ".join(sort.name for sort in self.sorts)
        raise UnknownSort(f"“{str(name)[:40]}” is not a sort of {self.name}. There are: {names}.")

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
        ordered = rows.annotate(**order.computed).order_by(*order.fields)
        if after:
            ordered = ordered.filter(beyond(order.fields, read_cursor(self.name, order.name, after)))
        found = list(ordered[: size + 1])
        cursor = None
        if len(found) > size:
            found = found[:size]
            cursor = write_cursor(self.name, order.name, order.fields, found[-1])
        return Page(found, cursor, min(total, EXACT_UP_TO), total <= EXACT_UP_TO)

    def every_row(self, viewer: Any, asked: Mapping[str, str], *, sort: str | None = None) -> Iterator[Any]:
        """All rows, a thousand at a time, so that memory stays small whatever their number."""
        after: str | None = None
        while True:
            page = self.page(viewer, asked, sort=sort, after=after, size=1000, count=False)
            yield from page.rows
            after = page.next_cursor
            if after is None:
                return

    def as_dicts(self, viewer: Any, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Rows as the API shows them: the key, then each column's value."""
        columns = self.columns_for(viewer)
        return [
            {"key": self.row_key(row), **{one.name: _plain(one.value(row)) for one in columns}}
            for row in rows
        ]


def _plain(value: Any) -> Any:
    """Money as answers write it: minor units by currency."""
    return {value.currency: value.minor} if isinstance(value, Money) else value


def found_by(rows: QuerySet[Any], *searches: QuerySet[Any]) -> QuerySet[Any]:
    """Rows whose id any of the searches gives; each uses its own index, which OR over joins would not."""
    first, *others = (one.order_by() for one in searches)
    return rows.filter(id__in=first.union(*others) if others else first)


def link_cell(path: Callable[[Any], str], words: Callable[[Any], Any]) -> Callable[[Any], SafeString]:
    """A cell that opens its row."""
    return lambda row: format_html('<a href="{}">{}</a>', path(row), words(row) or "—")
