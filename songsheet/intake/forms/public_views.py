"""The pages that visitors see: a form, thanks, and the page with the one button that confirms."""

from typing import Any

import orjson
from csp.constants import SELF
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from songsheet.base.refusals import NotFound, Refusal
from songsheet.doors.problems import problem_response
from songsheet.intake.forms import answer_actions as actions
from songsheet.intake.forms.colours import sheet_of
from songsheet.intake.forms.definition import Definition
from songsheet.intake.forms.errors import NotFilledIn
from songsheet.intake.forms.jobs import mail_soon
from songsheet.intake.forms.models import FormVersion
from songsheet.intake.forms.public import TRAP, Given, bodies, came, carried, questions
from songsheet.intake.forms.queries import definition_of, open_form, version_of
from songsheet.intake.forms.reading import Typed, must_have_read, read
from songsheet.intake.forms.stamps import BITS, read_stamp, stamp
from songsheet.intake.sites.models import Site
from songsheet.intake.spoken.saying import say, say_refusal, spoken_by, spoken_for
from songsheet.team.acting import time_on

LARGEST = 64 * 1024
_OLD = "This page lay open for long. Look at what you wrote and send it once more."


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    """The form, to be filled in."""
    try:
        shown = version_of(open_form(key))
    except Refusal as refusal:
        return _over(request, refusal)
    return _page(request, shown, given=request.GET, hidden=carried(request))


@csrf_exempt
@require_POST
def send(request: HttpRequest, key: str) -> HttpResponse:
    """What was typed, from the page or by a program; where something is wrong all that was typed stays."""
    is_json = request.content_type == "application/json"
    try:
        given = given_in(request, is_json=is_json)
        form = open_form(key)
        mark = read_stamp(form.key, next(iter(given.get("_stamp", ())), ""))
        shown = version_of(form, mark.number if mark else None)
        how, typed = came(request, form.key, given), read(definition_of(shown), given)
        must_have_read(definition_of(shown), typed, how.wordings)
        at = time_on(request)
        is_old = mark is not None and actions.is_too_old(mark, at=at)
        if typed.wrong or is_old:
            raise NotFilledIn(_OLD if not typed.wrong else _wrong(typed), errors=_listed(typed))
        answer = actions.fill_in(shown, typed.values, how, at=at)
    except NotFilledIn as refusal:
        return problem_response(refusal) if is_json else _again(request, shown, given, typed, refusal)
    except Refusal as refusal:
        return problem_response(refusal) if is_json else _over(request, refusal)
    mail_soon(answer)
    asks = definition_of(shown).confirm
    if is_json:
        return JsonResponse({"outcome": "accepted", "confirm": asks}, status=202)
    return HttpResponse(status=303, headers={"Location": f"/f/{key}/thanks" + "?confirm=1" * asks})


@require_safe
def thanks(request: HttpRequest, key: str) -> HttpResponse:
    """It arrived; where it is to be confirmed, look into your mails."""
    try:
        form = definition_of(version_of(open_form(key)))
    except Refusal as refusal:
        return _over(request, refusal)
    told = {"form": form, "title": form.title, "confirm": form.confirm and "confirm" in request.GET}
    told["spoken"] = spoken_for(form.language)
    return _framed(render(request, "intake/forms/thanks.html", told | _dressed(key, form)), form)


@require_safe
def colours(request: HttpRequest, key: str) -> HttpResponse:
    """The company's colour, as a style sheet: pages hold no style of their own."""
    says = sheet_of(definition_of(version_of(open_form(key))).colour)
    return HttpResponse(says, content_type="text/css; charset=utf-8")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Looking does nothing: programs that open every link of a mail confirm nothing. The button does."""
    at = time_on(request)
    try:
        if request.method == "POST":
            answer = actions.confirm(token, at=at)
        else:
            answer = actions.to_confirm(token, at=at)
    except Refusal as refusal:
        return _over(request, refusal)
    form = definition_of(answer.shown)
    is_done = answer.state == answer.State.TAKEN
    context = {"form": form, "title": form.title, "done": is_done, "answer": answer}
    context["spoken"] = spoken_for(form.language)
    return render(request, "intake/forms/confirm.html", context | _dressed(key, form))


def given_in(request: HttpRequest, *, is_json: bool) -> Given:
    """The fields of a body within bounds, whether it is a form's or JSON."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST or len(request.body) > LARGEST:
        raise TooLarge("What you sent is too long. At most 64 kB fit; shorten it.")
    if not is_json:
        return dict(request.POST.lists())
    try:
        body = orjson.loads(request.body)
    except orjson.JSONDecodeError:
        body = None
    if not isinstance(body, dict):
        raise NotFilledIn("The body cannot be read. Send a JSON object with `answers`.")
    return bodies(body)


class TooLarge(Refusal):
    """More than a form may hold."""

    status = 413
    code = "too_large"


def _wrong(typed: Typed) -> str:
    return "One answer needs another look." if len(typed.wrong) == 1 else "Some answers need another look."


def _listed(typed: Typed) -> dict[str, list[str]]:
    return {name: [sentence] for name, sentence in typed.wrong.items()}


def _again(
    request: HttpRequest, shown: FormVersion, given: Given, typed: Typed, refusal: Refusal
) -> HttpResponse:
    """The form once more, with what was typed; its stamp is of its first showing while that holds."""
    names = (name for name in given if name.startswith("_") and name not in ("_stamp", "_work", "_wording"))
    hidden = {name: str(next(iter(given[name]), "")).replace("\x00", "")[:2000] for name in names}
    return _page(request, shown, given=given, hidden=hidden, typed=typed, refusal=refusal)


def _page(
    request: HttpRequest,
    shown: FormVersion,
    *,
    given: Any,
    hidden: dict[str, str],
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    form = definition_of(shown)
    filled = given if typed is not None else {}
    kept = next(iter(given.get("_stamp", ())), "") if typed is not None and typed.wrong else ""
    key = shown.form.key
    context = {
        "title": form.title,
        "broad": True,
        "key": key,
        "form": form,
        "questions": questions(form, filled, typed),
        "hidden": hidden,
        "stamp": kept or stamp(key, shown.number, at=time_on(request)),
        "bits": BITS,
        "trap": TRAP,
        "refusal": say_refusal(form.language, refusal.sentence) if refusal else "",
        "spoken": spoken_for(form.language),
    }
    status = refusal.status if refusal else 200
    return _framed(
        render(request, "intake/forms/form.html", context | _dressed(key, form), status=status), form
    )


def _dressed(key: str, form: Definition) -> dict[str, str]:
    return {"colours": f"/f/{key}/colours.css?{form.colour[1:]}" if form.colour else ""}


def _framed(response: HttpResponse, form: Definition) -> HttpResponse:
    """Our sites alone may show it in a frame."""
    sites = Site.objects.filter(key__in=form.sites, gone_at=None).values_list("origins", flat=True)
    origins = sorted({origin for every in sites for origin in every})
    if origins:
        response.xframe_options_exempt = True
        response._csp_replace = {"frame-ancestors": [SELF, *origins]}  # type: ignore[attr-defined]
    return response


def _over(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal in the company's name, without a trace of the machinery, as the browser would read it."""
    spoken = spoken_by(request)
    title = say(spoken, "Nothing here" if isinstance(refusal, NotFound) else "Not now")
    context = {"title": title, "says": say_refusal(spoken, refusal.sentence), "spoken": spoken}
    return render(request, "intake/forms/over.html", context, status=refusal.status)
