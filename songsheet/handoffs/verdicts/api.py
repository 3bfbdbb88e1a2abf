"""The API of verdicts: given, changed, answered and taken back."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from songsheet.doors.api import Asked, Given, Listed, Text, Version, list_answer, version_asked
from songsheet.handoffs.verdicts import actions
from songsheet.handoffs.verdicts.bodies import VerdictOut
from songsheet.handoffs.verdicts.listing import VERDICTS
from songsheet.handoffs.verdicts.queries import verdict_for
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answer_of, answered, asking

router = Router(tags=["verdicts"])
Words = Annotated[Text, Field(max_length=1000)]


class VerdictIn(Given):
    """A verdict on a lead or a campaign, `about` being its key; of the same member again it is changed."""

    about: Annotated[Text, Field(min_length=1, max_length=40)]
    says: Literal["good", "wrong_person", "misinformed", "too_early", "helps", "does_not", "misleads"]
    words: Words = ""
    version: Version | None = None


class VerdictAnswerIn(Given):
    """What changes from now on."""

    words: Annotated[Text, Field(min_length=1, max_length=1000)]
    version: Version | None = None


@router.get("/verdicts", response={200: Listed, **PROBLEMS}, operation_id="list_verdicts")
def list_verdicts(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Verdicts by the filters of the list, the newest first, 50 at a time."""
    return list_answer(VERDICTS, asking(request), request.GET, asked)


@router.post("/verdicts", response={201: VerdictOut, **PROBLEMS}, operation_id="give_verdict")
def give_verdict(request: HttpRequest, body: VerdictIn) -> Any:
    """Say of a lead: good, wrong person, misinformed, too early; of a campaign: helps, does not, misleads."""
    version = version_asked(request, body.version)

    def do(by: Acting, at: datetime) -> Any:
        one = actions.give_verdict(body.about, body.says, words=body.words, version=version, by=by, at=at)
        return 201, VerdictOut.of(verdict_for(by, one.key))

    return answered(request, do)


@router.get("/verdicts/{key}", response={200: VerdictOut, **PROBLEMS}, operation_id="read_verdict")
def read_verdict(request: HttpRequest, key: str) -> Any:
    """One verdict with its answer."""
    return answer_of(VerdictOut.of(verdict_for(asking(request), key)))


@router.post("/verdicts/{key}/answer", response={200: VerdictOut, **PROBLEMS}, operation_id="answer_verdict")
def answer_verdict(request: HttpRequest, key: str, body: VerdictAnswerIn) -> Any:
    """Say what changes; who gave the verdict is told."""
    version = version_asked(request, body.version)

    def do(by: Acting, at: datetime) -> Any:
        return VerdictOut.of(actions.answer_verdict(key, body.words, version=version, by=by, at=at))

    return answered(request, do)


@router.post("/verdicts/{key}/undo", response={200: VerdictOut, **PROBLEMS}, operation_id="undo_verdict")
def undo_verdict(request: HttpRequest, key: str) -> Any:
    """Take back one's verdict that nobody answered, or one's own answer."""

    def do(by: Acting, at: datetime) -> Any:
        return VerdictOut.of(actions.undo(key, by=by, at=at))

    return answered(request, do)
