"""Changing many records from a list: the dialog, its preview, progress, what came of it, undoing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from songsheet.base.refusals import Refusal
from songsheet.flows.bulk.asked import chosen_in, kind_in, sent_along, wanted_in
from songsheet.flows.bulk.change_many import (
    Preview,
    change_many,
    change_of,
    keys_of,
    preview,
    sentences,
    undo_change,
)
from songsheet.flows.bulk.kinds import Kind, kind_of
from songsheet.flows.bulk.only_leads import ENDS
from songsheet.flows.bulk.settable import settable_on
from songsheet.flows.jobs import enqueue
from songsheet.flows.models import BulkChange, BulkRow
from songsheet.tags.queries import tag_names
from songsheet.team.acting import acting_on, time_on
from songsheet.team.queries import member_choices
from songsheet.team.roles import Right
from songsheet.ui.toasts import tell

MOST_SHOWN = 100
State = BulkChange.State


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """The dialog of one act for the chosen rows."""
    viewer, kind, chosen, wanted = (
        acting_on(request),
        kind_in(request),
        chosen_in(request),
        wanted_in(request),
    )
    viewer.must(kind.assigning if wanted.act == "assign" else kind.changing)
    fields = settable_on(kind.name) if wanted.act == "set" else []
    context: dict[str, Any] = {
        "act": wanted.act,
        "kind": kind,
        "count": len(keys_of(kind.name, chosen, by=viewer)),
        "sent": sent_along(request, chosen),
        "members": member_choices() if wanted.act == "assign" else [],
        "tags": tag_names() if wanted.act == "tag" else [],
        "fields": fields,
        "ends": ENDS.items() if wanted.act == "end" else [],
        "field": next((one for one in fields if one.name == wanted.field), fields[0] if fields else None),
    }
    part = "#value" if request.headers.get("HX-Target") == "bulk-value" else ""
    return render(request, f"flows/bulk_ask.html{part}", context)


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """What the change would do, before it is done."""
    viewer, at = acting_on(request), time_on(request)
    viewer.must(Right.WORK)
    kind, chosen, wanted = kind_in(request), chosen_in(request), wanted_in(request)
    is_fresh = bool(request.POST.get("fresh"))  # the field was just chosen, its value was not yet
    if not wanted.value and (is_fresh or wanted.act in ("tag", "untag", "end")):
        return render(request, "flows/bulk_ask.html#preview")
    try:
        seen = preview(kind.name, chosen, wanted, by=viewer, at=at)
    except Refusal as refusal:
        return render(request, "flows/bulk_ask.html#preview", {"refusal": refusal})
    return render(request, "flows/bulk_ask.html#preview", {"seen": seen, "says": _foretold(seen)})


def _foretold(seen: Preview) -> str:
    """What would come of it, in words: only what there is."""
    counts = (
        (seen.changed, ngettext("%(n)s will change", "%(n)s will change", seen.changed)),
        (seen.unchanged, ngettext("%(n)s is so already", "%(n)s are so already", seen.unchanged)),
        (seen.refused, ngettext("%(n)s will be refused", "%(n)s will be refused", seen.refused)),
    )
    said = [words % {"n": f"{count:,}"} for count, words in counts if count]
    if not seen.changed:
        said = [_("None will change"), *said]
    return f"{', '.join(said)}."


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Change the chosen rows: few at once, many in the background."""
    viewer, at, kind = acting_on(request), time_on(request), kind_in(request)
    viewer.must(Right.WORK)
    change = change_many(kind.name, chosen_in(request), wanted_in(request), by=viewer, at=at)
    if change.is_under_way:
        enqueue(change.key)
        return redirect("bulk_change", key=change.key)
    if change.refused:
        return redirect("bulk_change", key=change.key)
    tell(request, done(change), undo_url=f"/bulk/{change.key}/undo" if change.changed else "")
    query = request.POST.get("query", "")
    return redirect(f"{kind.listing.path}?{query}" if query else kind.listing.path)


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """The latest changes of many records, each with its way back."""
    acting_on(request).must(Right.LOOK)
    found = BulkChange.objects.select_related("member").order_by("-id")[:50]
    context = {"title": _("Changes of many"), "changes": [(one, done(one)) for one in found]}
    return render(request, "flows/bulk_changes.html", context)


