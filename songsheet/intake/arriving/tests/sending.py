"""Events put into the inbox as the door does."""

from collections.abc import Mapping
from typing import Any

import orjson

from songsheet.intake.event import Arrived, EventIn
from songsheet.intake.inbox.put_actions import Item, mark_of, put

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/131.0.0.0 Safari/537.36"
)


def send(*events: Mapping[str, Any], door: str = "event", feed: str = "crm", **came: Any) -> list[bool]:
    """Put these events into the inbox; whether each is new. `came` is how: by, agent, network, method."""
    items = []
    for given in events:
        event = EventIn.model_validate_json(orjson.dumps(given))
        system = {"script": feed, "click": "link"}.get(door, event.system)
        body = Arrived(event=event, **came).model_dump_json(exclude_defaults=True)
        items.append(Item(mark_of(system, event.id), door, feed, body))
    return put(items)


def browse(*events: Mapping[str, Any], feed: str, agent: str = CHROME, **came: Any) -> list[bool]:
    """Pages seen in a browser, as a site's script tells them."""
    given = [{"type": "page_view", **event} for event in events]
    network = came.pop("network", "203.0.113.0/24")
    return send(*given, door="script", feed=feed, agent=agent, network=network, method="POST", **came)


def click(link: str, id_: str, *, agent: str = CHROME, **came: Any) -> None:
    """A link opened."""
    network = came.pop("network", "203.0.113.0/24")
    method = came.pop("method", "GET")
    event = {"id": id_, "type": "click", "link": link}
    send(event, door="click", feed=link, agent=agent, network=network, method=method, **came)
