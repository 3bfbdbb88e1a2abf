"""The pages of records that may be one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from songsheet.base.refusals import Refusal
from songsheet.buyers.errors import NoSuchPair
from songsheet.buyers.merge_actions import (
    COMPANIES,
    PEOPLE,
    Kind,
    merge,
    suggest_again,
    tell_apart,
    unmerge,
)
from songsheet.buyers.suggested import PAGE, suggestions
from songsheet.buyers.units import fields_of
from songsheet.desk.duplicates.beside import hanging, lines, permitted
from songsheet.team.acting import acting_on, time_on
from songsheet.team.roles import Right
from songsheet.ui.toasts import tell

KINDS: dict[str, Kind[Any, Any]] = {"people": PEOPLE, "companies": COMPANIES}
#: Where each kind has its pages.
PATHS = {"people": "/buyers", "companies": "/companies"}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The suggestions, the surest first."""
    viewer, what = acting_on(request), _what(request.GET.get("what", ""))
    after = request.GET.get("after", "").replace("\x00", "")[:60]
    pairs = suggestions(KINDS[what], viewer, after=after)
    context = {
        "title": _("Duplicates"),
        "what": what,
        "pairs": pairs,
        "more": pairs[-1].key if len(pairs) == PAGE else "",
        "kinds": [
            {"label": label, "url": f"?what={name}", "current": name == what}
            for name, label in (("people", _("People")), ("companies", _("Companies")))
        ],
        "may_work": viewer.may(Right.WORK),
    }
    return render(request, "desk/duplicates.html", context)


@require_POST
def dismiss(request: HttpRequest, what: str, key: str) -> HttpResponse:
    """The two are not one."""
    tell_apart(_kind(what), key, by=acting_on(request), at=time_on(request))
    tell(request, _("They stay two"), undo_url=f"/duplicates/{what}/{key}/again")
    return redirect(f"/duplicates?what={what}")


@require_POST
def again(request: HttpRequest, what: str, key: str) -> HttpResponse:
    """Take back that they are not one."""
    suggest_again(_kind(what), key, by=acting_on(request), at=time_on(request))
    tell(request, _("The suggestion is back"))
    return redirect(f"/duplicates?what={what}")


@require_http_methods(["GET", "HEAD", "POST"])
def side_by_side(request: HttpRequest, what: str) -> HttpResponse:
    """Two records beside each other, what hangs on both, and which field comes from which."""
    kind = KINDS[what]
    acting_on(request).must(Right.WORK)
    given = request.POST if request.method == "POST" else request.GET
    survivor, other = (_root(kind, given.get(name, "")) for name in "ab")
    if survivor == other:
        return redirect(f"{PATHS[what]}/{survivor.key}")
    if request.method == "POST":
        return _merge(request, what, survivor, other)
    return render(request, "desk/merge.html", _context(what, survivor, other))


def _merge(request: HttpRequest, what: str, survivor: Any, other: Any) -> HttpResponse:
    kind = KINDS[what]
    names = [line.name for line in lines(kind, survivor, other)]
    versions = {
        key: int(request.POST[f"version-{key}"])
        for key in (survivor.key, other.key)
        if request.POST.get(f"version-{key}", "").isdigit()
    }
    by, at = acting_on(request), time_on(request)
    try:
        merge(kind, survivor.key, other.key, versions=versions, by=by, at=at,
              take=[name for name in names if request.POST.get(f"take-{name}") == "other"])  # fmt: skip
    except Refusal as refusal:
        context = _context(what, survivor, other, refused=refusal.sentence)
        return render(request, "desk/merge.html", context, status=refusal.status)
    tell(request, _("They are one record now"), undo_url=f"{PATHS[what]}/{other.key}/unmerge")
    return redirect(f"{PATHS[what]}/{survivor.key}")


def _context(what: str, survivor: Any, other: Any, **more: Any) -> dict[str, Any]:
    kind, two = KINDS[what], [survivor, other]
    return {
        "title": _("Merge"),
        "crumbs": [
            {"label": _("Duplicates"), "url": f"/duplicates?what={what}"},
            {"label": _("Merge"), "url": ""},
        ],
        "path": PATHS[what],
        "turned": f"?a={other.key}&b={survivor.key}",
        "survivor": survivor,
        "other": other,
        "two": two,
        "lines": lines(kind, survivor, other),
        "hanging": hanging(kind, two),
        "permitted": permitted(two) if kind is PEOPLE else [],
        **more,
    }


@require_POST
def take_apart(request: HttpRequest, what: str, key: str) -> HttpResponse:
    """Undo a merge, at any later time."""
    done = unmerge(KINDS[what], key, by=acting_on(request), at=time_on(request))
    if done.stayed:
        said = _("They are two again. Changed since, and left as it is: %(fields)s")
        tell(request, said % {"fields": fields_of(done.stayed)})
    else:
        tell(request, _("They are two again, as before"))
    return redirect(f"{PATHS[what]}/{done.merged.key}")


def _what(given: str) -> str:
    return given if given in KINDS else "people"


def _kind(what: str) -> Kind[Any, Any]:
    if what not in KINDS:
        raise NoSuchPair(what)
    return KINDS[what]


def _root(kind: Kind[Any, Any], key: str) -> Any:
    related = ("root", "owner", "company__root") if kind is PEOPLE else ("root", "owner")
    found = kind.model.objects.filter(key=key.replace("\x00", "")[:60], gone_at=None)
    row = found.select_related(*related).first()
    if row is None:
        raise kind.missing(key)
    return row.whole
