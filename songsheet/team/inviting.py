"""Invitations and what a member may choose as a password: the parts of the actions that are about secrets."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from songsheet.team.errors import LinkDoesNotHold, PasswordRefused
from songsheet.team.keys import hash_of
from songsheet.team.models import Invitation, Member

HOLDS_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Invited:
    """Who was invited, and the secret of the link, which is kept nowhere."""

    member: Member
    token: str

    @property
    def path(self) -> str:
        """The page where the invited set their password."""
        return f"/join/{self.token}"


def fresh_secret() -> tuple[str, str]:
    """A secret for a link, and the hash of it that is kept."""
    token = secrets.token_urlsafe(32)
    return token, hash_of(token)


def invitation_of(token: str, *, at: datetime, hold: bool = False) -> Invitation:
    """The invitation behind a link; refused when it was used, is over, or never was."""
    rows = Invitation.objects.select_related("member")
    if hold:
        rows = rows.select_for_update(of=("self", "member"))
    found = rows.filter(token_hash=hash_of(token), used_at=None, until__gt=at).first()
    if found is None or found.member.state == Member.State.LEFT:
        raise LinkDoesNotHold(
            "This link was used already, or its week is over. Ask an administrator for another."
        )
    return found


def must_be_good(password: str, member: Member) -> None:
    """Refuse a password that is short, common, or like the member's own name or address."""
    try:
        validate_password(password, member)
    except ValidationError as error:
        raise PasswordRefused(" ".join(error.messages), field="password") from None
