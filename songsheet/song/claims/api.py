"""The API of claims: what we say, whether it holds at an instant, drafting, signing, closing."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from songsheet.doors.api import Asked, Given, Listed, Moment, Text, list_answer
from songsheet.song.claims import actions, force_actions
from songsheet.song.claims.body import body_of
from songsheet.song.claims.holding import Holding, holds
from songsheet.song.claims.listing import CLAIMS
from songsheet.song.claims.models import ClaimVersion
from songsheet.song.claims.queries import claim_for
from songsheet.song.claims.showing import version_for
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answer_of, answered, asking, time_of

router = Router(tags=["song"])
Keys = Annotated[list[Annotated[Text, Field(max_length=40)]], Field(max_length=50)]
Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="the hash of the text that was read")]


class Wording(Given):
    """What we say in a language."""

    language: Annotated[Text, Field(min_length=2, max_length=8)]
    text: Annotated[Text, Field(min_length=1, max_length=500)]


class VersionIn(Given):
    """What is to be said otherwise; what is not named stays."""

    statement: Annotated[Text, Field(min_length=1, max_length=500)] | None = None
    predicate: Annotated[Text, Field(max_length=1000)] | None = None
    proof: Annotated[Text, Field(max_length=40)] | None = None
    qualifier: Annotated[Text, Field(max_length=500)] | None = None
    risk: Literal["plain", "price", "guarantee", "legal", "comparison"] | None = None
    wordings: Annotated[list[Wording], Field(max_length=20)] | None = None
    personas: Keys | None = None
    stages: Keys | None = None
    product: Annotated[Text, Field(max_length=80)] | None = None
    market: Annotated[Text, Field(max_length=80)] | None = None
    segment: Annotated[Text, Field(max_length=40)] | None = None

    def named(self) -> dict[str, Any]:
        """What was named."""
        own = set(VersionIn.model_fields)
        return {name: value for name, value in self.model_dump(include=own).items() if value is not None}


class ClaimIn(VersionIn):
    """A claim and its first version."""

    statement: Annotated[Text, Field(min_length=1, max_length=500)]
    owner: Annotated[Text, Field(max_length=40)] = ""


class EditIn(VersionIn):
    """What is to be otherwise in a draft, made from the text with this hash."""

    hash: Hash


class HashIn(Given):
    """The text that is meant, by its hash."""

    hash: Hash


class CloseIn(Given):
    """Why it is said no more."""

    why: Annotated[Text, Field(min_length=1, max_length=500)]


class HoldingOut(Schema):
    """Whether it holds: true, false, null where a fact that decides is not known; the facts that decided."""

    holds: bool | None
    at: datetime
    because: dict[str, str]
    product: str
    market: str
    segment: str

    @classmethod
    def of(cls, found: Holding, at: datetime) -> "HoldingOut":
        product, market, segment = found.place.parts()
        because = {one.name: one.says for one in found.because}
        return cls(holds=found.truth, at=at, because=because, product=product, market=market, segment=segment)


class ClaimVersionOut(Schema):
    """A version of a claim, with whether it holds now."""

    claim: str
    key: str
    number: int
    state: str
    mode: str
    hash: str
    owner: str
    body: dict[str, Any]
    in_force_from: datetime | None
    in_force_until: datetime | None
    ended_why: str
    holding: HoldingOut

    @classmethod
    def of(cls, one: ClaimVersion, at: datetime) -> "ClaimVersionOut":
        plain = ("key", "number", "state", "mode", "hash", "in_force_from", "in_force_until", "ended_why")
        return cls(
            **{name: getattr(one, name) for name in plain}, claim=one.claim.key, owner=one.claim.owner.key,
            body=body_of(one), holding=HoldingOut.of(holds(one, at), at),
        )  # fmt: skip


_ANSWERS: dict[int, Any] = {200: ClaimVersionOut, **PROBLEMS}
_MADE: dict[int, Any] = {201: ClaimVersionOut, **PROBLEMS}


@router.get("/claims", response={200: Listed, **PROBLEMS}, operation_id="list_claims")
def list_claims(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Claims by the filters of the list, the newest first, 50 at a time."""
    return list_answer(CLAIMS, asking(request), request.GET, asked)


@router.post("/claims", response=_MADE, operation_id="draft_claim")
def create_claim(request: HttpRequest, body: ClaimIn) -> Any:
    """Draft a claim."""

    def do(by: Acting, at: datetime) -> Any:
        return 201, _read(by, actions.draft_claim(**body.named(), owner=body.owner, by=by, at=at).key, at)

    return answered(request, do)


@router.get("/claims/{key}", response=_ANSWERS, operation_id="read_claim")
def read_claim(request: HttpRequest, key: str) -> Any:
    """The version of a claim that counts: what is in force, else the newest."""
    claim = claim_for(asking(request), key)
    assert claim.shown is not None
    return answer_of(_read(asking(request), claim.shown.key, time_of(request)))


@router.get("/claims/{key}/evaluate", response={200: HoldingOut, **PROBLEMS}, operation_id="evaluate_claim")
def evaluate(request: HttpRequest, key: str, at: Moment | None = None) -> Any:
    """Whether a claim holds now, or at another instant, and the facts that decide."""
    claim = claim_for(asking(request), key)
    when = at or time_of(request)
    assert claim.shown is not None
    return answer_of(HoldingOut.of(holds(claim.shown, when), when))


@router.post("/claims/{key}/versions", response=_MADE, operation_id="propose_claim_version")
def propose(request: HttpRequest, key: str, body: VersionIn) -> Any:
    """Begin a new version of a claim: as what counts, with these things otherwise."""

    def do(by: Acting, at: datetime) -> Any:
        return 201, _read(by, actions.propose_version(key, **body.named(), by=by, at=at).key, at)

    return answered(request, do)


@router.post("/claims/{key}/close", response=_ANSWERS, operation_id="close_claim")
def close(request: HttpRequest, key: str, body: CloseIn) -> Any:
    """Say it no more; one key is enough."""

    def do(by: Acting, at: datetime) -> Any:
        claim = force_actions.close_claim(key, why=body.why, by=by, at=at)
        assert claim.shown is not None
        return _read(by, claim.shown.key, at)

    return answered(request, do)


@router.patch("/claim-versions/{key}", response=_ANSWERS, operation_id="edit_claim_version")
def edit(request: HttpRequest, key: str, body: EditIn) -> Any:
    """Change a draft; keys that were turned are void."""

    def do(by: Acting, at: datetime) -> Any:
        return _read(by, actions.edit_claim(key, seen=body.hash, **body.named(), by=by, at=at).key, at)

    return answered(request, do)


@router.post("/claim-versions/{key}/force", response=_ANSWERS, operation_id="put_claim_in_force")
def force(request: HttpRequest, key: str, body: HashIn) -> Any:
    """Say a plain claim from now on."""

    def do(by: Acting, at: datetime) -> Any:
        return _read(by, force_actions.put_in_force(key, seen=body.hash, by=by, at=at).key, at)

    return answered(request, do)


@router.post("/claim-versions/{key}/sign", response=_ANSWERS, operation_id="sign_claim_version")
def sign(request: HttpRequest, key: str, body: HashIn) -> Any:
    """Turn the key of one's side; the second puts it in force."""

    def do(by: Acting, at: datetime) -> Any:
        return _read(by, force_actions.sign_claim(key, hash=body.hash, by=by, at=at).key, at)

    return answered(request, do)


def _read(by: Acting, key: str, at: datetime) -> ClaimVersionOut:
    return ClaimVersionOut.of(version_for(by, key), at)
