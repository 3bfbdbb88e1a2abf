"""What happens with webhooks."""

from typing import Annotated

from songsheet.journal.events import Event
from songsheet.journal.subjects import MemberKey, Subject, sample_key

WebhookKey = Annotated[str, Subject("webhook")]
_HOOK = {"webhook": sample_key("webhook")}


class WebhookAdded(
    Event,
    name="beside.webhook_added",
    version=1,
    says="{by} added a webhook",
    side="changed",
    icon="send",
    sample={**_HOOK, "member": sample_key("member"), "kinds": ["leads.lead_came"]},
):
    """From here on events of these types are sent; none named: all that are open to everybody."""

    webhook: WebhookKey
    member: MemberKey | None
    kinds: list[str]


class WebhookChanged(
    Event,
    name="beside.webhook_changed",
    version=1,
    says="{by} changed {fields} of a webhook",
    side="changed",
    icon="send",
    sample={**_HOOK, "fields": "state", "state": "off"},
):
    """A webhook was changed, paused, resumed, or its secret was renewed; `fields` names what."""

    webhook: WebhookKey
    fields: str
    state: str


class WebhookStopped(
    Event,
    name="beside.webhook_stopped",
    version=1,
    says="A webhook was stopped: {why}",
    side="changed",
    icon="send",
    sample={**_HOOK, "why": "40 attempts in a row failed"},
):
    """A webhook failed for too long, or its receiver is gone; somebody must look."""

    webhook: WebhookKey
    why: str


class WebhookGone(
    Event,
    name="beside.webhook_gone",
    version=1,
    says="{by} took a webhook out",
    side="changed",
    icon="send",
    sample=_HOOK,
):
    """A webhook was taken out; nothing is sent by it any more."""

    webhook: WebhookKey
