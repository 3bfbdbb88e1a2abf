"""The pages for what went wrong: not found, not allowed, failed."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from songsheet.base.refusals import NotAllowed, NotFound, Refusal
from songsheet.doors.problems import from_machine, problem_response, wants_json


class Failed(Refusal):
    """Something broke on our side."""

    status = 500
    code = "failed"


def _told(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    if wants_json(request):
        return problem_response(refusal)
    return render(
        request, "ui/message.html", {"refusal": refusal, "status": refusal.status}, status=refusal.status
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _told(
        request, NotFound("There is nothing at this address. It may have moved, or a letter is missing.")
    )


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _told(
        request, NotAllowed("This request was not allowed. Load the page again and repeat the step.")
    )


def failed(request: HttpRequest) -> HttpResponse:
    """Also where the machine could not, before anybody looked at the request: then it says so."""
    refusal = from_machine(sys.exception()) or Failed(
        "Something broke on our side. Nothing was half done; the administrator can see what happened."
    )
    return _told(request, refusal)
