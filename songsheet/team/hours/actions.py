"""What changes when members work, are away, and what they know: by themselves or by who manages."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from songsheet.base.refusals import Stale
from songsheet.base.text import clean, fold
from songsheet.journal.act import act
from songsheet.team.acting import Acting
from songsheet.team.errors import HoursRefused, NoSuchMember, NoSuchTime
from songsheet.team.hours.calendar import Calendar, Hours
from songsheet.team.hours.events import (
    DayMarked,
    DayUnmarked,
    HoursSet,
    HouseHoursSet,
    LeaveEntered,
    LeaveTakenBack,
    SkillsSet,
)
from songsheet.team.hours.models import Leave, Skill, SpecialDay
from songsheet.team.hours.words import write_hours
from songsheet.team.models import House, Member
from songsheet.team.roles import Right

LONGEST_LEAVE = timedelta(days=730)
MOST_WORDS = 50


def set_hours(
    key: str,
    week: Sequence[Hours],
    *,
    by: Acting,
    at: datetime,
    country: str = "",
    minutes_a_week: int | None = None,
    version: int | None = None,
) -> Member:
    """When a member works, whose holidays they have, how much is capacity; an empty week: the house's."""
    with act(by=by.actor, at=at) as record:
        member = _theirs(key, by)
        if version is not None and version != member.version:
            raise Stale(
                "Somebody changed this member since you opened the page. Look at theirs and save again."
            )
        kept = _plain(week, member.zone) if any(week) else None
        after = (kept, country, minutes_a_week)
        if after == (member.week, member.country, member.minutes_a_week):
            return member
        member.week, member.country, member.minutes_a_week = after
        member.version += 1
        member.save(update_fields=["week", "country", "minutes_a_week", "version"])
        record(
            HoursSet(
                member=member.key,
                week=_words(kept),
                country=country,
                minutes_a_week=minutes_a_week,
                version=member.version,
            )
        )
    return member


def set_house_hours(week: Sequence[Hours], *, by: Acting, at: datetime, version: int | None = None) -> House:
    """When the house works, and everybody who has no hours of their own; an empty week is refused."""
    by.must(Right.HOUSE)
    with act(by=by.actor, at=at) as record:
        house = House.objects.select_for_update().get(id=1)
        if version is not None and version != house.version:
            raise Stale("Somebody changed the settings since you opened them. Look at theirs and save again.")
        kept = _plain(week, house.zone)
        if kept != house.week:
            house.week, house.version = kept, house.version + 1
            house.save(update_fields=["week", "version"])
            record(HouseHoursSet(week=_words(kept), version=house.version))
    return house


def mark_day(
    key: str | None, on: date, *, by: Acting, at: datetime, name: str = "", works: bool = False
) -> SpecialDay:
    """A day off, or one that is worked though it is a holiday; without a member it is the whole house's."""
    with act(by=by.actor, at=at) as record:
        member = _whose(key, by)
        days = SpecialDay.objects.select_for_update().filter(member=member, on=on, gone_at=None)
        if days.exists():
            raise HoursRefused("This day is marked already. Take that back first.", field="on")
        day = SpecialDay.objects.create(
            member=member, on=on, name=clean(name, 120, field="name"), works=works, made_at=at
        )
        record(DayMarked(member=key, day=day.key, on=on.isoformat(), works=works))
    return day


def unmark_day(key: str | None, day: str, *, by: Acting, at: datetime) -> SpecialDay:
    """Take a mark back: the day is like its weekday again."""
    with act(by=by.actor, at=at) as record:
        member = _whose(key, by)
        found = SpecialDay.objects.select_for_update().filter(key=day, member=member, gone_at=None).first()
        if found is None:
            raise NoSuchTime("There is no such day in this calendar. It may have been taken back.")
        found.gone_at = at
        found.save(update_fields=["gone_at"])
        record(DayUnmarked(member=key, day=found.key, on=found.on.isoformat()))
    return found


