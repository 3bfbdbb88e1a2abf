"""The API of facts: what is true at an instant, stating, and changing after a look at what would follow."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from songsheet.doors.api import Given, Moment, Text, Version
from songsheet.song.claims.queries import Moved, preview_change
from songsheet.song.facts.actions import change_fact, state_fact
from songsheet.song.facts.acts import must_be_theirs, scope_read
from songsheet.song.facts.models import Fact
from songsheet.song.facts.queries import Stated, fact_for, facts_seen_by, stated_at
from songsheet.song.facts.values import typed
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answer_of, answered, asking, time_of
from songsheet.team.queries import house
from songsheet.team.roles import Right

router = Router(tags=["song"])
Kind = Literal["offer", "yes_no", "money", "percent", "duration", "number", "date", "choice", "text"]
Place = Annotated[Text, Field(max_length=80)]
Value = Annotated[Text, Field(min_length=1, max_length=500, description="as typed: 30 days, 500 EUR, 19 %")]


class SaysOut(Schema):
    """What a fact says in a place (everywhere without any), from when until when."""

    value: str
    product: str
    market: str
    segment: str
    since: datetime
    until: datetime | None

    @classmethod
    def of(cls, one: Stated) -> "SaysOut":
        product, market, segment = one.where.parts()
        return cls(
            value=one.says, product=product, market=market, segment=segment, since=one.since, until=one.until
        )


class FactOut(Schema):
    """A fact, who answers for it, and what it says at the instant that was asked for."""

    key: str
    name: str
    label: str
    kind: str
    unit: str
    choices: list[str]
    owner: str
    source: str
    review_on: date | None
    withdrawn: bool
    version: int
    says: list[SaysOut]

    @classmethod
    def of(cls, fact: Fact, says: list[Stated]) -> "FactOut":
        plain = ("key", "name", "label", "kind", "unit", "choices", "source", "review_on", "version")
        return cls(
            **{name: getattr(fact, name) for name in plain}, owner=fact.owner.key,
            withdrawn=fact.gone_at is not None, says=[SaysOut.of(one) for one in says],
        )  # fmt: skip


class Facts(Schema):
    """Every fact that is not withdrawn."""

    items: list[FactOut]


class Where(Given):
    """What a fact says, where, and from when until when; empty is everywhere and always."""

    value: Value
    product: Place = ""
    market: Place = ""
    segment: Annotated[Text, Field(max_length=40)] = ""
    valid_from: Moment | None = None
    valid_until: Moment | None = None


class FactIn(Where):
    """A fact that nobody has stated yet; `owner` is the key of a member, else whoever states it."""

    name: Annotated[Text, Field(min_length=1, max_length=80, description="group and field: returns.days")]
    label: Annotated[Text, Field(min_length=1, max_length=160)]
    kind: Kind
    unit: Annotated[Text, Field(max_length=30)] = ""
    choices: Annotated[list[Annotated[Text, Field(max_length=80)]], Field(max_length=30)] = []
    owner: Annotated[Text, Field(max_length=40)] = ""
    source: Annotated[Text, Field(max_length=1000)] = ""
    review_on: date | None = None


class ChangeIn(Where):
    """What a fact is to say from now or a later time on, and why."""

    why: Annotated[Text, Field(max_length=500)] = ""
    version: Version | None = None


class MovedOut(Schema):
    """A claim in force that stands otherwise by it: holds, does not, or null where it is not known."""

    claim: str
    version: str
    statement: str
    before: bool | None
    after: bool | None
    because: dict[str, str]

    @classmethod
    def of(cls, one: Moved) -> "MovedOut":
        return cls(
            claim=one.version.claim.key, version=one.version.key, statement=one.version.statement,
            before=one.before.truth, after=one.after.truth,
            because={each.name: each.says for each in one.after.because},
        )  # fmt: skip


class ChangeOut(Schema):
    """What follows for the claims in force; with `preview` nothing was changed."""

    preview: bool
    moved: list[MovedOut]
    fact: FactOut


@router.get("/facts", response={200: Facts, **PROBLEMS}, operation_id="list_facts")
def list_facts(request: HttpRequest, at: Moment | None = None) -> Any:
    """Every fact with what it says now, or at another instant."""
    when = at or time_of(request)
    stated = stated_at(when)
    found = facts_seen_by(asking(request)).order_by("name")
    return Facts(items=[FactOut.of(one, stated.get(one.name, [])) for one in found])


@router.post("/facts", response={201: FactOut, **PROBLEMS}, operation_id="state_fact")
def create_fact(request: HttpRequest, body: FactIn) -> Any:
    """State a fact."""

    def do(by: Acting, at: datetime) -> Any:
        return 201, _read(by, state_fact(**body.model_dump(), by=by, at=at).name, at)

    return answered(request, do)


@router.get("/facts/{key}", response={200: FactOut, **PROBLEMS}, operation_id="read_fact")
def read_fact(request: HttpRequest, key: str, at: Moment | None = None) -> Any:
    """One fact by its name, and what it says now, or at another instant."""
    return answer_of(_read(asking(request), key, at or time_of(request)))


@router.post("/facts/{key}/changes", response={200: ChangeOut, **PROBLEMS}, operation_id="change_fact")
def make_change(request: HttpRequest, key: str, body: ChangeIn, preview: bool = False) -> Any:
    """Make a fact say something new; with `preview` only tell which claims would stand otherwise."""

    def do(by: Acting, at: datetime) -> Any:
        by.must(Right.STATE)
        fact = fact_for(by, key)
        must_be_theirs(fact, by)
        value = typed(fact.kind, body.value, choices=tuple(fact.choices), currency=house().currency)
        scope = scope_read(body.product, body.market, body.segment)
        since = max(body.valid_from or at, at)
        moved = [MovedOut.of(one) for one in preview_change(by, fact, value, scope, since=since, at=at)]
        if not preview:
            change_fact(key, **body.model_dump(), by=by, at=at)
        return ChangeOut(preview=preview, moved=moved, fact=_read(by, key, at))

    return answered(request, do)


def _read(by: Acting, name: str, at: datetime) -> FactOut:
    return FactOut.of(fact_for(by, name), stated_at(at, [name]).get(name, []))
