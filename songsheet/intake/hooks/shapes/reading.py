"""What the shapes share: looking into a body that may hold anything, and leaving out what is empty."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

#: Longer words are cut: the provider keeps the whole.
_LONGEST = {"text": 4000, "subject": 500, "source": 120, "campaign": 300, "heard_from": 200, "status": 60}
_LINE = 200

#: Body and mapping of the hook → the events in it, each as a dict of EventIn; none: nothing of a buyer.
Read = Callable[[Any, Mapping[str, Any]], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Shape:
    """A provider's bodies: its label, how it may sign, what reads it, and where a body says what it is."""

    label: str
    ways: tuple[str, ...]
    read: Read
    kind: str = ""


def at(body: Any, path: str) -> Any:
    """What stands at a path such as `payload.answers.0.text`; None where there is nothing."""
    for step in path.split("."):
        if isinstance(body, dict):
            body = body.get(step)
        elif isinstance(body, list) and step.isascii() and step.isdecimal() and len(step) < 4:
            body = body[int(step)] if int(step) < len(body) else None
        else:
            return None
    return body


def text_at(body: Any, path: str, most: int = _LINE) -> str:
    """A text or a number at a path as text, cut to its length; empty where there is none."""
    found = at(body, path)
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return ""
    return str(found).strip()[:most]


def list_at(body: Any, path: str) -> list[Any]:
    """A list at a path; empty where there is none."""
    found = at(body, path)
    return found if isinstance(found, list) else []


def id_of(*parts: str) -> str:
    """An id out of all of these, nothing where one is missing: two without would pass for the same one."""
    whole = " ".join(parts) if all(parts) else ""
    return hashlib.blake2b(whole.encode(), digest_size=16).hexdigest() if len(whole) > _LINE else whole


def instant(seconds: Any) -> str | None:
    """A time given in seconds or thousandths since 1970."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return None


def said(**fields: Any) -> dict[str, Any]:
    """An event's fields without those that are empty; texts are cut to their length."""
    kept = {name: _trimmed(name, value) for name, value in fields.items()}
    return {name: value for name, value in kept.items() if value not in ("", None, {}, [])}


def _trimmed(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        return {one: each for one, each in value.items() if each not in ("", None)}
    most = _LONGEST.get(name)
    if isinstance(value, str) and most and len(value) > most:
        return value[: most - 1] + "…"
    return value


def utm_of(found: Any, prefix: str = "utm_") -> dict[str, str]:
    """Campaign marks out of an object with utm_source and the like."""
    names = ("source", "medium", "campaign", "term", "content")
    return {name: text for name in names if (text := text_at(found, prefix + name, 120))}
