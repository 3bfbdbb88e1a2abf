"""Where we are told to send: every spelling of a private address is refused, by page and by API."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from songsheet.beside.models import Webhook
from songsheet.doors.tests.test_go_out import REFUSED

pytestmark = pytest.mark.slow

MORE = (
    "http://0/", "http://0x0/", "http://00/", "http://127.0.1/", "http://[::ffff:0:127.0.0.1]/",
    "http://[fe80::1%25eth0]/", "http://127.0.0.1%00.example.com/", "http://example.com@127.0.0.1/",
    "http://127.0.0.1:80@example.com/", "http://[0:0:0:0:0:ffff:a00:1]/", "http://①⑥⑨.②⑤④.①⑥⑨.②⑤④/",
    "http://localhost。/", "dict://127.0.0.1:11211/", "http://metadata.google.internal/",
    "http://[::127.0.0.1]/", "\thttp://127.0.0.1/", "http:/127.0.0.1/", "http:127.0.0.1",
)  # fmt: skip


def test_no_webhook_is_led_into_our_network_by_any_spelling(
    known: dict[str, str],
    cast: dict[str, Any],
    client_of: Callable[..., Client],
    secret_of: Callable[..., str],
) -> None:
    asking: dict[str, Any] = {
        "headers": {"Authorization": f"Bearer {secret_of(cast['ruth'])}"}, "content_type": "application/json"
    }  # fmt: skip
    client, page, wrong = client_of(None), client_of(cast["ruth"]), []
    there = list(Webhook.objects.values_list("key", "url"))
    for url in (*REFUSED, *MORE):
        body = json.dumps({"url": url})
        for answer in (
            client.post("/api/v1/webhooks", body, **asking),
            client.patch(f"/api/v1/webhooks/{known['webhooks']}", body, **asking),
            page.post("/webhooks/add", {"url": url, "label": "x"}),
        ):
            if answer.status_code != 422:
                wrong.append(f"{url!r} was answered {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert list(Webhook.objects.values_list("key", "url")) == there
