"""The page of the load, what one member's consists of, and moving leads with a way back."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from songsheet.clocks.kinds import KINDS
from songsheet.clocks.models import Clock
from songsheet.deals.models import Deal
from songsheet.desk.letters.views import house_of
from songsheet.desk.load.moving import could_move
from songsheet.desk.load.read import Load, loads
from songsheet.flows.bulk.change_many import Chosen, Wanted, change_many
from songsheet.leads.models import Lead
from songsheet.team.acting import acting_on, time_on
from songsheet.team.errors import NoSuchMember
from songsheet.team.roles import Right
from songsheet.ui.toasts import tell

MOST_SHOWN = 50
_WHOLE = ("person__root__company__root", "person__company__root")


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Everybody's minutes a week, who drowns first, and what could move to whom."""
    viewer = acting_on(request)
    viewer.must(Right.LOOK)
    found = loads(house_of(request), time_on(request))
    context = {
        "title": _("Load"),
        "found": found,
        "headline": _headline(found.drowning),
        "moves": could_move(found, time_on(request)),
        "may_move": viewer.may(Right.OFFER) and viewer.may(Right.WORK),
        "may_propose": viewer.may(Right.PROPOSE),
    }
    return render(request, "desk/load/load.html", context)


@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """What the load of one member consists of."""
    acting_on(request).must(Right.LOOK)
    load = loads(house_of(request), time_on(request)).of(key)
    if load is None:
        raise NoSuchMember("Nobody who works here is meant. Look for them on the page of the load.")
    context = {
        "title": load.member.name,
        "crumbs": [{"label": _("Load"), "url": "/load"}, {"label": load.member.name, "url": ""}],
        "now": time_on(request),
        "one": load,
        **_made_of(load, time_on(request)),
    }
    return render(request, "desk/load/one.html", context)


@require_POST
def move(request: HttpRequest) -> HttpResponse:
    """Move leads to a member: one change of many, that is undone as one."""
    viewer, at = acting_on(request), time_on(request)
    keys = tuple(key for key in request.POST.get("keys", "").split(",") if key)
    made = change_many(
        "leads", Chosen(keys), Wanted("assign", value=request.POST.get("to", "")), by=viewer, at=at
    )
    said = ngettext("%(n)s lead went to %(name)s", "%(n)s leads went to %(name)s", made.changed)
    told = said % {"n": made.changed, "name": made.says}
    if made.refused:
        told += _("; %(n)s could not move") % {"n": made.refused}
    tell(request, told, undo_url=f"/bulk/{made.key}/undo")
    return redirect("load")


def _headline(drowning: list[Load]) -> str:
    if not drowning:
        return _("Nobody has more to do than time for it.")
    first = drowning[0]
    words = _("%(name)s has %(n)s minutes a week more than time for them") % {
        "name": first.member.name,
        "n": f"{-first.room:,}",
    }
    rest = len(drowning) - 1
    more = ngettext("; so has %(n)s more.", "; so have %(n)s more.", rest) % {"n": rest} if rest else "."
    return words + more


def _made_of(load: Load, at: datetime) -> dict[str, Any]:
    """The first leads and deals, and the clocks by kind; the counts above them are of all."""
    leads = Lead.objects.filter(owner=load.member, gone_at=None, clock__isnull=False)
    deals = Deal.objects.filter(owner=load.member, gone_at=None, state=Deal.State.OPEN)
    running = Clock.objects.filter(member=load.member, state=Clock.State.RUNNING).order_by()
    late = Count("id", filter=Q(due_at__lt=at))
    by_kind = (
        running.values_list("kind").annotate(n=Count("id"), late=late, first=Min("due_at")).order_by("first")
    )
    shown = leads.select_related("clock", "person__company").prefetch_related(*_WHOLE)
    return {
        "leads": list(shown.order_by("clock__due_at", "id")[:MOST_SHOWN]),
        "deals": list(
            deals.select_related("lead__person", "company")
            .prefetch_related("lead__person__root")
            .order_by("-opened_at", "-id")[:MOST_SHOWN]
        ),
        "clocks": [(_(KINDS[kind].label), n, late, first) for kind, n, late, first in by_kind],
        "most": MOST_SHOWN,
    }
