"""What changes the team: joining, inviting, changing members, whose name a name is, keys, the house."""

import secrets
from datetime import datetime
from typing import Any

from django.db.models import F

from songsheet.base.refusals import Stale
from songsheet.base.text import clean, fold_address
from songsheet.journal.act import act
from songsheet.team.acting import Acting, as_member
from songsheet.team.errors import (
    LastAdministrator,
    MailTaken,
    NoSuchMember,
    NotADemo,
    NotAPlaceholder,
    NotJoined,
)
from songsheet.team.events import (
    HouseChanged,
    InvitationAccepted,
    KeyEnded,
    KeyIssued,
    MemberChanged,
    MemberInvited,
    MemberJoined,
    NamesGiven,
    NamesTakenBack,
)
from songsheet.team.inviting import HOLDS_FOR, Invited, fresh_secret, invitation_of, must_be_good
from songsheet.team.keys import PREFIX, hash_of, rights_of
from songsheet.team.models import ApiKey, House, Invitation, Member, OtherName
from songsheet.team.roles import RIGHTS, Right
from songsheet.team.thresholds import THRESHOLDS

State = Member.State
_MANAGING = [role for role, rights in RIGHTS.items() if Right.TEAM in rights]


def join_team(
    *, name: str, email: str | None, role: str, by: Acting, at: datetime, state: str = Member.State.ACTIVE,
    zone: str = "UTC", languages: str = "en",
) -> Member:  # fmt: skip
    """Make somebody a member; refuses an address that another member signs in with."""
    by.must(Right.TEAM)
    address = fold_address(email) if email else None
    with act(by=by.actor, at=at) as record:
        _must_be_free(address)
        member = Member(
            name=clean(name, 200), email=address, role=role, state=state, zone=zone, languages=languages
        )
        member.set_unusable_password()
        member.save()
        record(MemberJoined(member=member.key, role=role, state=state))
    return member


def invite_member(
    *, by: Acting, at: datetime, email: str = "", name: str = "", role: str = "guide", key: str = ""
) -> Invited:
    """Invite somebody new, or the member with this key: a link for one week that sets a password once.

    Links made before stop working. Without an address the link asks for one: the first administrator.
    """
    by.must(Right.TEAM)
    address = fold_address(email) or None
    with act(by=by.actor, at=at) as record:
        member = _held(key) if key else Member.objects.select_for_update().filter(email=address).first()
        if member is None:
            member = join_team(name=name or email, email=email, role=role, state=State.INVITED, by=by, at=at)
        else:
            _reinvite(member, address)
        Invitation.objects.filter(member=member, used_at=None, until__gt=at).update(until=at)
        token, token_hash = fresh_secret()
        Invitation.objects.create(member=member, token_hash=token_hash, sent_at=at, until=at + HOLDS_FOR)
        record(MemberInvited(member=member.key))
    return Invited(member, token)


def _reinvite(member: Member, address: str | None) -> None:
    """Who left, is known from elsewhere or lost the password gets a new link; who works here stays."""
    if address and address != member.email:
        _must_be_free(address)
        member.email = address
    if member.state != State.ACTIVE and member.email:
        member.state = State.INVITED
    member.version += 1
    member.save(update_fields=["email", "state", "version"])


def accept_invitation(token: str, *, password: str, at: datetime, email: str = "", name: str = "") -> Member:
    """Use up an invitation: from here on the member signs in with this password."""
    invitation = invitation_of(token, at=at)
    with act(by=as_member(invitation.member).actor, at=at) as record:
        invitation = invitation_of(token, at=at, hold=True)
        member = invitation.member
        if member.email is None:
            member.email = fold_address(email)
            _must_be_free(member.email)
        member.name = clean(name, 200, field="name") or member.name
        must_be_good(password, member)
        member.set_password(password)
        member.state = State.ACTIVE
        member.version += 1
        member.save(update_fields=["email", "name", "password", "state", "version"])
        Invitation.objects.filter(id=invitation.id).update(used_at=at)
        record(InvitationAccepted(member=member.key))
    return member


def change_member(key: str, *, by: Acting, at: datetime, version: int | None = None, **values: Any) -> Member:
    """Change name, role, state or working details of a member; the last who can manage the team stays one."""
    by.must(Right.TEAM)
    with act(by=by.actor, at=at) as record:
        managers = list(Member.objects.select_for_update().filter(role__in=_MANAGING).order_by("id"))
        member = _held(key)
        if version is not None and version != member.version:
            raise Stale(
                "Somebody changed this member since you opened the page. Look at theirs and save again."
            )
        changed = [name for name, value in values.items() if getattr(member, name) != value]
        if not changed:
            return member
        for name in changed:
            setattr(member, name, values[name])
        _must_leave_a_manager(managers, member)
        member.version += 1
        member.save(update_fields=[*changed, "version"])
        if member.state == State.LEFT:
            Invitation.objects.filter(member=member, used_at=None).update(until=at)
        fields = ", ".join(sorted(changed))
        record(MemberChanged(member=member.key, fields=fields, role=member.role, state=member.state))
    return member


