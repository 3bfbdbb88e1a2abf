"""The page of consent texts: what people read, version by version, and writing the next one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from pydantic import Field

from songsheet.base.refusals import Refusal
from songsheet.buyers.models import ConsentText
from songsheet.buyers.wording_actions import write_consent_text
from songsheet.buyers.wordings import texts_seen_by
from songsheet.doors.commands import Command, form_of
from songsheet.team.acting import acting_on, time_on
from songsheet.ui.toasts import tell


class WriteConsentText(Command):
    """What people read from now on."""

    purpose: ConsentText.Purpose = Field(description="What they allow")
    language: str = Field(
        "en", max_length=10, description="Language", json_schema_extra={"hint": "Its code, such as en."}
    )
    text: str = Field(
        max_length=2000,
        description="What they read",
        json_schema_extra={"hint": "Who will do what, how often, and how they take it back."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def texts(request: HttpRequest) -> HttpResponse:
    """All versions; sending the form writes the next one."""
    viewer = acting_on(request)
    found = texts_seen_by(viewer)
    form, status = form_of(WriteConsentText, values={"language": "en"}), 200
    if request.method == "POST":
        try:
            given = WriteConsentText.read(request.POST)
            write_consent_text(**given.model_dump(), by=viewer, at=time_on(request))
            tell(request, _("People read it from now on"))
            return redirect("consent_texts")
        except Refusal as refusal:
            form = form_of(WriteConsentText, typed=request.POST, refusal=refusal)
            status = refusal.status
    shown = {one.key for one in {(one.purpose, one.language): one for one in reversed(found)}.values()}
    context = {
        "title": _("Consent texts"),
        "crumbs": [{"label": _("Forms"), "url": "/forms"}, {"label": _("Consent texts")}],
        "texts": found,
        "shown": shown,
        "form": form,
        "now": time_on(request),
    }
    return render(request, "buyers/consent_texts.html", context, status=status)
