"""The API of forms: making and changing them, and what was answered."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from songsheet.doors.api import Archived, Given, Text
from songsheet.intake.forms import actions, answer_actions
from songsheet.intake.forms.definition import Definition
from songsheet.intake.forms.jobs import mail_soon
from songsheet.intake.forms.models import Form, FormAnswer
from songsheet.intake.forms.queries import (
    answer_for,
    answers_of,
    definition_of,
    form_for,
    forms_seen_by,
    version_of,
)
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answer_of, answered, asking

router = Router(tags=["forms"])
Called = Annotated[Text, Field(min_length=1, max_length=120)]


class FormIn(Given):
    """A form: what it is called here, and what visitors see."""

    name: Called
    body: Definition


class FormChange(Given):
    """The fields to change; `body` is the whole of what visitors see from then on."""

    name: Called | None = None
    body: Definition | None = None
    is_open: bool | None = None
    version: int | None = Field(None, ge=1, le=2**31 - 1)


class FormOut(Schema):
    """A form as it is shown now; `number` counts what was asked, `version` every change."""

    key: str
    name: str
    number: int
    is_open: bool
    body: dict[str, Any]
    made_at: datetime
    version: int

    @classmethod
    def of(cls, one: Form) -> "FormOut":
        plain = {name: getattr(one, name) for name in cls.model_fields if name != "body"}
        return cls(**plain, body=definition_of(version_of(one)).model_dump(mode="json"))


class FormAnswerOut(Schema):
    """What was answered; `state` waits, held, taken, dropped or lapsed, `reasons` why it was held."""

    key: str
    state: str
    number: int
    came_at: datetime
    said: dict[str, str | list[str]]
    reasons: list[str]
    confirmed_at: datetime | None
    person: str | None
    touch: str | None
    enquiry: str | None
    lead: str | None

    @classmethod
    def of(cls, one: FormAnswer) -> "FormAnswerOut":
        same = ("key", "state", "came_at", "said", "reasons", "confirmed_at")
        return cls(
            **{name: getattr(one, name) for name in same},
            number=one.shown.number,
            person=one.person.whole.key if one.person else None,
            touch=one.touch_key or None,
            enquiry=one.enquiry_key or None,
            lead=one.lead_key or None,
        )


class AnswersAsked(Schema):
    """Those of a state, before one; the newest first."""

    state: Annotated[Text, Field(max_length=8)] = ""
    before: Annotated[Text, Field(max_length=40)] = ""
    limit: int = Field(100, ge=1, le=200)


@router.get("/forms", response={200: list[FormOut], **PROBLEMS}, operation_id="list_forms")
def list_forms(request: HttpRequest) -> Any:
    """The forms, the newest first."""
    return [FormOut.of(one) for one in forms_seen_by(asking(request))[:200]]


@router.post("/forms", response={201: FormOut, **PROBLEMS}, operation_id="create_form")
def create_form(request: HttpRequest, body: FormIn) -> Any:
    """A form that can be filled in at once."""

    def do(by: Acting, at: datetime) -> Any:
        return 201, FormOut.of(actions.make_form(name=body.name, body=body.body, by=by, at=at))

    return answered(request, do)


@router.get("/forms/{key}", response={200: FormOut, **PROBLEMS}, operation_id="read_form")
def read_form(request: HttpRequest, key: str) -> Any:
    """One form."""
    return answer_of(FormOut.of(form_for(asking(request), key)))


@router.patch("/forms/{key}", response={200: FormOut, **PROBLEMS}, operation_id="change_form")
def change_form(request: HttpRequest, key: str, body: FormChange) -> Any:
    """Change what is asked, its name, or whether it is open."""

    def do(by: Acting, at: datetime) -> Any:
        given = {name: getattr(body, name) for name in body.model_fields_set}
        return FormOut.of(actions.change_form(key, **given, by=by, at=at))

    return answered(request, do)


@router.delete("/forms/{key}", response={200: Archived, **PROBLEMS}, operation_id="delete_form")
def delete_form(request: HttpRequest, key: str) -> Any:
    """Nobody fills it in any more."""

    def do(by: Acting, at: datetime) -> Any:
        actions.take_form_out(key, by=by, at=at)
        return Archived(key=key)

    return answered(request, do)


@router.get(
    "/forms/{key}/answers", response={200: list[FormAnswerOut], **PROBLEMS}, operation_id="list_form_answers"
)
def list_form_answers(request: HttpRequest, key: str, asked: Query[AnswersAsked]) -> Any:
    """What was answered, the newest first."""
    found = answers_of(
        form_for(asking(request), key), state=asked.state, before=asked.before, most=asked.limit
    )
    return [FormAnswerOut.of(one) for one in found]


@router.post(
    "/forms/{key}/answers/{answer}/let-in",
    response={200: FormAnswerOut, **PROBLEMS},
    operation_id="let_form_answer_in",
)
def let_form_answer_in(request: HttpRequest, key: str, answer: str) -> Any:
    """An answer that was held goes its way."""

    def do(by: Acting, at: datetime) -> Any:
        answer_for(by, key, answer)
        done = answer_actions.let_in(answer, by=by, at=at)
        mail_soon(done)
        return FormAnswerOut.of(answer_for(by, key, answer))

    return answered(request, do)


@router.post(
    "/forms/{key}/answers/{answer}/drop",
    response={200: FormAnswerOut, **PROBLEMS},
    operation_id="drop_form_answer",
)
def drop_form_answer(request: HttpRequest, key: str, answer: str) -> Any:
    """An answer that was held is nobody's."""

    def do(by: Acting, at: datetime) -> Any:
        answer_for(by, key, answer)
        answer_actions.drop(answer, by=by, at=at)
        return FormAnswerOut.of(answer_for(by, key, answer))

    return answered(request, do)
