"""Requests to the door, as a server brings them; on a database of its own, since the door commits."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

import orjson

from songsheet.base.tests.looping import looped
from songsheet.intake.door.app import Door


@dataclass
class Answer:
    """What the door said."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def json(self) -> Any:
        return orjson.loads(self.body)


class Knocker:
    """Asks one door, as many at once as wanted."""

    def __init__(self) -> None:
        self.door = Door()

    async def ask(
        self,
        method: str,
        address: str,
        body: Any = b"",
        *,
        pieces: Any = None,
        client: Any = "203.0.113.77",
        **headers: Any,
    ) -> Answer:
        """One request; a body that is no bytes is sent as JSON."""
        raw = body if isinstance(body, bytes) else orjson.dumps(body)
        parts, answer = urlsplit(address), Answer()
        sent = [(name.replace("_", "-").lower().encode(), value.encode()) for name, value in headers.items()]

        async def receive() -> dict[str, Any]:
            if pieces is None:
                return {"type": "http.request", "body": raw, "more_body": False}
            async for piece in pieces:
                return {"type": "http.request", "body": piece, "more_body": True}
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                answer.status = message["status"]
                answer.headers = {name.decode(): value.decode() for name, value in message["headers"]}
            else:
                answer.body += message["body"]

        scope = {
            "type": "http", "method": method, "path": parts.path, "raw_path": quote(parts.path).encode(),
            "query_string": parts.query.encode(), "headers": sent, "client": (client, 40000),
        }  # fmt: skip
        await self.door(scope, receive, send)
        return answer

    async def send(self, body: Any, key: str, **more: Any) -> Answer:
        """Events by a key."""
        return await self.ask("POST", "/in/events", body, authorization=f"Bearer {key}", **more)


def knocking(script: Callable[[Knocker], Coroutine[Any, Any, Any]]) -> Any:
    """Run what asks the door, and close it."""

    async def run() -> Any:
        knocker = Knocker()
        try:
            return await script(knocker)
        finally:
            await knocker.door.close()

    return looped(run())


def inbox() -> Sequence[dict[str, Any]]:
    """What waits, in the order in which it came."""
    from songsheet.intake.inbox.models import Inbox

    return [orjson.loads(body) for body in Inbox.objects.order_by("id").values_list("body", flat=True)]
