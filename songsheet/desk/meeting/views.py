"""The forms for somebody new."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from songsheet.base.refusals import Refusal
from songsheet.buyers.actions import meet_company, meet_person
from songsheet.buyers.adopt import CompanyRow, PersonRow
from songsheet.buyers.errors import DomainIsAnothers, MailIsAnothers
from songsheet.desk.meeting.commands import MeetBuyer, MeetCompany
from songsheet.desk.meeting.known import known_companies, known_people
from songsheet.desk.story.read import person_behind
from songsheet.doors.commands import Command, form_of
from songsheet.journal.act import together
from songsheet.leads.actions import lead_came
from songsheet.leads.adopt import LeadRow
from songsheet.team.acting import Acting, acting_on, time_on
from songsheet.team.fields.form import add_own, custom_in
from songsheet.team.roles import Right
from songsheet.ui.toasts import tell

FORMS: dict[str, type[Command]] = {"buyers": MeetBuyer, "companies": MeetCompany}
#: What the fields of the house's own are declared on.
ON = {"buyers": "person", "companies": "company"}


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, what: str) -> HttpResponse:
    """Type in somebody new."""
    viewer, at = acting_on(request), time_on(request)
    viewer.must(Right.WORK)
    if request.method != "POST":
        return _page(request, what, add_own(form_of(FORMS[what]), ON[what]))
    try:
        if what == "companies":
            key = _meet_company(MeetCompany.read(request.POST.dict()), request.POST, viewer, at)
        else:
            key = _meet(MeetBuyer.read(request.POST.dict()), request.POST, viewer, at)
    except Refusal as refusal:
        form = form_of(FORMS[what], typed=request.POST, refusal=refusal)
        form = add_own(form, ON[what], refusal=refusal)
        return _page(request, what, form, typed=True, status=refusal.status)
    tell(request, _("It is kept"))
    return redirect(f"/{what}/{key}")


@require_POST
def known(request: HttpRequest, what: str) -> HttpResponse:
    """Who is known already by what was typed so far; nothing is kept of it."""
    acting_on(request).must(Right.WORK)
    return render(request, "desk/meeting_known.html", _hints(request, what))


def _meet(given: MeetBuyer, typed: Mapping[str, str], by: Acting, at: datetime) -> str:
    """The key of whom it is about: somebody new, or who was chosen of those who are known."""
    with together():
        if chosen := typed.get("person", ""):
            person = person_behind(chosen)
        else:
            company = meet_company(CompanyRow(name=given.company), by=by, at=at) if given.company else None
            row = PersonRow(
                name=given.name,
                title=given.title,
                mails=(given.mail,) if given.mail else (),
                phones=(given.phone,) if given.phone else (),
                company=(company.pk, company.key) if company else None,
                custom=custom_in("person", typed),
            )
            for hint in known_people(given.model_dump(), by):
                if hint.is_sure:
                    raise MailIsAnothers(given.mail, hint.row.key)
            person = meet_person(row, by=by, at=at)
        if given.wants:
            owner = (by.member.pk, by.member.key) if by.member and not given.free else None
            lead_came(LeadRow(person=(person.pk, person.key), wants=given.wants, owner=owner), by=by, at=at)
    return person.key


def _meet_company(given: MeetCompany, typed: Mapping[str, str], by: Acting, at: datetime) -> str:
    for hint in known_companies(given.model_dump(), by):
        if hint.is_sure:
            raise DomainIsAnothers(given.domain, hint.row.key)
    row = CompanyRow(**given.model_dump(), custom=custom_in("company", typed))
    return meet_company(row, by=by, at=at).key


def _hints(request: HttpRequest, what: str) -> dict[str, Any]:
    typed = {name: request.POST.get(name, "").replace("\x00", "")[:200] for name in FORMS[what].model_fields}
    find = known_people if what == "buyers" else known_companies
    return {"hints": find(typed, acting_on(request)), "what": what, "path": f"/{what}"}


def _page(
    request: HttpRequest, what: str, form: Any, *, typed: bool = False, status: int = 200
) -> HttpResponse:
    title = _("New buyer") if what == "buyers" else _("New company")
    context = {
        "title": title,
        "crumbs": [{"label": _("Buyers"), "url": f"/{what}"}, {"label": title}],
        "form": form,
        **(_hints(request, what) if typed else {"hints": [], "what": what, "path": f"/{what}"}),
    }
    return render(request, "desk/meeting.html", context, status=status)
