"""What happens to the hours of members and of the house."""

from songsheet.journal.events import Event
from songsheet.journal.subjects import DayKey, LeaveKey, MemberKey, sample_key

_MEMBER = {"member": sample_key("member")}
_NINE = ["9:00-17:00"] * 5 + ["", ""]


class HoursSet(
    Event,
    name="team.hours_set",
    version=1,
    says="{by} set the hours of {member}",
    side="changed",
    icon="clock",
    sample={**_MEMBER, "week": _NINE, "country": "GB", "minutes_a_week": 2400, "version": 2},
):
    """When a member works changed: from Monday; no week means as the house does."""

    member: MemberKey
    week: list[str]
    country: str
    minutes_a_week: int | None
    version: int


class HouseHoursSet(
    Event,
    name="team.house_hours_set",
    version=1,
    says="{by} set the hours of the house",
    side="changed",
    icon="clock",
    sample={"week": _NINE, "version": 2},
):
    """When the house works changed, from Monday."""

    week: list[str]
    version: int


class DayMarked(
    Event,
    name="team.day_marked",
    version=1,
    says="{by} marked {on} in a calendar",
    side="changed",
    icon="calendar",
    sample={**_MEMBER, "day": sample_key("day"), "on": "2026-05-25", "works": False},
):
    """A day is off, or worked though it is a holiday; without a member it is the whole house's."""

    member: MemberKey | None
    day: DayKey
    on: str
    works: bool


class DayUnmarked(
    Event,
    name="team.day_unmarked",
    version=1,
    says="{by} took back the mark of {on}",
    side="changed",
    icon="undo",
    sample={**_MEMBER, "day": sample_key("day"), "on": "2026-05-25"},
):
    """A day is like its weekday again."""

    member: MemberKey | None
    day: DayKey
    on: str


class LeaveEntered(
    Event,
    name="team.leave_entered",
    version=1,
    says="{member} is away from {from_on} until {until_on}",
    side="changed",
    icon="calendar",
    sample={
        **_MEMBER,
        "leave": sample_key("leave"),
        "from_on": "2026-07-06",
        "until_on": "2026-07-17",
        "deputy": sample_key("member", 2),
    },
):
    """A member will be away, both days included; a deputy answers for them where one is named."""

    member: MemberKey
    leave: LeaveKey
    from_on: str
    until_on: str
    deputy: MemberKey | None


class LeaveTakenBack(
    Event,
    name="team.leave_taken_back",
    version=1,
    says="{by} took back a leave of {member}",
    side="changed",
    icon="undo",
    sample={**_MEMBER, "leave": sample_key("leave")},
):
    """A member is not away after all."""

    member: MemberKey
    leave: LeaveKey


class SkillsSet(
    Event,
    name="team.skills_set",
    version=1,
    says="{by} set the skills of {member}",
    side="changed",
    icon="team",
    sample={**_MEMBER, "fields": "industry, languages"},
):
    """What a member knows changed; `fields` names the kinds of skill, the words stand in their rows."""

    member: MemberKey
    fields: str


#: After these the calendar of a member, or of everybody, is another one.
OF_CALENDARS = (HoursSet, HouseHoursSet, DayMarked, DayUnmarked, LeaveEntered, LeaveTakenBack)
