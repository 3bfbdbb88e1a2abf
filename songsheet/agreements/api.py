"""The API of agreements: what is in force, what is on the table, and every act on a version."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from songsheet.agreements import actions, comment_actions, signing_actions
from songsheet.agreements.bodies import AgreementOut, VersionOut, all_agreements, one_agreement
from songsheet.doors.api import Given, Key, Text
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answered, asking, time_of

router = Router(tags=["agreements"])
Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="the hash of the text that was read")]
Why = Annotated[Text, Field(max_length=1000)]
Body = Annotated[dict[str, Any], Field(max_length=50, description="clauses by their names")]


class ProposeIn(Given):
    """The text to begin with; none: what is in force. `counters` is a refused version that it answers."""

    body: Body | None = None
    counters: Key | None = None


class EditIn(Given):
    """The clauses to change, whole, made from the text with this hash."""

    clauses: Body
    hash: Hash


class OfferIn(Given):
    """By when both sides are to decide (in a week), and from which day it holds (once both have signed)."""

    decide_by: date | None = None
    starts_on: date | None = None


class SignIn(Given):
    """The text that is signed, by its hash; the side is the member's own."""

    hash: Hash
    side: Annotated[str, Field(pattern="^(marketing|sales)?$")] = ""


class RefuseIn(Given):
    """Why, and the text that is proposed in its place."""

    why: Why
    body: Body | None = None


class WhyIn(Given):
    """Why."""

    why: Why = ""


class CommentIn(Given):
    """What is said, to a clause by its name, or to all of the version."""

    clause: Annotated[Text, Field(max_length=60)] = ""
    text: Annotated[Text, Field(min_length=1, max_length=2000)]


class Agreements(Schema):
    """Every kind of agreement."""

    items: list[AgreementOut]


@router.get("/agreements", response={200: Agreements, **PROBLEMS}, operation_id="list_agreements")
def list_agreements(request: HttpRequest) -> Any:
    """Every agreement: what is in force, and what waits for a key."""
    return Agreements(items=all_agreements(asking(request), time_of(request)))


@router.get("/agreements/{kind}", response={200: AgreementOut, **PROBLEMS}, operation_id="read_agreement")
def read_agreement(request: HttpRequest, kind: str) -> Any:
    """One agreement with all its versions, the newest first."""
    return one_agreement(asking(request), kind, time_of(request))


@router.post(
    "/agreements/{kind}/versions", response={201: VersionOut, **PROBLEMS}, operation_id="propose_version"
)
def propose_version(request: HttpRequest, kind: str, body: ProposeIn) -> Any:
    """Begin a draft. Any member may."""

    def do(by: Acting, at: datetime) -> Any:
        made = actions.propose(kind, by=by, at=at, body=body.body, counters=body.counters or "")
        return 201, VersionOut.read(by, made.key)

    return answered(request, do)


@router.get("/agreements/versions/{key}", response={200: VersionOut, **PROBLEMS}, operation_id="read_version")
def read_version(request: HttpRequest, key: str) -> Any:
    """One version: its text, its clauses in words, and whose keys are turned."""
    return VersionOut.read(asking(request), key)


@router.patch(
    "/agreements/versions/{key}", response={200: VersionOut, **PROBLEMS}, operation_id="edit_version"
)
def edit_version(request: HttpRequest, key: str, body: EditIn) -> Any:
    """Change clauses of a draft. What was offered is a draft again, and keys that were turned are void."""
    return _acted(request, key, actions.edit, clauses=body.clauses, seen=body.hash)


@router.post(
    "/agreements/versions/{key}/offer", response={200: VersionOut, **PROBLEMS}, operation_id="offer_version"
)
def offer_version(request: HttpRequest, key: str, body: OfferIn) -> Any:
    """Put a draft on the table for both sides."""
    return _acted(request, key, actions.offer, decide_by=body.decide_by, starts_on=body.starts_on)


@router.post(
    "/agreements/versions/{key}/sign", response={200: VersionOut, **PROBLEMS}, operation_id="sign_version"
)
def sign_version(request: HttpRequest, key: str, body: SignIn) -> Any:
    """Turn the key of a side; the second one puts the version in force."""
    return _acted(request, key, signing_actions.sign, hash=body.hash, side=body.side)


@router.post(
    "/agreements/versions/{key}/refuse", response={200: VersionOut, **PROBLEMS}, operation_id="refuse_version"
)
def refuse_version(request: HttpRequest, key: str, body: RefuseIn) -> Any:
    """Say no for a side, with a proposal in its place if there is one: then the answer is that draft."""

    def do(by: Acting, at: datetime) -> Any:
        left = signing_actions.refuse(key, why=body.why, body=body.body, by=by, at=at)
        return VersionOut.read(by, left.key)

    return answered(request, do)


@router.post(
    "/agreements/versions/{key}/withdraw",
    response={200: VersionOut, **PROBLEMS},
    operation_id="withdraw_version",
)
def withdraw_version(request: HttpRequest, key: str, body: WhyIn) -> Any:
    """Take a draft or an offer off the table."""
    return _acted(request, key, actions.withdraw, why=body.why)


@router.post(
    "/agreements/versions/{key}/stop", response={200: VersionOut, **PROBLEMS}, operation_id="stop_version"
)
def stop_version(request: HttpRequest, key: str, body: WhyIn) -> Any:
    """End what is in force, with one key."""
    return _acted(request, key, signing_actions.stop, why=body.why)


@router.post(
    "/agreements/versions/{key}/comments",
    response={201: VersionOut, **PROBLEMS},
    operation_id="comment_on_version",
)
def comment_on_version(request: HttpRequest, key: str, body: CommentIn) -> Any:
    """Say something to a clause, or to all of a version."""

    def do(by: Acting, at: datetime) -> Any:
        comment_actions.comment(key, clause=body.clause, text=body.text, by=by, at=at)
        return 201, VersionOut.read(by, key)

    return answered(request, do)


def _acted(request: HttpRequest, key: str, act: Any, **given: Any) -> Any:
    """Do something with a version and answer how it stands then."""

    def do(by: Acting, at: datetime) -> Any:
        act(key, by=by, at=at, **given)
        return VersionOut.read(by, key)

    return answered(request, do)
