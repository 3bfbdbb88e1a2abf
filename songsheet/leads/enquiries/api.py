"""The API of enquiries: they come, are moved, given, answered and closed."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from songsheet.doors.api import Asked, Given, Listed, keyed, list_answer, named_by, version_asked
from songsheet.leads.enquiries import actions, answer_actions
from songsheet.leads.enquiries.bodies import (
    AnswerEnquiryIn,
    CloseEnquiryIn,
    EnquiryIn,
    EnquiryOut,
    GiveEnquiryIn,
    MoveEnquiryIn,
    bring_enquiry,
)
from songsheet.leads.enquiries.listing import ENQUIRIES
from songsheet.leads.enquiries.queries import enquiry_for
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answer_of, answered, asking
from songsheet.team.models import Member
from songsheet.team.roles import Right

router = Router(tags=["enquiries"])
_ANSWERS: dict[int, Any] = {200: EnquiryOut, **PROBLEMS}


@router.get("/enquiries", response={200: Listed, **PROBLEMS}, operation_id="list_enquiries")
def list_enquiries(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Enquiries by the filters of the list, the newest first, 50 at a time."""
    return list_answer(ENQUIRIES, asking(request), request.GET, asked)


@router.post("/enquiries", response={201: EnquiryOut, **PROBLEMS}, operation_id="create_enquiry")
def create_enquiry(request: HttpRequest, body: EnquiryIn) -> Any:
    """Somebody asks us something: it is sorted. About buying it is a lead, else its owner has a clock."""

    def do(by: Acting, at: datetime) -> Any:
        by.must(Right.ANSWER)
        return 201, _read(by, bring_enquiry(body, by=by, at=at).key)

    return answered(request, do)


@router.get("/enquiries/{key}", response=_ANSWERS, operation_id="read_enquiry")
def read_enquiry(request: HttpRequest, key: str) -> Any:
    """One enquiry with its answer."""
    return answer_of(_read(asking(request), key))


@router.post("/enquiries/{key}/move", response=_ANSWERS, operation_id="move_enquiry")
def move_enquiry(request: HttpRequest, key: str, body: MoveEnquiryIn) -> Any:
    """It is of another kind, and goes to who answers that; `buying` makes a lead, from it ends the lead."""
    return _acted(request, key, body, actions.move_enquiry)


@router.post("/enquiries/{key}/give", response=_ANSWERS, operation_id="give_enquiry")
def give_enquiry(request: HttpRequest, key: str, body: GiveEnquiryIn) -> Any:
    """Another member answers it from now on."""

    def give(key: str, *, member: str, version: int | None, by: Acting, at: datetime) -> None:
        by.must(Right.ANSWER)
        named_by(keyed(Member, [member]), member, "member", "member")
        to = Member.objects.get(key=member)
        actions.give_enquiry(key, to, by=by, at=at, version=version)

    return _acted(request, key, body, give)


@router.post("/enquiries/{key}/answer", response=_ANSWERS, operation_id="answer_enquiry")
def answer_enquiry(request: HttpRequest, key: str, body: AnswerEnquiryIn) -> Any:
    """Say what was answered: it stands in the buyer's story."""
    return _acted(request, key, body, answer_actions.answer_enquiry)


@router.post("/enquiries/{key}/close", response=_ANSWERS, operation_id="close_enquiry")
def close_enquiry(request: HttpRequest, key: str, body: CloseEnquiryIn) -> Any:
    """Nobody answers it, and why."""
    return _acted(request, key, body, answer_actions.close_enquiry)


@router.post("/enquiries/{key}/undo", response=_ANSWERS, operation_id="undo_enquiry")
def undo_enquiry(request: HttpRequest, key: str) -> Any:
    """Take back what was done with it last; 409 once something else happened."""
    return answered(request, lambda by, at: EnquiryOut.of(answer_actions.take_back(key, by=by, at=at)))


def _acted(request: HttpRequest, key: str, body: Given, act: Callable[..., Any]) -> Any:
    """Do something with an enquiry and answer how it stands then."""
    given = {**body.model_dump(), "version": version_asked(request, getattr(body, "version", None))}

    def do(by: Acting, at: datetime) -> Any:
        act(key, by=by, at=at, **given)
        return _read(by, key)

    return answered(request, do)


def _read(by: Acting, key: str) -> EnquiryOut:
    return EnquiryOut.of(enquiry_for(by, key))