def enter_leave(
    key: str, from_on: date, until_on: date, *, by: Acting, at: datetime, deputy: str = ""
) -> Leave:
    """A member is away, both days included. Promises run on only where a deputy answers for them."""
    if not timedelta() <= until_on - from_on < LONGEST_LEAVE:
        raise HoursRefused("Leave ends after it begins, within two years. Give both days.", field="until_on")
    with act(by=by.actor, at=at) as record:
        member = _theirs(key, by)
        stands_in = Member.objects.active().filter(key=deputy).first() if deputy else None
        if deputy and (stands_in is None or stands_in == member):
            raise HoursRefused("A deputy is another member who works here. Choose again.", field="deputy")
        try:
            with transaction.atomic():
                leave = Leave.objects.create(
                    member=member, from_on=from_on, until_on=until_on, deputy=stands_in, made_at=at
                )
        except IntegrityError:
            raise HoursRefused(
                f"{member.name} is away on some of these days already. Take that leave back first.",
                field="from_on",
            ) from None
        record(
            LeaveEntered(
                member=member.key,
                leave=leave.key,
                from_on=from_on.isoformat(),
                until_on=until_on.isoformat(),
                deputy=stands_in.key if stands_in else None,
            )
        )
    return leave


def take_leave_back(key: str, leave: str, *, by: Acting, at: datetime) -> Leave:
    """A member is not away after all."""
    with act(by=by.actor, at=at) as record:
        member = _theirs(key, by)
        found = Leave.objects.select_for_update().filter(key=leave, member=member, gone_at=None).first()
        if found is None:
            raise NoSuchTime("There is no such leave. It may have been taken back.")
        found.gone_at = at
        found.save(update_fields=["gone_at"])
        record(LeaveTakenBack(member=member.key, leave=found.key))
    return found


def set_skills(
    key: str, skills: Mapping[str, Sequence[str]], *, by: Acting, at: datetime, languages: str | None = None
) -> Member:
    """What a member knows, each kind of skill that is given as a whole, and the languages they speak."""
    with act(by=by.actor, at=at) as record:
        member = _theirs(key, by)
        changed = [kind for kind, words in skills.items() if _set_words(member, kind, words, at)]
        if languages is not None and languages != member.languages:
            member.languages = clean(languages, 100, field="languages")
            changed.append("languages")
        if changed:
            member.version += 1
            member.save(update_fields=["languages", "version"])
            record(SkillsSet(member=member.key, fields=", ".join(changed)))
    return member


def _set_words(member: Member, kind: str, words: Sequence[str], at: datetime) -> bool:
    if kind not in Skill.Kind.values:
        raise HoursRefused(
            f"“{kind[:40]}” is no kind of skill. Choose one of {', '.join(Skill.Kind.values)}."
        )
    wanted = {fold(word): clean(word, 60, field=kind) for word in words if word.strip()}
    if len(wanted) > MOST_WORDS:
        raise HoursRefused(f"At most {MOST_WORDS} words of a kind. Keep those that matter.", field=kind)
    there = Skill.objects.filter(member=member, kind=kind, gone_at=None)
    known = set(there.values_list("word_folded", flat=True))
    there.exclude(word_folded__in=wanted).update(gone_at=at)
    Skill.objects.bulk_create(
        Skill(member=member, kind=kind, word=word, word_folded=folded)
        for folded, word in wanted.items()
        if folded not in known
    )
    return known != set(wanted)


def _whose(key: str | None, by: Acting) -> Member | None:
    if key is None:
        by.must(Right.HOUSE)
        House.objects.select_for_update().get(id=1)
        return None
    return _theirs(key, by)


def _theirs(key: str, by: Acting) -> Member:
    """The member, locked: one's own by oneself, another's by who manages the team."""
    if by.member is None or by.member.key != key:
        by.must(Right.TEAM)
    else:
        by.must(Right.SAVE)
    member = Member.objects.select_for_update().filter(key=key).first()
    if member is None:
        raise NoSuchMember("There is no such member. Look for them on the team page.")
    return member


def _plain(week: Sequence[Hours], zone: str) -> list[list[list[int]]]:
    """As the row keeps it; refused where it is no calendar."""
    return [[list(span) for span in day] for day in Calendar(zone, week).week]


def _words(week: list[list[list[int]]] | None) -> list[str]:
    return [write_hours(day) for day in week] if week else []
