"""The page of notices, the bell, and when one is mailed."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from songsheet.notices import actions
from songsheet.notices.models import How, Kind
from songsheet.notices.queries import PAGE, choices_of, one_of, page_of, unread_count
from songsheet.notices.shown import shown
from songsheet.team.acting import acting_on, time_on
from songsheet.team.roles import Right
from songsheet.ui.toasts import tell


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What I was told, the newest first; the rest of it comes as one scrolls."""
    viewer, unread = acting_on(request), request.GET.get("unread") == "1"
    notices = page_of(viewer, unread=unread, before=request.GET.get("before", ""), most=PAGE + 1)
    context = {
        "title": _("Notices"),
        "now": time_on(request),
        "notices": shown(notices[:PAGE]),
        "before": notices[PAGE - 1].key if len(notices) > PAGE else "",
        "unread": unread,
        "count": unread_count(viewer),
        "views": [
            {"label": _("All"), "url": "/notices", "current": not unread},
            {"label": _("Unread"), "url": "/notices?unread=1", "current": unread},
        ],
    }
    is_more = request.headers.get("HX-Target") == "more-notices"
    return render(request, "notices/page.html#rows" if is_more else "notices/page.html", context)


@require_safe
def bell(request: HttpRequest) -> HttpResponse:
    """The bell with its count; nothing where the number that is shown is right."""
    count = unread_count(acting_on(request))
    if request.GET.get("shown") == str(count):
        return HttpResponse(status=204)
    return render(request, "ui/frame/bell.html", {"bell": {"count": count}})


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    actions.mark_read(None, by=acting_on(request), at=time_on(request))
    tell(request, _("Everything is marked as read"))
    return redirect("notices")


@require_POST
def read(request: HttpRequest, key: str) -> HttpResponse:
    """One is read: asked by the page that it led to, or by its button."""
    actions.mark_read([key], by=acting_on(request), at=time_on(request))
    return _row(request, key)


@require_POST
def unread(request: HttpRequest, key: str) -> HttpResponse:
    """Keep one for later."""
    actions.mark_unread(key, by=acting_on(request))
    return _row(request, key)


def _row(request: HttpRequest, key: str) -> HttpResponse:
    """The row as it is now with the bell beside it; where no script asked, the page."""
    viewer = acting_on(request)
    if not request.headers.get("HX-Request"):
        return redirect("notices")
    (one,) = shown([one_of(viewer, key)])
    context = {"one": one, "now": time_on(request), "bell": {"count": unread_count(viewer)}}
    return render(request, "notices/row.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    """When I am mailed, by kind."""
    viewer = acting_on(request)
    viewer.must(Right.LOOK)
    assert viewer.member is not None
    chosen = choices_of([viewer.member.id])[viewer.member.id]
    form = MailForm(request.POST or None, initial=chosen)
    if request.method == "POST":
        viewer.must(Right.SAVE)
        if form.is_valid():
            given = {Kind(kind): How(how) for kind, how in form.cleaned_data.items()}
            actions.choose_mail(given, by=viewer, at=time_on(request))
            tell(request, _("Your choice was saved"))
            return redirect("notices_mail")
    crumbs = [{"label": _("Notices"), "url": "/notices"}, {"label": _("By mail")}]
    context: dict[str, Any] = {"form": form, "crumbs": crumbs, "me_mail": viewer.member.email}
    return render(request, "notices/mail.html", context, status=422 if form.errors else 200)


class MailForm(forms.Form):
    """A choice for each kind."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for kind in Kind:
            self.fields[kind.value] = forms.ChoiceField(label=kind.label, choices=How.choices)
