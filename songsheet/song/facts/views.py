"""The pages of facts: the catalogue, one fact, stating and changing, doubting and answering."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from songsheet.base.refusals import Refusal
from songsheet.song.claims.queries import preview_change
from songsheet.song.facts.actions import change_fact, review_fact, state_fact, withdraw_fact
from songsheet.song.facts.acts import must_be_theirs, scope_read
from songsheet.song.facts.commands import (
    ChangeFact,
    StateFact,
    change_form,
    changed_of,
    state_form,
    stated_of,
)
from songsheet.song.facts.dispute_actions import answer_dispute, dispute_fact, settle_dispute
from songsheet.song.facts.errors import FactRefused
from songsheet.song.facts.models import Fact
from songsheet.song.facts.queries import fact_for
from songsheet.song.facts.showing import catalogue, page_of
from songsheet.song.facts.values import date_of, typed
from songsheet.team.acting import acting_on, time_on
from songsheet.team.queries import house
from songsheet.team.roles import Right
from songsheet.ui.toasts import tell


@require_safe
def facts(request: HttpRequest) -> HttpResponse:
    """What we offer, what we do not, and all else that is true of us."""
    viewer = acting_on(request)
    context = {
        "title": _("Facts"),
        "crumbs": _crumbs(),
        "here": "facts",
        "catalogue": catalogue(viewer, time_on(request)),
        "may_state": viewer.may(Right.STATE),
    }
    return render(request, "song/facts.html", context)


@require_safe
def fact(request: HttpRequest, fact: str) -> HttpResponse:
    """One fact: what it says and said, who doubts it, what rests on it."""
    viewer = acting_on(request)
    one = fact_for(viewer, fact)
    context = {"title": one.label, "crumbs": _crumbs(one), "here": "facts"}
    return render(request, "song/fact.html", context | page_of(viewer, one, time_on(request)))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """State a fact."""
    acting_on(request).must(Right.STATE)
    form, status = state_form(), 200
    if request.method == "POST":
        try:
            given = stated_of(StateFact.read(request.POST.dict()))
            made = state_fact(**given, by=acting_on(request), at=time_on(request))
            tell(request, _("The fact is stated"))
            return redirect("fact", fact=made.name)
        except Refusal as refusal:
            form, status = state_form(typed=request.POST, refusal=refusal), refusal.status
    crumbs = [*_crumbs(), {"label": _("State a fact")}]
    return render(request, "song/state_fact.html", {"form": form, "crumbs": crumbs}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, fact: str) -> HttpResponse:
    """Make it say something new; asked with a value it shows first what would no longer hold."""
    viewer, at = acting_on(request), time_on(request)
    one = fact_for(viewer, fact)
    must_be_theirs(one, viewer)
    sent = request.POST if request.method == "POST" else request.GET
    if "value" not in sent:
        return _change_page(request, one, change_form(one))
    try:
        given = changed_of(ChangeFact.read(sent.dict()))
        if request.method == "POST":
            change_fact(fact, **given, by=viewer, at=at)
            tell(request, _("The fact says something new"))
            return redirect("fact", fact=fact)
        return _change_page(request, one, change_form(one, typed=sent), moved=_preview(request, one, given))
    except Refusal as refusal:
        form = change_form(one, typed=sent, refusal=refusal)
        return _change_page(request, one, form, status=refusal.status)


def _preview(request: HttpRequest, one: Fact, given: dict[str, Any]) -> list[Any]:
    at = time_on(request)
    value = typed(one.kind, given["value"], choices=tuple(one.choices), currency=house().currency)
    scope = scope_read(given["product"], given["market"], given["segment"])
    return preview_change(
        acting_on(request), one, value, scope, since=max(given["valid_from"] or at, at), at=at
    )


def _change_page(
    request: HttpRequest, one: Fact, form: Any, *, moved: list[Any] | None = None, status: int = 200
) -> HttpResponse:
    crumbs = [*_crumbs(), {"label": one.label, "url": f"/song/facts/{one.name}"}, {"label": _("Change")}]
    context = {"fact": one, "form": form, "moved": moved, "crumbs": crumbs}
    return render(request, "song/change_fact.html", context, status=status)


@require_POST
def review(request: HttpRequest, fact: str) -> HttpResponse:
    """It was looked at and stands."""
    text = request.POST.get("next_on", "")
    day = date_of(text) if text else None
    if text and day is None:
        raise FactRefused("That is no day. Choose one from the calendar.", field="next_on")
    review_fact(fact, next_on=day, by=acting_on(request), at=time_on(request))
    tell(request, _("It stands"))
    return redirect("fact", fact=fact)


@require_POST
def withdraw(request: HttpRequest, fact: str) -> HttpResponse:
    """Say nothing of it any more."""
    withdraw_fact(fact, why=request.POST.get("why", ""), by=acting_on(request), at=time_on(request))
    tell(request, _("The fact is withdrawn; what rests on it is not known to hold"))
    return redirect("facts")


@require_POST
def dispute(request: HttpRequest, fact: str) -> HttpResponse:
    """Doubt it."""
    dispute_fact(fact, words=request.POST.get("words", ""), by=acting_on(request), at=time_on(request))
    tell(request, _("Whoever answers for it is asked"))
    return redirect("fact", fact=fact)


@require_POST
def answer(request: HttpRequest, dispute: str) -> HttpResponse:
    """Answer a doubt."""
    said = request.POST.get("answer", "")
    one = answer_dispute(dispute, answer=said, by=acting_on(request), at=time_on(request))
    tell(request, _("The doubt is answered"))
    return redirect("fact", fact=one.fact.name)


@require_POST
def settle(request: HttpRequest, dispute: str) -> HttpResponse:
    """Doubt it no more."""
    one = settle_dispute(dispute, by=acting_on(request), at=time_on(request))
    tell(request, _("The doubt is settled"))
    return redirect("fact", fact=one.fact.name)


def _crumbs(one: Fact | None = None) -> list[dict[str, str]]:
    trail = [{"label": _("Song sheet"), "url": "/song"}, {"label": _("Facts"), "url": "/song/facts"}]
    return [*trail, {"label": one.label}] if one else trail
