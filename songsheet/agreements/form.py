"""A body as a form: each clause a group of fields, made from its type, and read back from what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from django.utils.translation import gettext as _
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from songsheet.agreements.terms import MEMBER, Part, Terms

#: So many rows of a list are looked for in what was typed.
MOST_ROWS = 1_000


@dataclass(frozen=True)
class Box:
    """One field of the form; `kind` is number, text, lines, choice, yes or member."""

    name: str
    label: str
    kind: str
    value: Any
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    least: int | None = None
    most: int | None = None
    wrong: str = ""
    is_long: bool = False

    @property
    def id(self) -> str:
        return self.name.replace(".", "-")

    @property
    def shown(self) -> Any:
        """What stands in it, as people read it."""
        return dict(self.options).get(str(self.value)) or self.value


@dataclass(frozen=True)
class Around:
    """What every field may need: who can be chosen, and what is wrong where."""

    members: tuple[tuple[str, str], ...]
    wrong: Mapping[str, list[str]]


@dataclass(frozen=True)
class Row:
    """The fields of one Part; in a list it can be taken out, and the last one is empty, to be filled in."""

    name: str
    boxes: tuple[Box, ...]
    is_new: bool = False
    may_go: bool = False
    gone: bool = False


@dataclass(frozen=True)
class ClauseForm:
    """One clause to be edited, and what it says as it stands."""

    name: str
    title: str
    rows: tuple[Row, ...]
    wrong: tuple[str, ...]
    is_list: bool


def form_of(
    body: type[Terms],
    given: Mapping[str, Any],
    *,
    members: tuple[tuple[str, str], ...] = (),
    wrong: Mapping[str, list[str]] | None = None,
) -> list[ClauseForm]:
    """The form of a body that holds these values, with what is wrong where it stands."""
    around = Around(members, wrong or {})
    made = []
    for name, info in body.model_fields.items():
        part, value = _part_of(info), given.get(name)
        rows = _rows(name, info, part, value, around)
        here = tuple(said for place in (name, "body") for said in around.wrong.get(place, []))
        made.append(ClauseForm(name, _(info.title or name), rows, here, _is_list(info)))
    return made


def _rows(name: str, info: FieldInfo, part: type[BaseModel], value: Any, around: Around) -> tuple[Row, ...]:
    if not _is_list(info):
        return (Row(name, _boxes(name, part, value or {}, around)),)
    items = value if isinstance(value, list) else []
    fixed = _bound(info, "min_length") == _bound(info, "max_length")
    rows = [
        Row(f"{name}.{n}", _boxes(f"{name}.{n}", part, item, around), may_go=not fixed)
        for n, item in enumerate(items)
    ]
    if not fixed:
        new = f"{name}.{len(items)}"
        rows.append(Row(new, _boxes(new, part, {}, around, is_new=True), is_new=True))
    return tuple(rows)


def _boxes(
    before: str, part: type[BaseModel], value: Mapping[str, Any], around: Around, *, is_new: bool = False
) -> tuple[Box, ...]:
    made = []
    for position, (name, info) in enumerate(part.model_fields.items()):
        place = f"{before}.{name}"
        default = info.get_default(call_default_factory=True)
        there = value.get(name, "" if info.is_required() else default)
        kind, options = _kind_of(info, around.members, maybe=is_new and position == 0)
        said = [*around.wrong.get(place, []), *(around.wrong.get(before, []) if position == 0 else [])]
        made.append(
            Box(
                place,
                _(info.title or name),
                kind,
                "\n".join(there) if isinstance(there, list) else there,
                options,
                _(info.description) if info.description else "",
                _bound(info, "ge"),
                _bound(info, "le"),
                " ".join(said),
                kind in ("lines", "text") and (_bound(info, "max_length") or 0) > 120,
            )
        )
    return tuple(made)


def read(body: type[Terms], typed: Mapping[str, str]) -> dict[str, Any]:
    """The values that were typed, clause by clause, for those clauses that the form had."""
    found: dict[str, Any] = {}
    for name, info in body.model_fields.items():
        if not any(key == name or key.startswith(f"{name}.") for key in typed):
            continue
        part = _part_of(info)
        if _is_list(info):
            rows = [_row(f"{name}.{n}", part, typed) for n in _numbers(name, typed)]
            found[name] = [row for row in rows if row is not None]
        else:
            found[name] = _values(name, part, typed)
    return found


def _numbers(name: str, typed: Mapping[str, str]) -> list[int]:
    """The rows that the form had, in their order."""
    places = [key.split(".") for key in typed]
    numbers = {one[1] for one in places if len(one) > 2 and one[0] == name and one[1].isdecimal()}
    return sorted(int(one) for one in numbers if len(one) < 5 and int(one) < MOST_ROWS)


def _row(name: str, part: type[BaseModel], typed: Mapping[str, str]) -> dict[str, Any] | None:
    """One row of a list; None where it is taken out or was left empty."""
    first = next(iter(part.model_fields))
    if typed.get(f"{name}.gone") or not typed.get(f"{name}.{first}", "").strip():
        return None
    return _values(name, part, typed)


def _values(before: str, part: type[BaseModel], typed: Mapping[str, str]) -> dict[str, Any]:
    return {name: _value(info, typed.get(f"{before}.{name}", "")) for name, info in part.model_fields.items()}


def _value(info: FieldInfo, text: str) -> Any:
    """What was typed, as the type of its field; what is no number stays what was typed, and is refused."""
    if info.annotation is bool:
        return text == "on"
    if info.annotation is int:
        plain = text.strip()
        return int(plain) if plain.isdecimal() and len(plain) < 10 else plain or 0
    if get_origin(info.annotation) is Literal:
        return next((one for one in get_args(info.annotation) if str(one) == text), text)
    if get_origin(info.annotation) is list:
        return [line.strip() for line in text.splitlines() if line.strip()]
    return text


def _kind_of(
    info: FieldInfo, members: tuple[tuple[str, str], ...], *, maybe: bool
) -> tuple[str, tuple[tuple[str, str], ...]]:
    none = (("", ""),)
    if MEMBER in info.metadata:
        return "member", none + members
    if get_origin(info.annotation) is Literal:
        options = tuple((str(one), _(str(one).replace("_", " "))) for one in get_args(info.annotation))
        return "choice", (none if maybe else ()) + options
    if get_origin(info.annotation) is list:
        return "lines", ()
    kinds: dict[Any, str] = {bool: "yes", int: "number"}
    return kinds.get(info.annotation, "text"), ()


def _is_list(info: FieldInfo) -> bool:
    return get_origin(info.annotation) is list


def _part_of(info: FieldInfo) -> type[BaseModel]:
    part = get_args(info.annotation)[0] if _is_list(info) else info.annotation
    assert isinstance(part, type)
    assert issubclass(part, Part)
    return part


def _bound(info: FieldInfo, name: str) -> int | None:
    return next((getattr(mark, name) for mark in info.metadata if hasattr(mark, name)), None)
