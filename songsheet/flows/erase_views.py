"""Erasing a person from their page, after asking; and taking out what is known of them, for them."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from songsheet.flows.erase_person import erase_person, known_person
from songsheet.flows.export_person import export_person
from songsheet.team.acting import acting_on, time_on
from songsheet.team.roles import Right
from songsheet.ui.dialogs import leave
from songsheet.ui.toasts import tell


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, key: str) -> HttpResponse:
    """Say what goes and what stays, and erase once somebody has typed the word."""
    acting_on(request).must(Right.ERASE)
    person = known_person(key)
    wrong = ""
    if request.method == "POST":
        if request.POST.get("word", "").strip().lower() == "erase":
            erase_person(key, by=acting_on(request), at=time_on(request))
            tell(request, _("They were erased. The bytes leave the disk by night."))
            return leave(request, "/buyers", is_gone=True)
        wrong = _("Type the word erase to confirm. Nothing was erased.")
    in_dialog = "HX-Request" in request.headers
    context = {"person": person, "title": _("Erase a person"), "wrong": wrong, "in_dialog": in_dialog}
    page = "flows/erase.html" if in_dialog else "flows/erase_page.html"
    return render(request, page, context, status=422 if wrong else 200)


@require_safe
def export(request: HttpRequest, key: str) -> HttpResponse:
    """Everything known of them as a JSON file."""
    taken = export_person(key, by=acting_on(request), at=time_on(request))
    answer = JsonResponse(taken, json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="{taken["person"]}.json"'
    return answer
