"""What can be typed about a site."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from pydantic import Field

from songsheet.base.refusals import Refusal
from songsheet.doors.commands import Command, form_of
from songsheet.intake.sites.models import Site


class SiteSaid(Command):
    """A website of ours."""

    name: str = Field(min_length=1, max_length=120, description="Name")
    origins: str = Field(
        min_length=1, max_length=4000, description="Where its pages stand",
        json_schema_extra={"hint": "One a line, such as https://www.example.com."},
    )  # fmt: skip
    mode: str = Field("anonymous", max_length=10, description="How much it tells")


def site_form(
    site: Site | None = None, *, typed: Mapping[str, Any] | None = None, refusal: Refusal | None = None
) -> forms.Form:
    """The form of a site, a new one or one that is there."""
    values = {"name": site.name, "origins": "\n".join(site.origins), "mode": site.mode} if site else None
    form = form_of(SiteSaid, values=values, typed=typed, refusal=refusal)
    form.fields["origins"].widget = forms.Textarea(attrs={"rows": 3, "required": True})
    form.fields["mode"].widget = forms.Select(
        choices=[
            ("anonymous", _("Counts of pages, and nobody is known")),
            ("stitched", _("Visits of whoever allowed it: a story from when we know who it is")),
            ("whole", _("The same, and what they allow covers what they did before")),
        ]
    )
    return form


def values_of(said: SiteSaid) -> dict[str, Any]:
    """What was typed, as the actions take it."""
    return {"name": said.name, "origins": said.origins.split(), "mode": said.mode}
