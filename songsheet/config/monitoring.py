"""What monitors ask: is it well (/health), in depth (/ready), and in numbers (/metrics)."""

import hmac
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from songsheet.base.refusals import NotAllowed
from songsheet.config import metrics
from songsheet.config.doctor import findings
from songsheet.team.queries import database_is_there

_HERE = {"localhost", "127.0.0.1", "[::1]", "::1"}
_FORWARDED = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "X-Real-Ip", "Via")


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when the process and its database answer."""
    if request.GET.get("deep"):
        return ready(request)
    return HttpResponse("ok" if database_is_there() else "no database", content_type="text/plain")


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """What `songsheet doctor` finds, as JSON; 503 when something is wrong."""
    _must_be_a_monitor(request)
    found = findings()
    wrong = [one for one in found if not one.well]
    told = {"ready": not wrong, "wrong": [{"about": one.about, "says": one.says} for one in wrong]}
    return JsonResponse(told, status=503 if wrong else 200)


@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """Counts and gauges in Prometheus' text form."""
    _must_be_a_monitor(request)
    return HttpResponse(metrics.text(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _must_be_a_monitor(request: HttpRequest) -> None:
    """This machine itself, not through a proxy on it; or anybody with the token of the settings."""
    token = settings.ENVIRONMENT.metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return
    if _is_of_this_machine(request):
        return
    raise NotAllowed(
        "Monitors ask from this machine, or with “Authorization: Bearer …” and SONGSHEET_METRICS_TOKEN."
    )


def _is_of_this_machine(request: HttpRequest) -> bool:
    try:
        near = ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
    host = request.get_host().rsplit(":", 1)[0]
    return near and host in _HERE and not any(name in request.headers for name in _FORWARDED)
