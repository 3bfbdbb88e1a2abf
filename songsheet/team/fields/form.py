"""The house's own fields in a form for something new: those that somebody means to fill."""

from collections.abc import Mapping
from typing import Any

from django import forms

from songsheet.base.refusals import Refusal
from songsheet.team.fields.declared import fields_on
from songsheet.team.fields.listing import choices, name_of
from songsheet.team.fields.values import LONGEST, read
from songsheet.team.models import CustomField

Type = CustomField.Type


def asked_on(on: str) -> list[CustomField]:
    """Fields that are filtered by or must not be empty; what files alone brought is not asked for."""
    return [one for one in fields_on(on) if one.is_filtered or one.is_required]


def add_own(form: forms.Form, on: str, *, refusal: Refusal | None = None) -> forms.Form:
    """The form with a field for each, and with what was wrong with one of them."""
    for one in asked_on(on):
        form.fields[name_of(one)] = _field(one)
        if refusal is not None and refusal.field == f"custom.{one.name}":
            form.add_error(name_of(one), refusal.sentence)
    return form


def custom_in(on: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """The values that were typed, read by their declarations; refused by field."""
    values = {one.name: read(one, typed.get(name_of(one), "")) for one in asked_on(on)}
    return {name: value for name, value in values.items() if value is not None}


def _field(one: CustomField) -> forms.Field:
    shared: dict[str, Any] = {"label": one.label, "required": False}
    made: forms.Field
    if one.type in (Type.CHOICE, Type.YES_NO):
        made = forms.ChoiceField(choices=[("", "—"), *choices(one)], **shared)
    else:
        made = forms.CharField(max_length=LONGEST, **shared)
        if one.type == Type.DATE:
            made.widget = forms.DateInput(attrs={"type": "date"})
        elif one.type == Type.MONEY:
            made.widget.attrs["placeholder"] = "22,700.50 EUR"
    if one.is_required:
        made.widget.attrs["required"] = True
    return made
