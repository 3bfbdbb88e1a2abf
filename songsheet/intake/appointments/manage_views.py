"""What a buyer does with their own appointment, by the link of their mail: look, move it, cancel it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from songsheet.base.refusals import Refusal
from songsheet.intake.appointments import meeting_actions as actions
from songsheet.intake.appointments.errors import TimeTaken
from songsheet.intake.appointments.feeding import feed_of
from songsheet.intake.appointments.jobs import mail_soon
from songsheet.intake.appointments.public_views import drawn, over, times_page
from songsheet.intake.appointments.shown import read_instant, zone_of
from songsheet.team.acting import time_on


@require_safe
def yours(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Their appointment, with two buttons."""
    try:
        meeting = actions.to_change(token, at=time_on(request))
    except Refusal as refusal:
        return over(request, refusal, again=f"/m/{key}")
    return drawn(request, "yours", meeting.page, {"meeting": meeting, "token": token}, zone=meeting.zone)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Another time: shown by GET, taken by POST alone."""
    at = time_on(request)
    try:
        meeting = actions.to_change(token, at=at)
        chosen = read_instant(request.POST.get("at", "")) if request.method == "POST" else None
        if chosen is None:
            return times_page(request, meeting.page, to=request.path, at=at, but=meeting)
        zone = zone_of(request.POST.get("zone", ""), meeting.zone)
        meeting = actions.move_as_buyer(token, chosen, zone=zone, at=at)
    except TimeTaken as refusal:
        return times_page(request, meeting.page, to=request.path, at=at, but=meeting, refusal=refusal)
    except Refusal as refusal:
        return over(request, refusal, again=f"/m/{key}")
    mail_soon(meeting)
    context = {"meeting": meeting, "token": token, "moved": True}
    return drawn(request, "yours", meeting.page, context, zone=meeting.zone)


@csrf_exempt
@require_POST
def cancel(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """They do not come."""
    try:
        meeting = actions.cancel_as_buyer(token, at=time_on(request))
    except Refusal as refusal:
        return over(request, refusal, again=f"/m/{key}")
    mail_soon(meeting)
    return drawn(request, "cancelled", meeting.page, {"meeting": meeting}, zone=meeting.zone)


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """A member's appointments, for their own calendar."""
    try:
        text = feed_of(token, at=time_on(request))
    except Refusal as refusal:
        return over(request, refusal)
    headers = {"Content-Disposition": 'attachment; filename="appointments.ics"'}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)
