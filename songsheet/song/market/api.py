"""The API of questions: what buyers ask, and the entries in which they did."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from songsheet.doors.api import Given, Key, Text
from songsheet.song.market.actions import add_question, note_evidence
from songsheet.song.market.queries import Asked, evidence_of, question_for, questions
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answer_of, answered, asking

router = Router(tags=["song"])


class QuestionIn(Given):
    """What buyers ask, the phrases in which they do; stage and personas by their keys, none: any."""

    text: Annotated[Text, Field(min_length=1, max_length=500)]
    phrases: Annotated[list[Annotated[Text, Field(max_length=200)]], Field(max_length=40)] = []
    stage: Key | None = None
    personas: Annotated[list[Key], Field(max_length=50)] = []


class QuestionOut(Schema):
    """A question, and in how many entries buyers asked it."""

    key: str
    text: str
    phrases: list[str]
    stage: str | None
    personas: list[str]
    heard: int
    version: int

    @classmethod
    def of(cls, one: Asked) -> "QuestionOut":
        its = one.question
        return cls(
            key=its.key, text=its.text, phrases=its.phrases, stage=its.stage.key if its.stage else None,
            personas=[who.key for who in one.personas], heard=one.heard, version=its.version,
        )  # fmt: skip


class Questions(Schema):
    """Every question, in the order of the journey."""

    items: list[QuestionOut]


class EvidenceIn(Given):
    """The positions of entries about buyers in which they said so."""

    positions: Annotated[list[Annotated[int, Field(strict=True, ge=1, le=2**53)]], Field(max_length=500)]


class EvidenceOut(Schema):
    """Every entry that is noted, the latest first."""

    positions: list[int]


@router.get("/questions", response={200: Questions, **PROBLEMS}, operation_id="list_questions")
def list_questions(request: HttpRequest) -> Any:
    """What buyers ask."""
    return Questions(items=[QuestionOut.of(one) for one in questions(asking(request))])


@router.post("/questions", response={201: QuestionOut, **PROBLEMS}, operation_id="add_question")
def create_question(request: HttpRequest, body: QuestionIn) -> Any:
    """Write a question down."""

    def do(by: Acting, at: datetime) -> Any:
        return 201, _read(by, add_question(**body.model_dump(), by=by, at=at).key)

    return answered(request, do)


@router.get("/questions/{key}", response={200: QuestionOut, **PROBLEMS}, operation_id="read_question")
def read_question(request: HttpRequest, key: str) -> Any:
    """One question."""
    return answer_of(_read(asking(request), key))


@router.post(
    "/questions/{key}/evidence", response={200: EvidenceOut, **PROBLEMS}, operation_id="note_evidence"
)
def create_evidence(request: HttpRequest, key: str, body: EvidenceIn) -> Any:
    """Note where buyers asked it."""

    def do(by: Acting, at: datetime) -> Any:
        note_evidence(key, body.positions, by=by, at=at)
        return EvidenceOut(positions=[one.position for one in evidence_of(by, key)])

    return answered(request, do)


def _read(by: Acting, key: str) -> QuestionOut:
    question = question_for(by, key)
    known = next((one for one in questions(by) if one.question == question), None)
    return QuestionOut.of(known or Asked(question, (), 0))
