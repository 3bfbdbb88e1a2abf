"""What can be typed on a buyer page."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from songsheet.base.refusals import Refusal
from songsheet.doors.commands import Command, form_of


class What(TextChoices):
    """The contacts that are written down by hand."""

    CALL = "call", _("A call")
    MAIL = "mail", _("A mail")
    MEETING = "meeting", _("A meeting")
    NOTE = "note", _("A note")


class Who(TextChoices):
    """Who reached out."""

    OUT = "out", _("We did")
    IN = "in", _("They did")


class LogTouch(Command):
    """A call, mail, meeting or note, in a few words."""

    kind: What = Field(What.CALL, description="What it was")
    direction: Who = Field(Who.OUT, description="Who reached out")
    subject: str = Field(max_length=500, description="What it was about")
    text: str = Field("", max_length=10_000, description="What they said, or what you agreed")
    minutes: int | None = Field(None, ge=0, le=1440, description="Minutes")


def log_form(typed: Mapping[str, Any] | None = None, refusal: Refusal | None = None) -> forms.Form:
    """The form of a contact."""
    form = form_of(LogTouch, values={"kind": "call", "direction": "out"}, typed=typed, refusal=refusal)
    form.fields["text"].widget = forms.Textarea(attrs={"rows": 4})
    return form
