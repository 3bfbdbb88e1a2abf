"""What the palette offers: what is found by the words typed so far, what one may do, where one may go."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from songsheet.base.text import fold
from songsheet.config.rail import RAIL
from songsheet.find.kinds import BY_NAME
from songsheet.find.search import Hits, search
from songsheet.find.show import Shown, shown
from songsheet.find.views import LONGEST, counted
from songsheet.leads.queries import takeable
from songsheet.team.acting import Acting, acting_on
from songsheet.team.roles import Right

#: Hits of the kind of the best one, and of each other kind; and how many are counted.
MOST, FEW, COUNTED = 6, 3, 100

#: What one may do from anywhere: (label, other words for it, address, icon, right, whether it opens as a
#: dialog over the page). A literal table.
ACTS: list[tuple[str, str, str, str, Right, bool]] = [
    ("Add a buyer", "new person lead contact", "/buyers/new", "buyers", Right.WORK, False),
    ("Add a company", "new account", "/companies/new", "company", Right.WORK, False),
    ("Plan a task", "new remind reminder", "/tasks/new", "task", Right.WORK, True),
    (
        "Note an enquiry",
        "new question issue bill service asked",
        "/enquiries/new",
        "question",
        Right.ANSWER,
        True,
    ),
    ("Import a file", "upload csv xlsx add leads buyers", "/imports/new", "imports", Right.IMPORT, False),
    ("Invite a member", "add user colleague", "/team/invite", "team", Right.TEAM, False),
    ("Add a webhook", "subscribe events", "/webhooks/add", "send", Right.HOUSE, False),
    ("See who may be one", "merge duplicates", "/duplicates", "merge", Right.WORK, False),
    ("Mend what leaks", "letters leaks", "/letters", "letters", Right.WORK, False),
    (
        "See who does what",
        "duties responsibilities owner deputy board",
        "/duties",
        "board",
        Right.LOOK,
        False,
    ),
    ("See who has too much to do", "load capacity minutes drown", "/load", "numbers", Right.LOOK, False),
    ("See who keeps promises", "clocks kept missed late", "/promises", "check", Right.LOOK, False),
    ("Change your password or working hours", "profile account", "/profile", "settings", Right.LOOK, False),
]


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Hits for the words typed so far, as the palette's partial."""
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
    viewer = acting_on(request)
    hits = search(viewer, words, most=COUNTED)
    groups = [*_records(viewer, hits), *_acts(viewer, words), *_pages(viewer, words)]
    return render(request, "ui/hits.html", {"words": words, "groups": groups, "meant": _meant(hits)})


def _records(viewer: Acting, hits: Hits) -> Iterator[dict[str, Any]]:
    """What was found by kind, the kind of the best hit first; then what may be done with the best."""
    wanted = {name: ids[: MOST if at == 0 else FEW] for at, (name, ids) in enumerate(hits.by_kind.items())}
    found = shown(viewer, wanted)
    for its in filter(None, found.values()):
        yield {"label": its[0].kind.label, "hits": [_hit(one) for one in its]}
    if hits.found:
        yield {"label": _("Then"), "hits": [*_with_the_first(viewer, found), _all(hits)]}


def _hit(one: Shown) -> dict[str, Any]:
    return {"label": one.label, "note": one.note, "icon": one.kind.icon, "url": one.url}


def _with_the_first(viewer: Acting, found: dict[str, list[Shown]]) -> Iterator[dict[str, Any]]:
    """What may be done with the best person and the best lead that are shown."""
    if not viewer.may(Right.WORK):
        return
    for lead in found.get("leads", [])[:1]:
        for key, version in takeable(viewer, [lead.id]):
            label = _("Take the lead of %(name)s") % {"name": lead.label}
            yield {
                "label": label,
                "icon": "leads",
                "post": f"/leads/{key}/take",
                "fields": {"version": version},
            }
    for person in found.get("people", [])[:1]:
        label = _("Log a contact with %(name)s") % {"name": person.label}
        yield {"label": label, "icon": "note", "url": f"{person.url}#log"}
        label = _("Plan a task with %(name)s") % {"name": person.label}
        yield {"label": label, "icon": "task", "get": f"{person.url}/tasks"}


def _all(hits: Hits) -> dict[str, Any]:
    note = ", ".join(f"{BY_NAME[name].label} {counted(hits, name, COUNTED)}" for name in hits.by_kind)
    return {"label": _("Show everything found"), "note": note, "icon": "search", "url": _address(hits.typed)}


def _address(words: str) -> str:
    return "/search?" + urlencode({"q": words})


def _meant(hits: Hits) -> str:
    return hits.words if hits.is_corrected else ""


def _acts(viewer: Acting, words: str) -> Iterator[dict[str, Any]]:
    found = [
        {"label": _(label), "icon": icon, "get" if is_dialog else "url": url}
        for label, others, url, icon, right, is_dialog in ACTS
        if viewer.may(right) and _begins(f"{label} {others}", words)
    ]
    if found:
        yield {"label": _("Do"), "hits": found}


def _pages(viewer: Acting, words: str) -> Iterator[dict[str, Any]]:
    found = [
        {"label": _(label), "icon": icon, "url": url}
        for section in RAIL
        for _name_, label, url, icon, right in section
        if viewer.may(right) and _begins(label, words)
    ]
    if found:
        yield {"label": _("Go to"), "hits": found}


def _begins(label: str, words: str) -> bool:
    """Whether each word typed begins a word of the label."""
    its = fold(label).split()
    return all(any(one.startswith(word) for one in its) for word in fold(words).split())
