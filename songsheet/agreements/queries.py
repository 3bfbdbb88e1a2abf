"""Reads of agreements: what is in force, what is on the table, who may sign."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils.module_loading import import_string

from songsheet.agreements.errors import LinkIsOver, NoSuchKind, NoSuchVersion
from songsheet.agreements.models import SIGNED_STATES, Comment, Deputy, Guest, Signature, Version
from songsheet.agreements.terms import Kind, Terms
from songsheet.team.acting import Acting
from songsheet.team.keys import hash_of
from songsheet.team.models import Member
from songsheet.team.roles import Right, Side

B = TypeVar("B", bound=Terms)

#: Side → the right that signs for it.
SIGNS: dict[str, Right] = {Side.MARKETING: Right.SIGN_MARKETING, Side.SALES: Right.SIGN_SALES}
State = Version.State


def kinds() -> Mapping[str, Kind[Any]]:
    """The table of kinds that the settings name."""
    table: Mapping[str, Kind[Any]] = import_string(settings.AGREEMENTS)
    return table


def kind_named(name: str) -> Kind[Any]:
    """A kind by its name."""
    found = kinds().get(name)
    if found is None:
        raise NoSuchKind(name)
    return found


def in_force(kind: Kind[B], at: datetime) -> B | None:
    """What both sides have agreed and is in force at an instant; None before the first signatures."""
    version = version_in_force(kind.name, at)
    return kind.body.model_validate(version.body) if version else None


def version_in_force(kind: str, at: datetime) -> Version | None:
    """The version of a kind that is in force at an instant."""
    return (
        Version.objects.filter(agreement__kind=kind, state__in=SIGNED_STATES, in_force_from__lte=at)
        .filter(Q(in_force_until=None) | Q(in_force_until__gt=at))
        .select_related("agreement")
        .first()
    )


def versions_seen_by(viewer: Acting) -> QuerySet[Version]:
    """Every version, with who wrote it; agreements are everybody's."""
    viewer.must(Right.LOOK)
    return Version.objects.select_related("agreement", "written_by", "counters", "ended_by")


def version_for(viewer: Acting, key: str) -> Version:
    """One version."""
    found = versions_seen_by(viewer).filter(key=key).first()
    if found is None:
        raise NoSuchVersion
    return found


def history_of(viewer: Acting, kind: str) -> list[Version]:
    """Every version of a kind, the newest first."""
    return list(versions_seen_by(viewer).filter(agreement__kind=kind_named(kind).name).order_by("-number"))


def before(version: Version) -> Version | None:
    """The version that a reader compares this one with: the last that was signed by both before it."""
    signed = Version.objects.filter(
        agreement=version.agreement_id, state__in=SIGNED_STATES, number__lt=version.number
    )
    return signed.order_by(F("in_force_from").desc(), "-number").first()


def signatures_of(version: Version) -> list[Signature]:
    """The keys that are turned, marketing first."""
    found = Signature.objects.filter(version=version, voided_at=None)
    return list(found.select_related("member").order_by("side"))


def waiting_for(version: Version, signatures: list[Signature] | None = None) -> list[str]:
    """The sides whose key an offered version still waits for."""
    if version.state != State.OFFERED:
        return []
    found = signatures_of(version) if signatures is None else signatures
    return [side for side in SIGNS if side not in {one.side for one in found}]


def may_sign(by: Acting, side: str) -> bool:
    """Whether somebody holds the key of a side: by their role, or named as its deputy, in person."""
    member = by.member
    if member is None or not member.is_active or side not in SIGNS or member.side != side:
        return False
    if by.may(SIGNS[Side(side)]):
        return True
    return (
        by.actor.kind == "member" and Deputy.objects.filter(member=member, side=side, ended_at=None).exists()
    )


def sides_of(by: Acting) -> list[str]:
    """The sides that somebody can sign for: their own, or both as the only member of the house."""
    if wears_both_hats(by):
        return list(SIGNS)
    return [side for side in SIGNS if may_sign(by, side)]


def wears_both_hats(by: Acting) -> bool:
    """Whether somebody is the only member of the house, and so both sides of it."""
    if by.member is None or not by.may(Right.PROPOSE):
        return False
    return list(Member.objects.active().values_list("id", flat=True)[:2]) == [by.member.id]


def signers_by_side() -> dict[str, list[Member]]:
    """Everybody who can sign, by side."""
    named = set(Deputy.objects.filter(ended_at=None).values_list("member_id", "side"))
    found: dict[str, list[Member]] = {side: [] for side in SIGNS}
    for one in Member.objects.active():
        if one.side in SIGNS and (one.may(SIGNS[one.side]) or (one.id, one.side) in named):
            found[one.side].append(one)
    return found


def deputies() -> list[Deputy]:
    """The deputies that the house has named."""
    return list(Deputy.objects.filter(ended_at=None).select_related("member", "named_by").order_by("id"))


def deputy_choices() -> list[tuple[str, str]]:
    """Key and name of whoever is of a side and holds no key yet."""
    held = {one.id for members in signers_by_side().values() for one in members}
    return [(one.key, one.name) for one in Member.objects.active() if one.side and one.id not in held]


def names_in(body: Any) -> dict[str, str]:
    """What the members are called whose keys stand in a body."""
    keys = set(_member_keys(body))
    return dict(Member.objects.filter(key__in=keys).values_list("key", "name")) if keys else {}


def _member_keys(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value] if value.startswith("member_") else []
    inside = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return [key for one in inside for key in _member_keys(one)]


def guest_of(token: str, *, at: datetime) -> Guest:
    """The guest behind a link that holds: neither over nor withdrawn, of a version that is still open."""
    found = Guest.objects.filter(token_hash=hash_of(token), ended_at=None, until__gt=at)
    guest = found.select_related("version", "version__agreement").first()
    if guest is None or guest.version.state not in (State.DRAFT, State.OFFERED, State.IN_FORCE):
        raise LinkIsOver
    return guest


def guests_of(version: Version, *, at: datetime) -> list[Guest]:
    """The guests whose links hold."""
    return list(Guest.objects.filter(version=version, ended_at=None, until__gt=at).order_by("id"))


def comments_on(version: Version) -> dict[str, list[Comment]]:
    """What was said, clause by clause; under the empty name what was said to all of it."""
    found: dict[str, list[Comment]] = {}
    for one in Comment.objects.filter(version=version).select_related("member", "guest").order_by("id"):
        found.setdefault(one.clause, []).append(one)
    return found
