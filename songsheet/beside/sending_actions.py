"""Deliveries: noted from the journal, sent in order for each subject, tried again for three days.

Each attempt is written as soon as it ended. A worker that is killed leaves its delivery waiting: it is sent
again under the same id.
"""

import random
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import orjson
from django.db.models import F, Q

from songsheet.base.refusals import Refusal
from songsheet.beside.events import WebhookStopped
from songsheet.beside.kinds import is_open
from songsheet.beside.models import Delivery, Webhook
from songsheet.beside.signing import headers_of
from songsheet.doors.http import Answer, NotSent, post
from songsheet.journal.act import act
from songsheet.journal.entries import Entry
from songsheet.team.acting import as_system

#: Seconds until the next attempt, spread by a fifth; together a little more than three days, cut off there.
PAUSES = (5, 30, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
TRIED_FOR = timedelta(days=3)
RESTS_AFTER, STOPPED_AFTER = 4, 40
LONGEST_REST = 90 * 60
#: Longer than any attempt takes: after it another worker goes on.
CLAIM = timedelta(seconds=60)
LOOKED_AT, TRIES_KEPT = 500, 20
Clock = Callable[[], datetime]


def note_deliveries(entries: list[Entry[Any]], at: datetime) -> set[str]:
    """Keep a delivery for each webhook that wants an entry; returns the keys of these webhooks."""
    webhooks = list(Webhook.objects.filter(gone_at=None).exclude(state=Webhook.State.STOPPED))
    wanted = [(one, entry) for entry in entries for one in webhooks if _wants(one, entry)]
    made = [
        Delivery(
            webhook=one,
            position=entry.position,
            kind=entry.kind,
            subjects=entry.subjects()[:50],
            body=payload_of(entry).decode(),
            made_at=at,
            due_at=at,
        )
        for one, entry in wanted
    ]
    Delivery.objects.bulk_create(made, ignore_conflicts=True)
    return {one.key for one, _ in wanted}


def payload_of(entry: Entry[Any]) -> bytes:
    """What is sent of an entry: type, time, and the event, which holds no personal value."""
    return orjson.dumps(
        {
            "type": entry.kind,
            "timestamp": entry.recorded_at.isoformat(),
            "position": entry.position,
            "occurred_at": entry.occurred_at.isoformat(),
            "by": entry.actor,
            "data": entry.event.model_dump(mode="json"),
        }
    )


def deliver(key: str, clock: Clock, *, most: int = 200) -> int:
    """Send what is due for one webhook, in order; how many attempts were made. One process at a time."""
    made = 0
    while made < most and has_due(key, clock()):
        webhook = _claim(key, clock())
        if webhook is None:
            return made
        try:
            for delivery in _due(webhook, clock()):
                made += 1
                if not _attempt(webhook, delivery, clock) or made >= most:
                    break
                webhook = _still_ours(webhook, clock())
                if webhook is None:
                    return made
        finally:
            Webhook.objects.filter(key=key).update(claimed_until=None)
    return made


def has_due(key: str, at: datetime) -> bool:
    """Whether anything can be sent for a webhook now."""
    webhook = _ready(at).filter(key=key).first()
    return webhook is not None and next(_due(webhook, at), None) is not None


def with_due(at: datetime) -> list[str]:
    """The webhooks for which something is due."""
    due = Delivery.objects.filter(state=Delivery.State.WAITING, due_at__lte=at)
    return list(_ready(at).filter(id__in=due.values("webhook")).values_list("key", flat=True))


def forget_old_deliveries(at: datetime, days: int = 30) -> int:
    """Delete what ended so many days ago; how many."""
    return Delivery.objects.filter(ended_at__lt=at - timedelta(days=days)).delete()[0]


def _wants(webhook: Webhook, entry: Entry[Any]) -> bool:
    chosen = entry.kind in webhook.kinds if webhook.kinds else is_open(entry.kind)
    return chosen and entry.position > webhook.since


def _ready(at: datetime) -> Any:
    rested = Q(resume_at=None) | Q(resume_at__lte=at)
    free = Q(claimed_until=None) | Q(claimed_until__lt=at)
    return Webhook.objects.filter(rested, free, gone_at=None, state=Webhook.State.ON)


def _claim(key: str, at: datetime) -> Webhook | None:
    if not _ready(at).filter(key=key).update(claimed_until=at + CLAIM):
        return None
    return Webhook.objects.get(key=key)


def _still_ours(webhook: Webhook, at: datetime) -> Webhook | None:
    """The webhook as it stands, unless somebody paused it or took it out meanwhile."""
    standing = Webhook.objects.filter(id=webhook.id, state=Webhook.State.ON, gone_at=None)
    return standing.first() if standing.update(claimed_until=at + CLAIM) else None


def _due(webhook: Webhook, at: datetime) -> Iterator[Delivery]:
    """What may be sent now: nothing passes an earlier delivery about the same subject."""
    waiting = Delivery.objects.filter(webhook=webhook, state=Delivery.State.WAITING).order_by("id")
    before: set[str] = set()
    reached = 0
    while found := list(waiting.filter(id__gt=reached)[:LOOKED_AT]):
        reached = found[-1].id
        for delivery in found:
            if delivery.due_at <= at and before.isdisjoint(delivery.subjects):
                yield delivery
            if delivery.state == Delivery.State.WAITING:  # as the attempt left it
                before.update(delivery.subjects)


def _attempt(webhook: Webhook, delivery: Delivery, clock: Clock) -> bool:
    """Send once and write down what came of it; whether to go on with this webhook."""
    body, began = delivery.body.encode(), time.monotonic()
    headers = headers_of(webhook, delivery.key, body, sent_at=int(time.time()), at=clock())
    answer, why = Answer(0, "", None), ""
    try:
        answer = post(webhook.url, body, headers)
    except NotSent as error:
        why = str(error)
    except Refusal as refusal:
        why = refusal.sentence
    arrived, at = 200 <= answer.code < 300, clock()
    delivery.attempts += 1
    delivery.tried_since = delivery.tried_since or at
    delivery.code = answer.code or None
    took = round((time.monotonic() - began) * 1000)
    said = answer.text[:200].replace("\x00", "")
    one = {"at": at.isoformat(), "code": delivery.code, "why": why, "ms": took, "said": said}
    delivery.tries = [*delivery.tries, one][-TRIES_KEPT:]
    if arrived:
        delivery.state, delivery.ended_at = Delivery.State.DELIVERED, at
    else:
        last = delivery.tried_since + TRIED_FOR
        delivery.due_at = min(_next_try(delivery, answer, at), last)
        if at >= last:
            delivery.state, delivery.ended_at = Delivery.State.GIVEN_UP, at
    delivery.save(update_fields=["attempts", "code", "tries", "state", "ended_at", "due_at", "tried_since"])
    return _arrived(webhook) if arrived else _failed(webhook, answer, at)


def _next_try(delivery: Delivery, answer: Answer, at: datetime) -> datetime:
    pause = PAUSES[min(delivery.attempts, len(PAUSES)) - 1]
    return at + timedelta(seconds=max(answer.retry_after or 0, pause * random.uniform(0.8, 1.2)))


def _arrived(webhook: Webhook) -> bool:
    if webhook.failures:
        Webhook.objects.filter(id=webhook.id).update(failures=0, resume_at=None)
    return True


def _failed(webhook: Webhook, answer: Answer, at: datetime) -> bool:
    """Count a failure: four in a row rest the webhook, forty stop it, and so does a receiver that is gone."""
    standing = Webhook.objects.filter(id=webhook.id, state=Webhook.State.ON)
    standing.update(failures=F("failures") + 1)
    failures = webhook.failures + 1
    if answer.code == 410 or failures >= STOPPED_AFTER:
        failed = f"{failures} attempts in a row failed"
        why = "the receiver answered 410 Gone" if answer.code == 410 else failed
        _stop(webhook, why, at)
        return False
    if failures >= RESTS_AFTER or answer.retry_after:
        rest = min(60 * 2 ** min(max(0, failures - RESTS_AFTER), 10), LONGEST_REST) * random.uniform(0.8, 1.2)
        standing.update(resume_at=at + timedelta(seconds=max(rest, answer.retry_after or 0)))
        return False
    return True


def _stop(webhook: Webhook, why: str, at: datetime) -> None:
    with act(by=as_system("webhooks").actor, at=at) as record:
        held = Webhook.objects.select_for_update(of=("self",), no_key=True).get(id=webhook.id)
        if held.state == Webhook.State.ON:
            held.state, held.stopped_why, held.resume_at = Webhook.State.STOPPED, why, None
            held.version += 1
            held.save(update_fields=["state", "stopped_why", "resume_at", "version"])
            record(WebhookStopped(webhook=held.key, why=why))
