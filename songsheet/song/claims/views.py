"""The pages of claims: all of them, one with whether it holds, drafting, signing, closing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from songsheet.base.refusals import Refusal
from songsheet.doors.pages import Empty
from songsheet.song.claims.actions import draft_claim, edit_claim, propose_version, withdraw_draft
from songsheet.song.claims.commands import DraftClaim, SayClaim, claim_form, claimed_of, values_of
from songsheet.song.claims.force_actions import close_claim, put_in_force, sign_claim
from songsheet.song.claims.listing import CLAIMS
from songsheet.song.claims.models import ClaimVersion
from songsheet.song.claims.queries import claim_for
from songsheet.song.claims.showing import page_of, version_for
from songsheet.team.acting import acting_on, time_on
from songsheet.team.lists import export_list, show_list
from songsheet.team.roles import Right
from songsheet.ui.toasts import tell

EMPTY = Empty(
    "No claims yet",
    "A claim is what we say, with the facts that must be so. What no longer holds is shown here first.",
    "Draft a claim",
    "/song/claims/new",
)


@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    """What we say, and whether it holds now."""
    return show_list(request, CLAIMS, empty=EMPTY, template="song/claims.html", extra={"here": "claims"})


@require_safe
def file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The claims as a file."""
    return export_list(request, CLAIMS, form)


@require_safe
def claim(request: HttpRequest, claim: str) -> HttpResponse:
    """One claim: whether it holds now and because of what, its versions and keys."""
    viewer = acting_on(request)
    one = claim_for(viewer, claim)
    context = {"title": one.statement, "crumbs": _crumbs(_("One claim")), "here": "claims"}
    return render(request, "song/claim.html", context | page_of(viewer, one, time_on(request)))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Draft a claim."""
    acting_on(request).must(Right.PROPOSE)
    if request.method != "POST":
        return _form_page(request, claim_form(DraftClaim))
    try:
        given = claimed_of(DraftClaim.read(request.POST.dict()))
        made = draft_claim(**given, by=acting_on(request), at=time_on(request))
    except Refusal as refusal:
        form = claim_form(DraftClaim, typed=request.POST, refusal=refusal)
        return _form_page(request, form, status=refusal.status)
    tell(request, _("The draft is kept"))
    return redirect("claim", claim=made.claim.key)


@require_POST
def propose(request: HttpRequest, claim: str) -> HttpResponse:
    """Begin a new version of a claim, and on to its form."""
    made = propose_version(claim, by=acting_on(request), at=time_on(request))
    return redirect("claim_edit", version=made.key)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, version: str) -> HttpResponse:
    """Change a draft."""
    viewer = acting_on(request)
    viewer.must(Right.PROPOSE)
    one = version_for(viewer, version)
    if request.method != "POST":
        return _form_page(request, claim_form(SayClaim, values=values_of(one)), one)
    try:
        given = claimed_of(SayClaim.read(request.POST.dict()))
        seen = request.POST.get("hash", "")
        edit_claim(version, seen=seen, by=viewer, at=time_on(request), **_others_kept(one, given))
    except Refusal as refusal:
        form = claim_form(SayClaim, typed=request.POST, refusal=refusal)
        return _form_page(request, form, one, refusal.status)
    tell(request, _("The draft is changed"))
    return redirect("claim", claim=one.claim.key)


def _others_kept(one: ClaimVersion, given: dict[str, Any]) -> dict[str, Any]:
    """What the form does not show stays: other languages, more personas and stages."""
    others = [each for each in one.wordings if each["language"] != "de"]
    kept = {
        name: getattr(one, name)
        for name in ("personas", "stages")
        if len(getattr(one, name)) > 1 and given[name] == getattr(one, name)[:1]
    }
    return {**given, "wordings": [*given["wordings"], *others], **kept}


@require_POST
def force(request: HttpRequest, version: str) -> HttpResponse:
    """Say it from now on."""
    seen = request.POST.get("hash", "")
    one = put_in_force(version, seen=seen, by=acting_on(request), at=time_on(request))
    tell(request, _("It is in force"))
    return redirect("claim", claim=one.claim.key)


@require_POST
def sign(request: HttpRequest, version: str) -> HttpResponse:
    """Turn the key of one's side."""
    seen = request.POST.get("hash", "")
    one = sign_claim(version, hash=seen, by=acting_on(request), at=time_on(request))
    is_said = one.state == ClaimVersion.State.IN_FORCE
    tell(request, _("Both sides have signed: it is in force") if is_said else _("Your side has signed"))
    return redirect("claim", claim=one.claim.key)


@require_POST
def withdraw(request: HttpRequest, version: str) -> HttpResponse:
    """Let a draft come to nothing."""
    one = withdraw_draft(version, by=acting_on(request), at=time_on(request))
    tell(request, _("The draft is withdrawn"))
    return redirect("claim", claim=one.claim.key)


@require_POST
def close(request: HttpRequest, claim: str) -> HttpResponse:
    """Say it no more."""
    close_claim(claim, why=request.POST.get("why", ""), by=acting_on(request), at=time_on(request))
    tell(request, _("It is closed: nobody says it from now on"))
    return redirect("claim", claim=claim)


def _form_page(
    request: HttpRequest, form: Any, one: ClaimVersion | None = None, status: int = 200
) -> HttpResponse:
    crumbs = _crumbs(_("Change the draft") if one else _("Draft a claim"))
    return render(request, "song/say_claim.html", {"form": form, "one": one, "crumbs": crumbs}, status=status)


def _crumbs(last: str) -> list[dict[str, str]]:
    trail = [{"label": _("Song sheet"), "url": "/song"}, {"label": _("Claims"), "url": "/song/claims"}]
    return [*trail, {"label": last}]
