"""A promise paused and run on, from where it is shown."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from songsheet.clocks.actions import pause_clock, resume_clock
from songsheet.clocks.errors import NoSuchClock
from songsheet.clocks.models import Clock
from songsheet.clocks.queries import seen_by
from songsheet.desk.dealing.views import Asked, Done, ask
from songsheet.desk.letters.views import house_of
from songsheet.desk.pausing.commands import Pause
from songsheet.team.acting import Acting, acting_on, time_on
from songsheet.team.roles import Right
from songsheet.ui.toasts import tell

#: It runs on when that day begins to be worked.
MORNING = time(8)


@require_http_methods(["GET", "HEAD", "POST"])
def pause(request: HttpRequest, key: str) -> HttpResponse:
    """Let a promise stand still until a day."""
    viewer, at = acting_on(request), time_on(request)
    viewer.must(Right.WORK)
    _clock(viewer, key)
    zone = ZoneInfo(house_of(request).zone)

    def run(said: Pause) -> Done:
        until = datetime.combine(said.until, MORNING, zone)
        pause_clock(key, until, why=said.why, by=viewer, at=at)
        day = f"{said.until:%-d %B}"
        return _("The promise stands still until %(day)s") % {"day": day}, f"/clocks/{key}/resume"

    return ask(request, Asked(Pause, "/promises", _("Let it stand still"), _("Pause it")), run)


@require_POST
def resume(request: HttpRequest, key: str) -> HttpResponse:
    """Let it run on."""
    resume_clock(key, by=acting_on(request), at=time_on(request))
    tell(request, _("The promise runs on"))
    given = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(given, allowed_hosts={request.get_host()})
    return redirect(given if safe else "/promises")


def _clock(viewer: Acting, key: str) -> Clock:
    found = seen_by(viewer).filter(key=key).first()
    if found is None:
        raise NoSuchClock("There is no such clock. What it was about may have been erased.")
    return found
