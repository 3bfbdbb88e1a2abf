"""What a buyer allows, set on their page: consents by purpose, and that nobody must contact them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from pydantic import Field

from songsheet.buyers.actions import allow_contact, forbid_contact, record_consent
from songsheet.buyers.errors import ReasonMissing
from songsheet.doors.commands import Command
from songsheet.team.acting import acting_on, time_on
from songsheet.ui.toasts import tell


class SayConsent(Command):
    """A person allows or refuses a purpose, and how we know."""

    purpose: str = Field(max_length=12, description="What for")
    granted: bool = Field(description="Whether they agree")
    evidence: str = Field("", max_length=200, description="How we know")


class MarkContact(Command):
    """Nobody must contact them, by one channel or any; or that is lifted."""

    channel: str = Field("", max_length=12, description="By what; empty for any")
    reason: str = Field("", max_length=200, description="Why, also when it is lifted")
    lift: bool = Field(False, description="Lift the mark")


@require_POST
def consent(request: HttpRequest, key: str) -> HttpResponse:
    """Keep an answer."""
    said = SayConsent.read(request.POST.dict())
    given: dict[str, Any] = said.model_dump()
    record_consent(key, **given, by=acting_on(request), at=time_on(request))
    tell(request, _("Their answer is kept"))
    return redirect("buyer", key=key)


@require_POST
def contact(request: HttpRequest, key: str) -> HttpResponse:
    """Set or lift a do-not-contact mark."""
    said, by, at = MarkContact.read(request.POST.dict()), acting_on(request), time_on(request)
    if said.lift and not said.reason:
        raise ReasonMissing
    if said.lift:
        allow_contact(key, channel=said.channel, reason=said.reason, by=by, at=at)
        tell(request, _("They may be contacted again"))
        if request.POST.get("from") == "list":
            return redirect("do_not_contact")
    else:
        forbid_contact(key, channel=said.channel, reason=said.reason, by=by, at=at)
        tell(request, _("Nobody contacts them from now on"))
    return redirect("buyer", key=key)
