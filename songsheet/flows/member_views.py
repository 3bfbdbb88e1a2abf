"""Saying who somebody from an import is, from the page of the team."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from songsheet.flows.assign_placeholder import assign_placeholder, undo_assigning
from songsheet.team.acting import acting_on, time_on
from songsheet.ui.toasts import tell


@require_POST
def assign(request: HttpRequest, key: str) -> HttpResponse:
    """This placeholder is that member."""
    by, at = acting_on(request), time_on(request)
    done = assign_placeholder(key, to=request.POST.get("to", ""), by=by, at=at)
    leads = ngettext("%(n)s open lead", "%(n)s open leads", done.leads) % {"n": done.leads}
    deals = ngettext("%(n)s open deal", "%(n)s open deals", done.deals) % {"n": done.deals}
    names = {"who": done.placeholder.name, "member": done.member.name, "leads": leads, "deals": deals}
    says = _("%(who)s is %(member)s; %(leads)s and %(deals)s passed on") % names
    tell(request, says, undo_url=f"/team/{key}/is-not")
    return redirect("member", key=done.member.key)


@require_POST
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """No, they are not."""
    done = undo_assigning(key, by=acting_on(request), at=time_on(request))
    tell(request, _("%(who)s is somebody else again") % {"who": done.placeholder.name})
    return redirect("member", key=key)
