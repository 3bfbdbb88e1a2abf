"""What the API's bodies and answers share: lists by the same Listing, keys, verdicts, versions, clearing."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar

from django.db.models import Model
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from ninja import Schema
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    ValidationError,
)

from songsheet.base.adopting import Adopted, Ref, RowRefused
from songsheet.base.ids import BODY_PATTERN
from songsheet.base.refusals import Refusal
from songsheet.doors.listing import PAGE_SIZE, Listing
from songsheet.doors.plainly import Plainly
from songsheet.doors.problems import NotAsExpected, from_validation

NOT_FILTERS = {"sort", "after", "limit"}
#: Pydantic would read it as seconds since 1970.
_NUMBER = re.compile(r"[+-]?\d*\.?\d*(e[+-]?\d+)?", re.IGNORECASE)


class Asked(Schema):
    """How to walk a list. Every other name in the query is a filter; an undeclared one is refused.

    A custom field is filtered by as custom_… (see /custom-fields), with .not, .from, .until, .has or .empty.
    """

    sort: str | None = Field(None, max_length=60, description="a declared sort of the list")
    after: str | None = Field(None, max_length=4000, description="the cursor `next` of the page before")
    limit: int = Field(PAGE_SIZE, ge=1, le=200)


class Listed(Schema):
    """One page of a list."""

    items: list[dict[str, Any]]
    next: str | None
    total: int | None
    total_is_exact: bool | None


def list_answer(listing: Listing, viewer: Any, query: Mapping[str, str], asked: Asked) -> Listed:
    """The page of a listing that was asked for."""
    filters = {name: value for name, value in query.items() if name not in NOT_FILTERS and value}
    page = listing.page(viewer, filters, sort=asked.sort, after=asked.after, size=asked.limit)
    first = not asked.after
    return Listed(
        items=listing.as_dicts(viewer, page.rows),
        next=page.next_cursor,
        total=page.total if first else None,
        total_is_exact=page.total_is_exact if first else None,
    )


def _no_nul(text: str) -> str:
    if "\x00" in text:
        raise ValueError("It holds a NUL character, which cannot be stored.")
    return text


def _not_a_number(value: Any) -> Any:
    if isinstance(value, int | float) or (isinstance(value, str) and _NUMBER.fullmatch(value.strip())):
        raise ValueError("It must be a text such as 2026-05-12T10:12:00Z.")
    return value


def _in_range(at: datetime) -> datetime:
    if not 1900 <= at.year <= 2999:
        raise ValueError("The year must lie between 1900 and 2999.")
    return at


Text = Annotated[str, AfterValidator(_no_nul)]
Key = Annotated[str, Field(pattern=f"^[a-z]{{2,20}}_{BODY_PATTERN}$", description="a key of ours")]
Moment = Annotated[AwareDatetime, BeforeValidator(_not_a_number), AfterValidator(_in_range)]
Version = Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)]
Minor = Annotated[
    int, Field(strict=True, ge=-(2**53), le=2**53, description="money in minor units of `currency`")
]
Currency = Annotated[str, Field(pattern="^([A-Z]{3})?$", description="ISO 4217, such as EUR")]
#: An amount of a declared field: its currency with its minor units, as answers show money.
Amount = Annotated[
    dict[
        Annotated[str, Field(pattern="^[A-Z]{3}$")], Annotated[int, Field(strict=True, ge=-(2**53), le=2**53)]
    ],
    Field(min_length=1, max_length=1),
]
Custom = Annotated[
    dict[Text, Annotated[Text, Field(max_length=5000)] | bool | int | float | Amount | None],
    Field(
        max_length=100,
        description="values of declared custom fields by their names: /custom-fields lists them",
    ),
]

M = TypeVar("M", bound=BaseModel)
R = TypeVar("R")


class Given(Plainly):
    """The body of a request: an undeclared name is refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class External(Given):
    """What another system calls it."""

    system: Annotated[Text, Field(min_length=1, max_length=60)]
    id: Annotated[Text, Field(min_length=1, max_length=200)]

    @property
    def pair(self) -> tuple[str, str]:
        return self.system, self.id


class ByExternal(Schema):
    """By what another system calls it."""

    system: Annotated[Text, Field(min_length=1, max_length=60)]
    id: Annotated[Text, Field(min_length=1, max_length=200)]


class Batch(Given):
    """At most 1,000 items, each of the form that a single create takes; each gets its own verdict.

    With `history` they are brought in as what happened long ago: nothing is promised, no webhook hears of it.
    """

    items: list[dict[str, Any]] = Field(min_length=1, max_length=1000)
    history: StrictBool = False


