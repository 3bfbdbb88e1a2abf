"""The pages of appointments for members: the list, one with its meetings, and what becomes of a meeting."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from songsheet.base.refusals import Refusal
from songsheet.intake.appointments import booking_actions, meeting_actions, page_actions
from songsheet.intake.appointments.commands import offer_form, read_offer
from songsheet.intake.appointments.errors import NotYourPage
from songsheet.intake.appointments.giving_actions import give_meeting, who_could
from songsheet.intake.appointments.jobs import mail_soon
from songsheet.intake.appointments.meeting_actions import may_handle
from songsheet.intake.appointments.models import BookingPage
from songsheet.intake.appointments.offer import where
from songsheet.intake.appointments.queries import (
    MOST_SHOWN,
    VIEWS,
    asked_of,
    counts_of,
    may_change,
    meeting_for,
    meetings_of,
    members_of,
    offer_of,
    page_for,
    pages_seen_by,
)
from songsheet.intake.forms.reading import lines
from songsheet.team.acting import acting_on, time_on
from songsheet.team.roles import Right
from songsheet.ui.toasts import tell

_DONE = {
    "held": (meeting_actions.meeting_was_held, _("It stands in the story that you met")),
    "no-show": (meeting_actions.nobody_came, _("It stands in the story that nobody came")),
    "cancel": (meeting_actions.cancel_meeting, _("The appointment is cancelled, and a mail tells them so")),
    "let-in": (booking_actions.let_in, _("The time is held, and a mail asks them to confirm it")),
    "drop": (booking_actions.drop, _("The booking was dropped")),
}


@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """All pages, with how many appointments are to come; and those that are mine."""
    viewer = acting_on(request)
    found = list(pages_seen_by(viewer)[:200])
    counts = counts_of(found)
    rows = [(one, offer_of(one), members_of(offer_of(one)), counts.get(one.pk, {})) for one in found]
    mine = meetings_of(viewer, member=viewer.member.key)[:10] if viewer.member else []
    context = {
        "title": _("Appointments"), "rows": rows, "mine": mine, "may_make": may_change(viewer, None),
        "url": settings.ENVIRONMENT.url,
    }  # fmt: skip
    return render(request, "intake/appointments/pages.html", context)


@require_safe
def page(request: HttpRequest, key: str) -> HttpResponse:
    """One page: its address, what it offers, and what was booked there."""
    viewer = acting_on(request)
    one = page_for(viewer, key)
    offer, view = offer_of(one), request.GET.get("view", "coming")
    view = view if view in VIEWS else "coming"
    found = meetings_of(viewer, page=one, view=view, after=request.GET.get("after", ""))
    context = {
        "title": one.name, "one": one, "offer": offer, "where": where(offer), "members": members_of(offer),
        "crumbs": [{"label": _("Appointments"), "url": "/appointments"}, {"label": one.name}],
        "link": f"{settings.ENVIRONMENT.url}/m/{one.key}", "views": _views(one, view), "view": view,
        "meetings": [(m, lines(asked_of(m), m.said), may_handle(viewer, m)) for m in found],
        "more": found[-1].key if len(found) == MOST_SHOWN else "", "may_change": may_change(viewer, one),
        "may_front": viewer.may(Right.FRONT), "now": time_on(request),
    }  # fmt: skip
    return render(request, "intake/appointments/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Offer times."""
    return _edited(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Change what a page offers."""
    return _edited(request, page_for(acting_on(request), key))


@require_POST
def switch(request: HttpRequest, key: str, *, is_open: bool) -> HttpResponse:
    """Nobody books there, or everybody can again."""
    page_actions.change_page(key, is_open=is_open, by=acting_on(request), at=time_on(request))
    tell(request, _("The page is open") if is_open else _("The page is closed. What is booked stays."))
    return redirect("appointment_page", key=key)


@require_POST
def end(request: HttpRequest, key: str) -> HttpResponse:
    """Take it out."""
    page_actions.take_page_out(key, by=acting_on(request), at=time_on(request))
    tell(request, _("The page was taken out. What is booked stays."))
    return redirect("appointments")


@require_safe
def meeting(request: HttpRequest, key: str) -> HttpResponse:
    """One appointment."""
    viewer = acting_on(request)
    one = meeting_for(viewer, key)
    said = {name: value for name, value in one.said.items() if name != "name" or one.person is None}
    at, mine = time_on(request), may_handle(viewer, one)
    is_to_come = mine and one.is_open and one.begins_at > at
    context = {
        "title": one.title, "one": one, "said": lines(asked_of(one), said),
        "mine": mine, "url": f"/meetings/{one.key}", "begun": one.begins_at <= at,
        "is_to_come": is_to_come,
        "could": [(who, {"member": who.key}) for who in who_could(one, at=at)] if is_to_come else [],
        "crumbs": [{"label": _("Appointments"), "url": "/appointments"}, {"label": one.title}],
    }  # fmt: skip
    return render(request, "intake/appointments/meeting.html", context)


@require_POST
def give(request: HttpRequest, key: str) -> HttpResponse:
    """Another member holds it."""
    to = request.POST.get("member", "")
    given = give_meeting(key, to, by=acting_on(request), at=time_on(request))
    mail_soon(given)
    name = given.member.name if given.member else ""
    tell(request, _("%(name)s has the appointment, and a mail tells the buyer so") % {"name": name})
    return redirect("meeting", key=key)


@require_POST
def decide(request: HttpRequest, key: str, what: str) -> HttpResponse:
    """What became of a meeting, or of a booking that looked strange."""
    act, says = _DONE[what]
    done = act(key, by=acting_on(request), at=time_on(request))
    mail_soon(done)
    tell(request, str(says))
    return redirect(_back(request) or f"/meetings/{done.key}")


def _back(request: HttpRequest) -> str:
    to = request.POST.get("next", "")
    return to if url_has_allowed_host_and_scheme(to, None) and to.startswith("/") else ""


def _edited(request: HttpRequest, one: BookingPage | None) -> HttpResponse:
    """What was typed becomes the page; where it cannot, the form stays with why."""
    viewer, at = acting_on(request), time_on(request)
    if not may_change(viewer, one):
        if one is None:
            viewer.must(Right.WORK)
        raise NotYourPage("This is the page of somebody else, or of a team. Ask them to change it.")
    if request.method != "POST":
        return _form_page(request, one, offer_form(viewer, offer_of(one) if one else None))
    try:
        body, number = read_offer(request.POST), request.POST.get("version", "")
        if one is None:
            saved = page_actions.make_page(body, by=viewer, at=at)
        else:
            version = int(number) if number.isdecimal() and len(number) < 9 else None
            saved = page_actions.change_page(one.key, body=body, version=version, by=viewer, at=at)
    except Refusal as refusal:
        return _form_page(request, one, offer_form(viewer, typed=request.POST, refusal=refusal), refusal)
    tell(request, _("The page is saved"))
    return redirect("appointment_page", key=saved.key)


def _form_page(
    request: HttpRequest, one: BookingPage | None, form: Any, refusal: Refusal | None = None
) -> HttpResponse:
    title = one.name if one else _("Offer appointments")
    context = {
        "title": title, "one": one, "form": form,
        "crumbs": [{"label": _("Appointments"), "url": "/appointments"}, {"label": title}],
    }  # fmt: skip
    return render(
        request, "intake/appointments/form.html", context, status=refusal.status if refusal else 200
    )


def _views(one: BookingPage, view: str) -> list[dict[str, Any]]:
    labels = {
        "coming": _("To come"),
        "over": _("Over"),
        "waiting": _("To be confirmed"),
        "dropped": _("Dropped"),
    }
    return [
        {
            "label": label,
            "url": f"/appointments/{one.key}?view={name}",
            "count": None,
            "current": name == view,
        }
        for name, label in labels.items()
    ]
