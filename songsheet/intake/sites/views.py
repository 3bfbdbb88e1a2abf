"""The pages of our sites: what each may tell, and the line that is pasted into its pages."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from songsheet.base.refusals import Refusal
from songsheet.intake.sites import actions
from songsheet.intake.sites.commands import SiteSaid, site_form, values_of
from songsheet.intake.sites.models import Site
from songsheet.intake.sites.queries import seen_on, site_for, sites_seen_by, snippet_of
from songsheet.team.acting import acting_on, time_on
from songsheet.team.roles import Right
from songsheet.ui.toasts import tell


@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    """All of them with what they told in thirty days."""
    viewer = acting_on(request)
    found = list(sites_seen_by(viewer))
    seen = seen_on(found, time_on(request))
    rows = [{"site": one, "seen": seen[one.id]} for one in found]
    context = {"title": _("Sites"), "rows": rows, "may_change": viewer.may(Right.FRONT)}
    return render(request, "intake/sites/sites.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Let another site tell of visits."""
    acting_on(request).must(Right.FRONT)
    if request.method != "POST":
        return _form_page(request, site_form())
    try:
        values = values_of(SiteSaid.read(request.POST.dict()))
        made = actions.add_site(**values, by=acting_on(request), at=time_on(request))
    except Refusal as refusal:
        return _form_page(request, site_form(typed=request.POST, refusal=refusal), refusal=refusal)
    tell(request, _("The site is added"))
    return redirect("site", key=made.key)


@require_safe
def site(request: HttpRequest, key: str) -> HttpResponse:
    """One site: the line for its pages, and what they told."""
    viewer, at = acting_on(request), time_on(request)
    one = site_for(viewer, key)
    context = {
        "title": one.name,
        "crumbs": [{"label": _("Sites"), "url": "/sites"}, {"label": one.name}],
        "one": one,
        "snippet": snippet_of(one),
        "seen": seen_on([one], at)[one.id],
        "may_change": viewer.may(Right.FRONT),
    }
    return render(request, "intake/sites/site.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Call it otherwise, let it stand elsewhere or tell more or less."""
    viewer = acting_on(request)
    viewer.must(Right.FRONT)
    one = site_for(viewer, key)
    if request.method != "POST":
        return _form_page(request, site_form(one), site=one)
    try:
        values, number = values_of(SiteSaid.read(request.POST.dict())), request.POST.get("version", "")
        version = int(number) if number.isdecimal() else None
        actions.change_site(key, **values, version=version, by=viewer, at=time_on(request))
    except Refusal as refusal:
        form = site_form(one, typed=request.POST, refusal=refusal)
        return _form_page(request, form, site=one, refusal=refusal)
    tell(request, _("The site was changed. Paste its line anew where how much it tells is another."))
    return redirect("site", key=key)


@require_POST
def take_out(request: HttpRequest, key: str) -> HttpResponse:
    """What its pages still tell is refused."""
    undo = f"/sites/{key}/bring-back"
    return _done(request, key, actions.take_site_out, _("The site was taken out"), undo)


@require_POST
def bring_back(request: HttpRequest, key: str) -> HttpResponse:
    """It may tell of visits again."""
    return _done(request, key, actions.bring_site_back, _("The site tells of visits again"), "")


def _done(request: HttpRequest, key: str, act: Callable[..., Site], says: str, undo: str) -> HttpResponse:
    act(key, by=acting_on(request), at=time_on(request))
    tell(request, says, undo_url=undo)
    return redirect("site", key=key)


def _form_page(
    request: HttpRequest, form: Any, *, site: Site | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    title = _("Change the site") if site else _("Add a site")
    trail = [{"label": _("Sites"), "url": "/sites"}, {"label": title}]
    context = {"form": form, "one": site, "title": title, "refusal": refusal, "crumbs": trail}
    return render(request, "intake/sites/form.html", context, status=refusal.status if refusal else 200)
