"""Reads of webhooks and their deliveries."""

from django.db.models import QuerySet

from songsheet.beside.errors import NoSuchDelivery, NoSuchWebhook
from songsheet.beside.models import Delivery, Webhook
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

MOST_SHOWN = 100


def webhooks_seen_by(viewer: Acting) -> QuerySet[Webhook]:
    """The webhooks, for who may change the settings of the house."""
    viewer.must(Right.HOUSE)
    return Webhook.objects.filter(gone_at=None).select_related("made_by").order_by("id")


def webhook_for(viewer: Acting, key: str) -> Webhook:
    """One webhook."""
    found = webhooks_seen_by(viewer).filter(key=key).first()
    if found is None:
        raise NoSuchWebhook
    return found


def deliveries_of(webhook: Webhook, *, before: str = "", most: int = MOST_SHOWN) -> list[Delivery]:
    """What it delivered or tried to, the newest first; `before` is the key of the last one seen."""
    found = Delivery.objects.filter(webhook=webhook).order_by("-id")
    if before:
        last = Delivery.objects.filter(webhook=webhook, key=before).first()
        if last is None:
            raise NoSuchDelivery
        found = found.filter(id__lt=last.id)
    return list(found[:most])


def stopped_count() -> int:
    """Webhooks that were stopped by failures: somebody must look."""
    return Webhook.objects.filter(gone_at=None, state=Webhook.State.STOPPED).count()
