"""The page of the board, and the dialog that proposes who should do a duty."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from songsheet.base.refusals import NotFound, Refusal
from songsheet.base.text import fold
from songsheet.desk.duties.propose import propose_owner
from songsheet.desk.duties.read import board, sides
from songsheet.desk.letters.views import house_of
from songsheet.team.acting import acting_on, time_on
from songsheet.team.models import Member
from songsheet.team.roles import Right
from songsheet.ui.dialogs import leave
from songsheet.ui.toasts import tell

ONLY = ("orphaned", "double")


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Every duty by side, with what is wrong with it."""
    viewer = acting_on(request)
    viewer.must(Right.LOOK)
    found = board(house_of(request), time_on(request))
    only = request.GET.get("only", "") if request.GET.get("only") in ONLY else ""
    both = [
        {
            "side": label,
            "rows": found.of_side(side, only),
            "minutes": sum(row.duty.minutes_a_week for row in found.of_side(side)),
        }
        for side, label in sides()
    ]
    context = {
        "title": _("Duties"),
        "board": found,
        "both": both,
        "only": only,
        "may": viewer.may(Right.PROPOSE),
    }
    return render(request, "desk/duties/board.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Who should do a duty: asked for in a dialog, proposed as a draft at the table."""
    viewer = acting_on(request)
    viewer.must(Right.PROPOSE)
    given: Any = request.POST if request.method == "POST" else request.GET
    refusal = None
    if request.method == "POST":
        try:
            return _proposed(request, given)
        except Refusal as refused:
            if isinstance(refused, NotFound):
                raise
            refusal = refused
    return _asked(request, given, refusal)


def _asked(request: HttpRequest, given: Any, refusal: Refusal | None) -> HttpResponse:
    found = board(house_of(request), time_on(request))
    row = next((one for one in found.rows if fold(one.duty.name) == fold(given.get("duty", ""))), None)
    if row is None:
        raise NotFound(_("This duty is not on the board any more. Look at the board again."))
    context = {
        "title": _("Who does it"),
        "row": row,
        "members": Member.objects.active().order_by("name", "id"),
        "owner": given.get("owner", row.duty.owner),
        "deputy": given.get("deputy", row.duty.deputy),
        "minutes": given.get("minutes", row.duty.minutes_a_week),
        "refusal": refusal,
    }
    whole = not request.headers.get("HX-Request")
    name = "desk/duties/change_page.html" if whole else "desk/duties/change.html"
    return render(request, name, context, status=refusal.status if refusal else 200)


def _proposed(request: HttpRequest, given: Any) -> HttpResponse:
    minutes = given.get("minutes", "")
    draft = propose_owner(
        given.get("duty", ""),
        owner=given.get("owner", ""),
        deputy=given.get("deputy", ""),
        minutes=int(minutes) if minutes.isdecimal() and len(minutes) < 6 else None,
        by=acting_on(request),
        at=time_on(request),
    )
    tell(request, _("Proposed. It holds once both sides have signed it"))
    return leave(request, f"/agreements/versions/{draft.key}/table", is_gone=True)
