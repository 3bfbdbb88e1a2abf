"""What may be said of hours, days, leave and skills."""

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from songsheet.base.refusals import Refusal
from songsheet.doors.commands import Command
from songsheet.team.commands import Text
from songsheet.team.hours.calendar import Hours
from songsheet.team.hours.words import DAYS, read_hours, write_hours


def _hours(text: str) -> str:
    try:
        return write_hours(read_hours(text))
    except Refusal as refusal:
        raise ValueError(refusal.sentence) from None


DayHours = Annotated[str, Field(max_length=100), AfterValidator(_hours)]
Country = Annotated[str, Field(pattern="^([A-Z]{2})?$")]
Words = Annotated[Text, Field(max_length=1_000)]


class SetHouseHours(Command):
    """The hours of the house, for everybody who has none of their own."""

    monday: DayHours = Field(
        "", description="Monday", json_schema_extra={"hint": "Such as 9:00-12:30, 13:30-17:00. Empty: off."}
    )
    tuesday: DayHours = Field("", description="Tuesday")
    wednesday: DayHours = Field("", description="Wednesday")
    thursday: DayHours = Field("", description="Thursday")
    friday: DayHours = Field("", description="Friday")
    saturday: DayHours = Field("", description="Saturday")
    sunday: DayHours = Field("", description="Sunday")

    @property
    def week(self) -> list[Hours]:
        """From Monday, in minutes of the day."""
        return [read_hours(getattr(self, day)) for day in DAYS]


class SetHours(SetHouseHours):
    """The hours of a member; with every day empty they are the house's."""

    country: Country = Field(
        "",
        description="Holidays of",
        json_schema_extra={"hint": "Two letters, such as GB; empty: those of the house."},
    )
    minutes_a_week: int | None = Field(
        None,
        ge=0,
        le=10_080,
        description="Capacity in minutes a week",
        json_schema_extra={"hint": "How much of the hours is for leads, deals and duties. Empty: all of it."},
    )


class MarkDay(Command):
    """A day off, or one that is worked although it is a holiday."""

    on: date = Field(description="Day")
    name: Annotated[Text, Field(max_length=120)] = Field("", description="What it is")
    works: bool = Field(False, description="It is worked, although it is a holiday")


class EnterLeave(Command):
    """Days on which a member is away, both included."""

    from_on: date = Field(description="From")
    until_on: date = Field(description="Until, that day included")
    deputy: Annotated[Text, Field(max_length=40)] = Field("", description="Deputy")


class SetSkills(Command):
    """What a member knows, as words between commas."""

    languages: Annotated[Text, Field(max_length=100)] = Field(
        "", description="Languages", json_schema_extra={"hint": "Such as en, de."}
    )
    industry: Words = Field("", description="Industries")
    product: Words = Field("", description="Products")
    sales_model: Words = Field(
        "", description="Sales models", json_schema_extra={"hint": "Such as generalist, telesales."}
    )


def week_in_words(week: Any) -> dict[str, str]:
    """The hours of each day as they are written, by the name of the day."""
    return dict(zip(DAYS, (write_hours(day) for day in week or [()] * 7), strict=True))
