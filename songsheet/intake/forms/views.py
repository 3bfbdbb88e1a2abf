"""The pages of forms for members: the list, one with its answers, and the builder with its preview."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from songsheet.base.refusals import Refusal
from songsheet.intake.forms import actions, answer_actions
from songsheet.intake.forms.building import (
    Draft,
    as_definition,
    as_far_as_it_goes,
    choices_before,
    draft_of,
    moved,
    read_draft,
)
from songsheet.intake.forms.jobs import mail_soon
from songsheet.intake.forms.models import Form, FormAnswer
from songsheet.intake.forms.public import questions
from songsheet.intake.forms.queries import (
    MOST_SHOWN,
    answers_of,
    counts_of,
    definition_of,
    form_for,
    forms_seen_by,
    version_of,
)
from songsheet.intake.forms.reading import lines
from songsheet.intake.sites.models import Site
from songsheet.intake.spoken.saying import ENGLISH, spoken_for
from songsheet.team.acting import acting_on, time_on
from songsheet.team.roles import Right
from songsheet.touches.models import Campaign
from songsheet.ui.toasts import tell

KINDS = (
    ("text", _("A line of text")), ("long", _("Several lines")), ("mail", _("Mail address")),
    ("phone", _("Phone number")), ("choice", _("One of several")), ("several", _("Any of several")),
    ("number", _("A number")), ("date", _("A day")), ("heard", _("How they heard of us")),
    ("consent", _("A consent")),
)  # fmt: skip
MEANS = (
    ("", _("nothing more")), ("name", _("their name")), ("company", _("their company")),
    ("title", _("what they do there")), ("question", _("what they ask")),
)  # fmt: skip
PURPOSES = (
    ("mail", _("mails")),
    ("call", _("calls")),
    ("post", _("letters by post")),
    ("opens", _("noticing that they opened a mail")),
)
BECOMES = (
    ("enquiry", _("An enquiry: what they ask is sorted by its kind")),
    ("lead", _("A lead: they want to buy")),
    ("story", _("A part of their story, nothing more")),
)


@require_safe
def forms(request: HttpRequest) -> HttpResponse:
    """All forms, with how many answers came and how many wait for somebody."""
    found = list(forms_seen_by(acting_on(request)))
    counts = counts_of(found)
    context = {"title": _("Forms"), "forms": [(one, counts.get(one.pk, {})) for one in found]}
    return render(request, "intake/forms/forms.html", context)


@require_safe
def page(request: HttpRequest, key: str) -> HttpResponse:
    """One form: where it stands, and what was answered."""
    one = form_for(acting_on(request), key)
    state = request.GET.get("state", "")
    state = state if state in FormAnswer.State.values else ""
    found = answers_of(one, state=state, before=request.GET.get("before", ""))
    counts = counts_of([one]).get(one.pk, {})
    context = {
        "title": one.name,
        "crumbs": [{"label": _("Forms"), "url": "/forms"}, {"label": one.name}],
        "one": one,
        "form": definition_of(version_of(one)),
        "link": f"{settings.ENVIRONMENT.url}/f/{one.key}",
        "script": f"{settings.ENVIRONMENT.url}/static/songsheet/dist/embed.js",
        "answers": [(answer, lines(definition_of(answer.shown), answer.said)) for answer in found],
        "older": found[-1].key if len(found) == MOST_SHOWN else "",
        "states": _states(one, counts, state),
        "held": counts.get("held", 0),
    }
    return render(request, "intake/forms/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Build a form."""
    acting_on(request).must(Right.FRONT)
    if request.method != "POST":
        return _builder(request, draft_of("", None))
    return _built(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Change what a form asks: the next version."""
    one = form_for(acting_on(request), key)
    if request.method != "POST":
        return _builder(request, draft_of(one.name, definition_of(version_of(one))), one=one)
    return _built(request, one)


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The form as it would be shown, while it is built."""
    acting_on(request).must(Right.FRONT)
    return render(request, "intake/forms/preview.html", _drawn(read_draft(request.POST)))


@require_POST
def switch(request: HttpRequest, key: str, is_open: bool) -> HttpResponse:
    """Close or open it."""
    actions.change_form(key, is_open=is_open, by=acting_on(request), at=time_on(request))
    tell(request, _("The form is open") if is_open else _("The form is closed"))
    return redirect("form", key=key)


@require_POST
def end(request: HttpRequest, key: str) -> HttpResponse:
    """Take it out."""
    actions.take_form_out(key, by=acting_on(request), at=time_on(request))
    tell(request, _("The form was taken out"))
    return redirect("forms")


@require_POST
def decide(request: HttpRequest, key: str, answer: str, what: str) -> HttpResponse:
    """Let an answer in that looked strange, drop it, or take that back."""
    form_for(acting_on(request), key)
    do = {"let-in": answer_actions.let_in, "drop": answer_actions.drop, "back": answer_actions.take_drop_back}
    done = do[what](answer, by=acting_on(request), at=time_on(request))
    mail_soon(done)
    undo = f"/forms/{key}/answers/{answer}/back" if what == "drop" else ""
    says = {"let-in": _("It goes its way"), "drop": _("It was dropped"), "back": _("It waits again")}
    tell(request, says[what], undo_url=undo)
    return redirect("form", key=key)


def _built(request: HttpRequest, one: Form | None) -> HttpResponse:
    """What the builder sent: a button that moves fields, or the form to be saved."""
    viewer, at = acting_on(request), time_on(request)
    draft, do = read_draft(request.POST), request.POST.get("do", "save")
    if do != "save":
        return _builder(request, moved(draft, do), one=one)
    body, wrong = as_definition(draft)
    try:
        if body is None:
            return _builder(request, draft, one=one, wrong=wrong)
        if one is None:
            saved = actions.make_form(name=draft.name, body=body, by=viewer, at=at)
        else:
            version = request.POST.get("version", "")
            given = int(version) if version.isdecimal() and len(version) < 9 else None
            saved = actions.change_form(one.key, name=draft.name, body=body, version=given, by=viewer, at=at)
    except Refusal as refusal:
        return _builder(request, draft, one=one, wrong=[refusal.sentence], status=refusal.status)
    tell(request, _("The form is saved"))
    return redirect("form", key=saved.key)


def _builder(
    request: HttpRequest, draft: Draft, *, one: Form | None = None, wrong: list[str] | None = None,
    status: int = 0,
) -> HttpResponse:  # fmt: skip
    label = one.name if one else _("A new form")
    context: dict[str, Any] = {
        "title": label,
        "crumbs": [{"label": _("Forms"), "url": "/forms"}, {"label": label}],
        "one": one,
        "draft": draft,
        "wrong": wrong or [],
        "kinds": KINDS,
        "means": MEANS,
        "becomes": BECOMES,
        "purposes": PURPOSES,
        "before": choices_before(draft),
        "sites": Site.objects.filter(gone_at=None).order_by("name")[:200],
        "campaigns": Campaign.objects.filter(gone_at=None).order_by("-id")[:200],
    }
    context |= _drawn(draft)
    status = status or (422 if wrong else 200)
    return render(request, "intake/forms/builder.html", context, status=status)


def _drawn(draft: Draft) -> dict[str, Any]:
    body, wrong = as_definition(draft)
    form = body or as_far_as_it_goes(draft)
    spoken = spoken_for(draft.body.get("language") or ENGLISH)
    drawn = {"form": form, "questions": questions(form, {}), "preview": True, "in_the_way": wrong}
    return drawn | {"spoken": spoken}


def _states(one: Form, counts: dict[str, int], state: str) -> list[dict[str, Any]]:
    every = [("", _("All")), *FormAnswer.State.choices]
    return [
        {
            "label": label,
            "url": f"/forms/{one.key}?state={name}" if name else f"/forms/{one.key}",
            "count": counts.get(name, 0) if name else sum(counts.values()),
            "current": name == state,
        }
        for name, label in every
        if not name or counts.get(name)
    ]
