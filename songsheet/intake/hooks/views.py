"""The pages of hooks: making one, its secrets, trying a mapping, what came by it last."""

from typing import Any

from django.conf import settings
from django.forms import Select
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from songsheet.base.refusals import Refusal
from songsheet.doors.commands import form_of
from songsheet.doors.problems import errors_of
from songsheet.intake.held.queries import held_back_seen_by, how_many_of
from songsheet.intake.held.reading import as_shown
from songsheet.intake.hooks import actions
from songsheet.intake.hooks.commands import ChangeHook, MakeHook
from songsheet.intake.hooks.queries import hook_for, hooks_seen_by, secrets_of
from songsheet.intake.hooks.shapes import SHAPES
from songsheet.intake.hooks.shapes.mapped import FIELDS
from songsheet.intake.hooks.signing import WAYS
from songsheet.intake.hooks.trying import lines_of, mapping_of, tried
from songsheet.intake.incoming.queries import arrivals
from songsheet.team.acting import acting_on, time_on
from songsheet.team.roles import Right
from songsheet.ui.toasts import tell

_SHOWN = 10


@require_safe
def hooks(request: HttpRequest) -> HttpResponse:
    """All of them."""
    found = [(one, SHAPES[one.shape].label) for one in hooks_seen_by(acting_on(request))]
    return render(request, "intake/hooks.html", {"title": _("Hooks"), "hooks": found})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make one: its secret is shown once, on the page that follows."""
    by = acting_on(request)
    by.must(Right.FRONT)
    if request.method != "POST":
        return _new_page(request, form_of(MakeHook))
    try:
        given = MakeHook.read(request.POST)
        made, secret = actions.make_hook(**given.model_dump(), by=by, at=time_on(request))
    except Refusal as refusal:
        if not set(errors_of(refusal)) & set(MakeHook.model_fields):
            raise
        form = form_of(MakeHook, typed=request.POST, refusal=refusal)
        return _new_page(request, form, status=refusal.status)
    return _page(request, made.key, secret="" if WAYS[made.signing].is_theirs else secret)


@require_safe
def hook(request: HttpRequest, key: str) -> HttpResponse:
    """One hook, with its address, secrets and last arrivals."""
    return _page(request, key)


@require_POST
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Another name or source."""
    by = acting_on(request)
    by.must(Right.FRONT)
    given = ChangeHook.read(request.POST)
    actions.change_hook(key, **given.model_dump(), by=by, at=time_on(request))
    tell(request, _("The hook was changed"))
    return redirect("hook", key=key)


@require_POST
def mapping(request: HttpRequest, key: str) -> HttpResponse:
    """Try a mapping on a sample, or keep it once it makes events of it."""
    by = acting_on(request)
    one, lines, sample = hook_for(by, key), request.POST.get("mapping", ""), request.POST.get("sample", "")
    shown: dict[str, Any] = {"lines": lines, "sample": sample}
    try:
        given = mapping_of(lines)
        if "keep" not in request.POST:
            return _page(request, key, tried=tried(one, given, sample), **shown)
        actions.change_hook(key, mapping=given, sample=sample, by=by, at=time_on(request))
    except Refusal as refusal:
        if not set(errors_of(refusal)) & {"mapping", "sample"}:
            raise
        return _page(request, key, refused=errors_of(refusal), status=refusal.status, **shown)
    tell(request, _("The mapping was kept"))
    return redirect("hook", key=key)


@require_POST
def add_secret(request: HttpRequest, key: str) -> HttpResponse:
    """One more secret, shown once where it is ours."""
    given = request.POST.get("secret", "")
    try:
        one, secret = actions.add_secret(key, secret=given, by=acting_on(request), at=time_on(request))
    except Refusal as refusal:
        if "secret" not in errors_of(refusal):
            raise
        return _page(request, key, refused=errors_of(refusal), status=refusal.status)
    return _page(request, key, secret="" if WAYS[one.signing].is_theirs else secret)


@require_POST
def end_secret(request: HttpRequest, key: str, secret: str) -> HttpResponse:
    """What it signs is refused from now on."""
    actions.end_secret(key, secret, by=acting_on(request), at=time_on(request))
    tell(request, _("The secret has ended"))
    return redirect("hook", key=key)


@require_POST
def end(request: HttpRequest, key: str) -> HttpResponse:
    """Take it out."""
    actions.take_hook_out(key, by=acting_on(request), at=time_on(request))
    tell(request, _("The hook was taken out"))
    return redirect("hooks")


def _page(request: HttpRequest, key: str, *, status: int = 200, **more: Any) -> HttpResponse:
    viewer = acting_on(request)
    one = hook_for(viewer, key)
    held = held_back_seen_by(viewer, feed=one.key, most=_SHOWN).items
    context = {
        "crumbs": [{"label": _("Hooks"), "url": "/hooks"}, {"label": one.name}],
        "one": one,
        "address": f"{settings.ENVIRONMENT.url}/in/hooks/{one.key}",
        "shape": SHAPES[one.shape],
        "way": WAYS[one.signing],
        "form": form_of(ChangeHook, values={"name": one.name, "source": one.source}),
        "secrets": secrets_of(one),
        "held": held,
        "held_count": how_many_of(viewer, one.key) if held else 0,
        "arrivals": arrivals(viewer, hook=one.key, most=_SHOWN).items,
        "lines": lines_of(one.mapping),
        "sample": as_shown(held[0].body) if held and one.shape == "mapped" else "",
        "fields": ", ".join(FIELDS),
        "now": time_on(request),
        **more,
    }
    return render(request, "intake/hook.html", context, status=status)


def _new_page(request: HttpRequest, form: Any, *, status: int = 200) -> HttpResponse:
    crumbs = [{"label": _("Hooks"), "url": "/hooks"}, {"label": _("Make a hook")}]
    form.fields["shape"].widget = Select(choices=[(name, one.label) for name, one in SHAPES.items()])
    ways = [("", _("As the provider does")), *[(name, WAYS[name].label) for name in SHAPES["mapped"].ways]]
    form.fields["signing"].widget = Select(choices=ways)
    return render(request, "intake/new_hook.html", {"form": form, "crumbs": crumbs}, status=status)
