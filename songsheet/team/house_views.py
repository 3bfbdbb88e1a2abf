"""The settings of the house: its name, zone and currency, and from when on something is a leak."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from songsheet.base.refusals import Refusal
from songsheet.doors.commands import form_of
from songsheet.team.acting import acting_on, time_on
from songsheet.team.actions import change_house
from songsheet.team.commands import ChangeHouse
from songsheet.team.models import House
from songsheet.team.queries import house
from songsheet.team.roles import Right
from songsheet.team.thresholds import THRESHOLDS
from songsheet.ui.toasts import tell


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Read and change the settings; a save over somebody else's shows both values."""
    acting_on(request).must(Right.HOUSE)
    if request.method != "POST":
        return _page(request, house())
    version = request.POST.get("version", "")
    try:
        values = ChangeHouse.read(request.POST).model_dump()
        change_house(
            **values,
            version=int(version) if version.isdecimal() else 0,
            by=acting_on(request),
            at=time_on(request),
        )
    except Refusal as refusal:
        return _page(request, house(), refusal=refusal)
    tell(request, _("The settings were saved"))
    return redirect("settings")


def _page(request: HttpRequest, there: House, *, refusal: Refusal | None = None) -> HttpResponse:
    values = {name: there.value_of(name) for name in ChangeHouse.model_fields}
    typed = request.POST if refusal else None
    form = form_of(ChangeHouse, values=values, typed=typed, refusal=refusal)
    is_stale = refusal is not None and refusal.code == "stale"
    rows = [(field, _theirs(field, values, typed) if is_stale else "") for field in form]
    context = {
        "title": _("Settings"),
        "there": there,
        "company": [row for row in rows if row[0].name not in THRESHOLDS],
        "leaks": [row for row in rows if row[0].name in THRESHOLDS],
        "refusal": refusal,
    }
    return render(request, "team/settings.html", context, status=refusal.status if refusal else 200)


def _theirs(field: Any, values: dict[str, Any], typed: Any) -> str:
    written = str(values[field.name])
    return written if written != typed.get(field.name, "") else ""
