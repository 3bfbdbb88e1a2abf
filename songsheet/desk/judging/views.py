"""Verdicts: given with one key or with a sentence, changed, taken back, answered; the list of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from songsheet.desk.dealing.views import Asked, Done, ask
from songsheet.desk.judging.commands import AnswerVerdict, Judge
from songsheet.desk.judging.shown import judged
from songsheet.doors.pages import Empty
from songsheet.handoffs.verdicts import actions
from songsheet.handoffs.verdicts.listing import VERDICTS, verdict_path
from songsheet.handoffs.verdicts.models import Verdict
from songsheet.handoffs.verdicts.queries import verdict_for
from songsheet.leads.queries import lead_for
from songsheet.team.acting import Acting, acting_on, time_on
from songsheet.team.lists import export_list, show_list
from songsheet.team.roles import Right
from songsheet.touches.errors import NoSuchCampaign
from songsheet.touches.models import Campaign
from songsheet.touches.queries import campaigns_seen_by

EMPTY = Empty(
    "No verdict yet",
    "Sales says what each lead it accepted, and any campaign, was worth. Marketing answers.",
    "See the leads that are worked on",
    "/leads?state=working",
)


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, about: str) -> HttpResponse:
    """Say what a lead or a campaign is worth: at once, or from the dialog that asks for a sentence too."""
    viewer, at = acting_on(request), time_on(request)
    viewer.must(Right.WORK)
    shown = judged(viewer, _thing(viewer, about), page="")
    page = _back(request, f"/handoffs/{about}" if about.startswith("lead_") else f"/campaigns/{about}")

    def run(said: Judge) -> Done:
        one = actions.give_verdict(about, said.says, words=said.words, by=viewer, at=at)
        words = {"says": one.get_says_display(), "who": one.owes.name if one.owes else ""}
        told = (
            _("Your verdict: %(says)s; %(who)s owes you an answer")
            if one.owes
            else _("Your verdict: %(says)s")
        )
        return told % words, f"/verdicts/{one.key}/undo"

    stands = {"says": shown.mine.says, "words": shown.mine.words} if shown.mine else {}
    choices = [(one.says, one.label) for one in shown.choices]
    return ask(request, Asked(Judge, page, _("Your verdict"), _("Give it"), stands, choices=choices), run)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Say what changes after a verdict."""
    viewer, at = acting_on(request), time_on(request)
    viewer.must(Right.WORK)
    one = verdict_for(viewer, key)

    def run(said: AnswerVerdict) -> Done:
        actions.answer_verdict(key, said.words, by=viewer, at=at, version=_version(request))
        return _("%(name)s is told") % {"name": one.given_by.name}, f"/verdicts/{key}/undo"

    asked = Asked(AnswerVerdict, "/", _("Answer the verdict"), _("Answer"), {}, one.version)
    return ask(request, asked, run)


@require_POST
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """Take back one's verdict, or one's answer to it."""
    viewer, at = acting_on(request), time_on(request)
    one: Verdict = verdict_for(viewer, key)
    actions.undo(key, by=viewer, at=at)
    return redirect(_back(request, verdict_path(one)))


@require_safe
def verdicts(request: HttpRequest) -> HttpResponse:
    """The list of verdicts with their answers."""
    return show_list(request, VERDICTS, empty=EMPTY)


@require_safe
def verdicts_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list of verdicts as a file."""
    return export_list(request, VERDICTS, form)


def _thing(viewer: Acting, about: str) -> Any:
    return lead_for(viewer, about) if about.startswith("lead_") else campaign_for(viewer, about)


def campaign_for(viewer: Acting, key: str) -> Campaign:
    """One campaign that the viewer may see."""
    found = campaigns_seen_by(viewer).filter(key=key).first()
    if found is None:
        raise NoSuchCampaign(key)
    return found


def _back(request: HttpRequest, page: str) -> str:
    """Where the form says one came from, else this page."""
    given = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(given, allowed_hosts={request.get_host()})
    return given if safe else page


def _version(request: HttpRequest) -> int | None:
    version = request.POST.get("version", "")
    return int(version) if version.isdigit() else None
