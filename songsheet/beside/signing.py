"""Signatures by the Standard Webhooks specification."""

import base64
import hmac
from datetime import datetime

from django.utils.crypto import salted_hmac

from songsheet.beside.models import Webhook


def secret_of(webhook: Webhook, generation: int | None = None) -> str:
    """The secret that a receiver checks signatures with: `whsec_…`. It is shown once and kept nowhere."""
    return "whsec_" + base64.b64encode(_bytes(webhook, generation or webhook.generation)).decode()


def headers_of(webhook: Webhook, delivery: str, body: bytes, *, sent_at: int, at: datetime) -> dict[str, str]:
    """The headers of one attempt: signed with the secret, and with the one before while both hold."""
    generations = [webhook.generation]
    if webhook.previous_until is not None and webhook.previous_until > at:
        generations.append(webhook.generation - 1)
    signed = f"{delivery}.{sent_at}.".encode() + body
    signatures = [
        "v1," + base64.b64encode(hmac.digest(_bytes(webhook, one), signed, "sha256")).decode()
        for one in generations
    ]
    return {
        "Content-Type": "application/json",
        "webhook-id": delivery,
        "webhook-timestamp": str(sent_at),
        "webhook-signature": " ".join(signatures),
    }


def _bytes(webhook: Webhook, generation: int) -> bytes:
    value = f"{webhook.key} {generation}"
    return salted_hmac("songsheet.beside.webhook", value, algorithm="sha256").digest()
