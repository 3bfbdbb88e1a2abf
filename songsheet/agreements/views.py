"""The pages of agreements: the list, one agreement with its history, one version and what is done with it."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from songsheet.agreements import actions, deputy_actions, signing_actions
from songsheet.agreements.errors import DayIsOver
from songsheet.agreements.models import Version
from songsheet.agreements.overview import overview
from songsheet.agreements.queries import (
    deputies,
    deputy_choices,
    history_of,
    kind_named,
    signers_by_side,
    version_for,
)
from songsheet.agreements.showing import page_of, side_label
from songsheet.team.acting import acting_on, time_on
from songsheet.team.roles import Right
from songsheet.ui.toasts import tell

State = Version.State


@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """Every agreement: what is in force, what waits for whom, what is drafted; and who signs."""
    viewer = acting_on(request)
    context: dict[str, Any] = {
        "title": _("Agreements"),
        "standing": overview(viewer, time_on(request)),
        "signers": signers_by_side(),
        "deputies": deputies(),
        "may_name": viewer.may(Right.TEAM),
        "choices": deputy_choices() if viewer.may(Right.TEAM) else [],
    }
    return render(request, "agreements/agreements.html", context)


@require_safe
def agreement(request: HttpRequest, kind: str) -> HttpResponse:
    """One agreement with every version of it, the newest first."""
    known = kind_named(kind)
    context: dict[str, Any] = {
        "title": known.label,
        "crumbs": [{"label": _("Agreements"), "url": "/agreements"}, {"label": known.label}],
        "kind": known,
        "versions": history_of(acting_on(request), kind),
        "may": acting_on(request).rights,
    }
    return render(request, "agreements/agreement.html", context)


@require_POST
def propose(request: HttpRequest, kind: str) -> HttpResponse:
    """Begin a draft from what is in force, and on to its table."""
    made = actions.propose(kind, by=acting_on(request), at=time_on(request))
    return redirect("table", key=made.key)


@require_safe
def version(request: HttpRequest, key: str) -> HttpResponse:
    """One version as clauses that can be read, with what it says otherwise than another one."""
    return render(request, "agreements/version.html", page_of(request, key, request.GET.get("against", "")))


@require_POST
def offer(request: HttpRequest, key: str) -> HttpResponse:
    """Put a draft on the table for both sides."""
    days = {name: _day(request.POST.get(name, ""), name) for name in ("decide_by", "starts_on")}
    actions.offer(key, by=acting_on(request), at=time_on(request), **days)
    tell(request, _("Both sides are asked for their key"))
    return redirect("version", key=key)


@require_POST
def sign(request: HttpRequest, key: str) -> HttpResponse:
    """Turn the key of one's side over the text that was shown."""
    seen = request.POST.get("hash", "")
    left = signing_actions.sign(key, hash=seen, by=acting_on(request), at=time_on(request))
    in_force = left.state == State.IN_FORCE
    tell(request, _("Both sides have signed: it is in force") if in_force else _("Your side has signed"))
    return redirect("version", key=key)


@require_POST
def refuse(request: HttpRequest, key: str) -> HttpResponse:
    """Say no with the reason, and go on to a proposal of one's own where that is wanted."""
    by, why = acting_on(request), request.POST.get("why", "")
    body = version_for(by, key).body if request.POST.get("counter") else None
    left = signing_actions.refuse(key, why=why, body=body, by=by, at=time_on(request))
    tell(request, _("It is refused, and the reason is kept"))
    return redirect("table" if body else "version", key=left.key)


@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Take a draft or an offer off the table."""
    left = actions.withdraw(key, why=request.POST.get("why", ""), by=acting_on(request), at=time_on(request))
    tell(request, _("It is off the table"))
    return redirect("agreement", kind=left.agreement.kind)


@require_POST
def stop(request: HttpRequest, key: str) -> HttpResponse:
    """End what is in force, with one key."""
    signing_actions.stop(key, why=request.POST.get("why", ""), by=acting_on(request), at=time_on(request))
    tell(request, _("It is stopped. Releasing it again takes both keys."))
    return redirect("version", key=key)


@require_POST
def name(request: HttpRequest) -> HttpResponse:
    """Name a deputy of a side."""
    made = deputy_actions.name_deputy(
        request.POST.get("member", ""), by=acting_on(request), at=time_on(request)
    )
    said = {"name": made.member.name, "side": side_label(made.side)}
    tell(request, _("%(name)s can sign for %(side)s") % said)
    return redirect("agreements")


@require_POST
def end(request: HttpRequest, key: str) -> HttpResponse:
    """Take a deputy's key back."""
    deputy_actions.end_deputy(key, by=acting_on(request), at=time_on(request))
    tell(request, _("Their key is taken back"))
    return redirect("agreements")


def _day(text: str, field: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise DayIsOver("That is no day. Choose one from the calendar.", field=field) from None
