"""What can be typed about a link."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from pydantic import Field

from songsheet.base.refusals import Refusal
from songsheet.doors.commands import Command, form_of
from songsheet.doors.days import end_of
from songsheet.intake.links.models import Link
from songsheet.intake.links.words import OFFERED
from songsheet.touches.models import Campaign, Source

_HINTS = {"hint": "Filled in from source and campaign where you leave it empty."}


class MakeLink(Command):
    """A link: where it leads, whose it is, and what it says about where a visitor came from."""

    name: str = Field(min_length=1, max_length=120, description="Name")
    target: str = Field(
        min_length=1, max_length=2000, description="Leads to",
        json_schema_extra={"hint": "A public page, such as https://example.com/page."},
    )  # fmt: skip
    source: str = Field(
        "", max_length=120, description="Source",
        json_schema_extra={"hint": "A word of the vocabulary: visitors who come by it count there."},
    )  # fmt: skip
    campaign: str = Field("", max_length=40, description="Campaign")
    utm_source: str = Field("", max_length=120, description="utm_source", json_schema_extra=dict(_HINTS))
    utm_medium: str = Field("", max_length=120, description="utm_medium")
    utm_campaign: str = Field("", max_length=120, description="utm_campaign", json_schema_extra=dict(_HINTS))
    utm_term: str = Field("", max_length=120, description="utm_term")
    utm_content: str = Field("", max_length=120, description="utm_content")
    expires_at: date | None = Field(None, description="Ends after")
    person: str = Field("", max_length=40, description="For")


class ChangeLink(Command):
    """What of a link can be changed."""

    name: str = Field(min_length=1, max_length=120, description="Name")
    target: str = Field(min_length=1, max_length=2000, description="Leads to")
    expires_at: date | None = Field(None, description="Ends after")
    is_hidden: bool = Field(
        False, description="Stands where nobody looks",
        json_schema_extra={"hint": "Such as in white on white: whoever opens it is a machine."},
    )  # fmt: skip


def make_form(
    *, values: Mapping[str, Any] | None = None, typed: Mapping[str, Any] | None = None,
    refusal: Refusal | None = None,
) -> forms.Form:  # fmt: skip
    """The form of a new link, with the words that are agreed on offered."""
    form = form_of(MakeLink, values=values, typed=typed, refusal=refusal)
    named = Campaign.objects.filter(gone_at=None).order_by("name").values_list("key", "name")
    form.fields["campaign"].widget = forms.Select(choices=[("", _("None")), *named[:500]])
    for name, words in (("source", "sources"), ("utm_source", "sources"), ("utm_medium", "media")):
        form.fields[name].widget.attrs["list"] = words
    form.fields["person"].widget = forms.HiddenInput()
    _dated(form)
    return form


def change_form(
    link: Link, zone: str, *, typed: Mapping[str, Any] | None = None, refusal: Refusal | None = None
) -> forms.Form:
    """The form of a link that is there."""
    ends = link.expires_at.astimezone(ZoneInfo(zone)).date() if link.expires_at else ""
    values = {"name": link.name, "target": link.target, "expires_at": ends, "is_hidden": link.is_hidden}
    form = form_of(ChangeLink, values=values, typed=typed, refusal=refusal)
    _dated(form)
    return form


def offered() -> dict[str, list[str]]:
    """The words that fields of a link suggest."""
    names = Source.objects.order_by("name").values_list("name", flat=True)
    return {"sources": list(names[:500]), "media": list(OFFERED)}


def made_of(said: MakeLink) -> dict[str, Any]:
    """What was typed, as the action takes it; a day ends with its last instant in the house's zone."""
    marks = {
        name: getattr(said, f"utm_{name}") for name in ("source", "medium", "campaign", "term", "content")
    }
    plain = {name: getattr(said, name) for name in ("name", "target", "source", "campaign", "person")}
    return {**plain, "utm": marks, "expires_at": _end(said.expires_at)}


def changed_of(said: ChangeLink) -> dict[str, Any]:
    """What was typed of a link that is there."""
    ends = _end(said.expires_at)
    return {"name": said.name, "target": said.target, "expires_at": ends, "is_hidden": said.is_hidden}


def _end(day: date | None) -> datetime | None:
    return end_of(day.isoformat()) if day else None


def _dated(form: forms.Form) -> None:
    form.fields["expires_at"].widget = forms.DateInput(attrs={"type": "date"})
