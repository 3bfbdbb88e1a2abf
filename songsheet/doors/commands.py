"""Commands: the typed arguments of an action; form, API body and CLI options derive from them."""

import types
from collections.abc import Callable, Mapping
from typing import Any, Literal, Self, TypeVar, Union, get_args, get_origin

import click
from django import forms
from django.db.models import Choices
from django.forms.utils import ErrorDict
from pydantic import ConfigDict, ValidationError
from pydantic.fields import FieldInfo

from songsheet.base.refusals import Refusal
from songsheet.doors.plainly import Plainly
from songsheet.doors.problems import errors_of, from_validation

F = TypeVar("F", bound=Callable[..., Any])


class Command(Plainly):
    """Arguments of one action. A field's `description` is its label; `hint` may stand beside it."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """From a form or options; refuses by field name. An empty text means: not given."""
        known = {name: given[name] for name in cls.model_fields if given.get(name) not in ("", None)}
        try:
            return cls.model_validate(known)
        except ValidationError as error:
            raise from_validation(error) from None


def form_of(
    command: type[Command],
    *,
    values: Mapping[str, Any] | None = None,
    typed: Mapping[str, Any] | None = None,
    refusal: Refusal | None = None,
) -> forms.Form:
    """A form with a field per argument: with `values`, or with what was typed and why it was refused."""
    fields = {name: _form_field(info) for name, info in command.model_fields.items()}
    made = type(f"{command.__name__}Form", (forms.Form,), fields)
    form: forms.Form = made(data=typed) if typed is not None else made(initial=dict(values or {}))
    if refusal is not None:
        form.cleaned_data, form._errors = {}, ErrorDict()  # type: ignore[attr-defined]
        for name, sentences in errors_of(refusal).items():
            form.add_error(name if name in command.model_fields else None, list(sentences))
    return form


def options_of(command: type[Command], *, required: bool = True) -> Callable[[F], F]:
    """A decorator that gives a CLI command one option per argument; none needed without `required`."""

    def decorate(function: F) -> F:
        for name, info in reversed(command.model_fields.items()):
            option = f"--{name.replace('_', '-')}"
            words, needed = _hint(info) or info.description, required and info.is_required()
            kind = _option_type(info)
            function = click.option(option, name, required=needed, help=words, type=kind)(function)
        return function

    return decorate


def _option_type(info: FieldInfo) -> "click.ParamType[Any] | None":
    kind = _without_none(info.annotation)
    if isinstance(kind, type) and issubclass(kind, Choices):
        return click.Choice([str(value) for value in kind.values])
    return click.INT if kind is int else None


def _hint(info: FieldInfo) -> str:
    extra = info.json_schema_extra
    return str(extra.get("hint", "")) if isinstance(extra, dict) else ""


def _form_field(info: FieldInfo) -> forms.Field:
    kind = _without_none(info.annotation)
    shared: dict[str, Any] = {"label": info.description or "", "required": False, "help_text": _hint(info)}
    made: forms.Field
    if isinstance(kind, type) and issubclass(kind, Choices):
        made = forms.ChoiceField(choices=kind.choices, **shared)
    elif get_origin(kind) is Literal:
        made = forms.ChoiceField(choices=[(one, str(one).capitalize()) for one in get_args(kind)], **shared)
    elif kind is bool:
        made = forms.BooleanField(**shared)
    elif kind is int:
        made = forms.IntegerField(min_value=_bound(info, "ge"), max_value=_bound(info, "le"), **shared)
    else:
        made = forms.CharField(max_length=_bound(info, "max_length"), **shared)
    if info.is_required():
        made.widget.attrs["required"] = True
    return made


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, types.UnionType):
        return next(one for one in get_args(annotation) if one is not type(None))
    return annotation


def _bound(info: FieldInfo, name: str) -> int | None:
    return next((getattr(mark, name) for mark in info.metadata if hasattr(mark, name)), None)
