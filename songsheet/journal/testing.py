"""The house assertion of tests: the result of an action is its row and its entry."""

from typing import Any, TypeVar

from django.db import connection

from songsheet.journal.entries import COLUMNS, Entry, from_rows
from songsheet.journal.events import Event, registry
from songsheet.journal.samples import faults

E = TypeVar("E", bound=Event)


def recorded(event_class: type[E], *, actor: str | None = None, **fields: Any) -> list[Entry[E]]:
    """The entries of this kind whose event has these field values, in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {COLUMNS} from journal_entry where kind = %s order by position",
            [event_class.declared.name],
        )
        found = from_rows(cursor.fetchall())
    return [
        entry  # type: ignore[misc]
        for entry in found
        if (actor is None or entry.actor == actor)
        and all(getattr(entry.event, name) == value for name, value in fields.items())
    ]


def assert_recorded(event_class: type[E], *, actor: str | None = None, **fields: Any) -> Entry[E]:
    """Exactly one such entry was recorded; it is returned."""
    found = recorded(event_class, actor=actor, **fields)
    if len(found) != 1:
        every = "\n".join(str(entry.event) for entry in recorded(event_class)) or "none"
        raise AssertionError(
            f"{len(found)} entries of {event_class.declared.name} with {fields}; of that kind:\n{every}"
        )
    return found[0]


def assert_nothing_recorded(event_class: type[Event], **fields: Any) -> None:
    """No such entry was recorded."""
    found = recorded(event_class, **fields)
    if found:
        raise AssertionError(
            f"{len(found)} entries of {event_class.declared.name}, the first: {found[0].event}"
        )


def assert_samples_frozen(part: str) -> None:
    """Every event of a part has its frozen sample of each version, unchanged and readable."""

    declared = [cls for cls in registry.values() if cls.__module__ == f"songsheet.{part}.events"]
    found = [fault for event_class in declared for fault in faults(event_class)]
    if found:
        raise AssertionError("\n".join(found))
