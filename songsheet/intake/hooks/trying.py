"""Trying a mapping on a sample before it is kept."""

from collections.abc import Mapping
from typing import Any

from songsheet.intake.hooks.errors import ShapeRefused
from songsheet.intake.hooks.models import Hook
from songsheet.intake.hooks.reading import Found, events_in
from songsheet.intake.hooks.shapes.mapped import FIELDS
from songsheet.intake.inbox.reading import NotRead, clock, parsed

_LONGEST_PATH = 200


def tried(hook: Hook, mapping: Mapping[str, str], sample: Any) -> list[Found]:
    """What the mapping makes of a sample: a text of JSON, or its values."""
    unknown = next((field for field in mapping if field not in FIELDS), None)
    if unknown is not None:
        raise ShapeRefused(
            f"An event has no field “{unknown[:40]}”. It has {', '.join(FIELDS)}.", field="mapping"
        )
    wrong = next((field for field, path in mapping.items() if not 0 < len(path) <= _LONGEST_PATH), None)
    if wrong is not None:
        raise ShapeRefused(f"Say where {wrong} stands, such as data.{wrong}.", field="mapping")
    try:
        values = parsed(sample) if isinstance(sample, str) else sample
        return events_in(
            values, shape=hook.shape, mapping=mapping, system=hook.key, source=hook.source, now=clock()
        )
    except NotRead as error:
        raise ShapeRefused(error.problem, field="sample") from None


def must_work(hook: Hook, mapping: Mapping[str, str], sample: Any) -> None:
    """Refuse a mapping that makes no event of the sample, with the first thing that is wrong."""
    found = tried(hook, mapping, sample)
    if not found:
        raise ShapeRefused("The sample holds no event where the mapping looks for them.", field="mapping")
    for one in found:
        if one.wrong:
            told = f"{one.wrong.field}: {one.wrong.problem}" if one.wrong.field else one.wrong.problem
            raise ShapeRefused(told, field="mapping")


def mapping_of(text: str) -> dict[str, str]:
    """A mapping out of lines such as `person.mail = contact.email`."""
    mapping = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        field, equals, path = line.partition("=")
        if not equals:
            raise ShapeRefused(f"Line {number} has no equals sign. Write field = path.", field="mapping")
        mapping[field.strip()] = path.strip()
    return mapping


def lines_of(mapping: Mapping[str, str]) -> str:
    """The mapping as lines, to be changed."""
    return "\n".join(f"{field} = {path}" for field, path in mapping.items())
