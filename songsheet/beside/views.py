"""The pages of webhooks: where events go, how it goes, and sending again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from songsheet.base.refusals import Refusal
from songsheet.beside import actions
from songsheet.beside.commands import AddWebhook
from songsheet.beside.jobs import send_soon
from songsheet.beside.kinds import kinds_for
from songsheet.beside.queries import MOST_SHOWN, deliveries_of, webhook_for, webhooks_seen_by
from songsheet.beside.signing import secret_of
from songsheet.doors.commands import form_of
from songsheet.doors.problems import errors_of
from songsheet.team.acting import acting_on, time_on
from songsheet.team.roles import Right
from songsheet.ui.toasts import tell


@require_safe
def webhooks(request: HttpRequest) -> HttpResponse:
    """All of them, with their state."""
    found = list(webhooks_seen_by(acting_on(request)))
    context = {"title": _("Webhooks"), "webhooks": found, "now": time_on(request)}
    return render(request, "beside/webhooks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add one: its secret is shown once, on the page that follows."""
    acting_on(request).must(Right.HOUSE)
    if request.method != "POST":
        return _add_page(request, form_of(AddWebhook))
    kinds = request.POST.getlist("kinds")
    try:
        given = AddWebhook.read(request.POST)
        made = actions.add_webhook(
            url=given.url, label=given.label, kinds=kinds, by=acting_on(request), at=time_on(request)
        )
    except Refusal as refusal:
        if not set(errors_of(refusal)) & set(AddWebhook.model_fields):
            raise
        form = form_of(AddWebhook, typed=request.POST, refusal=refusal)
        return _add_page(request, form, chosen=kinds, status=refusal.status)
    return _page(request, made.key, secret=True)


@require_safe
def webhook(request: HttpRequest, key: str) -> HttpResponse:
    """One webhook with its deliveries."""
    return _page(request, key)


@require_POST
def switch(request: HttpRequest, key: str, state: str) -> HttpResponse:
    """Pause or resume."""
    actions.change_webhook(key, state=state, by=acting_on(request), at=time_on(request))
    send_soon(key)
    tell(request, _("The webhook goes on") if state == "on" else _("The webhook is paused"))
    return redirect("webhook", key=key)


@require_POST
def renew(request: HttpRequest, key: str) -> HttpResponse:
    """A new secret, shown once; the one before holds for a day."""
    actions.renew_secret(key, by=acting_on(request), at=time_on(request))
    return _page(request, key, secret=True)


@require_POST
def ping(request: HttpRequest, key: str) -> HttpResponse:
    """Send a test event."""
    actions.ping(key, by=acting_on(request), at=time_on(request))
    send_soon(key)
    tell(request, _("A test event is on its way"))
    return redirect("webhook", key=key)


@require_POST
def resend(request: HttpRequest, key: str, delivery: str) -> HttpResponse:
    """Send a delivery once more."""
    actions.resend(key, delivery, by=acting_on(request), at=time_on(request))
    send_soon(key)
    tell(request, _("It is sent again"))
    return redirect("webhook", key=key)


@require_POST
def end(request: HttpRequest, key: str) -> HttpResponse:
    """Take it out."""
    actions.take_webhook_out(key, by=acting_on(request), at=time_on(request))
    tell(request, _("The webhook was taken out"))
    return redirect("webhooks")


def _page(request: HttpRequest, key: str, *, secret: bool = False) -> HttpResponse:
    one = webhook_for(acting_on(request), key)
    deliveries = deliveries_of(one, before=request.GET.get("before", ""))
    context = {
        "title": str(one),
        "crumbs": [{"label": _("Webhooks"), "url": "/webhooks"}, {"label": str(one)}],
        "one": one,
        "secret": secret_of(one) if secret else "",
        "deliveries": deliveries,
        "older": deliveries[-1].key if len(deliveries) == MOST_SHOWN else "",
        "now": time_on(request),
    }
    return render(request, "beside/webhook.html", context)


def _add_page(
    request: HttpRequest, form: Any, *, chosen: list[str] | None = None, status: int = 200
) -> HttpResponse:
    kinds: dict[str, list[dict[str, Any]]] = {}
    for kind in kinds_for(acting_on(request)):
        part, _dot, name = kind.partition(".")
        one = {"name": kind, "label": name.replace("_", " "), "chosen": kind in (chosen or [])}
        kinds.setdefault(part.capitalize(), []).append(one)
    crumbs = [{"label": _("Webhooks"), "url": "/webhooks"}, {"label": _("Add a webhook")}]
    context = {"form": form, "kinds": kinds, "crumbs": crumbs}
    return render(request, "beside/add.html", context, status=status)
