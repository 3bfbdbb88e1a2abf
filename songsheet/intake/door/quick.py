"""Whether what was sent is an event, found out quickly: the shape of `EventIn`, without making one of it.

The shape is taken from `EventIn` itself. What does not fit it is read once more in the long way, which says
what is wrong; a test holds the two together.
"""

from datetime import datetime
from typing import Any

from pydantic import ValidationError
from pydantic_core import SchemaValidator

from songsheet.intake.event import EARLIEST, EventIn, not_too_early, without_nul


def _lean(schema: Any) -> Any:
    """The same without objects and steps of Python; the whole is asked once for NUL, and not each text."""
    if isinstance(schema, list):
        return [_lean(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("type") == "function-after":
        step = schema["function"]["function"]
        if step is without_nul:
            return _lean(schema["schema"])
        if step is not_too_early:
            return {**_lean(schema["schema"]), "ge": EARLIEST}
    if schema.get("type") == "model":
        return {**_lean(schema["schema"]), "extra_behavior": schema["config"]["extra_fields_behavior"]}
    return {name: _lean(one) for name, one in schema.items() if name not in ("metadata", "ref")}


_validate = SchemaValidator(_lean(EventIn.__pydantic_core_schema__)).validate_python


def system_of(content: Any, latest: datetime) -> str | None:
    """The system of a good event that happened before then; None where a closer look is needed."""
    try:
        fields = _validate(content)[0]
    except ValidationError:
        return None
    if (at := fields["at"]) is not None and at > latest:
        return None
    system: str = fields["system"]
    return system
