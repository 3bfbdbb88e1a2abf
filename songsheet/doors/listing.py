"""Lists: declared once for page, API, export and palette. What is not declared does not exist."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.utils.safestring import SafeString

from songsheet.base.money import Money
from songsheet.base.refusals import Refusal
from songsheet.doors.cursors import beyond, read_cursor, write_cursor
from songsheet.doors.errors import BadFilterValue, UnknownFilter, UnknownSort
from songsheet.ui.components.html import safe

PAGE_SIZE = 50
EXACT_UP_TO = 10_000
LONGEST_VALUE = 500
#: So many a search finds before they are put in order; when more match, the page says so.
MOST_HITS = 1_000
MOST_EXPORTED = 1_000_000
ARCHIVED = "archived"  # the filter that asks for what is hidden


@dataclass(frozen=True)
class Edit:
    """How a cell is changed in place: `read` gives its text as one would type it, `write` changes the row.

    `write(row, text, version=, by=, at=)` is one call of an action; it refuses what is stale or not allowed.
    `right` is what somebody must be allowed to, beside seeing the column.
    """

    read: Callable[[Any], str]
    write: Callable[..., Any]
    right: Any
    kind: str = "text"
    choices: Callable[[], Sequence[tuple[str, str]]] = tuple
    fits: Callable[[Any], bool] = lambda row: True


@dataclass(frozen=True)
class Column:
    """`value` gives what API and export show; `cell` the page's form of it where it differs.

    `right` is what a viewer must be allowed to see it; whoever lacks it sees no such column. What is not
    `shown` comes to a page when it is chosen there; what has an `edit` can be changed there in place. In a
    file it is as `written`, in Parquet of the type `kept`: float, bool or day. `own`: a field of the house's.
    """

    name: str
    label: str
    value: Callable[[Any], Any]
    cell: Callable[[Any], SafeString | str] | None = None
    numeric: bool = False
    right: Any = None
    shown: bool = True
    edit: Edit | None = None
    money: bool = False
    written: Callable[[Any], Any] | None = None
    kept: str = ""
    own: bool = False

    def html(self, row: Any) -> SafeString:
        """The cell of one row, escaped."""
        shown = self.cell(row) if self.cell else self.value(row)
        return SafeString("" if shown is None else safe(shown))


#: Those that are shown, where that is not all.
Columns = Sequence[Column] | None


@dataclass(frozen=True)
class Found:
    """What a search narrowed a list to; not `complete` when more matched than it was to find."""

    rows: QuerySet[Any]
    complete: bool = True


@dataclass(frozen=True)
class Filter:
    """`apply` narrows the list by one text value; it raises ValueError where the value cannot be read.

    `find` instead (in an archive `find_hidden`) searches: given the most hits, found before the order.
    `says` turns a value into the words of its chip. A `personal` one holds words about somebody (a name, an
    id of theirs): no view keeps it and no entry names its value. `under`: what it stands under among others.
    """

    name: str
    label: str
    apply: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    kind: str = "text"
    choices: Callable[[], Sequence[tuple[str, str]]] = tuple
    find: Callable[[QuerySet[Any], str, int], Found] | None = None
    find_hidden: Callable[[QuerySet[Any], str, int], Found] | None = None
    says: Callable[[str], str] = str
    personal: bool = False
    under: str = ""

    def narrow(self, rows: QuerySet[Any], value: str, most: int, *, hidden: bool = False) -> Found:
        """The rows that fit the value; `hidden` are those of an archive."""
        if search := (hidden and self.find_hidden) or self.find:
            return search(rows, value, most)
        return Found(self.apply(rows, value) if self.apply else rows)


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
class Group:
    """A way to group: one group per value of the filter of the same name. `index` finds each one's rows.

    `values` are the groups where they are other than the choices of the filter.
    """

    name: str
    label: str
    index: str
    values: Callable[[], Sequence[tuple[str, str]]] | None = None


@dataclass(frozen=True)
class Page:
    """One page of a list and the cursor of what comes after; the total is counted on the first page alone."""

    rows: list[Any]
    next_cursor: str | None
    total: int
    total_is_exact: bool


@dataclass(frozen=True)
class Listing:
    """A list of one kind of thing. `base(viewer)` is the gate: it holds only what the viewer may see.

    `beside`: the page of a row answers to the side panel as well, so that it opens beside the list.
    `bulk`: many can be changed at once. `board`: where they stand as a board. `archive`: the hidden ones.
    `complete` reads for the rows of a page at once what few of them need, or what some columns, named, need.
    """

    name: str
    title: str
    base: Callable[[Any], QuerySet[Any]]
    columns: Sequence[Column]
    filters: Sequence[Filter]
    sorts: Sequence[Sort]
    path: str
    row_path: Callable[[Any], str]
    row_key: Callable[[Any], str] = field(default=lambda row: str(row.key))
    groups: Sequence[Group] = ()
    key_field: str = "key"
    beside: bool = False
    bulk: bool = False
    board: str = ""
    archive: Callable[[Any], QuerySet[Any]] | None = None
    complete: Callable[[Sequence[Any], Sequence[str]], None] = lambda rows, names: None

    @property
    def default_sort(self) -> Sort:
        """The order when none is asked for."""
        return self.sorts[0]

    def columns_for(self, viewer: Any) -> list[Column]:
        """The columns that the viewer may see."""
        return [one for one in self.columns if one.right is None or viewer.may(one.right)]

    def row(self, viewer: Any, key: str) -> Any | None:
        """One row that the viewer may see, by its key."""
        if "\x00" in key or len(key) > LONGEST_VALUE:
            return None
        return self.base(viewer).filter(**{self.key_field: key}).first()

    def values_of(self, group: Group) -> Sequence[tuple[str, str]]:
        """The values of a group's filter and what each is called."""
        if group.values:
            return group.values()
        return next(one for one in self.filters if one.name == group.name).choices()

    def narrowed(self, viewer: Any, asked: Mapping[str, str], *, most: int = MOST_HITS) -> Found:
        """The list narrowed by declared filters; an undeclared name is refused."""
        archive = self.archive if asked.get(ARCHIVED) else None
        found = Found((archive or self.base)(viewer))
        known = {one.name: one for one in self.filters}
        for name, value in asked.items():
            self._must_be_usable(known, name, value)
            try:
                narrower = known[name].narrow(found.rows, value, most, hidden=archive is not None)
            except (ValueError, OverflowError):
                sentence = f"“{value[:60]}” is not a value for {known[name].label}."
                raise BadFilterValue(sentence, field=name) from None
            found = Found(narrower.rows, found.complete and narrower.complete)
        return found

    def can_read(self, viewer: Any, name: str, value: str) -> bool:
        """Whether the list declares this filter and can read this value; nothing is searched for."""
        declared = next((one for one in self.filters if one.name == name), None)
        if declared is None or declared.find is not None:
            return declared is not None
        try:
            self.narrowed(viewer, {name: value})
        except Refusal:
            return False
        return True

    def _must_be_usable(self, known: Mapping[str, Filter], name: str, value: str) -> None:
        if name not in known:
            names = ", ".join(known)
            raise UnknownFilter(f"“{name[:40]}” is not a filter of {self.name}. There are: {names}.")
        if "\x00" in value or len(value) > LONGEST_VALUE:
            sentence = f"The value of {name} cannot be used: at most {LONGEST_VALUE} characters, no NUL."
            raise BadFilterValue(sentence, field=name)

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
        columns: Columns = None,
    ) -> Page:
        """One page by key: the total is exact to 10,000 and then says so; no offset is ever used.

        With a size of nothing it is the total alone. `columns` are those that are shown, all by default.
        """
        order = self.sort_named(sort)
        found = self.narrowed(viewer, asked)
        total = found.rows.order_by()[: EXACT_UP_TO + 1].count() if not after else 0
        rows, cursor = self._next(found.rows, order, after, size, columns) if size else ([], None)
        return Page(rows, cursor, min(total, EXACT_UP_TO), found.complete and total <= EXACT_UP_TO)

    def every_row(
        self, viewer: Any, asked: Mapping[str, str], *, sort: str | None = None, columns: Columns = None
    ) -> Iterator[Any]:
        """All rows, a thousand at a time, so that memory stays small; what is asked is read at once."""
        order = self.sort_named(sort)
        return self._walk(self.narrowed(viewer, asked, most=MOST_EXPORTED).rows, order, columns)

    def _walk(self, narrowed: QuerySet[Any], order: Sort, columns: Columns) -> Iterator[Any]:
        after: str | None = None
        while True:
            rows, after = self._next(narrowed, order, after, 1000, columns)
            yield from rows
            if after is None:
                return

    def _next(
        self, rows: QuerySet[Any], order: Sort, after: str | None, size: int, columns: Columns
    ) -> tuple[list[Any], str | None]:
        ordered = rows.annotate(**order.computed).order_by(*order.fields)
        if after:
            ordered = ordered.filter(beyond(order.fields, read_cursor(self.name, order.name, after)))
        found = list(ordered[: size + 1])
        self.complete(found, [one.name for one in columns or self.columns])
        if len(found) <= size:
            return found, None
        return found[:size], write_cursor(self.name, order.name, order.fields, found[size - 1])

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
