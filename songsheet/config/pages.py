"""The pages for what went wrong: not found, not allowed, failed."""

import sys
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from songsheet.base.refusals import NotAllowed, NotFound, Refusal, TooMany
from songsheet.doors.problems import from_machine, problem_response, wants_json

#: What a member does next.
_NEXT = {
    403: _("If your work needs this, ask an administrator: they can give you another role."),
    404: _("Look for it by its name: Ctrl-K searches everything. What is archived stands behind its list."),
}


class Failed(Refusal):
    """Something broke on our side."""

    status = 500
    code = "failed"


def told(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal in words: problem+json, a partial, or a page; who is signed in keeps the frame around it.

    What broke is told outside of it: the frame might break as well.
    """
    if wants_json(request):
        return problem_response(refusal)
    template = "ui/message.html#message" if request.headers.get("HX-Request") else "ui/message.html"
    context: dict[str, Any] = {"refusal": refusal, "status": refusal.status}
    if refusal.status < Failed.status and getattr(request, "acting", None) is not None:
        context |= {"frame": "ui/base.html", "todo": _NEXT.get(refusal.status), "steps": _steps(request)}
    return render(request, template, context, status=refusal.status)


def _steps(request: HttpRequest) -> list[dict[str, Any]]:
    """Where a member goes on: the page they came from, where it is one of ours, and Today."""
    came = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came, allowed_hosts={request.get_host()})
    is_here = request.method in ("GET", "HEAD") and came == request.build_absolute_uri()
    back = [{"label": _("Back to where you were"), "url": came}] if ours and not is_here else []
    return [*back, {"label": _("Go to Today"), "url": "/"}]


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that leads nowhere."""
    return told(
        request, NotFound("There is nothing at this address. It may have moved, or a letter is missing.")
    )


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Something that Django refused."""
    return told(request, NotAllowed("This request was not allowed. Load the page again and repeat the step."))


def too_many(request: HttpRequest) -> HttpResponse:
    """Whoever asks too often at the door."""
    return told(request, TooMany("That was too often in a short time. Wait some minutes, then try again."))


def failed(request: HttpRequest) -> HttpResponse:
    """Also where the machine could not, before anybody looked at the request: then it says so."""
    refusal = from_machine(sys.exception()) or Failed(
        "Something broke on our side. Nothing was half done; the administrator can see what happened."
    )
    return told(request, refusal)
