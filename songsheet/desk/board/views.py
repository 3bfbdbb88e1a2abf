"""The boards of leads and of deals, and moving a card."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from songsheet.desk.board.boards import NO_STAGE, Board, board_named
from songsheet.desk.board.card import drawn
from songsheet.desk.board.read import Total, card_of, columns_of, more_of, totals_of
from songsheet.doors.pages import narrowing
from songsheet.team.acting import acting_on, time_on
from songsheet.team.roles import Right
from songsheet.ui.toasts import tell


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """A board; or the next cards of one column, when HX-Target names its end."""
    viewer, board = acting_on(request), board_named(name)
    filters = filters_on(board, request.GET)
    context = _context(request, board)
    if request.headers.get("HX-Target", "").startswith("more-"):
        column = request.GET.get("column", "")
        cards, after = more_of(board, viewer, filters, column, request.GET.get("after", ""))
        number = request.GET.get("number", "0")
        found = {"value": column, "drawn": _cards(request, cards), "after": after, "number": number}
        return render(request, "desk/board.html#cards", {**context, "column": found})
    columns = columns_of(board, viewer, filters)
    for one in columns:
        one.drawn = _cards(request, one.cards)
    context |= {
        "title": _("%(list)s as a board") % {"list": board.listing.title},
        "page": narrowing(board.listing, request.GET, board.path, without=board.hides),
        "columns": columns,
        "places": [one for one in board.columns() if one[0] != NO_STAGE],
    }
    return render(request, "desk/board.html", context)


@require_POST
def move(request: HttpRequest, name: str) -> HttpResponse:
    """Move a card to another column; the answer is the card as it stands now, and both totals."""
    viewer, at, board = acting_on(request), time_on(request), board_named(name)
    viewer.must(Right.WORK)
    given: dict[str, str] = {**request.GET.dict(), **request.POST.dict()}
    key, to, version = (given.get(name, "") for name in ("key", "to", "version"))
    label, row = board.must_have(to), board.listing.row(viewer, key)
    before = board.stands_in(row) if row is not None else ""
    board.move(key, to, by=viewer, at=at, version=int(version) if version.isdigit() else None)
    row = board.listing.row(viewer, key)
    card = card_of(board, row)
    said = _("%(what)s moved to %(where)s") % {"what": card["title"], "where": label}
    if "next" in given:
        tell(request, said)
        safe = url_has_allowed_host_and_scheme(given["next"], allowed_hosts={request.get_host()})
        return redirect(given["next"] if safe else board.path)
    undo_url = _back(board, row, before) if before not in (to, NO_STAGE, "") else ""
    context = {
        "card": _cards(request, [card])[0],
        "totals": _totals(board, viewer, given.get("query", ""), [to, before]),
        "said": said,
        "undo_url": undo_url,
    }
    return render(request, "desk/board.html#moved", {**_context(request, board), **context})


def _totals(board: Board, viewer: Any, query: str, values: list[str]) -> list[tuple[int, Total]]:
    """The totals of some columns with the numbers of these, under the filters of the page."""
    filters = filters_on(board, QueryDict(query.removeprefix("?")))
    totals = totals_of(board, board.listing.narrowed(viewer, filters).rows, values)
    numbers = {value: number for number, (value, _label) in enumerate(board.columns())}
    return [(numbers[value], total) for value, total in totals.items() if value in numbers]


def filters_on(board: Board, address: QueryDict) -> dict[str, str]:
    """The filters of the list that the address names, but those that the columns stand for."""
    usable = [one.name for one in board.listing.filters if one.name not in board.hides]
    return {name: str(address[name]) for name in usable if address.get(name)}


def _context(request: HttpRequest, board: Board) -> dict[str, Any]:
    query = urlencode(filters_on(board, request.GET))
    return {"board": board, "query": query}


def _cards(request: HttpRequest, cards: Sequence[Mapping[str, Any]]) -> list[SafeString]:
    return drawn(cards, time_on(request), may_move=acting_on(request).may(Right.WORK))


def _back(board: Board, row: Any, before: str) -> str:
    return f"{board.path}/move?" + urlencode({"key": row.key, "to": before, "version": row.version})
