"""What changes webhooks: adding, changing, pausing, renewing the secret, resending, taking out."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import orjson

from songsheet.base.text import clean
from songsheet.beside.errors import IsStopped, NoSuchDelivery, NoSuchKind, NoSuchWebhook
from songsheet.beside.events import WebhookAdded, WebhookChanged, WebhookGone
from songsheet.beside.kinds import kinds_for
from songsheet.beside.models import Delivery, Webhook
from songsheet.doors.http import must_be_a_target
from songsheet.journal.act import act
from songsheet.journal.queries import head
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

#: So long the secret before still signs too.
BOTH_HOLD = timedelta(hours=24)
MOST_KINDS = 200
State = Webhook.State


def add_webhook(*, url: str, by: Acting, at: datetime, kinds: Sequence[str] = (), label: str = "") -> Webhook:
    """From here on send what happens of these types there; none named: all that are open to everybody."""
    by.must(Right.HOUSE)
    must_be_a_target(url)
    chosen = _must_be_kinds(kinds, by)
    with act(by=by.actor, at=at) as record:
        webhook = Webhook.objects.create(
            url=url, kinds=chosen, label=clean(label, 120, field="label"), since=head(),
            made_by=by.member, made_at=at,
        )  # fmt: skip
        member = by.member.key if by.member else None
        record(WebhookAdded(webhook=webhook.key, member=member, kinds=chosen))
    return webhook


def change_webhook(
    key: str,
    *,
    by: Acting,
    at: datetime,
    url: str | None = None,
    kinds: Sequence[str] | None = None,
    label: str | None = None,
    state: str | None = None,
) -> Webhook:
    """Change where and what is sent, or pause (`off`) and resume (`on`); resuming forgets the failures."""
    by.must(Right.HOUSE)
    if url is not None:
        must_be_a_target(url)
    given = {"url": url, "label": clean(label, 120, field="label") if label is not None else None}
    given["kinds"] = _must_be_kinds(kinds, by) if kinds is not None else None  # type: ignore[assignment]
    given["state"] = state
    with act(by=by.actor, at=at) as record:
        webhook = _held(key)
        changed = [name for name, value in given.items() if value not in (None, getattr(webhook, name))]
        resumed = state == State.ON and bool(webhook.failures)
        if not changed and not resumed:
            return webhook
        for name in changed:
            setattr(webhook, name, given[name])
        if state == State.ON:
            webhook.failures, webhook.resume_at, webhook.stopped_why = 0, None, ""
            Delivery.objects.filter(webhook=webhook, state=Delivery.State.WAITING).update(
                due_at=at, tried_since=None, attempts=0
            )
        webhook.version += 1
        webhook.save()
        fields = ", ".join(changed) or "state"
        record(WebhookChanged(webhook=key, fields=fields, state=webhook.state))
    return webhook


def renew_secret(key: str, *, by: Acting, at: datetime) -> Webhook:
    """A new secret; the one before signs beside it for a day, so that a receiver can change without a gap."""
    by.must(Right.HOUSE)
    with act(by=by.actor, at=at) as record:
        webhook = _held(key)
        webhook.generation += 1
        webhook.previous_until = at + BOTH_HOLD
        webhook.version += 1
        webhook.save(update_fields=["generation", "previous_until", "version"])
        record(WebhookChanged(webhook=key, fields="secret", state=webhook.state))
    return webhook


def take_webhook_out(key: str, *, by: Acting, at: datetime) -> None:
    """Send nothing there any more; what waited is dropped."""
    by.must(Right.HOUSE)
    with act(by=by.actor, at=at) as record:
        webhook = _held(key)
        webhook.gone_at, webhook.state = at, State.OFF
        webhook.version += 1
        webhook.save(update_fields=["gone_at", "state", "version"])
        Delivery.objects.filter(webhook=webhook, state=Delivery.State.WAITING).delete()
        record(WebhookGone(webhook=key))


def ping(key: str, *, by: Acting, at: datetime) -> Delivery:
    """Send a test event, to see whether the receiver answers and checks the signature."""
    by.must(Right.HOUSE)
    with act(by=by.actor, at=at):
        webhook = _held(key)
        if webhook.state != State.ON:
            raise IsStopped("This webhook stands still. Resume it first.")
        body = {"type": "beside.ping", "timestamp": at.isoformat(), "data": {"webhook": key}}
        return Delivery.objects.create(
            webhook=webhook, kind="beside.ping", body=orjson.dumps(body).decode(), made_at=at, due_at=at
        )


def resend(key: str, delivery: str, *, by: Acting, at: datetime) -> Delivery:
    """Send a delivery once more, under the same id: a receiver that has it already knows it again."""
    by.must(Right.HOUSE)
    with act(by=by.actor, at=at):
        webhook = _held(key)
        one = (
            Delivery.objects.select_for_update(of=("self",), no_key=True)
            .filter(webhook=webhook, key=delivery)
            .first()
        )
        if one is None:
            raise NoSuchDelivery
        if webhook.state != State.ON:
            raise IsStopped("This webhook stands still. Resume it first.")
        one.state, one.due_at, one.ended_at = Delivery.State.WAITING, at, None
        one.tried_since, one.attempts = None, 0
        one.save(update_fields=["state", "due_at", "ended_at", "tried_since", "attempts"])
    return one


def _must_be_kinds(kinds: Sequence[str], by: Acting) -> list[str]:
    known = set(kinds_for(by))
    unknown = next((kind for kind in kinds if kind not in known), None)
    if unknown is not None or len(kinds) > MOST_KINDS:
        raise NoSuchKind(f"There is no event type “{str(unknown)[:60]}” that you may hear of.", field="kinds")
    return sorted(set(kinds))


def _held(key: str) -> Webhook:
    webhook = (
        Webhook.objects.select_for_update(of=("self",), no_key=True).filter(key=key, gone_at=None).first()
    )
    if webhook is None:
        raise NoSuchWebhook
    return webhook
