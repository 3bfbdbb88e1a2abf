"""One table: the clauses of a draft edited where they are read, and both keys turned at the end."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from songsheet.agreements import actions, signing_actions
from songsheet.agreements.errors import BodyRefused, CannotSign, NoSuchClause
from songsheet.agreements.form import form_of, read
from songsheet.agreements.models import Version
from songsheet.agreements.queries import (
    SIGNS,
    kind_named,
    names_in,
    sides_of,
    signatures_of,
    signers_by_side,
    version_for,
)
from songsheet.agreements.showing import crumbs_of, side_label
from songsheet.base.refusals import Refusal
from songsheet.doors.problems import errors_of
from songsheet.team.acting import Acting, acting_on, as_member, time_on
from songsheet.team.models import Member
from songsheet.team.queries import member_choices
from songsheet.team.roles import Right
from songsheet.team.sign_in import confirmed
from songsheet.ui.toasts import tell

State = Version.State


@sensitive_post_parameters("marketing.password", "sales.password", "marketing.code", "sales.code")
@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest, key: str) -> HttpResponse:
    """Edit the clauses together; keep them, or have both sides sign what stands there."""
    by = acting_on(request)
    by.must(Right.PROPOSE)
    version = version_for(by, key)
    if request.method != "POST":
        return _page(request, version)
    given = read(kind_named(version.agreement.kind).body, request.POST)
    seen, at = request.POST.get("hash", ""), time_on(request)
    try:
        if request.POST.get("act") == "sign":
            keys = _keys(request, version, given)
            left = signing_actions.sign_at_one_table(key, given, seen=seen, keys=keys, by=by, at=at)
        else:
            left = actions.edit(key, given, seen=seen, by=by, at=at)
    except Refusal as refusal:
        return _page(request, version, given=given, refusal=refusal)
    signed = left.state == State.IN_FORCE
    tell(request, _("Both sides have signed") if signed else _("The draft is kept"))
    return redirect("version", key=key)


@require_POST
def say(request: HttpRequest, key: str, clause: str) -> HttpResponse:
    """What a clause would say as it is typed; nothing is kept."""
    viewer = acting_on(request)
    viewer.must(Right.PROPOSE)
    version = version_for(viewer, key)
    kind = kind_named(version.agreement.kind)
    if clause not in kind.body.model_fields:
        raise NoSuchClause("There is no such clause. Open the version again.")
    body = {**version.body, **read(kind.body, request.POST)}
    try:
        terms = kind.read(body)
    except BodyRefused as refusal:
        wrong = [said for place, words in refusal.errors.items() if _is_of(place, clause) for said in words]
        return render(request, "agreements/says.html", {"wrong": wrong}, status=422)
    said = next(one for one in terms.clauses(names_in(body)) if one.name == clause)
    return render(request, "agreements/says.html", {"sentences": said.sentences})


def _is_of(place: str, clause: str) -> bool:
    return place in (clause, "body") or place.startswith(f"{clause}.")


def _keys(request: HttpRequest, version: Version, given: Mapping[str, Any]) -> list[Acting]:
    """Who turns the keys that are wanted: who is signed in, and whoever typed their address and password.

    Keys that were turned before count as long as the text is still the one they were turned over.
    """
    by = acting_on(request)
    mine = sides_of(by)
    if set(mine) == set(SIGNS):
        return [by]
    terms = kind_named(version.agreement.kind).read({**version.body, **given})
    same = terms.model_dump(mode="json") == version.body
    turned = {one.side for one in signatures_of(version)} if same else set()
    wanted = [side for side in SIGNS if side not in turned]
    return [by if side in mine else as_member(_beside(request, side)) for side in wanted]


def _beside(request: HttpRequest, side: str) -> Member:
    """The member beside whoever is signed in. The demo has no passwords: there, who is chosen."""
    typed: Mapping[str, str] = request.POST
    if request.house.is_demo:  # type: ignore[attr-defined]
        chosen = typed.get(f"{side}.member", "")
        found = next((one for one in signers_by_side()[side] if one.key == chosen), None)
        if found is None:
            raise CannotSign(f"Choose who signs for {side_label(side)}.", field=f"{side}.member")
        return found
    names = (typed.get(f"{side}.{name}", "") for name in ("email", "password", "code"))
    return confirmed(request, *names)


def _page(
    request: HttpRequest,
    version: Version,
    *,
    given: Mapping[str, Any] | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    kind, mine = kind_named(version.agreement.kind), sides_of(acting_on(request))
    body = {**version.body, **(given or {})}
    names = names_in(version.body)
    said = {one.name: one.sentences for one in kind.body.model_validate(version.body).clauses(names)}
    form = form_of(
        kind.body, body, members=tuple(member_choices()), wrong=errors_of(refusal) if refusal else None
    )
    signers, turned = signers_by_side(), {one.side: one.member.name for one in signatures_of(version)}
    context = {
        "title": kind.label,
        "crumbs": crumbs_of(version),
        "kind": kind,
        "one": version,
        "clauses": [(one, said[one.name]) for one in form],
        "sides": [
            {
                "name": side,
                "label": side_label(side),
                "mine": side in mine,
                "signers": signers[side],
                "signed": turned.get(side, ""),
            }
            for side in SIGNS
        ],
        "both_hats": set(mine) == set(SIGNS),
        "is_open": version.state in (State.DRAFT, State.OFFERED),
        "typed": request.POST if refusal else {},
        "refusal": refusal,
    }
    return render(request, "agreements/table.html", context, status=refusal.status if refusal else 200)
