"""The page of a company: what it is, who is there, their leads and deals."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from songsheet.buyers.errors import NoSuchCompany
from songsheet.buyers.models import Person
from songsheet.buyers.queries import companies_of, companies_seen_by
from songsheet.deals.models import Deal
from songsheet.desk.notes.shown import notes_of_company
from songsheet.leads.models import Lead
from songsheet.team.acting import acting_on, time_on
from songsheet.team.roles import Right

MOST = 100


@require_safe
def page(request: HttpRequest, key: str) -> HttpResponse:
    """One company, with the people there and what they want from us."""
    of_company = companies_of(key)
    company = companies_seen_by(acting_on(request)).filter(id__in=of_company).first()
    if company is None:
        raise NoSuchCompany(key)
    there = Person.objects.filter(company__in=of_company, gone_at=None, root=None)
    people = list(there.order_by("name", "id")[:MOST])
    theirs = Person.objects.filter(Q(id__in=[one.id for one in people]) | Q(root__in=people)).values("id")
    leads = Lead.objects.filter(person__in=theirs, gone_at=None).select_related("person", "owner", "source")
    deals = Deal.objects.filter(lead__person__in=theirs, gone_at=None).select_related("owner", "stage")
    context = {
        "title": company.name,
        "crumbs": [{"label": _("Companies"), "url": "/companies"}, {"label": company.name, "url": ""}],
        "now": time_on(request),
        "company": company,
        "people": people,
        "notes": notes_of_company(of_company, acting_on(request)),
        "may_work": acting_on(request).may(Right.WORK),
        "leads": list(leads.prefetch_related("person__root").order_by("-came_at", "-id")[:MOST]),
        "deals": list(deals.order_by("-opened_at", "-id")[:MOST]),
    }
    is_panel = request.headers.get("HX-Target") == "panel"
    return render(request, "desk/company_panel.html" if is_panel else "desk/company.html", context)
