"""API keys: what their scopes allow and whom a secret belongs to."""

import hashlib

from songsheet.journal.actors import Actor
from songsheet.team.acting import Acting
from songsheet.team.errors import UnknownScope
from songsheet.team.models import ApiKey
from songsheet.team.roles import Right

#: Scope → the rights of the member that it lets through.
SCOPES: dict[str, frozenset[Right]] = {
    "read": frozenset({Right.LOOK}),
    "write": frozenset({Right.LOOK, Right.WORK, Right.OFFER, Right.SPEND, Right.SAVE, Right.CURATE}),
    "import": frozenset({Right.LOOK, Right.IMPORT}),
    "export": frozenset({Right.LOOK, Right.EXPORT, Right.MARGIN}),
    "admin": frozenset(Right),
}
PREFIX = "songsheet_"


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


def whose(secret: str) -> Acting | None:
    """Who acts with this secret: the key's member, narrowed by its scopes; None when it opens nothing."""
    key = ApiKey.objects.select_related("member").filter(secret_hash=hash_of(secret), ended_at=None).first()
    if key is None or not key.member.is_active:
        return None
    return Acting(key.member, Actor("key", key.key), key.member.rights & rights_of(key.scopes))
