"""What can be typed about a lead or a deal of a buyer."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from songsheet.base.refusals import Refusal
from songsheet.deals.models import Stage
from songsheet.doors.commands import Command, form_of
from songsheet.touches.models import Source


class LeadEnd(TextChoices):
    """How a lead ends that no deal came of."""

    DISQUALIFIED = "disqualified", _("Not right for us")
    RELEASED = "released", _("We are not right for them")


class DealEnd(TextChoices):
    """How a deal ends."""

    WON = "won", _("Won")
    LOST = "lost", _("Lost")
    NO_DECISION = "no_decision", _("They decided nothing")
    RELEASED = "released", _("We are not right for them")


class NoteLead(Command):
    """A new interest of somebody who is known."""

    wants: str = Field(max_length=500, description="What they want")
    source: str = Field("", max_length=120, description="How they came to us")
    free: bool = Field(False, description="Leave it in the queue, for somebody else")


class EndLead(Command):
    """The end of a lead, with its reason."""

    state: LeadEnd = Field(description="How it ends")
    reason: str = Field(max_length=200, description="Why, in a few words")


class OpenDeal(Command):
    """A deal: what it is about, what it is worth, and what comes next."""

    name: str = Field(max_length=300, description="What it is about")
    amount: str = Field("", max_length=40, description="Amount")
    stage: str = Field("", max_length=120, description="Stage")
    expected_on: date | None = Field(None, description="Expected to close on")
    next_step: str = Field(max_length=300, description="Next step")
    next_step_on: date = Field(description="By when")


class NextStep(Command):
    """What comes next in a deal."""

    step: str = Field(max_length=300, description="Next step")
    on: date = Field(description="By when")


class EndDeal(Command):
    """The end of a deal."""

    state: DealEnd = Field(description="How it ends")
    reason: str = Field("", max_length=200, description="Why, in a few words")
    amount: str = Field("", max_length=40, description="Amount, if it changed")


def asking(
    command: type[Command],
    *,
    values: Mapping[str, Any] | None = None,
    typed: Mapping[str, Any] | None = None,
    refusal: Refusal | None = None,
    currency: str = "",
    choices: Sequence[tuple[str, str]] = (),
) -> forms.Form:
    """The form of one of these: days from a calendar, stages and sources from those there are."""
    form = form_of(command, values=values, typed=typed, refusal=refusal)
    for name in {"expected_on", "next_step_on", "on", "look_again_on", "until"} & form.fields.keys():
        attributes = {"type": "date", **form.fields[name].widget.attrs}
        form.fields[name].widget = forms.DateInput(attrs=attributes, format="%Y-%m-%d")
    for name in {"words", "changes", "text", "answer", "why"} & form.fields.keys():
        form.fields[name].widget = forms.Textarea(attrs={"rows": 3, **form.fields[name].widget.attrs})
    for name in {"returned_as", "asks", "kind", "member", "says"} & form.fields.keys():
        form.fields[name].widget = forms.Select(choices=choices)
    if "amount" in form.fields:
        form.fields["amount"].help_text = _("Such as 22,700.50 %(currency)s") % {"currency": currency}
    if "stage" in form.fields:
        names = list(Stage.objects.order_by("position", "id").values_list("name", flat=True))
        form.fields["stage"].widget = forms.Select(choices=[(name, name) for name in names])
    if "source" in form.fields:
        names = list(Source.objects.order_by("name").values_list("name", flat=True))
        form.fields["source"].widget = forms.Select(
            choices=[("", _("Not known")), *((one, one) for one in names)]
        )
    return form
