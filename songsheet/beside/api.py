"""The API of what goes out: changes since a position, webhooks and their deliveries."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from songsheet.beside import actions
from songsheet.beside.changes import Changes, changes_after
from songsheet.beside.jobs import send_soon
from songsheet.beside.models import Delivery, Webhook
from songsheet.beside.queries import deliveries_of, webhook_for, webhooks_seen_by
from songsheet.beside.signing import secret_of
from songsheet.doors.api import Archived, Given, Text
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answer_of, answered, asking

router = Router(tags=["beside"])
Url = Annotated[str, Field(min_length=8, max_length=500)]
Kinds = Annotated[list[Annotated[Text, Field(max_length=80)]], Field(max_length=200)]
Label = Annotated[Text, Field(max_length=120)]


class ChangesAsked(Schema):
    """From where on: the `position` of the answer before."""

    after: int = Field(0, ge=0, le=2**62)
    limit: int = Field(100, ge=1, le=1000)


class WebhookIn(Given):
    """Where to send what; no types named: all that are open to everybody."""

    url: Url
    kinds: Kinds = []
    label: Label = ""


class WebhookChange(Given):
    """The fields to change; `off` pauses, `on` resumes."""

    url: Url = ""
    kinds: Kinds = []
    label: Label = ""
    state: Annotated[str, Field(pattern="^(on|off)$")] = "on"


class WebhookOut(Schema):
    """A webhook and how it goes; `secret` is told once, where it was made."""

    key: str
    label: str
    url: str
    kinds: list[str]
    state: str
    failures: int
    resume_at: datetime | None
    stopped_why: str
    previous_until: datetime | None
    made_at: datetime
    secret: str | None
    version: int

    @classmethod
    def of(cls, one: Webhook, *, secret: bool = False) -> "WebhookOut":
        plain = {name: getattr(one, name) for name in cls.model_fields if name != "secret"}
        return cls(**plain, secret=secret_of(one) if secret else None)


class DeliveryOut(Schema):
    """A delivery: `key` is the webhook-id of each of its attempts; `tries` are the last twenty."""

    key: str
    position: int | None
    kind: str
    state: str
    attempts: int
    code: int | None
    tries: list[dict[str, Any]]
    made_at: datetime
    due_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, one: Delivery) -> "DeliveryOut":
        return cls(**{name: getattr(one, name) for name in cls.model_fields})


class DeliveriesAsked(Schema):
    """Those before one; the newest first."""

    before: Annotated[Text, Field(max_length=40)] = ""
    limit: int = Field(100, ge=1, le=200)


@router.get("/changes", response={200: Changes, **PROBLEMS}, operation_id="list_changes")
def list_changes(request: HttpRequest, asked: Query[ChangesAsked]) -> Any:
    """What happened after a position, in order. Ask again with the answer's `position`; at once if `more`."""
    return changes_after(asking(request), asked.after, asked.limit)


@router.get("/webhooks", response={200: list[WebhookOut], **PROBLEMS}, operation_id="list_webhooks")
def list_webhooks(request: HttpRequest) -> Any:
    """The webhooks of the house."""
    return [WebhookOut.of(one) for one in webhooks_seen_by(asking(request))]


@router.post("/webhooks", response={201: WebhookOut, **PROBLEMS}, operation_id="create_webhook")
def create_webhook(request: HttpRequest, body: WebhookIn) -> Any:
    """Send events there from now on. The secret is in this answer alone."""

    def do(by: Acting, at: datetime) -> Any:
        return 201, WebhookOut.of(actions.add_webhook(**body.model_dump(), by=by, at=at), secret=True)

    return answered(request, do)


@router.get("/webhooks/{key}", response={200: WebhookOut, **PROBLEMS}, operation_id="read_webhook")
def read_webhook(request: HttpRequest, key: str) -> Any:
    """One webhook."""
    return answer_of(WebhookOut.of(webhook_for(asking(request), key)))


@router.patch("/webhooks/{key}", response={200: WebhookOut, **PROBLEMS}, operation_id="change_webhook")
def change_webhook(request: HttpRequest, key: str, body: WebhookChange) -> Any:
    """Change what is sent; `state` off pauses, on resumes and sends what waited."""

    def do(by: Acting, at: datetime) -> Any:
        changed = actions.change_webhook(key, **body.model_dump(exclude_unset=True), by=by, at=at)
        send_soon(key)
        return WebhookOut.of(changed)

    return answered(request, do)


@router.delete("/webhooks/{key}", response={200: Archived, **PROBLEMS}, operation_id="delete_webhook")
def delete_webhook(request: HttpRequest, key: str) -> Any:
    """Send nothing there any more."""

    def do(by: Acting, at: datetime) -> Any:
        actions.take_webhook_out(key, by=by, at=at)
        return Archived(key=key)

    return answered(request, do)


@router.post("/webhooks/{key}/secret", response={200: WebhookOut, **PROBLEMS}, operation_id="renew_secret")
def renew_secret(request: HttpRequest, key: str) -> Any:
    """A new secret, told in this answer alone; the one before signs beside it for a day."""

    def do(by: Acting, at: datetime) -> Any:
        return WebhookOut.of(actions.renew_secret(key, by=by, at=at), secret=True)

    return answered(request, do)


@router.post("/webhooks/{key}/ping", response={201: DeliveryOut, **PROBLEMS}, operation_id="ping_webhook")
def ping_webhook(request: HttpRequest, key: str) -> Any:
    """Send a test event."""

    def do(by: Acting, at: datetime) -> Any:
        sent = actions.ping(key, by=by, at=at)
        send_soon(key)
        return 201, DeliveryOut.of(sent)

    return answered(request, do)


@router.get(
    "/webhooks/{key}/deliveries",
    response={200: list[DeliveryOut], **PROBLEMS},
    operation_id="list_deliveries",
)
def list_deliveries(request: HttpRequest, key: str, asked: Query[DeliveriesAsked]) -> Any:
    """What it delivered or tried to, the newest first."""
    found = deliveries_of(webhook_for(asking(request), key), before=asked.before, most=asked.limit)
    return [DeliveryOut.of(one) for one in found]


@router.post(
    "/webhooks/{key}/deliveries/{delivery}/resend",
    response={200: DeliveryOut, **PROBLEMS},
    operation_id="resend_delivery",
)
def resend_delivery(request: HttpRequest, key: str, delivery: str) -> Any:
    """Send a delivery once more under the same id."""

    def do(by: Acting, at: datetime) -> Any:
        again = actions.resend(key, delivery, by=by, at=at)
        send_soon(key)
        return DeliveryOut.of(again)

    return answered(request, do)
