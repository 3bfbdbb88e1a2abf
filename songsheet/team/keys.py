"""API keys: what their scopes allow and whom a secret belongs to."""

import hashlib
from typing import NamedTuple

import orjson

from songsheet.base import bulk
from songsheet.doors.rates import counted
from songsheet.journal.actors import Actor
from songsheet.team.acting import Acting
from songsheet.team.errors import UnknownScope
from songsheet.team.kept import kept
from songsheet.team.models import Member
from songsheet.team.roles import KEYS_OF_SIDES, Right

#: Scope → the rights of the member that it lets through; signing is a scope of its own.
SCOPES: dict[str, frozenset[Right]] = {
    "read": frozenset({Right.LOOK}),
    "write": frozenset(
        {
            Right.LOOK,
            Right.WORK,
            Right.ANSWER,
            Right.OFFER,
            Right.SPEND,
            Right.SEND,
            Right.FRONT,
            Right.SAVE,
            Right.CURATE,
            Right.PROPOSE,
            Right.STATE,
        }
    ),
    "send": frozenset({Right.SEND}),
    "import": frozenset({Right.LOOK, Right.IMPORT}),
    "export": frozenset({Right.LOOK, Right.EXPORT, Right.MARGIN}),
    "sign": frozenset({Right.LOOK, *KEYS_OF_SIDES}),
    "admin": frozenset(Right) - KEYS_OF_SIDES,
}
PREFIX = "songsheet_"
_WHOSE = counted("""
select key.key, key.scopes::text as scopes, member.id, member.xmin::text as written
  from team_apikey key join team_member member on member.id = key.member_id
 where key.secret_hash = %s and key.ended_at is null
""")


class Caller(NamedTuple):
    """Who asks with a key; its requests of this minute, and in how many seconds the next begins."""

    by: Acting
    asked: int
    reset: int


def rights_of(scopes: list[str]) -> frozenset[Right]:
    """The rights that these scopes let through together; an unknown scope is refused."""
    unknown = [scope for scope in scopes if scope not in SCOPES]
    if unknown or not scopes:
        named = ", ".join(unknown) or "none"
        raise UnknownScope(
            f"These are not scopes: {named}. The scopes are {', '.join(SCOPES)}.", field="scope"
        )
    return frozenset().union(*(SCOPES[scope] for scope in scopes))


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def whose(secret: str) -> Caller | None:
    """Who acts with this secret: the key's member, narrowed by its scopes; None when it opens nothing.

    Asking counts as a request of the key.
    """
    found = bulk.rows(_WHOSE, [hash_of(secret)])
    if not found:
        return None
    key, scopes, member_id, xmin, count, reset = found[0]
    member = kept(Member, member_id, xmin)
    if not member.is_active:
        return None
    by = Acting(member, Actor("key", key), member.rights & rights_of(orjson.loads(scopes)))
    return Caller(by, count, reset)
