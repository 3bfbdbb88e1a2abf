"""The page of terms: the rules, when they are next looked at, and what the last nights did."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from songsheet.base.refusals import Refusal
from songsheet.flows.models import RetentionReport
from songsheet.flows.retention.people import HOLD
from songsheet.flows.retention.rules import purposes, rules, set_rules
from songsheet.flows.retention.running import COUNTED, run
from songsheet.team.acting import acting_on, time_on
from songsheet.team.roles import Right
from songsheet.ui.toasts import tell

#: Hour and minute, UTC, as the job of the night has it.
NIGHTLY = (1, 40)
MOST_REPORTS = 60


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """See the terms, or set them."""
    viewer = acting_on(request)
    viewer.must(Right.ERASE)
    if request.method != "POST":
        return _page(request)
    try:
        given = {name: _months(request.POST.get(name, "")) for name in purposes()}
        changed = set_rules(given, by=viewer, at=time_on(request))
    except Refusal as refusal:
        return _page(request, refusal=refusal)
    tell(request, _("The terms are kept") if changed else _("Nothing was changed"))
    return redirect("retention")


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Count what would go now; nothing goes."""
    acting_on(request).must(Right.ERASE)
    found = run(by=acting_on(request), at=time_on(request), dry=True)
    tell(request, _("Counted; nothing went") if found else _("No term is set: nothing would ever go"))
    return redirect("retention")


def _months(text: str) -> int | None:
    """Nothing typed is for ever; what is no number is refused as zero is."""
    text = text.strip()
    return (int(text) if text.isdecimal() and len(text) < 5 else 0) if text else None


def _page(request: HttpRequest, *, refusal: Refusal | None = None) -> HttpResponse:
    stand, now = rules(), time_on(request)
    typed = request.POST if refusal else {}
    night = now.replace(hour=NIGHTLY[0], minute=NIGHTLY[1], second=0, microsecond=0)
    known = purposes()
    reports = list(RetentionReport.objects.order_by("-id")[:MOST_REPORTS])
    rows: list[dict[str, Any]] = [
        {
            "name": name,
            "label": one.label,
            "says": one.says,
            "months": typed.get(name, stand[name].months or "" if name in stand else ""),
            "since": stand[name].at if name in stand else None,
            "wrong": refusal.sentence if refusal and refusal.field == name else "",
        }
        for name, one in known.items()
    ]
    context = {
        "title": _("How long we keep"),
        "crumbs": [{"label": _("Settings"), "url": "/settings"}, {"label": _("How long we keep")}],
        "rules": rows,
        "is_set": any(one.months for one in stand.values()),
        "next_run": night if night > now else night + timedelta(days=1),
        "reports": [(known[one.purpose].label, one) for one in reports if one.purpose in known],
        "counted": COUNTED,
        "hold": HOLD,
        "now": now,
        "refusal": refusal,
    }
    return render(request, "flows/retention.html", context, status=refusal.status if refusal else 200)