class Verdict(BaseModel):
    """What became of one item; `reason` and `field` say why it was rejected, or what of it was left out."""

    outcome: Literal["created", "updated", "unchanged", "rejected"]
    key: str | None
    version: int
    reason: str
    field: str | None

    @classmethod
    def of(cls, one: Adopted) -> "Verdict":
        key = one.ref[1] if one.ref else None
        return cls(
            outcome=one.outcome, key=key, version=one.version, reason=one.reason, field=one.column or None
        )


class Verdicts(BaseModel):
    """The verdicts in the order of the items, and how many there are of each."""

    created: int
    updated: int
    unchanged: int
    rejected: int
    verdicts: list[Verdict]

    @classmethod
    def of(cls, verdicts: list[Verdict]) -> "Verdicts":
        outcomes = [one.outcome for one in verdicts]
        counts = {name: outcomes.count(name) for name in ("created", "updated", "unchanged", "rejected")}
        return cls(**counts, verdicts=verdicts)


class Archive(Given):
    """Why it is taken out of everything that is shown."""

    why: Annotated[Text, Field(max_length=200)] = "archived"


class Archived(Schema):
    """It is taken out; its story stays."""

    key: str
    archived: bool = True


class NotAVersion(Refusal):
    """An If-Match that names no version."""

    status = 400
    code = "not_a_version"


def version_asked(request: HttpRequest, given: int | None = None) -> int | None:
    """The version that a change was made from: the body's, or the ETag in If-Match."""
    etag = request.headers.get("If-Match", "").strip()
    if given is not None or etag in ("", "*"):
        return given
    number = etag.removeprefix("W/").strip('"')
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise NotAVersion('If-Match must hold the ETag that was read, such as "3".')
    return int(number)


def keyed(model: type[Model], keys: Iterable[str | None], **where: Any) -> dict[str, Ref]:
    """The rows that these keys name, looked up together; what is not there is left out.

    The key of a record that was merged into another names that other.
    """
    wanted = {key for key in keys if key}
    if not wanted:
        return {}
    found = model._default_manager.filter(key__in=wanted, **where)
    if hasattr(model, "root"):
        meant = Coalesce("root_id", "id"), Coalesce("root__key", "key")
        return {key: (id_, its) for key, id_, its in found.values_list("key", *meant)}
    return {key: (id_, key) for id_, key in found.values_list("id", "key")}


def named_by(known: Mapping[str, R], key: str | None, what: str, field: str) -> R | None:
    """What a key names; refused by field where there is no such thing."""
    if key is None:
        return None
    if key not in known:
        raise RowRefused(f"There is no {what} {key[:60]}.", field=field)
    return known[key]


def adopt_good(
    given: Sequence[M], row_of: Callable[[M], R], adopt: Callable[[list[R]], list[Adopted]]
) -> list[Adopted]:
    """Make a row of each; those of which none can be made are rejected, the others adopted together."""
    done: list[Adopted | None] = []
    rows: list[R] = []
    for one in given:
        try:
            rows.append(row_of(one))
            done.append(None)
        except Refusal as refusal:
            done.append(rejected(refusal))
    adopted = iter(adopt(rows) if rows else [])
    return [one or next(adopted) for one in done]


def rejected(refusal: Refusal) -> Adopted:
    """The verdict of something refused."""
    return Adopted("rejected", None, refusal.sentence, refusal.field or "")


def judged(
    items: Sequence[dict[str, Any]], model: type[M], adopt: Callable[[list[M]], list[Adopted]]
) -> list[Verdict]:
    """A verdict for each item; what has not the form of the body is rejected by itself."""
    read: list[M | Adopted] = []
    for item in items:
        try:
            read.append(model.model_validate(item))
        except ValidationError as error:
            read.append(_not_read(from_validation(error)))
    adopted = iter(adopt([one for one in read if not isinstance(one, Adopted)]))
    return [Verdict.of(one if isinstance(one, Adopted) else next(adopted)) for one in read]


def _not_read(refusal: NotAsExpected) -> Adopted:
    field, sentences = next(iter(refusal.extra["errors"].items()))
    return Adopted("rejected", None, f"{field}: {sentences[0]}", field)


def said(body: BaseModel, *, but: Iterable[str] = ("version",)) -> dict[str, Any]:
    """What a change names, with null where it clears; what is not named stays as it is."""
    return {name: getattr(body, name) for name in body.model_fields_set if name not in but}


def cleared(values: dict[str, Any], texts: Iterable[str]) -> dict[str, Any]:
    """A text that is cleared is empty."""
    return {name: "" if value is None and name in texts else value for name, value in values.items()}
