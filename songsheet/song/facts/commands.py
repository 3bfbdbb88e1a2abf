"""The forms of facts: stating one, making it say something new, describing it."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db import models
from pydantic import Field

from songsheet.doors.commands import Command, form_of
from songsheet.song.facts.models import Fact
from songsheet.song.facts.values import KINDS
from songsheet.song.market.models import Segment
from songsheet.team.queries import house, member_choices


class Kind(models.TextChoices):
    """The kinds of values, as a form offers them."""

    OFFER = "offer", KINDS["offer"]
    YES_NO = "yes_no", KINDS["yes_no"]
    MONEY = "money", KINDS["money"]
    PERCENT = "percent", KINDS["percent"]
    DURATION = "duration", KINDS["duration"]
    NUMBER = "number", KINDS["number"]
    DATE = "date", KINDS["date"]
    CHOICE = "choice", KINDS["choice"]
    TEXT = "text", KINDS["text"]


def _hint(text: str) -> dict[str, Any]:
    return {"hint": text}


class Says(Command):
    """What a fact says, where and from when until when."""

    value: str = Field(
        max_length=500,
        description="It says",
        json_schema_extra=_hint("Offered, not offered, yes, 30 days, 500 EUR, 19 %, 2026-05-12 …"),
    )
    market: str = Field("", max_length=80, description="In the market",
                        json_schema_extra=_hint("Empty: everywhere."))  # fmt: skip
    product: str = Field("", max_length=80, description="For the product",
                         json_schema_extra=_hint("Empty: for all of them."))  # fmt: skip
    segment: str = Field("", max_length=40, description="For the segment")
    valid_from: date | None = Field(None, description="From the day on",
                                    json_schema_extra=_hint("Empty: from now on."))  # fmt: skip
    valid_until: date | None = Field(None, description="Until the day",
                                     json_schema_extra=_hint("Empty: until it is changed."))  # fmt: skip


class StateFact(Says):
    """A fact that nobody has stated yet."""

    label: str = Field(max_length=160, description="What is it about", json_schema_extra=_hint("Returns"))
    name: str = Field(
        max_length=80, description="Its name in predicates", json_schema_extra=_hint("Such as returns.days.")
    )
    kind: Kind = Field(description="Kind of value")
    unit: str = Field("", max_length=30, description="Unit of a number")
    choices: str = Field("", max_length=2000, description="Choices",
                         json_schema_extra=_hint("Of a choice: with commas between."))  # fmt: skip
    owner: str = Field("", max_length=40, description="Who answers for it")
    source: str = Field("", max_length=1000, description="Where it is written",
                        json_schema_extra=_hint("A document or an address."))  # fmt: skip
    review_on: date | None = Field(None, description="Look at it again on")


class ChangeFact(Says):
    """What a fact is to say from an instant on, and why."""

    why: str = Field("", max_length=500, description="Why")


#: In this order a new fact is filled in.
_ORDER = ("label", "name", "kind", "value", "unit", "choices", "owner", "source", "review_on", "market",
          "product", "segment", "valid_from", "valid_until")  # fmt: skip


def state_form(**how: Any) -> forms.Form:
    """The form of a new fact."""
    form = _with_choices(form_of(StateFact, **how))
    form.order_fields(_ORDER)
    form.fields["owner"] = _choice(form.fields["owner"], [("", "—"), *member_choices()])
    return form


def change_form(fact: Fact, **how: Any) -> forms.Form:
    """The form that makes a fact say something new; of a choice the choices are offered."""
    form = _with_choices(form_of(ChangeFact, **how))
    offered = {"offer": ("offered", "not offered"), "yes_no": ("yes", "no")}.get(fact.kind, fact.choices)
    if offered:
        form.fields["value"] = _choice(form.fields["value"], [(one, one) for one in offered])
    else:
        form.fields["value"].help_text = str(KINDS[fact.kind])
    return form


def _with_choices(form: forms.Form) -> forms.Form:
    known = Segment.objects.filter(gone_at=None).order_by("name_folded").values_list("key", "name")
    form.fields["segment"] = _choice(form.fields["segment"], [("", "—"), *known])
    for name in ("valid_from", "valid_until", "review_on"):
        if name in form.fields:
            form.fields[name].widget.input_type = "date"
    return form


def _choice(field: forms.Field, choices: Any) -> forms.Field:
    return forms.ChoiceField(choices=choices, label=field.label, required=False, help_text=field.help_text)


def stated_of(given: StateFact) -> dict[str, Any]:
    """What the action takes of a form."""
    choices = [one.strip() for one in given.choices.split(",") if one.strip()]
    return {**given.model_dump(exclude={"choices"}), **_instants(given), "choices": choices}


def changed_of(given: ChangeFact) -> dict[str, Any]:
    """What the action takes of a form."""
    return {**given.model_dump(), **_instants(given)}


def _instants(given: Says) -> dict[str, datetime | None]:
    zone = ZoneInfo(house().zone)

    def begins(day: date | None) -> datetime | None:
        return datetime.combine(day, time(), zone).astimezone(UTC) if day else None

    return {"valid_from": begins(given.valid_from), "valid_until": begins(given.valid_until)}
