"""Frozen samples: one file per event and version, written once; old ones stay readable for ever."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from songsheet.journal.events import UNREADABLE, Event, registry


def path_of(event_class: type[Event], version: int) -> Path:
    """`<part>/samples/<name>.v<version>.json` beside the module that declares the event."""
    module = sys.modules[event_class.__module__].__file__
    assert module is not None
    return Path(module).parent / "samples" / f"{event_class.declared.name}.v{version}.json"


def freeze(classes: Iterable[type[Event]] | None = None) -> list[Path]:
    """Write the samples that are missing for the present versions; an existing one is never changed."""
    written = []
    for event_class in registry.values() if classes is None else classes:
        path = path_of(event_class, event_class.declared.version)
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(_text(event_class))
            written.append(path)
    return written


def faults(event_class: type[Event]) -> Iterator[str]:
    """What is wrong with the frozen samples of an event, one sentence each."""
    declared = event_class.declared
    for version in range(1, declared.version + 1):
        path = path_of(event_class, version)
        if not path.is_file():
            yield f"{declared.name} has no frozen sample of version {version}; freeze() it."
            continue
        frozen = orjson.loads(path.read_bytes())
        try:
            event_class.read(version, frozen["body"])
        except UNREADABLE as error:
            yield f"{declared.name} version {version} is no longer readable: {type(error).__name__}."
            continue
        if version == declared.version and frozen != _content(event_class):
            yield (
                f"{declared.name} version {version} was changed after it was frozen; "
                f"declare version {version + 1} with from_v{version}."
            )


def _content(event_class: type[Event]) -> dict[str, Any]:
    """Everything about an event that a change of version must announce."""
    sample = event_class.model_validate(dict(event_class.declared.sample))
    return {
        "body": orjson.loads(sample.model_dump_json()),
        "subjects": sample.subjects(),
        "schema": _shape(event_class.model_json_schema()),
    }


def _shape(schema: Any) -> Any:
    """A schema without what only explains it."""
    if isinstance(schema, dict):
        return {key: _shape(value) for key, value in schema.items() if key not in ("title", "description")}
    return [_shape(value) for value in schema] if isinstance(schema, list) else schema


def _text(event_class: type[Event]) -> bytes:
    return orjson.dumps(_content(event_class), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n"