def _must_leave_a_manager(before: list[Member], changed: Member) -> None:
    """Somebody who works here must be able to invite and change members after this as before."""
    were = [one for one in before if one.state == State.ACTIVE]
    left = [one for one in were if one.id != changed.id or changed.may(Right.TEAM)]
    if were and not left:
        raise LastAdministrator(
            f"{changed.name} is the last who can manage the team. Make somebody else administrator first.",
            field="role",
        )


def give_names(placeholder: str, *, to: str, by: Acting, at: datetime) -> Member:
    """Say that somebody known from another system alone is this member: their names mean the member now."""
    by.must(Right.TEAM)
    with act(by=by.actor, at=at) as record:
        before, member = _held(placeholder), _held(to)
        if before.state != State.ELSEWHERE or member.state in (State.ELSEWHERE, State.LEFT):
            raise NotAPlaceholder(
                f"{before.name} cannot become {member.name}: the one must be known from an import alone, "
                "the other be a member. Choose again.",
                field="to",
            )
        names = OtherName.objects.filter(member=before).update(member=member, before=before)
        _set_state(before, State.LEFT)
        record(NamesGiven(member=member.key, before=before.key, names=names))
    return member


def take_names_back(placeholder: str, *, by: Acting, at: datetime) -> Member:
    """Undo `give_names`: the names are those of the placeholder again."""
    by.must(Right.TEAM)
    with act(by=by.actor, at=at) as record:
        before = _held(placeholder)
        given = OtherName.objects.filter(before=before).select_related("member").first()
        if given is None:
            raise NotAPlaceholder(
                f"No name of {before.name} was given to a member. There is nothing to undo."
            )
        names = OtherName.objects.filter(before=before).update(member=F("before"), before=None)
        _set_state(before, State.ELSEWHERE)
        record(NamesTakenBack(member=given.member.key, before=before.key, names=names))
    return before


def _set_state(member: Member, state: str) -> None:
    member.state = state
    member.version += 1
    member.save(update_fields=["state", "version"])


def _held(key: str) -> Member:
    member = Member.objects.select_for_update().filter(key=key).first()
    if member is None:
        raise NoSuchMember("There is no such member. Look for them on the team page.")
    return member


def _must_be_free(address: str | None) -> None:
    if address and Member.objects.filter(email=address).exists():
        raise MailTaken(f"{address} belongs to another member. Use another address.", field="email")


def issue_key(
    *, member: Member, scopes: list[str], by: Acting, at: datetime, label: str = ""
) -> tuple[ApiKey, str]:
    """Issue a key for programs. The secret is returned once and cannot be read again.

    A key for somebody else can do nothing that its issuer may not do: nobody grows by it.
    """
    rights = rights_of(scopes) & member.rights
    if not member.is_active:
        raise NotJoined(f"{member.name} has not joined or has left. A key needs somebody who works here.")
    if by.member != member:
        by.must(Right.TEAM)
        for right in sorted(rights - by.rights):
            by.must(right)
    secret = PREFIX + secrets.token_urlsafe(32)
    with act(by=by.actor, at=at) as record:
        key = ApiKey.objects.create(
            member=member, label=clean(label, 120), scopes=scopes, secret_hash=hash_of(secret), made_at=at
        )
        record(KeyIssued(member=member.key, key=key.key, scopes=scopes))
    return key, secret


def end_key(key: str, *, by: Acting, at: datetime) -> ApiKey:
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
    return held


def change_house(*, version: int | None, by: Acting, at: datetime, **values: Any) -> House:
    """Change settings of the house, thresholds by their own names; a stale version is told."""
    by.must(Right.HOUSE)
    with act(by=by.actor, at=at) as record:
        house = House.objects.select_for_update().get(id=1)
        if version is not None and version != house.version:
            raise Stale(
                "Somebody changed the settings since you opened them. Look at theirs, then save yours again.",
                version=house.version,
            )
        changed = {name: value for name, value in values.items() if house.value_of(name) != value}
        if not changed:
            return house
        for name, value in changed.items():
            if name in THRESHOLDS:
                house.thresholds[name] = value
            else:
                setattr(house, name, value)
        house.version += 1
        house.save()
        plain = {name: value if isinstance(value, int) else str(value) for name, value in changed.items()}
        record(HouseChanged(fields=", ".join(sorted(changed)), values=plain, version=house.version))
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
