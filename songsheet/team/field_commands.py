"""What can be typed about a field of the house's own."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from songsheet.base.refusals import Refusal
from songsheet.doors.commands import Command, form_of
from songsheet.team.fields.kinds import Kind
from songsheet.team.models import CustomField

Type = CustomField.Type
_HINTS = {
    "is_personal": _(
        "It says something about a person: views keep no words of it, and it is erased with them."
    ),
    "is_required": _("Who changes a record by hand cannot leave it empty. Imports may."),
    "is_filtered": _("Lists can be filtered, sorted and grouped by it. An index is made for that."),
}


class Rules(Command):
    """What holds for every field, whatever its type."""

    label: str = Field(max_length=120, description=str(_("What it is called")))
    is_required: bool = Field(False, description=str(_("It may not be emptied")))
    is_filtered: bool = Field(False, description=str(_("Filter and sort by it")))
    is_personal: bool = Field(False, description=str(_("It is personal")))


class DeclareField(Rules):
    """A new field, with its type."""

    type: Type = Field(Type.TEXT, description=str(_("What stands in it")))
    options: str = Field("", max_length=20_000, description=str(_("What can be chosen")))


def field_form(
    kind: Kind,
    *,
    there: CustomField | None = None,
    typed: Mapping[str, Any] | None = None,
    refusal: Refusal | None = None,
) -> forms.Form:
    """The form of a new field, or of one that is there: its type stays."""
    command = Rules if there else DeclareField
    values: dict[str, Any] = {"type": Type.TEXT, "is_filtered": True, "is_personal": True}
    if there:
        values = {name: getattr(there, name) for name in Rules.model_fields}
    form = form_of(command, values=values, typed=typed, refusal=refusal)
    for name, hint in _HINTS.items():
        form.fields[name].help_text = str(hint)
    if not kind.about_people:
        del form.fields["is_personal"]
    if "options" in form.fields:
        form.fields["options"].widget = forms.Textarea(attrs={"rows": 4})
        form.fields["options"].help_text = str(_("For a choice: one on each line."))
    order = ["label", "type", "options", "is_filtered", "is_required", "is_personal"]
    form.order_fields(order)
    return form


def options_in(given: Any) -> list[tuple[str | None, str]]:
    """The options that a form keeps, in their order, and those it adds."""
    kept = [(name.removeprefix("option:"), given[name]) for name in given if name.startswith("option:")]
    return [*kept, *((None, line) for line in given.get("more", "").splitlines())]
