"""One's own calendars: those that say when one is busy, and the address at which they read appointments."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from songsheet.base.refusals import Refusal
from songsheet.doors.commands import form_of
from songsheet.intake.appointments import calendar_actions as actions
from songsheet.intake.appointments.commands import AddCalendar
from songsheet.intake.appointments.jobs import read_soon
from songsheet.intake.appointments.queries import calendars_of
from songsheet.team.acting import acting_on, time_on
from songsheet.ui.toasts import tell


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Both directions."""
    return _page(request)


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Let a calendar say when one is busy."""
    try:
        said = AddCalendar.read(request.POST.dict())
        feed = actions.add_calendar(said.url, by=acting_on(request), at=time_on(request))
    except Refusal as refusal:
        return _page(request, refusal=refusal)
    read_soon(feed.key)
    tell(request, _("The calendar is added and is being read"))
    return redirect("my_calendars")


@require_POST
def read(request: HttpRequest, calendar: str) -> HttpResponse:
    """Read one now."""
    feed = actions.read_mine(calendar, by=acting_on(request), at=time_on(request))
    tell(request, feed.failure or _("The calendar was read"))
    return redirect("my_calendars")


@require_POST
def end(request: HttpRequest, calendar: str) -> HttpResponse:
    """Read one no more."""
    actions.take_calendar_out(calendar, by=acting_on(request), at=time_on(request))
    tell(request, _("The calendar was taken out, and what it said is forgotten"))
    return redirect("my_calendars")


@require_POST
def make_feed(request: HttpRequest) -> HttpResponse:
    """An address for one's own calendar, shown this once."""
    _feed, token = actions.make_feed(by=acting_on(request), at=time_on(request))
    return _page(request, shown=f"{settings.ENVIRONMENT.url}/m/feed/{token}.ics")


@require_POST
def end_feed(request: HttpRequest) -> HttpResponse:
    """The address is over."""
    actions.end_feed(by=acting_on(request), at=time_on(request))
    tell(request, _("The address is over. Your calendar reads nothing there any more."))
    return redirect("my_calendars")


def _page(request: HttpRequest, *, refusal: Refusal | None = None, shown: str = "") -> HttpResponse:
    viewer = acting_on(request)
    feeds, out = calendars_of(viewer)
    form = form_of(AddCalendar, typed=request.POST, refusal=refusal) if refusal else form_of(AddCalendar)
    context = {
        "title": _("My calendars"), "feeds": feeds, "out": out, "shown": shown, "form": form,
        "crumbs": [{"label": _("Appointments"), "url": "/appointments"}, {"label": _("My calendars")}],
    }  # fmt: skip
    return render(
        request, "intake/appointments/calendars.html", context, status=refusal.status if refusal else 200
    )
