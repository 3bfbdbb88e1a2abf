"""The page behind an invitation: looking at it changes nothing, sending it sets the password once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from songsheet.base.refusals import Refusal
from songsheet.doors.problems import errors_of
from songsheet.team.acting import time_on
from songsheet.team.actions import accept_invitation
from songsheet.team.forms import JoinForm
from songsheet.team.inviting import invitation_of
from songsheet.ui.toasts import tell


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Set the password of an invited member; then they sign in with it."""
    invited = invitation_of(token, at=time_on(request)).member
    form = JoinForm(invited, request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return _page(request, form, status=422 if form.is_bound else 200)
    try:
        accept_invitation(token, at=time_on(request), **form.cleaned_data)
    except Refusal as refusal:
        for name, sentences in errors_of(refusal).items():
            form.add_error(name, sentences)
        return _page(request, form, status=refusal.status)
    tell(request, _("Your password is set. Sign in with it."))
    return redirect("account_login")


def _page(request: HttpRequest, form: JoinForm, *, status: int) -> HttpResponse:
    return render(request, "team/join.html", {"form": form, "title": _("Welcome")}, status=status)
