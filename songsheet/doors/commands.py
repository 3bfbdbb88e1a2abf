"""Commands: the typed arguments of an action; form, API body and CLI option derive from them."""

from collections.abc import Mapping
from typing import Any, Self

import click
from django import forms
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.fields import FieldInfo

from songsheet.doors.problems import from_validation


class Command(BaseModel):
    """Arguments of one action. Unknown names are refused; a field's `description` is its label everywhere."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """From a form, a body or options; refuses by field name. An empty text means: not given."""
        known = {name: value for name, value in given.items() if name in cls.model_fields and value != ""}
        try:
            return cls.model_validate(known)
        except ValidationError as error:
            raise from_validation(error) from None


def form_of(command: type[Command], *, initial: Mapping[str, Any] | None = None) -> forms.Form:
    """An unbound Django form with a field per argument, for templates that draw one."""
    fields = {name: _form_field(info) for name, info in command.model_fields.items()}
    return type(f"{command.__name__}Form", (forms.Form,), fields)(initial=dict(initial or {}))


def options_of(command: type[Command]) -> list[click.Option]:
    """One command line option per argument."""
    return [
        click.Option(
            [f"--{name.replace('_', '-')}", name],
            required=info.is_required(),
            help=info.description,
            default=None,
        )
        for name, info in command.model_fields.items()
    ]


def _form_field(info: FieldInfo) -> forms.Field:
    label = info.description or ""
    kind: type[forms.Field] = forms.CharField
    if info.annotation is bool:
        kind = forms.BooleanField
    return kind(label=label, required=info.is_required())