@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One change: how far it is, or what came of it, with every refusal."""
    viewer = acting_on(request)
    viewer.must(Right.LOOK)
    change = change_of(key)
    asks_how_far = request.headers.get("HX-Target") == "progress"
    if asks_how_far and not change.is_under_way:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {
        "change": change,
        "title": done(change),
        "crumbs": [{"label": _("Changes of many"), "url": "/bulk"}, {"label": done(change), "url": ""}],
        "may_undo": viewer.may(Right.WORK) and change.state == State.FINISHED and change.changed > 0,
        "list_url": kind_of(change.what).listing.path,
    }
    if not change.is_under_way:
        context |= {"reasons": sentences(change), "left": _left(change, viewer)}
    return render(request, f"flows/bulk_change.html{'#progress' if asks_how_far else ''}", context)


@require_POST
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """Undo a whole change; what people changed since stays and is listed."""
    change = undo_change(key, by=acting_on(request), at=time_on(request))
    if change.is_under_way:
        enqueue(change.key)
    if change.is_under_way or change.stayed:
        return redirect("bulk_change", key=key)
    tell(request, done(change))
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if safe else f"/bulk/{key}")


def done(change: BulkChange) -> str:
    """What came of a change, in words."""
    kind = kind_of(change.what)
    count = change.rows if change.is_under_way else change.changed
    words = {"n": f"{count:,}", "what": _counted(kind, count), "value": change.says}
    if change.state == State.UNDONE:
        words |= {"n": f"{change.undone:,}", "what": _counted(kind, change.undone)}
        return _("%(n)s %(what)s are as they were") % words
    said = {
        "assign": _("%(n)s %(what)s went to %(value)s"),
        "set": _("%(n)s %(what)s were set to %(value)s"),
        "tag": _("%(n)s %(what)s were tagged %(value)s"),
        "untag": _("%(n)s %(what)s lost the tag %(value)s"),
        "archive": _("%(n)s %(what)s were archived"),
        "bring_back": _("%(n)s %(what)s came back"),
        "end": _("%(n)s %(what)s ended: %(value)s"),
        "route": _("%(n)s %(what)s were routed"),
    }
    return said[change.act] % words


def _counted(kind: Kind, count: int) -> str:
    words = {
        "people": ngettext("buyer", "buyers", count),
        "companies": ngettext("company", "companies", count),
        "leads": ngettext("lead", "leads", count),
        "deals": ngettext("deal", "deals", count),
        "touches": ngettext("touch", "touches", count),
        "tasks": ngettext("task", "tasks", count),
        "campaigns": ngettext("campaign", "campaigns", count),
    }
    return words[kind.name]


def _left(change: BulkChange, viewer: Any) -> list[dict[str, Any]]:
    """The rows that were refused, or stayed when it was undone: who, where, and why; the first hundred."""
    listing = kind_of(change.what).listing
    state = BulkRow.State.STAYED if change.state == State.UNDONE else BulkRow.State.REFUSED
    lines = list(BulkRow.objects.filter(bulk=change, state=state).order_by("id")[:MOST_SHOWN])
    keys = [line.key for line in lines]
    rows = {row.key: row for row in listing.base(viewer).filter(key__in=keys)}
    if len(rows) < len(keys) and listing.archive:
        rows |= {row.key: row for row in listing.archive(viewer).filter(key__in=keys)}
    first = listing.columns[0]
    return [
        {"key": line.key, "why": line.reason, "cell": first.html(rows[line.key]) if line.key in rows else ""}
        for line in lines
    ]
