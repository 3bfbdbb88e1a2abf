"""What may be said when a member is invited or changed, and when the settings of the house are."""

from typing import Annotated, Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from pydantic import AfterValidator, Field

from songsheet.base.text import fold_address
from songsheet.doors.commands import Command
from songsheet.team.roles import Role
from songsheet.team.thresholds import THRESHOLDS


def _mail(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise ValueError("This is not a mail address.") from None
    return fold_address(text)


def _zone(text: str) -> str:
    if text not in available_timezones():
        raise ValueError("There is no such time zone. Write it like Europe/Berlin.")
    return text


def _no_nul(text: str) -> str:
    if "\x00" in text:
        raise ValueError("It holds a NUL character, which cannot be stored.")
    return text


Text = Annotated[str, AfterValidator(_no_nul)]
Zone = Annotated[str, Field(max_length=64), AfterValidator(_zone)]


def _threshold(name: str, label: str, hint: str) -> Any:
    return Field(THRESHOLDS[name], ge=1, le=10_000, description=label, json_schema_extra={"hint": hint})


class InviteMember(Command):
    """Who is asked to join."""

    email: Annotated[str, Field(max_length=254), AfterValidator(_mail)] = Field(description="Mail address")
    name: Text = Field("", max_length=200, description="Name")
    role: Role = Field(Role.GUIDE, description="Role")


class ChangeMember(Command):
    """What an administrator decides about a member."""

    name: Text = Field(min_length=1, max_length=200, description="Name")
    role: Role = Field(description="Role")
    zone: Zone = Field("UTC", description="Time zone", json_schema_extra={"hint": "Such as Europe/Berlin."})
    languages: Text = Field(
        "en",
        max_length=100,
        description="Languages",
        json_schema_extra={"hint": "Such as en, de: buyers are given to who speaks theirs."},
    )
    capacity: int = Field(
        60,
        ge=0,
        le=10_000,
        description="Capacity",
        json_schema_extra={"hint": "How many open leads are as many as can be served well."},
    )


class ChangeHouse(Command):
    """The settings of the house, and from when on something counts as a leak."""

    name: Text = Field("", max_length=200, description="Name of the company")
    zone: Zone = Field(
        "UTC", description="Time zone", json_schema_extra={"hint": "Days begin and end by it."}
    )
    currency: str = Field(
        "EUR",
        pattern="^[A-Z]{3}$",
        description="Currency",
        json_schema_extra={"hint": "Three letters, such as EUR; assumed where a file names none."},
    )
    country: str = Field(
        "US",
        pattern="^[A-Z]{2}$",
        description="Country",
        json_schema_extra={"hint": "Two letters; phone numbers without a country are read as its own."},
    )
    never_contacted_working_hours: int = _threshold(
        "never_contacted_working_hours",
        "Never contacted: after working hours",
        "A lead that nobody contacted counts as never contacted when it is older than this.",
    )
    late_after_hours: int = _threshold(
        "late_after_hours", "Late: after hours", "A first contact later than this counts as late."
    )
    silent_after_days: int = _threshold(
        "silent_after_days",
        "Gone silent: after days",
        "An open lead without contact either way and without a task for this long has gone silent.",
    )
    worked_twice_within_days: int = _threshold(
        "worked_twice_within_days",
        "Worked twice: within days",
        "Two members who contact the same lead within this time, without a handoff, work it twice.",
    )
    taken_up_a_day: int = _threshold(
        "taken_up_a_day",
        "Taken up a day, at most",
        "So many leads of a leak start their clocks a day for one member, so that promises can be kept.",
    )
