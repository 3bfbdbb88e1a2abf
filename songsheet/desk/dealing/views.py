"""A lead or a deal of a buyer, changed from a dialog on their page; each answer is that page again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from songsheet.base.refusals import Refusal
from songsheet.deals.actions import change_deal, end_deal, open_again, open_deal, set_next_step
from songsheet.deals.adopt import DealRow, stages_named
from songsheet.deals.editing import amount_in
from songsheet.deals.listing import deal_path
from songsheet.deals.queries import deal_for
from songsheet.desk.dealing.commands import EndDeal, EndLead, NextStep, NoteLead, OpenDeal, asking
from songsheet.desk.story.read import person_behind
from songsheet.doors.commands import Command
from songsheet.flows.bulk.change_many import Chosen, Wanted, change_many
from songsheet.journal.act import together
from songsheet.leads.actions import lead_came
from songsheet.leads.adopt import LeadRow, withdraw_leads
from songsheet.leads.queries import lead_for
from songsheet.team.acting import acting_on, time_on
from songsheet.team.roles import Right
from songsheet.touches.adopt import sources_named
from songsheet.ui.dialogs import leave
from songsheet.ui.toasts import tell


@dataclass(frozen=True)
class Asked:
    """What one of these dialogs asks, and the page that it belongs to."""

    command: type[Command]
    page: str
    title: str
    verb: str
    values: Mapping[str, Any] = field(default_factory=dict)
    version: int | None = None
    choices: Sequence[tuple[str, str]] = ()


#: What was done, in words, and the address that takes it back.
Done = tuple[str, str]


@require_http_methods(["GET", "HEAD", "POST"])
def note_lead(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody who is known wants something again."""
    viewer, at = acting_on(request), time_on(request)
    viewer.must(Right.WORK)
    person = person_behind(key)

    def run(said: NoteLead) -> Done:
        row = LeadRow(person=(person.id, person.key), wants=said.wants)
        if said.source:
            row.source = (sources_named([said.source])[said.source], said.source)
        if viewer.member and not said.free:
            row.owner = (viewer.member.id, viewer.member.key)
        return _("The lead is noted"), f"/leads/{lead_came(row, by=viewer, at=at).key}/undo"

    return ask(request, Asked(NoteLead, f"/buyers/{person.key}", _("Note a lead"), _("Note it")), run)


@require_POST
def undo_lead(request: HttpRequest, key: str) -> HttpResponse:
    """Take back a lead that was noted by hand."""
    viewer = acting_on(request)
    viewer.must(Right.WORK)
    page = f"/buyers/{lead_for(viewer, key).person.whole.key}"
    withdraw_leads([key], by=viewer, at=time_on(request), why="undone", lane="live")
    tell(request, _("Taken back"))
    return redirect(page)


@require_http_methods(["GET", "HEAD", "POST"])
def finish_lead(request: HttpRequest, key: str) -> HttpResponse:
    """End a lead with its reason, the way that lists end many: so it can be undone."""
    viewer, at = acting_on(request), time_on(request)
    viewer.must(Right.WORK)
    lead = lead_for(viewer, key)

    def run(said: EndLead) -> Done:
        wanted = Wanted("end", said.state.value, said.reason)
        change = change_many("leads", Chosen((lead.key,)), wanted, by=viewer, at=at)
        return _("The lead ended"), f"/bulk/{change.key}/undo"

    page = f"/buyers/{lead.person.whole.key}"
    return ask(request, Asked(EndLead, page, _("End the lead"), _("End it")), run)


@require_http_methods(["GET", "HEAD", "POST"])
def begin_deal(request: HttpRequest, key: str) -> HttpResponse:
    """Open a deal on a lead."""
    viewer, at = acting_on(request), time_on(request)
    viewer.must(Right.WORK)
    lead = lead_for(viewer, key)

    def run(said: OpenDeal) -> Done:
        row = DealRow(
            (lead.id, lead.key), name=said.name, stage_id=_stage(said.stage), expected_on=said.expected_on,
            next_step=said.next_step, next_step_on=said.next_step_on, **_money(request, said.amount),
        )  # fmt: skip
        return _("%(deal)s is open") % {"deal": open_deal(lead.key, row, by=viewer, at=at)}, ""

    asked = Asked(
        OpenDeal, f"/buyers/{lead.person.whole.key}", _("Open a deal"), _("Open it"), {"name": lead.wants}
    )
    return ask(request, asked, run)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, key: str) -> HttpResponse:
    """Date the next step of a deal."""
    viewer, at = acting_on(request), time_on(request)
    viewer.must(Right.WORK)
    deal = deal_for(viewer, key)

    def run(said: NextStep) -> Done:
        set_next_step(deal.key, step=said.step, on=said.on, by=viewer, at=at)
        return _("The next step is dated"), ""

    values = {"step": deal.next_step, "on": deal.next_step_on}
    return ask(request, Asked(NextStep, deal_path(deal), _("Next step"), _("Date it"), values), run)


@require_http_methods(["GET", "HEAD", "POST"])
def finish_deal(request: HttpRequest, key: str) -> HttpResponse:
    """End a deal: won, or why not."""
    viewer, at = acting_on(request), time_on(request)
    viewer.must(Right.WORK)
    deal = deal_for(viewer, key)

    def run(said: EndDeal) -> Done:
        with together():
            if said.amount:
                change_deal(deal.key, by=viewer, at=at, **_money(request, said.amount, deal.currency))
            ended = end_deal(deal.key, said.state.value, reason=said.reason, by=viewer, at=at)
        words = {"deal": ended, "how": said.state.label.lower()}
        return _("%(deal)s: %(how)s") % words, f"/deals/{deal.key}/reopen"

    return ask(request, Asked(EndDeal, deal_path(deal), _("End the deal"), _("End it")), run)


@require_POST
def reopen(request: HttpRequest, key: str) -> HttpResponse:
    """A deal that ended is open again."""
    deal = open_again(key, by=acting_on(request), at=time_on(request))
    tell(request, _("The deal is open again"))
    return redirect(deal_path(deal))


def ask(request: HttpRequest, asked: Asked, run: Callable[[Any], Done]) -> HttpResponse:
    """The dialog, or what was typed done; what is refused stands beside its field, what was typed is kept."""
    if request.method != "POST":
        return _show(request, asked)
    try:
        said, undo_url = run(asked.command.read(request.POST.dict()))
    except Refusal as refusal:
        return _show(request, asked, refusal)
    tell(request, said, undo_url=undo_url)
    return leave(request, asked.page)


def _show(request: HttpRequest, asked: Asked, refusal: Refusal | None = None) -> HttpResponse:
    typed = request.POST if refusal else None
    currency = request.house.currency  # type: ignore[attr-defined]
    form = asking(asked.command, values=asked.values, typed=typed, refusal=refusal, currency=currency,
                  choices=asked.choices)  # fmt: skip
    whole = not request.headers.get("HX-Request")
    context = {"asked": asked, "title": asked.title, "to": request.path, "form": form, "in_dialog": not whole}
    template = "desk/dealing/page.html" if whole else "desk/dealing/dialog.html"
    return render(request, template, context, status=refusal.status if refusal else 200)


def _stage(name: str) -> int | None:
    return stages_named([name])[name] if name else None


def _money(request: HttpRequest, text: str, currency: str = "") -> dict[str, Any]:
    default = currency or request.house.currency  # type: ignore[attr-defined]
    return amount_in(text, default) if text else {}
