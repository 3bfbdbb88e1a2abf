"""A lead with its brief, accepted or given back; what came back, answered."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from songsheet.base.refusals import Refusal
from songsheet.buyers.models import Consent
from songsheet.desk.dealing.views import Asked, Done, ask
from songsheet.desk.handing.commands import Answer, GiveBack, Note
from songsheet.desk.judging.shown import judged
from songsheet.doors.pages import Empty
from songsheet.handoffs import actions, answer_actions
from songsheet.handoffs.brief import Brief, brief_of
from songsheet.handoffs.listing import RETURNS
from songsheet.handoffs.models import OPEN_STATES
from songsheet.handoffs.owing import label_of, labels, reasons
from songsheet.handoffs.queries import return_for
from songsheet.leads.models import Lead
from songsheet.leads.qualifying.question_actions import answer_question, take_back_answer
from songsheet.leads.qualifying.why import why_of
from songsheet.leads.queries import lead_for
from songsheet.team.acting import Acting, acting_on, time_on
from songsheet.team.lists import export_list, show_list
from songsheet.team.roles import Right
from songsheet.ui.toasts import tell

EMPTY = Empty(
    "No lead came back yet",
    "Whoever gets a lead accepts it, or returns it with a reason. Marketing owes an answer to each return.",
    "See what is offered",
    "/leads?state=offered",
)


@require_safe
def brief(request: HttpRequest, key: str) -> HttpResponse:
    """The brief of a lead on one screen."""
    viewer, at = acting_on(request), time_on(request)
    found = brief_of(viewer, key, at=at)
    person = found.lead.person.whole
    named = labels(at) if found.returns else {}
    return render(request, "desk/handing/brief.html", {
        "title": _("Brief: %(name)s") % {"name": person},
        "crumbs": [{"label": _("Leads"), "url": "/leads"}, {"label": str(person), "url": ""}],
        "now": at, "brief": found, "lead": found.lead, "person": person,
        "company": found.lead.company or person.company,
        "returns": [(one, label_of(one.reason, named)) for one in found.returns],
        "consents": _consents(found), "judged": judged(viewer, found.lead, page=request.path),
        "may_work": viewer.may(Right.WORK),
        **may_do(viewer, found.lead),
    })  # fmt: skip


@require_POST
def accept(request: HttpRequest, key: str) -> HttpResponse:
    """Accept a lead, and on to its buyer."""
    lead = actions.accept(key, by=acting_on(request), at=time_on(request), version=_version(request))
    person = lead.person.whole.key
    tell(request, _("The lead is yours"), undo_url=f"/buyers/{person}/owner/{lead.key}/undo")
    return redirect("buyer", key=person)


@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: HttpRequest, key: str) -> HttpResponse:
    """Give a lead back, with the reason."""
    viewer, at = acting_on(request), time_on(request)
    viewer.must(Right.WORK)
    lead = lead_for(viewer, key)

    def run(said: GiveBack) -> Done:
        try:
            one = actions.return_lead(
                key, said.returned_as, words=said.words, look_again_on=said.look_again_on, by=viewer, at=at,
                version=_version(request),
            )  # fmt: skip
        except Refusal as refusal:
            refusal.field = "returned_as" if refusal.field == "reason" else refusal.field
            raise
        who = one.owes.name if one.owes else _("nobody")
        return _("The lead went back; %(who)s owes you an answer") % {"who": who}, f"/returns/{one.key}/undo"

    choices = [("", _("Choose")), *((one.code, one.label) for one in reasons(at))]
    asked = Asked(
        GiveBack, f"/handoffs/{key}", _("Return the lead"), _("Return it"), {}, lead.version, choices
    )
    return ask(request, asked, run)


@require_http_methods(["GET", "HEAD", "POST"])
def note_answer(request: HttpRequest, key: str) -> HttpResponse:
    """Note what the buyer said to a question of the definition; the lead is judged again at once."""
    viewer, at = acting_on(request), time_on(request)
    viewer.must(Right.WORK)
    why = why_of(lead_for(viewer, key))

    def run(said: Note) -> Done:
        noted = answer_question(key, said.asks, said.words, by=viewer, at=at)
        return _("The answer is noted"), f"/handoffs/{key}/answers/{noted.key}/undo"

    first = next((one.asks for one in [*why.open_questions, *why.questions]), "")
    choices = [(one.asks, one.asks) for one in why.questions]
    asked = Asked(
        Note, f"/handoffs/{key}", _("What did they say?"), _("Note it"), {"asks": first}, choices=choices
    )
    return ask(request, asked, run)


@require_POST
def undo_answer(request: HttpRequest, key: str, answer: str) -> HttpResponse:
    """Take back what was noted."""
    take_back_answer(answer, of=key, by=acting_on(request), at=time_on(request))
    tell(request, _("Taken back"))
    return redirect("brief", key=key)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Answer a return."""
    viewer, at = acting_on(request), time_on(request)
    viewer.must(Right.WORK)
    one = return_for(viewer, key)

    def run(said: Answer) -> Done:
        done = answer_actions.answer_return(
            key, said.how.value, said.words, changes=said.changes, by=viewer, at=at, version=_version(request)
        )
        words = {"name": one.returned_by.name, "head": done.owes.name if done.owes else ""}
        if done.state in OPEN_STATES:
            return _("%(head)s decides it") % words, f"/returns/{key}/undo"
        return _("%(name)s is told") % words, f"/returns/{key}/undo"

    asked = Asked(Answer, "/", _("Answer the return"), _("Answer"), {"how": "agreed"}, one.version)
    return ask(request, asked, run)


@require_POST
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """Take back a return, or one's answer to it."""
    viewer, at = acting_on(request), time_on(request)
    one = return_for(viewer, key)
    answer_actions.undo(one, by=viewer, at=at)
    tell(request, _("Taken back"))
    return redirect("brief", key=one.lead.key)


@require_safe
def returns(request: HttpRequest) -> HttpResponse:
    """The list of returns with their answers."""
    return show_list(request, RETURNS, empty=EMPTY, template="desk/handing/returns.html")


@require_safe
def returns_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list of returns as a file."""
    return export_list(request, RETURNS, form)


def may_do(viewer: Acting, lead: Lead) -> dict[str, bool]:
    """Whether a lead can be accepted, and returned, by who looks at it."""
    mine = viewer.member is not None and lead.owner_id == viewer.member.id
    works = viewer.may(Right.WORK) and lead.is_open
    free = lead.owner_id is None
    return {
        "may_accept": works and (free or (mine and (lead.at_rest or lead.state == Lead.State.OFFERED))),
        "may_return": works and (mine or (not free and viewer.may(Right.OFFER))),
    }


def _consents(found: Brief) -> list[tuple[str, Any]]:
    shown = [one for one in Consent.Purpose if one.value in found.answers or one.value in ("call", "mail")]
    return [(str(one.label), found.answers.get(one.value)) for one in shown]


def _version(request: HttpRequest) -> int | None:
    version = request.POST.get("version", "")
    return int(version) if version.isdigit() else None
