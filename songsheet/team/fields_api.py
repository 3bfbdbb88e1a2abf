"""The API of the house's own fields: what can be declared on the page can be declared here."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field, StrictBool

from songsheet.doors.api import Archived, Given, Text, Version, said, version_asked
from songsheet.team import field_actions as actions
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answer_of, answered, asking
from songsheet.team.fields.declared import all_fields, field_keyed
from songsheet.team.fields.listing import name_of
from songsheet.team.models import CustomField
from songsheet.team.roles import Right

router = Router(tags=["custom fields"])
Label = Annotated[Text, Field(min_length=1, max_length=120)]
Options = Annotated[list[Label], Field(max_length=actions.MOST_OPTIONS)]
On = Annotated[str, Field(pattern="^[a-z_]{1,20}$", description="person, company, lead, deal or campaign")]


class OptionOut(Schema):
    """What can be chosen; `gone`: it is offered no more, and stays where it was chosen."""

    key: str
    label: str
    gone: bool = False


class FieldOut(Schema):
    """A declared field: its values stand in `custom` under `name`, lists filter and sort by `filter`."""

    key: str
    on: str
    name: str
    label: str
    type: str
    options: list[OptionOut]
    filter: str
    is_personal: bool
    is_required: bool
    is_filtered: bool
    is_indexed: bool
    is_archived: bool
    version: int

    @classmethod
    def of(cls, one: CustomField) -> "FieldOut":
        """A declaration as the API shows it."""
        plain = ("key", "on", "name", "label", "type", "is_personal", "is_required", "is_filtered", "version")
        return cls(
            **{name: getattr(one, name) for name in plain},
            options=[OptionOut(**option) for option in one.options],
            filter=name_of(one),
            is_indexed=one.indexed_at is not None,
            is_archived=one.gone_at is not None,
        )


class FieldIn(Given):
    """A field to declare; its name is made of the label."""

    on: On
    label: Label
    type: Annotated[
        str, Field(pattern="^[a-z_]{1,20}$", description="text, number, money, date, yes_no, choice, url")
    ]
    options: Options = []
    is_personal: StrictBool = True
    is_required: StrictBool = False
    is_filtered: StrictBool = True


class OptionIn(Given):
    """An option: its key where it is there already, and its label."""

    key: Annotated[Text, Field(max_length=60)] | None = None
    label: Label


class FieldChange(Given):
    """What to change; what is not sent stays. An option that `options` leaves out is offered no more.

    Another `type` than the field has is refused: its values would be lost.
    """

    version: Version | None = None
    label: Label = ""
    type: Annotated[Text, Field(max_length=20)] = ""
    options: Annotated[list[OptionIn], Field(max_length=actions.MOST_OPTIONS)] = []
    is_personal: StrictBool = True
    is_required: StrictBool = False
    is_filtered: StrictBool = True


class FieldMove(Given):
    """By how many places it goes down; a negative number: up."""

    steps: Annotated[int, Field(strict=True, ge=-actions.MOST_FIELDS, le=actions.MOST_FIELDS)]


class FieldArchive(Given):
    """The version that was read; the ETag in If-Match will do as well."""

    version: Version | None = None


class FieldsAsked(Schema):
    """On which kind of record; archived ones are listed when it is asked for."""

    on: str | None = None
    archived: bool = False


@router.get("/custom-fields", response={200: list[FieldOut], **PROBLEMS}, operation_id="list_custom_fields")
def list_fields(request: HttpRequest, asked: Query[FieldsAsked]) -> Any:
    """The fields of the house's own, by kind, in their order."""
    asking(request).must(Right.LOOK)
    found = (one for one in all_fields() if asked.on in (None, one.on))
    return [FieldOut.of(one) for one in found if asked.archived or one.gone_at is None]


@router.get("/custom-fields/{key}", response={200: FieldOut, **PROBLEMS}, operation_id="read_custom_field")
def read_field(request: HttpRequest, key: str) -> Any:
    """One field."""
    asking(request).must(Right.LOOK)
    return answer_of(FieldOut.of(field_keyed(key)))


@router.post("/custom-fields", response={201: FieldOut, **PROBLEMS}, operation_id="create_custom_field")
def create_field(request: HttpRequest, body: FieldIn) -> Any:
    """Declare a field: at once a column, values, and filters; sorts and groups once its index is made."""

    def do(by: Acting, at: datetime) -> Any:
        return 201, FieldOut.of(actions.declare_field(**body.model_dump(), by=by, at=at))

    return answered(request, do)


@router.patch(
    "/custom-fields/{key}", response={200: FieldOut, **PROBLEMS}, operation_id="change_custom_field"
)
def change_field(request: HttpRequest, key: str, body: FieldChange) -> Any:
    """Change what is sent; 409 when somebody changed the field since `version` or If-Match."""

    def do(by: Acting, at: datetime) -> Any:
        values = said(body)
        if "options" in values:
            values["options"] = [(one.key, one.label) for one in body.options]
        version = version_asked(request, body.version)
        return FieldOut.of(actions.change_field(key, by=by, at=at, version=version, **values))

    return answered(request, do)


@router.post(
    "/custom-fields/{key}/move", response={200: FieldOut, **PROBLEMS}, operation_id="move_custom_field"
)
def move_field(request: HttpRequest, key: str, body: FieldMove) -> Any:
    """Move a field among those of its kind."""

    def do(by: Acting, at: datetime) -> Any:
        return FieldOut.of(actions.move_field(key, steps=body.steps, by=by, at=at))

    return answered(request, do)


@router.post(
    "/custom-fields/{key}/archive", response={200: Archived, **PROBLEMS}, operation_id="archive_custom_field"
)
def archive_field(request: HttpRequest, key: str, body: FieldArchive) -> Any:
    """Show a field no more; its values are kept, and come back with it."""

    def do(by: Acting, at: datetime) -> Any:
        version = version_asked(request, body.version)
        return Archived(key=actions.archive_field(key, by=by, at=at, version=version).key)

    return answered(request, do)


@router.post(
    "/custom-fields/{key}/bring-back",
    response={200: FieldOut, **PROBLEMS},
    operation_id="bring_back_custom_field",
)
def bring_back_field(request: HttpRequest, key: str, body: FieldArchive) -> Any:
    """Show an archived field again, with its values."""

    def do(by: Acting, at: datetime) -> Any:
        version = version_asked(request, body.version)
        return FieldOut.of(actions.bring_back_field(key, by=by, at=at, version=version))

    return answered(request, do)
