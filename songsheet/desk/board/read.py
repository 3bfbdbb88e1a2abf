"""Reading a board: the first cards of every column in two statements, the totals of all in one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet, Value
from django.utils.safestring import SafeString

from songsheet.base.money import Money
from songsheet.desk.board.boards import NO_STAGE, Board
from songsheet.doors.cursors import beyond, read_cursor, write_cursor
from songsheet.doors.listing import EXACT_UP_TO
from songsheet.journal.sql import rows as sql_rows

CARDS = 20


@dataclass
class Total:
    """How many cards a column has, exact to 10,000, and the sums of their amounts by currency."""

    count: int = 0
    exact: bool = True
    amounts: list[Money] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The count as it is shown."""
        return f"{self.count:,}" + ("" if self.exact else "+")


@dataclass
class Column:
    """A column as it is shown; `after` is the place behind its last card."""

    value: str
    label: str
    total: Total
    cards: list[dict[str, Any]] = field(default_factory=list)
    drawn: list[SafeString] = field(default_factory=list)
    after: str = ""
    number: int = 0


def columns_of(board: Board, viewer: Any, filters: Mapping[str, str]) -> list[Column]:
    """Every column with its total and first cards."""
    columns, rows = board.columns(), board.listing.narrowed(viewer, filters).rows
    totals = totals_of(board, rows, [value for value, _label in columns])
    firsts = _first_cards(board, rows, [value for value, _label in columns])
    shown = []
    for number, (value, label) in enumerate(columns):
        if value == NO_STAGE and not totals[value].count:
            continue
        found, after = _cut(board, firsts.get(value, []))
        cards = [card_of(board, row) for row in found]
        shown.append(Column(value, label, totals[value], cards, after=after, number=number))
    return shown


def more_of(
    board: Board, viewer: Any, filters: Mapping[str, str], value: str, after: str
) -> tuple[list[dict[str, Any]], str]:
    """The next cards of a column by key, and the place behind them."""
    order = board.listing.default_sort
    rows = board.within(board.listing.narrowed(viewer, filters).rows, value).order_by(*order.fields)
    place = read_cursor(board.listing.name, order.name, after)
    found = rows.filter(beyond(order.fields, place))
    cut, onward = _cut(board, list(found[: CARDS + 1]))
    board.listing.complete(cut, ())
    return [card_of(board, row) for row in cut], onward


def card_of(board: Board, row: Any) -> dict[str, Any]:
    """One card: what it shows, and the version that a move of it names."""
    return {"key": row.key, "version": row.version, "stands_in": board.stands_in(row), **board.card(row)}


def totals_of(board: Board, rows: QuerySet[Any], values: Sequence[str]) -> dict[str, Total]:
    """The totals of some columns, in one statement."""
    parts, given = [], []
    for value in values:
        names = ("currency", "amount") if board.has_money else ("id",)
        inner = board.within(rows, value).order_by().values_list(*names)[: EXACT_UP_TO + 1]
        try:
            sql, params = inner.query.sql_with_params()
        except EmptyResultSet:
            continue
        money = "it.currency, sum(it.amount)" if board.has_money else "'', null::bigint"
        parts.append(f"select %s::text, {money}, count(*) from ({sql}) as it group by 2")
        given += [value, *params]
    totals = {value: Total() for value in values}
    for value, currency, amount, count in sql_rows(" union all ".join(parts), given) if parts else ():
        total = totals[value]
        total.count += count
        if amount is not None:
            total.amounts.append(Money(int(amount), currency))
    for total in totals.values():
        total.exact, total.count = total.count <= EXACT_UP_TO, min(total.count, EXACT_UP_TO)
        total.amounts.sort(key=lambda one: -one.minor)
    return totals


def _first_cards(board: Board, rows: QuerySet[Any], values: Sequence[str]) -> dict[str, list[Any]]:
    """The first rows of each column and one more: which they are, then all of them at once."""
    order = board.listing.default_sort
    each = [
        board.within(rows, value).order_by(*order.fields).values_list(Value(value), "id")[: CARDS + 1]
        for value in values
    ]
    if not each:
        return {}
    where = {id_: value for value, id_ in each[0].union(*each[1:], all=True)}
    found: dict[str, list[Any]] = {}
    shown = list(rows.filter(id__in=list(where)).order_by(*order.fields))
    board.listing.complete(shown, ())
    for row in shown:
        found.setdefault(where[row.id], []).append(row)
    return found


def _cut(board: Board, found: list[Any]) -> tuple[list[Any], str]:
    if len(found) <= CARDS:
        return found, ""
    order = board.listing.default_sort
    return found[:CARDS], write_cursor(board.listing.name, order.name, order.fields, found[CARDS - 1])
