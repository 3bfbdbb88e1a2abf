"""Any other provider: a mapping says where in its bodies each field of an event stands."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from songsheet.intake.event import EventIn, Given, PageIn, UtmIn, WhoIn
from songsheet.intake.hooks.shapes.reading import at, instant, said

#: Where the list of events stands, if a body brings several.
EACH = "each"
_WITHIN: dict[str, type[Given]] = {"person": WhoIn, "page": PageIn, "utm": UtmIn}
_PLAIN = {
    "id", "type", "at", "source", "campaign", "heard_from", "direction", "member", "subject", "text",
    "status", "seconds", "link",
}  # fmt: skip
#: What a mapping may fill.
FIELDS = sorted(
    {EACH}
    | (_PLAIN & set(EventIn.model_fields))
    | {f"{name}.{field}" for name, model in _WITHIN.items() for field in model.model_fields}
)


def read(body: Any, mapping: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The events of a body: each field from its path, or as it stands there after an equals sign."""
    each = at(body, mapping[EACH]) if mapping.get(EACH) else [body]
    # No list where one should stand is an event without anything: it is held back, not passed over.
    return [_event(one, mapping) for one in each] if isinstance(each, list) else [{}]


def _event(body: Any, mapping: Mapping[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, path in mapping.items():
        if name == EACH:
            continue
        found = path[1:] if path.startswith("=") else at(body, path)
        group, _dot, inner = name.rpartition(".")
        (fields.setdefault(group, {}) if group else fields)[inner] = _read(name, found)
    return said(**fields)


def _read(name: str, found: Any) -> Any:
    if name == "at":
        return instant(found) or found
    if name == "seconds":
        is_part = isinstance(found, float) and isfinite(found)
        return int(found) if is_part or _is_number(found) else found
    return str(found) if isinstance(found, int | float) and not isinstance(found, bool) else found


def _is_number(found: Any) -> bool:
    return isinstance(found, str) and found.isascii() and found.isdecimal() and len(found) < 9
