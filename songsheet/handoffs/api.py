"""The API of handoffs: the brief, accepting, returning, and the answers to returns."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from songsheet.doors.api import Asked, Given, Listed, Text, Version, list_answer, version_asked
from songsheet.handoffs import actions, answer_actions
from songsheet.handoffs.bodies import BriefOut, ReturnOut
from songsheet.handoffs.brief import brief_of
from songsheet.handoffs.listing import RETURNS
from songsheet.handoffs.queries import return_for
from songsheet.leads.bodies import LeadOut
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answer_of, answered, asking, time_of

router = Router(tags=["handoffs"])
Words = Annotated[Text, Field(max_length=1000)]


class ReturnIn(Given):
    """Why it goes back: the code of an agreed reason, and what that asks for."""

    reason: Annotated[Text, Field(min_length=1, max_length=40)]
    words: Words = ""
    look_again_on: date | None = None
    version: Version | None = None


class AnswerIn(Given):
    """The answer to a return; `changes` is what will be different from now on."""

    how: Literal["agreed", "disputed", "corrected"]
    words: Words = ""
    changes: Words = ""
    version: Version | None = None


@router.get("/handoffs/{key}/brief", response={200: BriefOut, **PROBLEMS}, operation_id="read_brief")
def read_brief(request: HttpRequest, key: str) -> Any:
    """What whoever is to accept this lead needs to know."""
    return answer_of(BriefOut.of(brief_of(asking(request), key, at=time_of(request))))


@router.post("/handoffs/{key}/accept", response={200: LeadOut, **PROBLEMS}, operation_id="accept_lead")
def accept_lead(request: HttpRequest, key: str) -> Any:
    """Accept an offered or free lead. Of many at once one succeeds; the others get 409: who has it."""
    version = version_asked(request, None)

    def do(by: Acting, at: datetime) -> Any:
        actions.accept(key, by=by, at=at, version=version)
        return LeadOut.read(by, key)

    return answered(request, do)


@router.post("/handoffs/{key}/return", response={201: ReturnOut, **PROBLEMS}, operation_id="return_lead")
def return_lead(request: HttpRequest, key: str, body: ReturnIn) -> Any:
    """Give a lead back with a reason; somebody of marketing owes an answer, with a clock."""
    given = {**body.model_dump(), "version": version_asked(request, body.version)}

    def do(by: Acting, at: datetime) -> Any:
        one = actions.return_lead(key, by=by, at=at, **given)
        return 201, ReturnOut.of(return_for(by, one.key))

    return answered(request, do)


@router.get("/returns", response={200: Listed, **PROBLEMS}, operation_id="list_returns")
def list_returns(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Returns by the filters of the list, the newest first, 50 at a time."""
    return list_answer(RETURNS, asking(request), request.GET, asked)


@router.get("/returns/{key}", response={200: ReturnOut, **PROBLEMS}, operation_id="read_return")
def read_return(request: HttpRequest, key: str) -> Any:
    """One return with its answer."""
    return answer_of(ReturnOut.of(return_for(asking(request), key)))


@router.post("/returns/{key}/answer", response={200: ReturnOut, **PROBLEMS}, operation_id="answer_return")
def answer_return(request: HttpRequest, key: str, body: AnswerIn) -> Any:
    """Agree and say what changes, dispute before the heads of both sides, or offer the lead again."""
    given = {**body.model_dump(), "version": version_asked(request, body.version)}

    def do(by: Acting, at: datetime) -> Any:
        answer_actions.answer_return(key, by=by, at=at, **given)
        return ReturnOut.of(return_for(by, key))

    return answered(request, do)


@router.post("/returns/{key}/undo", response={200: ReturnOut, **PROBLEMS}, operation_id="undo_return")
def undo_return(request: HttpRequest, key: str) -> Any:
    """Take back a return that nobody answered, one's answer or dispute; 409 once something else happened."""

    def do(by: Acting, at: datetime) -> Any:
        return ReturnOut.of(answer_actions.undo(return_for(by, key), by=by, at=at))

    return answered(request, do)
