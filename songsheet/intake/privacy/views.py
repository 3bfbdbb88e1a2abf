"""The page about one's own data: an address, a code, then what we hold and what can be done with it."""

from collections.abc import Callable
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from songsheet.base.refusals import Refusal
from songsheet.buyers.models import Person
from songsheet.flows.export_person import export_person
from songsheet.intake.forms.public import network_of
from songsheet.intake.privacy import actions
from songsheet.intake.privacy.code import COOKIE, OPEN, mark_of, may_see
from songsheet.intake.privacy.errors import AskIsOver
from songsheet.intake.privacy.jobs import mail_code
from songsheet.intake.privacy.models import Ask
from songsheet.intake.privacy.queries import PURPOSES, ask_for, held_about, said_done
from songsheet.intake.spoken.saying import say, say_refusal, spoken_by
from songsheet.team.acting import time_on


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Say which address is yours. The answer is the same whether we know it or not."""
    if request.method != "POST":
        return _asking(request)
    try:
        one = actions.ask(request.POST.get("mail", ""), network=network_of(request), at=time_on(request))
    except Refusal as refusal:
        return _asking(request, refusal)
    mail_code.defer(key=one.key)
    return redirect("privacy", key=one.key)


@require_http_methods(["GET", "HEAD", "POST"])
def privacy(request: HttpRequest, key: str) -> HttpResponse:
    """Type the code; whoever did sees what we hold."""
    one, at = ask_for(key), time_on(request)
    if one is None:
        raise AskIsOver
    if may_see(one, request.COOKIES.get(COOKIE, ""), at):
        return _held(request, one)
    if request.method != "POST":
        return _code(request, one)
    try:
        one = actions.prove(key, request.POST.get("code", ""), at=at)
    except Refusal as refusal:
        return _code(request, one, refusal)
    response = redirect("privacy", key=key)
    response.set_cookie(
        COOKIE, mark_of(one), max_age=int(OPEN.total_seconds()), path=f"/privacy/{key}", httponly=True,
        secure=settings.ENVIRONMENT.secure, samesite="Strict",
    )  # fmt: skip
    return response


@require_POST
def change(request: HttpRequest, key: str, what: str) -> HttpResponse:
    """Do one of the things that are offered on the page."""
    person, at = _person(request, key), time_on(request)
    doing: dict[str, Callable[[], object]] = {
        "answers": lambda: actions.answer_for_oneself(person, _answers(request), at=at),
        "name": lambda: actions.correct_oneself(
            person, name=request.POST.get("name", ""), title=request.POST.get("title", ""), at=at
        ),
        "stop": lambda: actions.stop_contact(person, at=at),
        "erase": lambda: actions.ask_to_be_erased(person, at=at),
    }
    if what not in doing:
        raise AskIsOver
    doing[what]()
    return redirect(f"/privacy/{key}?done={what}")


@require_POST
def copy(request: HttpRequest, key: str) -> HttpResponse:
    """Everything we hold, as a file."""
    person = _person(request, key)
    found = export_person(person.key, by=actions.as_buyer(person), at=time_on(request), in_files=False)
    response = HttpResponse(orjson.dumps(found, option=orjson.OPT_INDENT_2), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="what-we-hold.json"'
    return response


def _person(request: HttpRequest, key: str) -> Person:
    one = ask_for(key)
    if (
        one is None
        or one.person is None
        or not may_see(one, request.COOKIES.get(COOKIE, ""), time_on(request))
    ):
        raise AskIsOver
    return one.person.whole


def _answers(request: HttpRequest) -> dict[str, bool]:
    said = {name: request.POST.get(name) for name in PURPOSES}
    return {name: answer == "yes" for name, answer in said.items() if answer in ("yes", "no")}


def _asking(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    words = _said(request, refusal) | {"typed": request.POST.get("mail", "")}
    return render(request, "intake/privacy/ask.html", words, status=refusal.status if refusal else 200)


def _code(request: HttpRequest, one: Ask, refusal: Refusal | None = None) -> HttpResponse:
    words = _said(request, refusal) | {"one": one}
    return render(request, "intake/privacy/code.html", words, status=refusal.status if refusal else 200)


def _said(request: HttpRequest, refusal: Refusal | None = None) -> dict[str, Any]:
    """What all of these pages say, in the language that the browser would rather read."""
    spoken = spoken_by(request)
    wrong = say_refusal(spoken, refusal.sentence) if refusal else ""
    title = say(spoken, "What we hold about you")
    return {"title": title, "spoken": spoken, "refusal": refusal, "wrong": wrong}


def _held(request: HttpRequest, one: Ask) -> HttpResponse:
    person = _person(request, one.key)
    words = {
        **_said(request),
        "broad": True,
        "one": one,
        "person": person,
        "done": said_done(request.GET.get("done", "")),
        **held_about(person),
    }
    return render(request, "intake/privacy/held.html", words)
