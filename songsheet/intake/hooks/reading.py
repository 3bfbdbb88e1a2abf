"""From a provider's body to events: by the hook's shape, each read by itself."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import orjson

from songsheet.intake.event import Arrived, EventIn
from songsheet.intake.hooks.models import Hook
from songsheet.intake.hooks.shapes import SHAPES
from songsheet.intake.hooks.shapes.reading import text_at
from songsheet.intake.inbox.put_actions import Item, mark_of
from songsheet.intake.inbox.reading import NotRead, parsed, read_event

#: One body may bring so many events.
MOST = 1_000


class Found(NamedTuple):
    """One event of a body: what the shape made of it, and the event, or why it is none."""

    fields: Any
    event: EventIn | None
    wrong: NotRead | None


def values_of(body: bytes, content_type: str) -> Any:
    """The body as values, whether it is JSON or the fields of a form."""
    if not content_type.lower().startswith("application/x-www-form-urlencoded"):
        return parsed(body)
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=200))
    except (UnicodeDecodeError, ValueError):
        raise NotRead(("", "These are not the fields of a form.")) from None


def events_in(
    values: Any,
    *,
    shape: str,
    mapping: Mapping[str, Any],
    system: str,
    source: str,
    now: datetime,
    id_: str = "",
) -> list[Found]:
    """Each event in a body of this shape; a mapped one without an id has the signed one, or its print."""
    made = SHAPES[shape].read(values, mapping)
    kind = SHAPES[shape].kind
    if not made and not any(text_at(one, kind) for one in (values if isinstance(values, list) else [values])):
        raise NotRead((kind, f"There is no {kind} in it: this is not what the provider sends."))
    if len(made) > MOST:
        raise NotRead(("", f"It brings {len(made):,} events. At most {MOST:,} come at once."))
    if shape == "mapped":
        made = [{"id": f"{id_} {number}" if id_ else _print(one), **one} for number, one in enumerate(made)]
    return [_found(one, system=system, source=source, now=now) for one in made]


def _found(fields: dict[str, Any], *, system: str, source: str, now: datetime) -> Found:
    whole = {**fields, "system": system}
    if source and not fields.get("source") and not fields.get("utm"):
        whole["source"] = source
    try:
        return Found(whole, read_event(whole, now=now), None)
    except NotRead as wrong:
        return Found(whole, None, wrong)


def found_in(hook: Hook, values: Any, *, now: datetime, id_: str = "") -> list[Found]:
    """Each event that this hook reads out of a body."""
    return events_in(
        values, shape=hook.shape, mapping=hook.mapping, system=hook.key, source=hook.source, now=now, id_=id_
    )


def item_of(event: EventIn, *, door: str, feed: str, by: str = "") -> Item:
    """What the inbox keeps of an event."""
    body = Arrived(event=event, by=by).model_dump_json(exclude_defaults=True)
    return Item(mark_of(event.system, event.id), door, feed, body)


def _print(fields: Any) -> str:
    return hashlib.blake2b(orjson.dumps(fields, option=orjson.OPT_SORT_KEYS), digest_size=16).hexdigest()
