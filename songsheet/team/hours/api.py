"""The API of hours, days, leave and skills."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field, StrictBool

from songsheet.base.time import day_of
from songsheet.doors.api import Given, Text, Version, version_asked
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answer_of, answered, asking, time_of
from songsheet.team.hours import actions
from songsheet.team.hours.commands import Country, DayHours, week_in_words
from songsheet.team.hours.queries import days_of, leave_of, minutes_a_week, skills_of
from songsheet.team.hours.words import DAYS, read_hours
from songsheet.team.models import Member
from songsheet.team.queries import house, member_keyed
from songsheet.team.roles import Right

router = Router(tags=["team"])

Word = Annotated[Text, Field(min_length=1, max_length=60)]
Words = Annotated[list[Word], Field(max_length=actions.MOST_WORDS)]


class WeekIn(Given):
    """The hours of each day, such as 9:00-12:30, 13:30-17:00; an empty day is off."""

    monday: DayHours = ""
    tuesday: DayHours = ""
    wednesday: DayHours = ""
    thursday: DayHours = ""
    friday: DayHours = ""
    saturday: DayHours = ""
    sunday: DayHours = ""

    @property
    def week(self) -> list[Any]:
        """From Monday, in minutes of the day."""
        return [read_hours(getattr(self, day)) for day in DAYS]


class HoursIn(WeekIn):
    """The hours of a member; with every day empty they are the house's."""

    version: Version | None = None
    country: Country = ""
    minutes_a_week: Annotated[int, Field(strict=True, ge=0, le=10_080)] | None = None


class HouseHoursIn(WeekIn):
    """The hours of the house."""

    version: Version | None = None


class DayIn(Given):
    """A day off, or one that is worked although it is a holiday."""

    on: date
    name: Annotated[Text, Field(max_length=120)] = ""
    works: StrictBool = False


class LeaveIn(Given):
    """Days away, both included, and who answers meanwhile."""

    from_on: date
    until_on: date
    deputy: Annotated[Text, Field(max_length=40)] = ""


class SkillsIn(Given):
    """What a member knows; a kind that is sent is replaced as a whole."""

    industry: Words | None = None
    product: Words | None = None
    sales_model: Words | None = None
    languages: Annotated[Text, Field(max_length=100)] | None = None


class DayOut(Schema):
    """A day that is unlike its weekday."""

    key: str
    on: date
    name: str
    works: bool


class LeaveOut(Schema):
    """When a member is away."""

    key: str
    from_on: date
    until_on: date
    deputy: str | None


class HoursOut(Schema):
    """When a member works, is away, and what they know; days and leave from today on."""

    version: int
    zone: str
    is_of_the_house: bool
    week: dict[str, str]
    country: str
    minutes_a_week: int
    days: list[DayOut]
    leave: list[LeaveOut]
    skills: dict[str, list[str]]
    languages: str


class HouseHoursOut(Schema):
    """When the house works, and its days from today on."""

    version: int
    zone: str
    week: dict[str, str]
    country: str
    days: list[DayOut]


@router.get("/members/{key}/hours", response={200: HoursOut, **PROBLEMS}, operation_id="read_hours")
def read_member_hours(request: HttpRequest, key: str) -> Any:
    """When a member works, is away, and what they know."""
    asking(request).must(Right.LOOK)
    return answer_of(_hours(key, time_of(request)))


@router.put("/members/{key}/hours", response={200: HoursOut, **PROBLEMS}, operation_id="set_hours")
def set_member_hours(request: HttpRequest, key: str, body: HoursIn) -> Any:
    """Set a member's hours as a whole; 409 when somebody changed the member since `version` or If-Match."""

    def do(by: Acting, at: datetime) -> Any:
        version = version_asked(request, body.version)
        given = {"country": body.country, "minutes_a_week": body.minutes_a_week, "version": version}
        actions.set_hours(key, body.week, by=by, at=at, **given)  # type: ignore[arg-type]
        return _hours(key, at)

    return answered(request, do)


@router.put("/members/{key}/skills", response={200: HoursOut, **PROBLEMS}, operation_id="set_skills")
def set_member_skills(request: HttpRequest, key: str, body: SkillsIn) -> Any:
    """Say what a member knows, each kind that is sent as a whole."""

    def do(by: Acting, at: datetime) -> Any:
        kinds = {"industry": body.industry, "product": body.product, "sales_model": body.sales_model}
        words = {kind: said for kind, said in kinds.items() if said is not None}
        actions.set_skills(key, words, languages=body.languages, by=by, at=at)
        return _hours(key, at)

    return answered(request, do)


