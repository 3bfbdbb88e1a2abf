"""Event types: declared once, in the part that owns them; typed, versioned, in the past tense."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Annotated, Any, ClassVar, Literal, Self, get_args, get_origin

from django.utils.translation import gettext
from pydantic import BaseModel, ConfigDict

from songsheet.journal.errors import UnknownKind
from songsheet.journal.subjects import PersonKey, Subject, sample_key

UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, UnknownKind)
"""What reading a body, or an upcaster, may fail with."""

Side = Literal["ours", "theirs", "told", "changed"]


@dataclass(frozen=True, slots=True)
class Declaration:
    """What an event class says about itself; story, webhooks, API schema and mirror derive from it."""

    name: str
    version: int
    says: str
    side: Side
    icon: str
    sample: Mapping[str, Any]
    subject_fields: tuple[str, ...]


class Event(BaseModel):
    """Something that happened. Bodies hold keys and plain values, never a personal one."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    declared: ClassVar[Declaration]

    def __init_subclass__(
        cls, *, name: str, version: int, says: str, side: Side, icon: str, sample: Mapping[str, Any]
    ) -> None:
        """Declares the event; every argument is needed."""
        super().__init_subclass__()

    @classmethod
    def __pydantic_init_subclass__(cls, **given: Any) -> None:
        fields = tuple(
            field
            for field, info in cls.model_fields.items()
            if any(isinstance(mark, Subject) for mark in info.metadata) or _names_a_subject(info.annotation)
        )
        cls.declared = Declaration(**given, subject_fields=fields)
        _register(cls)

    @classmethod
    def read(cls, version: int, body: dict[str, Any]) -> Self:
        """The event of a stored body, lifted from its version through `from_v1`, `from_v2` …"""
        if not 1 <= version <= cls.declared.version:
            raise UnknownKind(cls.declared.name, version)
        for older in range(version, cls.declared.version):
            body = getattr(cls, f"from_v{older}")(body)
        return cls.model_validate(body)

    def subjects(self) -> list[str]:
        """The keys this event is about, each once."""
        keys: dict[str, None] = {}
        for field in self.declared.subject_fields:
            value = getattr(self, field)
            if isinstance(value, str):
                keys[value] = None
            elif value is not None:
                keys.update(dict.fromkeys(value))
        return list(keys)

    def sentence(self, names: Mapping[str, str], by: str = "") -> str:
        """The line in a story; `names` turns keys (also the actor's) into what people call them."""
        words = {"by": names.get(by, by)}
        for field in type(self).model_fields:
            words[field] = _word(getattr(self, field), names)
        return gettext(self.declared.says).format_map(words)


registry: dict[str, type[Event]] = {}


def kind_of(name: str) -> type[Event]:
    """The event class of a stored kind."""
    found = registry.get(name)
    if found is None:
        raise UnknownKind(name, 0)
    return found


def kinds(classes: Iterable[type[Event]]) -> list[str]:
    """The stored names of event classes."""
    return [cls.declared.name for cls in classes]


def _register(cls: type[Event]) -> None:
    declared = cls.declared
    other = registry.get(declared.name)
    if other is not None and (other.__module__, other.__qualname__) != (cls.__module__, cls.__qualname__):
        raise TypeError(f"{declared.name} is declared twice: {other.__module__} and {cls.__module__}")
    spoken = {word for _, word, _, _ in Formatter().parse(declared.says) if word is not None}
    unknown = spoken - set(cls.model_fields) - {"by"}
    if unknown:
        raise TypeError(f"{declared.name} says {unknown} but has no such field")
    for older in range(1, declared.version):
        if not hasattr(cls, f"from_v{older}"):
            raise TypeError(f"{declared.name} has version {declared.version} but no from_v{older}")
    cls.model_validate(dict(declared.sample))
    registry[declared.name] = cls


def _word(value: Any, names: Mapping[str, str]) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_word(one, names) for one in value)
    return "" if value is None else names.get(str(value), str(value))


def _names_a_subject(annotation: Any) -> bool:
    if get_origin(annotation) is Annotated:
        return any(isinstance(mark, Subject) for mark in annotation.__metadata__)
    return any(_names_a_subject(inner) for inner in get_args(annotation))


class WorkRetried(
    Event,
    name="journal.work_retried",
    version=1,
    says="{by} had {reader} try entry {entry} again",
    side="ours",
    icon="refresh",
    sample={"reader": "routing", "entry": 7},
):
    """A parked entry is tried again."""

    reader: str
    entry: int


class WorkDismissed(
    Event,
    name="journal.work_dismissed",
    version=1,
    says="{by} decided that {reader} leaves entry {entry} unanswered",
    side="ours",
    icon="stop",
    sample={"reader": "routing", "entry": 7},
):
    """A parked entry will never be answered by this reader; what waited behind it goes on."""

    reader: str
    entry: int


class ReaderRestarted(
    Event,
    name="journal.reader_restarted",
    version=1,
    says="{by} had {reader} go on after its failures",
    side="ours",
    icon="play",
    sample={"reader": "mirror"},
):
    """A reader that stood still after five failures goes on."""

    reader: str


class PersonErased(
    Event,
    name="journal.person_erased",
    version=2,
    says="{by} erased what was known of {person}",
    side="changed",
    icon="stop",
    sample={"person": sample_key("person"), "entries": 1},
):
    """Every personal value of a person was deleted; whoever restores a backup does it again.

    `entries` counts those that lost words which somebody had written.
    """

    person: PersonKey
    entries: int = 0

    @staticmethod
    def from_v1(body: dict[str, Any]) -> dict[str, Any]:
        """Until version 1 entries kept such words."""
        return body
