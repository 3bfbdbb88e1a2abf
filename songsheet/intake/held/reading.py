"""From what was held back to what the inbox keeps: an event, one that was taken before, or a body."""

from collections.abc import Mapping
from typing import Any

import orjson
from pydantic import ValidationError

from songsheet.intake.event import Arrived
from songsheet.intake.hooks.models import Hook
from songsheet.intake.hooks.reading import found_in, item_of
from songsheet.intake.inbox.models import Door, HeldBack
from songsheet.intake.inbox.put_actions import Item, mark_of
from songsheet.intake.inbox.reading import NotRead, clock, parsed, read_event


def items_of(held: HeldBack, text: str) -> list[Item]:
    """What the text brings in; refused with every problem that stands in its way."""
    values = parsed(text)
    if _is_arrived(values):
        return [_again(held, values)]
    if held.door == Door.HOOK and not _is_ours(held, values):
        return _of_hook(held, values)
    return [item_of(read_event(_owned(held, values), now=clock()), door=held.door, feed=held.feed)]


def as_shown(body: str) -> str:
    """The body as it is read and changed: JSON in lines, anything else as it came."""
    try:
        return orjson.dumps(orjson.loads(body), option=orjson.OPT_INDENT_2).decode()
    except orjson.JSONDecodeError:
        return body


def _is_arrived(values: Any) -> bool:
    return (
        isinstance(values, dict)
        and isinstance(values.get("event"), dict)
        and (set(values) <= set(Arrived.model_fields))
    )


def _again(held: HeldBack, values: Mapping[str, Any]) -> Item:
    event = read_event(_owned(held, values["event"]), now=clock())
    try:
        arrived = Arrived.model_validate({**values, "event": event})
    except ValidationError as error:
        first = error.errors()[0]
        raise NotRead((".".join(str(step) for step in first["loc"]), first["msg"])) from None
    body = arrived.model_dump_json(exclude_defaults=True)
    return Item(mark_of(event.system, event.id), held.door, held.feed, body)


def _is_ours(held: HeldBack, values: Any) -> bool:
    return isinstance(values, dict) and values.get("system") == held.feed


def _of_hook(held: HeldBack, values: Any) -> list[Item]:
    hook = Hook.objects.filter(key=held.feed).first()
    if hook is None:
        raise NotRead(("", "The hook that brought it is not there any more."))
    found = found_in(hook, values, now=clock())
    if not found:
        raise NotRead(("", "There is no event in it that this hook's shape reads."))
    for one in found:
        if one.wrong:
            raise one.wrong
    return [item_of(one.event, door=Door.HOOK, feed=hook.key) for one in found if one.event]


def _owned(held: HeldBack, values: Any) -> Any:
    """What a site or a hook brings stays its own; what a page's script says names nobody."""
    if not isinstance(values, dict) or held.door not in (Door.SCRIPT, Door.HOOK):
        return values
    kept = {name: value for name, value in values.items() if held.door == Door.HOOK or name != "person"}
    return {**kept, "system": held.feed}
