"""What changes tracked links: making, changing, withdrawing, bringing back."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from songsheet.base.refusals import Stale
from songsheet.base.text import clean
from songsheet.buyers.models import Person
from songsheet.doors.api import keyed, named_by
from songsheet.intake.links.errors import EndsBeforeItBegins, NoSuchLink, NotATargetOfALink
from songsheet.intake.links.events import LinkBroughtBack, LinkChanged, LinkMade, LinkWithdrawn
from songsheet.intake.links.models import Link
from songsheet.intake.links.targets import target_of
from songsheet.intake.links.words import marks_of, source_called
from songsheet.journal.act import act
from songsheet.team.acting import Acting
from songsheet.team.roles import Right
from songsheet.touches.models import Campaign

_NOTHING: Mapping[str, str] = {}


def make_link(
    *,
    name: str,
    target: str,
    by: Acting,
    at: datetime,
    source: str = "",
    campaign: str | None = None,
    utm: Mapping[str, str] = _NOTHING,
    person: str | None = None,
    expires_at: datetime | None = None,
) -> Link:
    """A new link to a public page. With a person it is theirs alone; campaign and person are keys."""
    by.must(Right.FRONT)
    where = target_of(target)
    _must_end_later(expires_at, at)
    with act(by=by.actor, at=at) as record:
        meant = source_called(source)
        ran = named_by(keyed(Campaign, [campaign], gone_at=None), campaign or None, "campaign", "campaign")
        whose = named_by(keyed(Person, [person], gone_at=None), person or None, "person", "person")
        called = Campaign.objects.get(id=ran[0]).name if ran else ""
        link = Link.objects.create(
            token=secrets.token_urlsafe(16), name=_named(name), target=where, source=meant,
            campaign_id=ran[0] if ran else None, utm=marks_of(utm, meant, called),
            person_id=whose[0] if whose else None, member=by.member, made_at=at, expires_at=expires_at,
        )  # fmt: skip
        record(
            LinkMade(
                link=link.key, member=by.member.key if by.member else None,
                source=meant.name if meant else "",
                person=whose[1] if whose else None, campaign=ran[1] if ran else None,
            )
        )  # fmt: skip
    return link


def change_link(key: str, *, by: Acting, at: datetime, version: int | None = None, **values: Any) -> Link:
    """Change what is named of name, target, expires_at and is_hidden. What came keeps where it came from.

    Of one that is hidden now, or no more, the clicks are judged again behind it: see `jobs.judge_soon`."""
    by.must(Right.FRONT)
    if "target" in values:
        values["target"] = target_of(values["target"])
    if "name" in values:
        values["name"] = _named(values["name"])
    with act(by=by.actor, at=at) as record:
        link = _held(key)
        if version not in (None, link.version):
            raise Stale(
                "Somebody changed this link since you opened it. Look at it again.", version=link.version
            )
        changed = [name for name, value in values.items() if value != getattr(link, name)]
        if not changed:
            return link
        if "expires_at" in changed:
            _must_end_later(values["expires_at"], at)
        if "target" in changed:
            link.checked_at, link.answered, link.check_said = None, None, ""
        for name in changed:
            setattr(link, name, values[name])
        link.version += 1
        link.save()
        fields = ", ".join(changed)
        record(LinkChanged(link=key, fields=fields, version=link.version, person=_whose(link)))
    return link


def withdraw_link(key: str, *, by: Acting, at: datetime) -> Link:
    """Whoever opens it from now on is told that it is over; what came by it stays."""
    by.must(Right.FRONT)
    with act(by=by.actor, at=at) as record:
        link = _held(key)
        if link.withdrawn_at is None:
            _stands(link, at)
            record(LinkWithdrawn(link=key, person=_whose(link)))
    return link


def bring_link_back(key: str, *, by: Acting, at: datetime) -> Link:
    """A withdrawn link leads on again."""
    by.must(Right.FRONT)
    with act(by=by.actor, at=at) as record:
        link = _held(key)
        if link.withdrawn_at is not None:
            target_of(link.target)  # what it led to may have been erased since
            _stands(link, None)
            record(LinkBroughtBack(link=key, person=_whose(link)))
    return link


def _stands(link: Link, withdrawn_at: datetime | None) -> None:
    link.withdrawn_at = withdrawn_at
    link.version += 1
    link.save(update_fields=["withdrawn_at", "version"])


def _held(key: str) -> Link:
    rows = Link.objects.select_for_update(of=("self",), no_key=True).select_related("person")
    link = rows.filter(key=key).first()
    if link is None:
        raise NoSuchLink(key)
    return link


def _whose(link: Link) -> str | None:
    return link.person.key if link.person else None


def _named(name: str) -> str:
    called = clean(name, 120, field="name")
    if not called:
        raise NotATargetOfALink("A link needs a name, so that it is found again. Give one.", field="name")
    return called


def _must_end_later(expires_at: datetime | None, at: datetime) -> None:
    if expires_at is not None and expires_at <= at:
        raise EndsBeforeItBegins("This time is over already. Give a later one, or none.", field="expires_at")
