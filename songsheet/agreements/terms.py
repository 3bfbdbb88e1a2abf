"""What a kind of agreement is: a typed body made of clauses that can be read, hashed and signed."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Generic, Literal, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from songsheet.agreements.errors import BodyRefused
from songsheet.base.ids import BODY_PATTERN
from songsheet.base.text import fold

#: A body as it is stored; some thousand clauses fit, a library does not.
MOST_BYTES = 200_000
#: Keys of members → what they are called.
Names = Mapping[str, str]


def _plain(text: str) -> str:
    if "\x00" in text:
        raise ValueError("It holds a NUL character, which cannot be stored.")
    return " ".join(text.split())


Line = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_plain)]
MaybeLine = Annotated[str, Field(max_length=200), AfterValidator(_plain)]
Lines = Annotated[list[Line], Field(max_length=500)]
Yes = Annotated[bool, Field(strict=True)]
#: Marks a field that holds the key of a member.
MEMBER = "member"
Member = Annotated[str, Field(pattern=f"^(member_{BODY_PATTERN})?$"), MEMBER]
Minutes = Annotated[int, Field(strict=True, ge=1, le=20_000)]
Days = Annotated[int, Field(strict=True, ge=1, le=400)]
Hours = Annotated[int, Field(strict=True, ge=1, le=10_000)]
Count = Annotated[int, Field(strict=True, ge=0, le=10_000)]
SideName = Literal["marketing", "sales"]
Tier = Literal["hot", "ready", "concierge", "nurture"]


class Part(BaseModel):
    """A piece of a clause with a sentence of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    def says(self, names: Names) -> str:
        """What it means, in plain words."""
        raise NotImplementedError


@dataclass(frozen=True)
class Clause:
    """One clause of a version as people read it; comments and differences go by its name."""

    name: str
    title: str
    sentences: tuple[str, ...]


class Terms(BaseModel):
    """The body of an agreement: each field is a clause, a Part or a list of them, with a `title`."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    def clauses(self, names: Names) -> list[Clause]:
        """The clauses in their order."""
        return [
            Clause(name, _(info.title or name), tuple(self._sentences(name, names)))
            for name, info in type(self).model_fields.items()
        ]

    def _sentences(self, name: str, names: Names) -> Iterable[str]:
        value = getattr(self, name)
        return [one.says(names) for one in (value if isinstance(value, list) else [value])]


B = TypeVar("B", bound=Terms)


@dataclass(frozen=True)
class Kind(Generic[B]):
    """A kind of agreement: what it settles, the form of its body, and a draft that fits most B2B teams."""

    name: str
    label: str | Promise
    settles: str | Promise
    body: type[B]
    starter: Callable[[], B]

    def read(self, given: Any) -> B:
        """A body from what was given; refused clause by clause."""
        try:
            body = self.body.model_validate(given)
        except ValidationError as error:
            raise BodyRefused.of(error) from None
        if len(canonical(body.model_dump(mode="json"))) > MOST_BYTES:
            raise BodyRefused("That is more than an agreement holds. Shorten its lists.")
        return body


def canonical(body: Mapping[str, Any]) -> bytes:
    """The one form of a body that is signed: keys sorted, UTF-8, nothing between; no fractions."""
    _no_fractions(body)
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode()


def hash_of(body: Mapping[str, Any]) -> str:
    """The sha256 over the canonical form."""
    return hashlib.sha256(canonical(body)).hexdigest()


def _no_fractions(value: Any) -> None:
    if isinstance(value, float):
        raise BodyRefused("An agreement holds whole numbers alone: a fraction has no one way to be written.")
    for one in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
        _no_fractions(one)


def each_once(items: list[Any], name: str) -> list[Any]:
    """Refuses a list in which two are called the same."""
    seen: set[str] = set()
    for one in items:
        word = fold(str(getattr(one, name)))
        if word in seen:
            raise ValueError(f"“{getattr(one, name)}” stands there twice.")
        seen.add(word)
    return items


def working(minutes: int) -> str:
    """So many working minutes, in words."""
    if minutes % 60 == 0:
        hours = minutes // 60
        return ngettext("%(n)d working hour", "%(n)d working hours", hours) % {"n": hours}
    return ngettext("%(n)d working minute", "%(n)d working minutes", minutes) % {"n": minutes}


def days(count: int) -> str:
    """So many days, in words."""
    return ngettext("%(n)d day", "%(n)d days", count) % {"n": count}


def listed(words: Iterable[str], *, last: str = "") -> str:
    """Words in a row: a, b or c."""
    every = list(words)
    if len(every) < 2:
        return "".join(every)
    return f"{', '.join(every[:-1])} {last or _('or')} {every[-1]}"


def named(key: str, names: Names, *, nobody: str = "") -> str:
    """Who is meant by the key of a member."""
    return names.get(key, key) if key else nobody or _("nobody yet")
