"""What is said to a version: by members, and by guests through a link that can be withdrawn."""

from datetime import datetime, timedelta

from songsheet.agreements.errors import LinkIsOver, NoSuchClause, TooManyComments
from songsheet.agreements.events import GuestInvited, GuestLinkEnded, VersionCommented
from songsheet.agreements.models import Comment, Guest, Version
from songsheet.agreements.queries import guest_of, kind_named
from songsheet.agreements.version_acts import about, held, must_be
from songsheet.base.text import TextRefused, clean
from songsheet.journal.act import act
from songsheet.journal.actors import Actor
from songsheet.team.acting import Acting
from songsheet.team.inviting import fresh_secret
from songsheet.team.roles import Right

LONGEST = 2000
MOST_COMMENTS, MOST_OF_A_GUEST = 500, 50
LONGEST_LINK = 90
State = Version.State


def comment(key: str, *, clause: str, text: str, by: Acting, at: datetime) -> Comment:
    """Say something to a clause, or to all of a version."""
    by.must(Right.PROPOSE)
    with act(by=by.actor, at=at) as record:
        version = held(key)
        words = _must_fit(version, clause, text)
        made = Comment.objects.create(version=version, clause=clause, member=by.member, text=words, at=at)
        member = by.member.key if by.member else None
        record(VersionCommented(**about(version), clause=clause, member=member))
    return made


def comment_as_guest(token: str, *, clause: str, text: str, at: datetime) -> Comment:
    """A guest says something by their link, as long as it holds."""
    guest = guest_of(token, at=at)
    with act(by=Actor("buyer", guest.key), at=at) as record:
        version = held(guest.version.key)
        guest = guest_of(token, at=at)
        if Comment.objects.filter(guest=guest).count() >= MOST_OF_A_GUEST:
            raise TooManyComments("You have said a lot here. Write to whoever sent you the link.")
        words = _must_fit(version, clause, text)
        made = Comment.objects.create(version=version, clause=clause, guest=guest, text=words, at=at)
        record(VersionCommented(**about(version), clause=clause, guest=guest.key))
    return made


def invite_guest(key: str, *, name: str, days: int, by: Acting, at: datetime) -> tuple[Guest, str]:
    """A link by which somebody outside reads this version and comments; its secret is returned once."""
    by.must(Right.PROPOSE)
    called = clean(name, 120, field="name")
    if not called:
        raise TextRefused("Write who the guest is, so that their comments have a name.", field="name")
    if not 1 <= days <= LONGEST_LINK:
        raise TextRefused(f"A link holds for 1 to {LONGEST_LINK} days.", field="days")
    token, token_hash = fresh_secret()
    with act(by=by.actor, at=at) as record:
        version = held(key)
        must_be(version, State.DRAFT, State.OFFERED, State.IN_FORCE)
        guest = Guest.objects.create(
            version=version, name=called, token_hash=token_hash, made_by=by.member, made_at=at,
            until=at + timedelta(days=days),
        )  # fmt: skip
        record(GuestInvited(**about(version), guest=guest.key, until=guest.until.isoformat()))
    return guest, token


def end_guest(key: str, *, by: Acting, at: datetime) -> Guest:
    """Withdraw a guest's link; ending it again changes nothing."""
    by.must(Right.PROPOSE)
    with act(by=by.actor, at=at) as record:
        guest = (
            Guest.objects.select_for_update(of=("self",)).select_related("version").filter(key=key).first()
        )
        if guest is None:
            raise LinkIsOver
        if guest.ended_at is None:
            guest.ended_at = at
            guest.save(update_fields=["ended_at"])
            record(GuestLinkEnded(terms=guest.version.key, guest=guest.key))
    return guest


def _must_fit(version: Version, clause: str, text: str) -> str:
    if clause and clause not in kind_named(version.agreement.kind).body.model_fields:
        raise NoSuchClause("There is no such clause. Open the version again.")
    if Comment.objects.filter(version=version).count() >= MOST_COMMENTS:
        raise TooManyComments("This version holds no more comments. Propose a new one that settles them.")
    words = clean(text, LONGEST, field="text")
    if not words:
        raise TextRefused("Write what you want to say.", field="text")
    return words