@router.post("/members/{key}/days", response={200: HoursOut, **PROBLEMS}, operation_id="mark_day")
def mark_member_day(request: HttpRequest, key: str, body: DayIn) -> Any:
    """A day off of a member, or one that they work although it is a holiday."""

    def do(by: Acting, at: datetime) -> Any:
        actions.mark_day(key, body.on, name=body.name, works=body.works, by=by, at=at)
        return _hours(key, at)

    return answered(request, do)


@router.delete("/members/{key}/days/{day}", response={200: HoursOut, **PROBLEMS}, operation_id="unmark_day")
def unmark_member_day(request: HttpRequest, key: str, day: str) -> Any:
    """The day is like its weekday again."""

    def do(by: Acting, at: datetime) -> Any:
        actions.unmark_day(key, day, by=by, at=at)
        return _hours(key, at)

    return answered(request, do)


@router.post("/members/{key}/leave", response={200: HoursOut, **PROBLEMS}, operation_id="enter_leave")
def enter_member_leave(request: HttpRequest, key: str, body: LeaveIn) -> Any:
    """A member will be away; promises run on only where a deputy answers for them."""

    def do(by: Acting, at: datetime) -> Any:
        actions.enter_leave(key, body.from_on, body.until_on, deputy=body.deputy, by=by, at=at)
        return _hours(key, at)

    return answered(request, do)


@router.delete(
    "/members/{key}/leave/{leave}", response={200: HoursOut, **PROBLEMS}, operation_id="take_leave_back"
)
def take_member_leave_back(request: HttpRequest, key: str, leave: str) -> Any:
    """The member is not away after all."""

    def do(by: Acting, at: datetime) -> Any:
        actions.take_leave_back(key, leave, by=by, at=at)
        return _hours(key, at)

    return answered(request, do)


@router.get("/house/hours", response={200: HouseHoursOut, **PROBLEMS}, operation_id="read_house_hours")
def read_house_hours(request: HttpRequest) -> Any:
    """When the house works, and everybody who has no hours of their own."""
    asking(request).must(Right.LOOK)
    return answer_of(_house(time_of(request)))


@router.put("/house/hours", response={200: HouseHoursOut, **PROBLEMS}, operation_id="set_house_hours")
def set_house_hours(request: HttpRequest, body: HouseHoursIn) -> Any:
    """Set the hours of the house; a week without any is refused."""

    def do(by: Acting, at: datetime) -> Any:
        version = version_asked(request, body.version)
        actions.set_house_hours(body.week, by=by, at=at, version=version)
        return _house(at)

    return answered(request, do)


@router.post("/house/days", response={200: HouseHoursOut, **PROBLEMS}, operation_id="mark_house_day")
def mark_house_day(request: HttpRequest, body: DayIn) -> Any:
    """A day off of the whole house, or one that is worked although it is a holiday."""

    def do(by: Acting, at: datetime) -> Any:
        actions.mark_day(None, body.on, name=body.name, works=body.works, by=by, at=at)
        return _house(at)

    return answered(request, do)


@router.delete(
    "/house/days/{day}", response={200: HouseHoursOut, **PROBLEMS}, operation_id="unmark_house_day"
)
def unmark_house_day(request: HttpRequest, day: str) -> Any:
    """The day is like its weekday again."""

    def do(by: Acting, at: datetime) -> Any:
        actions.unmark_day(None, day, by=by, at=at)
        return _house(at)

    return answered(request, do)


def _hours(key: str, at: datetime) -> HoursOut:
    one, there = member_keyed(key), house()
    today = day_of(at, one.zone)
    return HoursOut(
        version=one.version,
        zone=one.zone,
        is_of_the_house=one.week is None,
        week=week_in_words(one.week or there.week),
        country=one.country or there.country,
        minutes_a_week=minutes_a_week(one, there),
        days=_days(one, today),
        leave=[
            LeaveOut(
                key=leave.key,
                from_on=leave.from_on,
                until_on=leave.until_on,
                deputy=leave.deputy.key if leave.deputy else None,
            )
            for leave in leave_of(one, today)
        ],
        skills=skills_of(one),
        languages=one.languages,
    )


def _house(at: datetime) -> HouseHoursOut:
    there = house()
    return HouseHoursOut(
        version=there.version,
        zone=there.zone,
        week=week_in_words(there.week),
        country=there.country,
        days=_days(None, day_of(at, there.zone)),
    )


def _days(member: Member | None, today: date) -> list[DayOut]:
    return [DayOut(key=day.key, on=day.on, name=day.name, works=day.works) for day in days_of(member, today)]
