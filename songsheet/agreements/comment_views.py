"""Comments on pages: by members on a version, by guests on the page behind their link."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from songsheet.agreements import comment_actions as actions
from songsheet.agreements.models import Guest
from songsheet.agreements.queries import comments_on, guest_of, kind_named, names_in, version_for
from songsheet.agreements.showing import crumbs_of
from songsheet.base.refusals import Refusal
from songsheet.team.acting import acting_on, time_on
from songsheet.ui.toasts import tell


@require_POST
def comment(request: HttpRequest, key: str) -> HttpResponse:
    """Say something to a clause of a version."""
    said = {"clause": request.POST.get("clause", ""), "text": request.POST.get("text", "")}
    actions.comment(key, **said, by=acting_on(request), at=time_on(request))
    tell(request, _("It is said"))
    return redirect("version", key=key)


@require_POST
def invite(request: HttpRequest, key: str) -> HttpResponse:
    """A link for a guest; it is shown this once."""
    days = request.POST.get("days", "")
    guest, token = actions.invite_guest(
        key, name=request.POST.get("name", ""), days=int(days) if days.isdecimal() and len(days) < 4 else 0,
        by=acting_on(request), at=time_on(request),
    )  # fmt: skip
    version = version_for(acting_on(request), key)
    context: dict[str, Any] = {
        "title": _("A link for a guest"),
        "crumbs": [*crumbs_of(version), {"label": _("A link for a guest")}],
        "one": version,
        "guest": guest,
        "link": f"{settings.ENVIRONMENT.url}/guest/{token}",
    }
    return render(request, "agreements/link.html", context)


@require_POST
def end_guest(request: HttpRequest, key: str) -> HttpResponse:
    """Withdraw a guest's link."""
    guest = actions.end_guest(key, by=acting_on(request), at=time_on(request))
    tell(request, _("The link opens nothing any more"))
    return redirect("version", key=guest.version.key)


@require_http_methods(["GET", "HEAD", "POST"])
def guest(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a guest's link: the version to be read; sending the form says something."""
    at = time_on(request)
    if request.method != "POST":
        return _guest_page(request, guest_of(token, at=at))
    said = {"clause": request.POST.get("clause", ""), "text": request.POST.get("text", "")}
    try:
        actions.comment_as_guest(token, **said, at=at)
    except Refusal as refusal:
        return _guest_page(request, guest_of(token, at=at), refusal=refusal)
    return redirect("guest", token=token)


def _guest_page(request: HttpRequest, guest: Guest, *, refusal: Refusal | None = None) -> HttpResponse:
    """Without names of members: a guest sees what is said, and their own comments."""
    version = guest.version
    kind = kind_named(version.agreement.kind)
    nobody = dict.fromkeys(names_in(version.body), _("a member of ours"))
    said = comments_on(version)
    clauses = [
        (one, [each for each in said.get(one.name, []) if each.guest_id == guest.id])
        for one in kind.body.model_validate(version.body).clauses(nobody)
    ]
    context = {
        "title": kind.label,
        "broad": True,
        "guest": guest,
        "kind": kind,
        "clauses": clauses,
        "refusal": refusal,
        "typed": request.POST if refusal else {},
    }
    return render(request, "agreements/guest.html", context, status=refusal.status if refusal else 200)
