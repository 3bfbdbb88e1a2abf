"""What a hook brings is kept before it is answered: read into events, or held back as it came."""

from typing import Any

import orjson
from django.db import transaction
from pydantic import BaseModel

from songsheet.intake.hooks.models import Hook
from songsheet.intake.hooks.reading import Found, found_in, item_of, values_of
from songsheet.intake.hooks.signing import Came
from songsheet.intake.inbox.models import Door
from songsheet.intake.inbox.put_actions import Held, hold_back, put
from songsheet.intake.inbox.reading import NotRead, clock


class Taken(BaseModel):
    """What became of a body: how many events were new, known, nothing of a buyer, and what was held back."""

    accepted: int = 0
    duplicates: int = 0
    held_back: list[str] = []
    ignored: bool = False


def take(hook: Hook, came: Came) -> Taken:
    """Keep the events of a signed body in one transaction; what does not fit is held back, never dropped."""
    held: list[Held] = []
    found: list[Found] = []
    values: Any = None
    try:
        values = values_of(came.body, came.header("content-type"))
        if hook.signing == "aircall" and isinstance(values, dict):
            values.pop("token", None)  # a secret is kept nowhere
        found = found_in(hook, values, now=clock(), id_=came.header("webhook-id")[:150])
    except NotRead as wrong:
        text = came.body.decode(errors="replace") if values is None else orjson.dumps(values).decode()
        held.append(_held(hook, text, wrong))
    # One event is held back as its provider sent it; of several each by itself, as the shape read it.
    for one in found:
        if one.wrong:
            whole = values if len(found) == 1 else one.fields
            held.append(_held(hook, orjson.dumps(whole).decode(), one.wrong))
    items = [item_of(one.event, door=Door.HOOK, feed=hook.key) for one in found if one.event]
    with transaction.atomic():
        fresh = put(items)
        keys = hold_back(held)
    return Taken(
        accepted=sum(fresh),
        duplicates=len(items) - sum(fresh),
        held_back=keys,
        ignored=not found and not held,
    )


def _held(hook: Hook, text: str, wrong: NotRead) -> Held:
    return Held(Door.HOOK, hook.key, text.replace("\x00", "�"), wrong.problem, wrong.field)
