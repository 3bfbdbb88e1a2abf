"""The page of what comes in, live."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from songsheet.intake.held.queries import how_many_wait
from songsheet.intake.inbox.models import Door
from songsheet.intake.incoming.queries import arrivals
from songsheet.team.acting import acting_on
from songsheet.team.roles import Right


@require_safe
def incoming(request: HttpRequest) -> HttpResponse:
    """The newest arrivals with what became of each; the part that is asked for again is the rows alone."""
    viewer = acting_on(request)
    door, after = request.GET.get("door", ""), request.GET.get("after", "")
    page = arrivals(viewer, door=door, after=after)
    doors = {"": _("All"), **dict(Door.choices)}
    context = {
        "title": _("Incoming"),
        "page": page,
        "door": door,
        "after": after,
        "doors": [
            {"label": label, "url": f"?door={name}" if name else "/incoming", "current": name == door}
            for name, label in doors.items()
        ],
        "waiting": how_many_wait(viewer) if viewer.may(Right.FRONT) else 0,
    }
    name = "intake/incoming.html"
    is_part = request.headers.get("HX-Target") == "arrivals"
    return render(request, f"{name}#arrivals" if is_part else name, context)
