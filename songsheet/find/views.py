"""The page of search: everything that holds the words, by kind."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from songsheet.find.kinds import BY_NAME
from songsheet.find.search import MOST, Hits, search
from songsheet.find.show import Shown, around, marked, shown, words_in
from songsheet.team.acting import acting_on

#: Longer texts are cut.
LONGEST = 200
#: Of each kind while all are shown, and of one.
FEW, MANY = 5, 50


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What was found, best first; of one kind when it is chosen."""
    kind, at = _chosen(request), _number(request.GET.get("page", ""))
    viewer, asked = acting_on(request), request.GET.get("q", "")[:LONGEST]
    hits = search(viewer, asked, as_typed=request.GET.get("as") == "typed")
    first = (at - 1) * MANY if kind else 0
    chosen = {
        name: ids[first : first + (MANY if kind else FEW)]
        for name, ids in hits.by_kind.items()
        if kind in ("", name)
    }
    context = {
        "title": _("Search"),
        "hits": hits,
        "kind": kind,
        "kinds": _kinds(hits, kind),
        "groups": [_group(hits, name, its) for name, its in shown(viewer, chosen).items()],
        "typed_url": _address(hits.typed, **{"as": "typed"}),
        "meant_url": _address(hits.words),
        "more_url": _more(hits, kind, at),
    }
    return render(request, "find/search.html", context)


def _chosen(request: HttpRequest) -> str:
    kind = request.GET.get("kind", "")
    return kind if kind in BY_NAME else ""


def _number(text: str) -> int:
    return min(max(int(text), 1), MOST // MANY) if text.isascii() and text.isdigit() and len(text) < 4 else 1


def _address(words: str, **others: str) -> str:
    return "/search?" + urlencode({"q": words, **{name: value for name, value in others.items() if value}})


def _kinds(hits: Hits, kind: str) -> list[dict[str, Any]]:
    """The kinds of which something was found, in their own order."""
    words = hits.typed
    found = [
        {
            "label": one.label,
            "url": _address(words, kind=name),
            "count": counted(hits, name),
            "current": kind == name,
        }
        for name, one in BY_NAME.items()
        if name in hits.by_kind
    ]
    return (
        [{"label": _("All"), "url": _address(words), "current": not kind}, *found] if len(found) > 1 else []
    )


def counted(hits: Hits, name: str, most: int = MOST) -> str:
    """How many of a kind there are, as far as they were looked for."""
    count = len(hits.by_kind[name])
    return f"{count:,}" if count < most else f"{most:,}+"


def _group(hits: Hits, name: str, its: list[Shown]) -> dict[str, Any]:
    words = words_in(hits.words)
    return {
        "label": BY_NAME[name].label,
        "count": counted(hits, name),
        "all_url": _address(hits.typed, kind=name) if len(its) < len(hits.by_kind[name]) else "",
        "hits": [_line(one, words) for one in its],
    }


def _line(one: Shown, words: list[str]) -> dict[str, Any]:
    text = marked(around(one.text, words), words) if one.text else ""
    return {
        "url": one.url,
        "label": marked(one.label, words),
        "note": marked(one.note, words),
        "text": text,
        "at": one.at,
    }


def _more(hits: Hits, kind: str, at: int) -> str:
    there = len(hits.by_kind.get(kind, ())) > at * MANY
    return _address(hits.typed, kind=kind, page=str(at + 1)) if there else ""
