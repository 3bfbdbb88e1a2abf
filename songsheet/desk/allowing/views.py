"""The pages of what buyers allow."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from songsheet.buyers.permissions import answers_of
from songsheet.desk.allowing.reading import CHANNELS, PAGE, history, marks
from songsheet.desk.story.read import person_behind
from songsheet.team.acting import acting_on, time_on
from songsheet.team.roles import Right


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Everybody who must not be contacted."""
    viewer, channel = acting_on(request), request.GET.get("channel")
    channel = channel if channel in CHANNELS else None
    before = request.GET.get("before", "")
    found = marks(
        viewer, channel=channel, before=int(before) if before.isdigit() and len(before) < 18 else None
    )
    context = {
        "title": _("Do not contact"),
        "marks": found,
        "now": time_on(request),
        "more": found[-1].id if len(found) == PAGE else "",
        "channel": channel,
        "kinds": [_kind(one, label, channel) for one, label in _labels()],
        "may_work": viewer.may(Right.WORK),
    }
    return render(request, "desk/do_not_contact.html", context)


@require_safe
def of_buyer(request: HttpRequest, key: str) -> HttpResponse:
    """What one buyer allowed, refused and forbade over time."""
    viewer = acting_on(request)
    viewer.must(Right.LOOK)
    person = person_behind(key)
    context = {
        "title": _("What they allow"),
        "crumbs": [
            {"label": str(person), "url": f"/buyers/{person.key}"},
            {"label": _("What they allow")},
        ],
        "person": person,
        "counts": answers_of([person.id]).get(person.id, {}).items(),
        "said": history(viewer, person),
        "now": time_on(request),
    }
    return render(request, "desk/permissions.html", context)


def _labels() -> list[tuple[str | None, str]]:
    return [
        (None, _("All")),
        ("", _("By anything")),
        ("mail", _("Mail")),
        ("call", _("Call")),
        ("post", _("Post")),
    ]


def _kind(value: str | None, label: str, chosen: str | None) -> dict[str, Any]:
    url = "/do-not-contact" if value is None else f"/do-not-contact?channel={value}"
    return {"label": label, "url": url, "current": value == chosen}
