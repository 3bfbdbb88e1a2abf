"""What changes the team: joining, inviting, keys, the settings of the house."""

import secrets
from datetime import datetime
from typing import Any

from songsheet.base.refusals import Stale
from songsheet.base.text import clean, fold
from songsheet.journal.act import act
from songsheet.team.acting import Acting
from songsheet.team.errors import MailTaken, NoSuchMember, NotADemo
from songsheet.team.events import HouseChanged, KeyEnded, KeyIssued, MemberJoined
from songsheet.team.keys import PREFIX, hash_of, rights_of
from songsheet.team.models import ApiKey, House, Member
from songsheet.team.roles import Right


def join_team(
    *, name: str, email: str | None, role: str, by: Acting, at: datetime, state: str = Member.State.ACTIVE,
    zone: str = "UTC", languages: str = "en",
) -> Member:  # fmt: skip
    """Make somebody a member; refuses an address that another member signs in with."""
    by.must(Right.TEAM)
    address = fold(email) if email else None
    with act(by=by.actor, at=at) as record:
        if address and Member.objects.filter(email=address).exists():
            raise MailTaken(f"{address} belongs to another member. Use another address.", field="email")
        member = Member(
            name=clean(name, 200), email=address, role=role, state=state, zone=zone, languages=languages
        )
        member.set_unusable_password()
        member.save()
        record(MemberJoined(member=member.key, role=role, state=state))
    return member


def issue_key(*, member: Member, scopes: list[str], by: Acting, at: datetime, label: str = "") -> tuple[ApiKey, str]:
    """Issue a key for programs. The secret is returned once and cannot be read again."""
    if by.member != member:
        by.must(Right.TEAM)
    rights_of(scopes)
    secret = PREFIX + secrets.token_urlsafe(32)
    with act(by=by.actor, at=at) as record:
        key = ApiKey.objects.create(
            member=member, label=clean(label, 120), scopes=scopes, secret_hash=hash_of(secret), made_at=at
        )
        record(KeyIssued(member=member.key, key=key.key, scopes=scopes))
    return key, secret


def end_key(key: str, *, by: Acting, at: datetime) -> None:
    """End a key at once; ending it again changes nothing."""
    with act(by=by.actor, at=at) as record:
        held = ApiKey.objects.select_for_update(of=("self",)).select_related("member").filter(key=key).first()
        if held is None:
            raise NoSuchMember("There is no such key.")
        if by.member != held.member:
            by.must(Right.TEAM)
        if held.ended_at is None:
            held.ended_at = at
            held.save(update_fields=["ended_at"])
            record(KeyEnded(member=held.member.key, key=held.key))


def change_house(*, version: int | None, by: Acting, at: datetime, **values: Any) -> House:
    """Change settings of the house; a stale version is told."""
    by.must(Right.HOUSE)
    with act(by=by.actor, at=at) as record:
        house = House.objects.select_for_update().get(id=1)
        if version is not None and version != house.version:
            raise Stale("Somebody changed the settings since you opened them. Look at theirs, then save yours again.")
        for name, value in values.items():
            setattr(house, name, value)
        house.version += 1
        house.save()
        plain = {name: value if isinstance(value, int) else str(value) for name, value in values.items()}
        record(HouseChanged(fields=", ".join(sorted(values)), values=plain, version=house.version))
    return house


def set_demo_clock(*, to: datetime, by: Acting, at: datetime) -> House:
    """Make it `to` in the demo, where it is `at`; from there its clock ticks on. Refused outside the demo."""
    by.must(Right.LOOK)
    with act(by=by.actor, at=at) as record:
        house = House.objects.select_for_update().get(id=1)
        if not house.is_demo:
            raise NotADemo("Only the demo has a time of its own. Here it is the time it is.")
        house.clock_offset += to - at
        house.version += 1
        house.save(update_fields=["clock_offset", "version"])
        seconds = round(house.clock_offset.total_seconds())
        record(HouseChanged(fields="demo time", values={"clock_offset": seconds}, version=house.version))
    return house
