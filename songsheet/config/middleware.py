"""Around every request: what time it is, who acts, the demo's open door, and refusals told in words."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.http import urlencode

from songsheet.base.refusals import Refusal
from songsheet.config.bounds import beyond
from songsheet.config.pages import told
from songsheet.doors.problems import from_machine, not_that_way, wants_json
from songsheet.team.acting import as_member
from songsheet.team.fields.declared import read_once
from songsheet.team.models import House, Member
from songsheet.team.queries import house_and_time

#: Where nobody has to be signed in: signing in itself, what browsers load here and on our sites, what comes
#: in by gates of its own, and the health of the process.
OPEN_PATHS = (
    "/accounts/", "/static/", "/api/", "/health", "/ready", "/metrics", "/join/", "/guest/",
    "/f/", "/m/", "/in/", "/privacy",
)  # fmt: skip
#: What asks for nobody and no house: assets, and monitors, who have a gate of their own.
MONITORS = ("/static/", "/in/script.js", "/health", "/ready", "/metrics")
LOOK_AS = "look_as"


class HouseMiddleware:
    """Sets `request.house`, `request.at` and `request.acting`; asks for sign-in outside the open paths."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        if request.path.startswith(MONITORS):
            return self.get_response(request)
        request.house, request.at = house_and_time()
        if request.house.is_demo and not request.user.is_authenticated:
            request.user = looked_as(request, request.house)
        request.acting = as_member(request.user) if isinstance(request.user, Member) else None
        if request.acting is None and not request.path.startswith(OPEN_PATHS):
            return to_sign_in(request)
        if refusal := beyond(request):
            return told(request, refusal)
        # Days are the company's: a filter by day must count what the letters count.
        with timezone.override(ZoneInfo(request.house.zone)), read_once(request.house.fields or ""):
            response = self.get_response(request)
        if response.status_code == 405 and wants_json(request):
            response = not_that_way(response)
        response["X-Request-Id"] = request.id
        if not request.path.startswith("/accounts/"):
            response.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal is an answer, not a failure: problem+json on the API, a page or partial elsewhere."""
        refusal = exception if isinstance(exception, Refusal) else from_machine(exception)
        if not isinstance(refusal, Refusal):
            return None
        return told(request, refusal)


def looked_as(request: HttpRequest, house: House) -> Any:
    """In the demo a visitor looks as the owner, or as the member they chose; no password is involved."""
    chosen = request.COOKIES.get(LOOK_AS, "")
    members = Member.objects.active()
    found = members.filter(key=chosen).first() if chosen else None
    return found or members.filter(role="owner").order_by("id").first() or request.user


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and back to where one wanted to go."""
    target = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}"
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=401)
        response["HX-Redirect"] = target
        return response
    return HttpResponseRedirect(target)
