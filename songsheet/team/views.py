"""The pages of the team: who is in it, one member, inviting, keys for programs."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from songsheet.base.refusals import Refusal
from songsheet.doors.commands import form_of
from songsheet.doors.problems import errors_of
from songsheet.team import actions
from songsheet.team.acting import acting_on, time_on
from songsheet.team.commands import ChangeMember, InviteMember
from songsheet.team.forms import KeyForm
from songsheet.team.inviting import Invited
from songsheet.team.mail import link_of, send_invitation
from songsheet.team.models import Member
from songsheet.team.queries import house, keys_of, member_keyed, names_of_others, whole_team
from songsheet.team.roles import Right
from songsheet.ui.toasts import tell

State = Member.State
_WHERE = {State.ELSEWHERE.value: "elsewhere", State.LEFT.value: "left"}
LoadOf = Callable[[], dict[int, int]]


@require_safe
def team(request: HttpRequest, load_of: LoadOf = dict) -> HttpResponse:
    """Everybody, with side, role, state and how much is on their hands, which `load_of` knows."""
    acting_on(request).must(Right.LOOK)
    load = load_of()
    rows: dict[str, list[dict[str, Any]]] = {"here": [], "elsewhere": [], "left": []}
    for one in whole_team():
        rows[_WHERE.get(one.state, "here")].append({"one": one, "load": load.get(one.id, 0)})
    return render(request, "team/team.html", {**rows, "may_manage": _manages(request), "title": _("Team")})


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Ask somebody to join: the link is mailed, and shown once."""
    acting_on(request).must(Right.TEAM)
    if request.method != "POST":
        return _invite_page(request, form_of(InviteMember))
    try:
        asked = InviteMember.read(request.POST)
        invited = actions.invite_member(
            email=asked.email, name=asked.name, role=asked.role, by=acting_on(request), at=time_on(request)
        )
    except Refusal as refusal:
        _only_about_fields(refusal)
        form = form_of(InviteMember, typed=request.POST, refusal=refusal)
        return _invite_page(request, form, status=refusal.status)
    return _link_page(request, invited)


@require_POST
def invite_again(request: HttpRequest, key: str) -> HttpResponse:
    """A new link for a member who lost the old one, left, or is known from an import alone."""
    by, at = acting_on(request), time_on(request)
    return _link_page(request, actions.invite_member(key=key, by=by, at=at))


@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, key: str) -> HttpResponse:
    """One member: what they are here, and for who manages the team, changing it."""
    acting_on(request).must(Right.LOOK)
    one = member_keyed(key)
    if request.method != "POST":
        return _member_page(request, one)
    acting_on(request).must(Right.TEAM)
    try:
        values = ChangeMember.read(request.POST).model_dump()
        version = int(request.POST["version"]) if request.POST.get("version", "").isdecimal() else None
        actions.change_member(key, **values, version=version, by=acting_on(request), at=time_on(request))
    except Refusal as refusal:
        return _member_page(request, member_keyed(key), refusal=refusal)
    tell(request, _("%(name)s was changed") % {"name": one.name})
    return redirect("member", key=key)


@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    """Myself: to my page in the team."""
    me = acting_on(request).member
    return redirect("member", key=me.key) if me else redirect("team")


@require_POST
def leave(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody left: they and their keys cannot enter any more; what they did stays."""
    by, at = acting_on(request), time_on(request)
    left = actions.change_member(key, state=State.LEFT, by=by, at=at)
    tell(request, _("%(name)s has left the team") % {"name": left.name})
    return redirect("team")


@require_POST
def issue_key(request: HttpRequest, key: str) -> HttpResponse:
    """A key for a program of this member; its secret is shown once."""
    one, form = member_keyed(key), KeyForm(request.POST)
    if acting_on(request).member != one:
        acting_on(request).must(Right.TEAM)
    if not form.is_valid():
        return _member_page(request, one, key_form=form, status=422)
    by, at = acting_on(request), time_on(request)
    scopes, label = form.cleaned_data["scopes"], form.cleaned_data["label"]
    _issued, secret = actions.issue_key(member=one, scopes=scopes, label=label, by=by, at=at)
    return _member_page(request, one, secret=secret)


@require_POST
def end_key(request: HttpRequest, key: str) -> HttpResponse:
    """End a key: from here on it opens nothing."""
    ended = actions.end_key(key, by=acting_on(request), at=time_on(request))
    tell(request, _("The key was ended"))
    return redirect("member", key=ended.member.key)


def _manages(request: HttpRequest) -> bool:
    return acting_on(request).may(Right.TEAM)


def _only_about_fields(refusal: Refusal) -> None:
    """A refusal that no field of the form can show is a page of its own."""
    if not errors_of(refusal):
        raise refusal


def _invite_page(request: HttpRequest, form: Any, *, status: int = 200) -> HttpResponse:
    crumbs = [{"label": _("Team"), "url": "/team"}, {"label": _("Invite somebody")}]
    return render(request, "team/invite.html", {"form": form, "crumbs": crumbs}, status=status)


def _link_page(request: HttpRequest, invited: Invited) -> HttpResponse:
    crumbs = [{"label": _("Team"), "url": "/team"}, {"label": _("Invitation")}]
    mailed = send_invitation(invited, house())
    is_theirs_alone = mailed and invited.member.state == State.ACTIVE
    link = "" if is_theirs_alone else link_of(invited)
    shown = {"invited": invited, "link": link, "mailed": mailed, "crumbs": crumbs}
    return render(request, "team/invited.html", shown)


def _member_page(
    request: HttpRequest,
    one: Member,
    *,
    refusal: Refusal | None = None,
    key_form: KeyForm | None = None,
    secret: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of a member; a refused change keeps what was typed and shows what stands there now."""
    values = {name: getattr(one, name) for name in ChangeMember.model_fields}
    typed = request.POST if refusal else None
    form = form_of(ChangeMember, values=values, typed=typed, refusal=refusal)
    is_stale = refusal is not None and refusal.code == "stale"
    may_have_keys = one.is_active and (_manages(request) or acting_on(request).member == one)
    context = {
        "one": one,
        "crumbs": [{"label": _("Team"), "url": "/team"}, {"label": one.name}],
        "fields": [(field, _theirs(field, values, typed) if is_stale else "") for field in form],
        "refusal": refusal,
        "may_manage": _manages(request),
        "is_me": acting_on(request).member == one,
        "names": names_of_others(one),
        "keys": keys_of(one) if may_have_keys else [],
        "may_have_keys": may_have_keys,
        "key_form": key_form or KeyForm(),
        "secret": secret,
        "others": [other for other in whole_team() if other.state in (State.ACTIVE, State.INVITED)],
    }
    return render(request, "team/member.html", context, status=refusal.status if refusal else status)


def _theirs(field: Any, values: dict[str, Any], typed: Any) -> str:
    """What somebody else wrote into a field meanwhile, where it differs from what was typed."""
    there = str(values[field.name])
    return there if there != typed.get(field.name, "") else ""
