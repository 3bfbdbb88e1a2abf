"""Reads of declarations: which fields a kind has, and whether values fit them.

What was read for a request is kept by what the table held then, so that most requests need not ask again;
whoever changes a declaration forgets what was read.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

from django.utils.translation import get_language

from songsheet.base.adopting import RowRefused
from songsheet.team.errors import NoSuchField
from songsheet.team.fields.values import check
from songsheet.team.models import CustomField

T = TypeVar("T")
_READ: ContextVar[dict[Any, Any] | None] = ContextVar("what was read of declarations", default=None)
#: By a digest of the whole table: what was read of it, and made of that.
_KEPT: dict[tuple[str, str | None], dict[Any, Any]] = {}
_MOST_KEPT = 16


@contextmanager
def read_once(digest: str) -> Iterator[None]:
    """Until the end of this, declarations are those of this digest of their table."""
    if len(_KEPT) > _MOST_KEPT:
        _KEPT.clear()
    token = _READ.set(_KEPT.setdefault((digest, get_language()), {}))
    try:
        yield
    finally:
        _READ.reset(token)


def forget() -> None:
    """Declarations have changed: read them anew."""
    if _READ.get() is not None:
        _READ.set({})


def once(name: Any, make: Callable[[], T]) -> T:
    """What `make` makes of the declarations, made once as long as they are."""
    known = _READ.get()
    if known is None:
        return make()
    if name not in known:
        known[name] = make()
    return cast("T", known[name])


def all_fields() -> list[CustomField]:
    """Every declaration, also of archived fields, by kind and place."""
    return once("all", lambda: list(CustomField.objects.order_by("on", "place", "id")))


def fields_on(on: str) -> list[CustomField]:
    """The fields of a kind that are shown, in their order."""
    return [one for one in all_fields() if one.on == on and one.gone_at is None]


def field_keyed(key: str) -> CustomField:
    """One declaration by its key; refused when there is none."""
    found = CustomField.objects.filter(key=key).first()
    if found is None:
        raise NoSuchField("There is no such field. Look for it in the settings.")
    return found


def fit(on: str, customs: Iterable[Mapping[str, Any] | None]) -> Callable[[dict[str, Any] | None], None]:
    """A check of custom values, which leaves them as they are kept: each a declared field, of its type."""
    known = {one.name: one for one in fields_on(on)} if any(customs) else {}

    def checked(custom: dict[str, Any] | None) -> None:
        for name, value in (custom or {}).items():
            if name not in known:
                raise RowRefused(f"“{name[:60]}” is not a declared field of a {on}.", field="custom")
            cast("dict[str, Any]", custom)[name] = check(known[name], value)

    return checked


def shown(on: str, custom: dict[str, Any]) -> dict[str, Any]:
    """The values without those of archived fields, which are kept and hidden."""
    if not custom:
        return custom
    hidden = {one.name for one in all_fields() if one.on == on and one.gone_at is not None}
    return {name: value for name, value in custom.items() if name not in hidden} if hidden else custom
