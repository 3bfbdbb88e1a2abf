"""Reads about members and the house: who, what time it is, how many leads each can still take."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from songsheet.base import bulk
from songsheet.team.errors import NoSuchMember, NotAPlaceholder
from songsheet.team.kept import kept
from songsheet.team.models import ApiKey, House, Member, OtherName

#: With a digest of the declared fields, so that what was read of them before need not be read again.
_HOUSE = """
select xmin::text, clock_timestamp() + clock_offset,
       (select md5(string_agg(one::text, ' ' order by id)) from team_customfield one)
  from team_house where id = 1
"""


def house_and_time() -> tuple[House, datetime]:
    """The settings of the house and what time it is for it, in one statement."""
    ((xmin, time, fields),) = bulk.rows(_HOUSE)
    house: Any = kept(House, 1, xmin)
    house.fields = fields
    return house, time


def house() -> House:
    """The settings of the house; made with its defaults by the first migration."""
    return House.objects.get(id=1)


def now() -> datetime:
    """What time it is for the house: the database's clock, in the demo moved to its own Tuesday."""
    return house_and_time()[1]


def member_named(name: str) -> Member:
    """The member with this key, mail address or name; refused when nobody or several are meant."""
    found = list(Member.objects.filter(key=name)[:1]) or list(Member.objects.filter(email=name.lower())[:1])
    found = found or list(Member.objects.filter(name__iexact=name)[:2])
    if len(found) != 1:
        why = "Nobody" if not found else "More than one member"
        raise NoSuchMember(f"{why} is called “{name[:80]}” here. Give the mail address or the member's key.")
    return found[0]


def member_keyed(key: str) -> Member:
    """The member with this key; refused when there is none."""
    found = Member.objects.filter(key=key).first()
    if found is None:
        raise NoSuchMember("There is no such member. Look for them on the team page.")
    return found


def first_administrator() -> Member | None:
    """The administrator that a fresh home was made with, as long as nobody at all can sign in."""
    if Member.objects.active().exists():
        return None
    return Member.objects.filter(role="administrator", email=None).order_by("id").first()


def whole_team() -> list[Member]:
    """Everybody, also who left and who is known from an import alone, by name."""
    return list(Member.objects.order_by("name", "id"))


def names_of_others(member: Member) -> list[OtherName]:
    """What other systems call the member."""
    return list(
        OtherName.objects.filter(member=member).select_related("before").order_by("system", "id")[:100]
    )


def given_to(placeholder: str) -> Member:
    """The member that a placeholder's names were given to; refused when they were given to nobody."""
    names = OtherName.objects.filter(before__key=placeholder).select_related("member")
    found = Member.objects.filter(id__in=names.values("member")).first()
    if found is None:
        raise NotAPlaceholder("No name of theirs was given to a member. There is nothing to undo.")
    return found


def keys_of(member: Member) -> list[ApiKey]:
    """The member's keys for programs that still open something."""
    return list(ApiKey.objects.filter(member=member, ended_at=None).order_by("id"))


def member_choices() -> list[tuple[str, str]]:
    """Key and name of everybody who can own something: all but those who left."""
    return list(Member.objects.exclude(state=Member.State.LEFT).values_list("key", "name"))


def member_with(key: str) -> QuerySet[Member, Any]:
    """The id behind a key, as a subquery that filters without a join."""
    return Member.objects.filter(key=key).values("id")[:1]


def database_is_there() -> bool:
    """Whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone())
