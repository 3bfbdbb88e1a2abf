"""The page of one leak: where its leads came from, the action that mends it with its preview, undoing it."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from songsheet.base.time import day_of
from songsheet.desk.letters import mending
from songsheet.desk.letters.asked import Limits, limits_of
from songsheet.desk.letters.kinds import BY_NAME, Kind
from songsheet.desk.letters.letter import Leak, letters
from songsheet.desk.letters.views import asked_of, house_of, shown
from songsheet.flows import mend_a_leak
from songsheet.flows.models import Mending
from songsheet.handoffs.models import Return
from songsheet.team.acting import acting_on, time_on
from songsheet.touches.models import Campaign, Source
from songsheet.ui.toasts import tell

MOST_ROWS, MOST_SHOWN = 40, 25


@require_safe
def leak(request: HttpRequest, name: str) -> HttpResponse:
    """One leak: how many leads, from where, and what mends it."""
    kind, viewer = mending.kind_named(name), acting_on(request)
    told = letters(viewer, at=time_on(request), asked=asked_of(request), house=house_of(request))
    found = next((one for one in told.leaks if one.kind is kind), None)
    kept = {filter_: request.GET[filter_] for filter_ in mending.FILTERS if request.GET.get(filter_)}
    heading = found.sentence if found else _("Nothing leaks here any more")
    context = {
        "title": heading,
        "crumbs": [
            {"label": _("Letters"), "url": "/letters"},
            {"label": kind.name.replace("_", " ").capitalize(), "url": ""},
        ],
        "now": time_on(request),
        "kind": kind,
        "found": found and shown(found),
        "kept": kept,
        "query": urlencode(kept),
        "threshold": _threshold(kind, told.limits),
        "may": viewer.may(mending.right_for(kind)),
        **(_rows(request, kind, found, told.counts.leaked) if found else {}),
        **(_preview(request, kind, told.limits) if found else {}),
    }
    return render(request, "desk/leak.html", context)


@require_POST
def mend(request: HttpRequest, name: str) -> HttpResponse:
    """Do what mends the leak, for the leads that can still be saved; with a way back."""
    kind, viewer, at = mending.kind_named(name), acting_on(request), time_on(request)
    limits = limits_of(house_of(request), at)
    leads = mending.newest(_saveable(request, kind, request.POST, limits), 500)
    step, on = request.POST.get("step", ""), _day(request.POST.get("on", ""), at.date())
    done = mending.mend(leads, kind, limits, step=step, on=on, by=viewer, at=at)
    tell(request, _done(done), undo_url=f"/letters/mendings/{done.key}/undo")
    return redirect("letters")


@require_POST
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """Undo a mending: everything as it was, but what people changed since."""
    _mending, stay = mending.undo(key, by=acting_on(request), at=time_on(request))
    said = _("Undone: everything is as it was")
    if stay:
        said = ngettext(
            "Undone, but %(n)s stays: somebody went on with it",
            "Undone, but %(n)s stay: somebody went on with them",
            stay,
        ) % {"n": stay}
    tell(request, said)
    return redirect("letters")


def _day(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise


def _saveable(request: HttpRequest, kind: Kind, given: Any, limits: Limits) -> Any:
    return mending.saveable(acting_on(request), kind, given, house=house_of(request), limits=limits)


def _threshold(kind: Kind, limits: Limits) -> str:
    names = {
        "never_contacted": ("never_contacted_working_hours", _("Counted after %(n)s working hours.")),
        "late": ("late_after_hours", _("Counted after %(n)s hours.")),
        "silent": ("silent_after_days", _("Counted after %(n)s days.")),
        "worked_twice": ("worked_twice_within_days", _("Counted within %(n)s days.")),
        "offered_not_answered": (
            "offered_not_answered_working_hours",
            _("Counted after %(n)s working hours."),
        ),
        "returned_not_picked_up": (
            "returned_not_picked_up_working_hours",
            _("Counted after %(n)s working hours."),
        ),
    }
    name, words = names.get(kind.name, ("", ""))
    return words % {"n": limits.thresholds[name]} if name else ""


def _rows(request: HttpRequest, kind: Kind, found: Leak, leaked: Any) -> dict[str, Any]:
    """Where the leads behind the leak came from, the thickest first."""
    counts = leaked[list(BY_NAME).index(kind.name)]
    sources = dict(Source.objects.values_list("id", "name"))
    campaigns = {one.id: one for one in Campaign.objects.only("key", "name")}
    days = {name: request.GET[name] for name in ("from", "until") if request.GET.get(name)}
    rows = []
    origins = sorted(counts.by_origin.items(), key=lambda one: (-counts.still_by_origin[one[0]], -one[1]))
    for (source, campaign), leads in origins[:MOST_ROWS]:
        known = campaigns.get(campaign)
        where = {"source": sources.get(source, "Unknown"), "campaign": known.key if known else "none", **days}
        rows.append(
            {
                "source": where["source"],
                "campaign": known.name if known else "",
                "leads": leads,
                "still": counts.still_by_origin[source, campaign],
                "url": "/letters/leads?" + urlencode({"leak": kind.name, **where}),
                "still_url": "/letters/leads?" + urlencode({"still": kind.name, **where}),
                "only_url": f"/letters/leaks/{kind.name}?" + urlencode(where),
                "only": request.GET.get("campaign") == where["campaign"],
            }
        )
    return {"rows": rows, "rest": max(0, len(origins) - MOST_ROWS)}


def _preview(request: HttpRequest, kind: Kind, limits: Limits) -> dict[str, Any]:
    """What the action would do, to whom, before it is done."""
    leads = _saveable(request, kind, request.GET, limits)
    if kind.act in ("offer", "take"):
        first = mending.newest(leads, mend_a_leak.MOST_OFFERED)
        plan = mending.plan_of(kind, first, limits, by=acting_on(request))
        a_day = limits.thresholds["taken_up_a_day"]
        return {
            "plan": plan,
            "count": len(plan.to) if plan else 0,
            "a_day": a_day,
            "first": first[:MOST_SHOWN],
        }
    first = mending.newest(leads, MOST_SHOWN)
    if kind.act == "step":
        tomorrow = day_of(time_on(request), house_of(request).zone) + timedelta(days=1)
        while tomorrow.weekday() > 4:
            tomorrow += timedelta(days=1)
        return {"count": min(leads.count(), mend_a_leak.MOST_DATED), "on": tomorrow, "first": first}
    asked = _who_is_asked(leads, kind)
    count = min(sum(one["n"] for one in asked), mend_a_leak.MOST_ASKED)
    return {"asked": asked, "count": count, "first": first}


def _who_is_asked(leads: Any, kind: Kind) -> list[dict[str, Any]]:
    """Who owes the answer to a return; else who has the lead, or answers for its queue."""
    if kind.name == "returned_not_picked_up":
        owed = Return.objects.filter(state=Return.State.OWED, gone_at=None, lead__in=leads.values("lead"))
        by_name = owed.order_by().values("owes__name").annotate(n=Count("lead", distinct=True))
        return [{"name": one["owes__name"], "n": one["n"]} for one in by_name.order_by("-n", "owes__name")]
    responsible = "lead__queue__responsible__name"
    by_owner = leads.order_by().values("owner__name", responsible).annotate(n=Count("lead"))
    return [
        {"name": one["owner__name"] or one[responsible] or _("Nobody"), "n": one["n"]}
        for one in by_owner.order_by("-n", "owner__name")[:30]
    ]


def _done(made: Mending) -> str:
    count = made.count
    if made.kind == Mending.Kind.OFFER:
        members = {member for member, _version in made.done.values()}
        said = ngettext("%(n)s lead went to %(guides)s", "%(n)s leads went to %(guides)s", count)
        to = ngettext("%(n)s Guide", "%(n)s Guides", len(members)) % {"n": len(members)}
        to = _("you") if members == {made.by} else to
        return said % {"n": f"{count:,}", "guides": to}
    if made.kind == Mending.Kind.STEP:
        said = ngettext("%(n)s deal has a next step", "%(n)s deals have a next step", count)
    else:
        said = ngettext("The owner of %(n)s lead was asked", "The owners of %(n)s leads were asked", count)
    return said % {"n": f"{count:,}"}
