"""The forms of hours, days, leave and skills, with what was typed where it was refused."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from songsheet.base.refusals import Refusal
from songsheet.doors.commands import Command, form_of
from songsheet.team.hours.commands import (
    EnterLeave,
    MarkDay,
    SetHours,
    SetHouseHours,
    SetSkills,
    week_in_words,
)
from songsheet.team.hours.queries import skills_of
from songsheet.team.models import House, Member


class Refused:
    """Which form was refused, what was typed into it and why; of the others nothing was typed."""

    def __init__(self, command: type[Command], typed: Mapping[str, Any], refusal: Refusal) -> None:
        self.command, self.typed, self.refusal = command, typed, refusal


def hours_form(member: Member, refused: Refused | None) -> forms.Form:
    """A member's week, country and capacity."""
    values = {
        **week_in_words(member.week),
        "country": member.country,
        "minutes_a_week": member.minutes_a_week,
    }
    return _form(SetHours, values, refused)


def house_form(house: House, refused: Refused | None) -> forms.Form:
    """The week of the house."""
    return _form(SetHouseHours, week_in_words(house.week), refused)


def day_form(refused: Refused | None) -> forms.Form:
    """A day off."""
    return _with_days(_form(MarkDay, {}, refused), ["on"])


def leave_form(deputies: list[Member], refused: Refused | None) -> forms.Form:
    """Days away, and who answers meanwhile."""
    form = _with_days(_form(EnterLeave, {}, refused), ["from_on", "until_on"])
    choices = [("", _("Nobody: promises wait")), *((one.key, one.name) for one in deputies)]
    form.fields["deputy"] = forms.ChoiceField(choices=choices, label=_("Deputy"), required=False)
    return form


def skills_form(member: Member, refused: Refused | None) -> forms.Form:
    """What a member knows."""
    values = {kind: ", ".join(words) for kind, words in skills_of(member).items()}
    return _form(SetSkills, {**values, "languages": member.languages}, refused)


def words_of(typed: SetSkills) -> dict[str, list[str]]:
    """The words between commas, by kind."""
    kinds = ("industry", "product", "sales_model")
    return {kind: [word.strip() for word in getattr(typed, kind).split(",")] for kind in kinds}


def _form(command: type[Command], values: Mapping[str, Any], refused: Refused | None) -> forms.Form:
    mine = refused if refused and refused.command is command else None
    return form_of(
        command,
        values=values,
        typed=mine.typed if mine else None,
        refusal=mine.refusal if mine else None,
    )


def _with_days(form: forms.Form, names: list[str]) -> forms.Form:
    for name in names:
        form.fields[name].widget = forms.DateInput(attrs={"type": "date", "required": True})
    return form
