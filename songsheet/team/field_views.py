"""The page of the house's own fields: declare, change, put in order, archive, bring back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from songsheet.base.refusals import Refusal
from songsheet.team import field_actions as actions
from songsheet.team.acting import acting_on, time_on
from songsheet.team.field_commands import DeclareField, Rules, field_form, options_in
from songsheet.team.fields.counting import held_by
from songsheet.team.fields.declared import all_fields, field_keyed
from songsheet.team.fields.kinds import KINDS, kind_named
from songsheet.team.jobs import enqueue
from songsheet.team.models import CustomField
from songsheet.team.roles import Right
from songsheet.ui.toasts import tell


@require_safe
def fields(request: HttpRequest) -> HttpResponse:
    """Every declared field, by kind, in order; archived ones below."""
    acting_on(request).must(Right.HOUSE)
    every = all_fields()
    kinds = [
        {"kind": kind, "fields": [one for one in every if one.on == kind.name and one.gone_at is None]}
        for kind in KINDS.values()
    ]
    gone = [{"field": one, "kind": KINDS[one.on]} for one in every if one.gone_at and one.on in KINDS]
    crumbs = [{"label": _("Settings"), "url": "/settings"}, {"label": _("Fields"), "url": ""}]
    context: dict[str, Any] = {"title": _("Fields"), "crumbs": crumbs, "kinds": kinds, "gone": gone}
    context |= {"up": {"to": "up"}, "down": {"to": "down"}}
    return render(request, "team/fields.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, on: str) -> HttpResponse:
    """Declare a field on a kind of record."""
    acting_on(request).must(Right.HOUSE)
    kind = kind_named(on)
    if request.method != "POST":
        return _add_page(request, kind)
    try:
        said = DeclareField.read(request.POST).model_dump(mode="json")
        said["options"] = said["options"].splitlines()
        field = actions.declare_field(on, **said, by=acting_on(request), at=time_on(request))
    except Refusal as refusal:
        return _add_page(request, kind, refusal)
    done = _("%(label)s is a field of %(kind)s now") % {"label": field.label, "kind": str(kind.label).lower()}
    tell(request, done, undo_url=reverse("archive_field", args=[field.key]))
    return redirect("fields")


def _add_page(request: HttpRequest, kind: Any, refusal: Refusal | None = None) -> HttpResponse:
    form = field_form(kind, typed=request.POST if refusal else None, refusal=refusal)
    crumbs = [
        {"label": _("Settings"), "url": "/settings"},
        {"label": _("Fields"), "url": "/settings/fields"},
        {"label": _("Add a field"), "url": ""},
    ]
    context = {"title": _("Add a field"), "crumbs": crumbs, "kind": kind, "form": form, "refusal": refusal}
    return render(request, "team/field_add.html", context, status=refusal.status if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One field: its rules, its options with how many have each, and what its index does."""
    acting_on(request).must(Right.HOUSE)
    field, version = field_keyed(key), request.POST.get("version", "")
    if request.method != "POST":
        return _page(request, field)
    try:
        said = Rules.read(request.POST).model_dump()
        actions.change_field(
            key,
            **said,
            options=options_in(request.POST) if field.type == CustomField.Type.CHOICE else None,
            version=int(version) if version.isdecimal() else 0,
            by=acting_on(request),
            at=time_on(request),
        )
    except Refusal as refusal:
        return _page(request, field_keyed(key), refusal)
    tell(request, _("The field was saved"))
    return redirect("fields")


def _page(request: HttpRequest, field: CustomField, refusal: Refusal | None = None) -> HttpResponse:
    kind, typed = KINDS[field.on], request.POST if refusal else None
    form, held = field_form(kind, there=field, typed=typed, refusal=refusal), held_by(field)
    is_stale = refusal is not None and refusal.code == "stale"
    options = [
        {**option, "count": held.of.get(option["key"], 0), "typed": _typed(typed, option)}
        for option in field.options
    ]
    context = {
        "title": field.label,
        "crumbs": [
            {"label": _("Settings"), "url": "/settings"},
            {"label": _("Fields"), "url": "/settings/fields"},
            {"label": field.label, "url": ""},
        ],
        "one": field,
        "kind": kind,
        "rows": [(bound, _theirs(bound, field, typed) if is_stale else "") for bound in form],
        "options": [option for option in options if not option.get("gone")],
        "former": [option for option in options if option.get("gone")],
        "more": typed.get("more", "") if typed else "",
        "held": held,
        "refusal": refusal,
    }
    return render(request, "team/field.html", context, status=refusal.status if refusal else 200)


def _typed(typed: Any, option: dict[str, Any]) -> str:
    return str(typed.get(f"option:{option['key']}", "") if typed else option["label"])


def _theirs(bound: Any, field: CustomField, typed: Any) -> str:
    """What somebody else wrote meanwhile, where it differs from what was typed."""
    there = getattr(field, bound.name)
    if isinstance(there, bool):
        return (_("yes") if there else _("no")) if there != bool(typed.get(bound.name)) else ""
    return str(there) if str(there) != typed.get(bound.name, "") else ""


@require_POST
def archive(request: HttpRequest, key: str) -> HttpResponse:
    """Show a field no more."""
    field = actions.archive_field(key, by=acting_on(request), at=time_on(request))
    words = _("%(label)s was archived; its values are kept") % {"label": field.label}
    tell(request, words, undo_url=reverse("bring_back_field", args=[field.key]))
    return redirect("fields")


@require_POST
def bring_back(request: HttpRequest, key: str) -> HttpResponse:
    """Show an archived field again."""
    field = actions.bring_back_field(key, by=acting_on(request), at=time_on(request))
    words = _("%(label)s is back, with its values") % {"label": field.label}
    tell(request, words, undo_url=reverse("archive_field", args=[field.key]))
    return redirect("fields")


@require_POST
def move(request: HttpRequest, key: str) -> HttpResponse:
    """Put a field one place up or down."""
    steps = -1 if request.POST.get("to") == "up" else 1
    actions.move_field(key, steps=steps, by=acting_on(request), at=time_on(request))
    return redirect("fields")


@require_POST
def index(request: HttpRequest, key: str) -> HttpResponse:
    """Have the index of a field made again."""
    acting_on(request).must(Right.HOUSE)
    enqueue(field_keyed(key).key)
    tell(request, _("The index is being made"))
    return redirect("field", key=key)
