"""What is done with what was held back: sent in again once, dropped, kept again."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction

from songsheet.base.refusals import Stale
from songsheet.base.text import clean
from songsheet.intake.held.errors import IsDoneWith, NoSuchHeldBack, NotMended
from songsheet.intake.held.events import HeldBackDropped, HeldBackKept, SentInAgain
from songsheet.intake.held.reading import items_of
from songsheet.intake.inbox.models import HeldBack, Seen
from songsheet.intake.inbox.put_actions import put, put_again
from songsheet.intake.inbox.reading import NotRead
from songsheet.journal.act import act
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

#: So long may a mended text be; what comes in by the doors is shorter.
MOST_TEXT = 2**20
State = HeldBack.State


class Sent(NamedTuple):
    """What was held back, how many of its events are new, and how many had arrived meanwhile."""

    held: HeldBack
    accepted: int
    duplicates: int


def send_in_again(
    key: str, *, by: Acting, at: datetime, body: str | None = None, version: int | None = None
) -> Sent:
    """Take it in, as it stands or mended, through the same gate as everything else; this is done once."""
    by.must(Right.FRONT)
    with act(by=by.actor, at=at) as record:
        held = _held(key, State.WAITING, version)
        text = held.body if body is None else clean(body, MOST_TEXT, field="body")
        try:
            items = items_of(held, text)
        except NotRead as wrong:
            raise NotMended(wrong.problem, field=wrong.field or "body", errors=wrong.errors) from None
        # What was taken before it was held back is known under its mark, and goes in by that.
        before = [item for item in items if item.hash == held.mark.hex and _is_seen(held.mark)]
        accepted = sum(put_again(item) for item in before) + sum(
            put([item for item in items if item not in before])
        )
        mended = text != held.body
        _end(held, State.REPLAYED, by, at)
        record(
            SentInAgain(
                held=key, door=held.door, accepted=accepted, duplicates=len(items) - accepted, mended=mended
            )
        )
    return Sent(held, accepted, len(items) - accepted)


def drop(key: str, *, by: Acting, at: datetime, version: int | None = None) -> HeldBack:
    """Make nothing of it; it can be kept again."""
    by.must(Right.FRONT)
    with act(by=by.actor, at=at) as record:
        held = _held(key, State.WAITING, version)
        _end(held, State.DROPPED, by, at)
        record(HeldBackDropped(held=key, door=held.door))
    return held


def keep(key: str, *, by: Acting, at: datetime) -> HeldBack:
    """What was dropped waits again."""
    by.must(Right.FRONT)
    with act(by=by.actor, at=at) as record:
        held = _held(key, State.DROPPED)
        held.state, held.ended_at, held.ended_by = State.WAITING, None, None
        held.version += 1
        try:
            with transaction.atomic():
                held.save(update_fields=["state", "ended_at", "ended_by", "version"])
        except IntegrityError:
            raise IsDoneWith("The same came again since and waits already. Mend that one.") from None
        record(HeldBackKept(held=key, door=held.door))
    return held


def _end(held: HeldBack, state: str, by: Acting, at: datetime) -> None:
    held.state, held.ended_at, held.ended_by = state, at, by.member
    held.version += 1
    held.save(update_fields=["state", "ended_at", "ended_by", "version"])


def _held(key: str, state: str, version: int | None = None) -> HeldBack:
    held = HeldBack.objects.select_for_update(of=("self",), no_key=True).filter(key=key).first()
    if held is None:
        raise NoSuchHeldBack
    if held.state != state:
        done = {"waiting": "waits already", "replayed": "was sent in again", "dropped": "was dropped"}
        raise IsDoneWith(f"This {done[held.state]}. Nothing was changed.")
    if version is not None and version != held.version:
        raise Stale("Somebody changed this since you read it. Read it again.")
    return held


def _is_seen(mark: UUID) -> bool:
    return Seen.objects.filter(hash=mark).exists()
