"""The API of hooks: making, changing, secrets, trying a mapping."""

from datetime import datetime
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from songsheet.doors.api import Archived, Given, Text
from songsheet.intake.hooks import actions
from songsheet.intake.hooks.models import Hook
from songsheet.intake.hooks.queries import hook_for, hooks_seen_by, secrets_of
from songsheet.intake.hooks.signing import WAYS
from songsheet.intake.hooks.trying import tried
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answer_of, answered, asking

router = Router(tags=["hooks"])
Name = Annotated[Text, Field(min_length=1, max_length=120)]
Word = Annotated[Text, Field(max_length=20)]
Source = Annotated[Text, Field(max_length=120)]
Secret = Annotated[Text, Field(max_length=200)]
Mapping = Annotated[
    dict[Annotated[Text, Field(max_length=40)], Annotated[Text, Field(max_length=200)]], Field(max_length=60)
]
Sample = Annotated[dict[str, Any] | list[Any], Field(description="a body as the provider sends it")]


class HookIn(Given):
    """What sends, and how it signs: empty, as the provider does. `secret` where the provider makes it."""

    name: Name
    shape: Word
    signing: Word = ""
    source: Source = ""
    secret: Secret = ""


class HookChange(Given):
    """The fields to change. A mapping comes with a sample, of which it must make events."""

    name: Name | None = None
    source: Source | None = None
    mapping: Mapping | None = None
    sample: Sample | None = None


class SecretIn(Given):
    """The provider's secret, where the provider makes it."""

    secret: Secret = ""


class TryIn(Given):
    """A mapping, and a sample to try it on."""

    mapping: Mapping
    sample: Sample


class SecretLine(Schema):
    """A secret that holds; what it is is told where it was made, once."""

    key: str
    made_at: datetime


class HookOut(Schema):
    """A hook with its address; `secret` is told once, where we made it."""

    key: str
    name: str
    shape: str
    signing: str
    source: str
    mapping: dict[str, str]
    address: str
    secrets: list[SecretLine]
    secret: str | None
    made_at: datetime
    version: int

    @classmethod
    def of(cls, one: Hook, secret: str = "") -> "HookOut":
        names = ("key", "name", "shape", "signing", "source", "mapping", "made_at", "version")
        return cls(
            **{name: getattr(one, name) for name in names},
            address=f"{settings.ENVIRONMENT.url}/in/hooks/{one.key}",
            secrets=[SecretLine(key=each.key, made_at=each.made_at) for each in secrets_of(one)],
            secret=None if WAYS[one.signing].is_theirs else secret or None,
        )


class TriedOut(Schema):
    """What a mapping made: the fields of an event, or what is wrong with it at which field."""

    fields: dict[str, Any]
    problem: str
    field: str


class Tried(Schema):
    """An event each."""

    events: list[TriedOut]


@router.get("/hooks", response={200: list[HookOut], **PROBLEMS}, operation_id="list_hooks")
def list_hooks(request: HttpRequest) -> Any:
    """The hooks of the house."""
    return [HookOut.of(one) for one in hooks_seen_by(asking(request))]


@router.post("/hooks", response={201: HookOut, **PROBLEMS}, operation_id="create_hook")
def create_hook(request: HttpRequest, body: HookIn) -> Any:
    """Let a provider send. The secret that we make is in this answer alone."""

    def do(by: Acting, at: datetime) -> Any:
        return 201, HookOut.of(*actions.make_hook(**body.model_dump(), by=by, at=at))

    return answered(request, do)


@router.get("/hooks/{key}", response={200: HookOut, **PROBLEMS}, operation_id="read_hook")
def read_hook(request: HttpRequest, key: str) -> Any:
    """One hook."""
    return answer_of(HookOut.of(hook_for(asking(request), key)))


@router.patch("/hooks/{key}", response={200: HookOut, **PROBLEMS}, operation_id="change_hook")
def change_hook(request: HttpRequest, key: str, body: HookChange) -> Any:
    """Change its name, source or mapping."""

    def do(by: Acting, at: datetime) -> Any:
        return HookOut.of(actions.change_hook(key, **body.model_dump(exclude_unset=True), by=by, at=at))

    return answered(request, do)


@router.delete("/hooks/{key}", response={200: Archived, **PROBLEMS}, operation_id="delete_hook")
def delete_hook(request: HttpRequest, key: str) -> Any:
    """Let nothing in by it any more."""

    def do(by: Acting, at: datetime) -> Any:
        actions.take_hook_out(key, by=by, at=at)
        return Archived(key=key)

    return answered(request, do)


@router.post("/hooks/{key}/secrets", response={201: HookOut, **PROBLEMS}, operation_id="add_hook_secret")
def add_hook_secret(request: HttpRequest, key: str, body: SecretIn) -> Any:
    """One more secret, told in this answer alone; those before hold beside it until they are ended."""

    def do(by: Acting, at: datetime) -> Any:
        return 201, HookOut.of(*actions.add_secret(key, secret=body.secret, by=by, at=at))

    return answered(request, do)


@router.delete(
    "/hooks/{key}/secrets/{secret}", response={200: Archived, **PROBLEMS}, operation_id="end_hook_secret"
)
def end_hook_secret(request: HttpRequest, key: str, secret: str) -> Any:
    """Refuse what it signs from now on."""

    def do(by: Acting, at: datetime) -> Any:
        actions.end_secret(key, secret, by=by, at=at)
        return Archived(key=secret)

    return answered(request, do)


@router.post("/hooks/{key}/try", response={200: Tried, **PROBLEMS}, operation_id="try_hook_mapping")
def try_hook_mapping(request: HttpRequest, key: str, body: TryIn) -> Any:
    """What a mapping makes of a sample; nothing is kept."""
    found = tried(hook_for(asking(request), key), body.mapping, body.sample)
    return Tried(
        events=[
            TriedOut(
                fields=one.fields,
                problem=one.wrong.problem if one.wrong else "",
                field=one.wrong.field if one.wrong else "",
            )
            for one in found
        ]
    )
