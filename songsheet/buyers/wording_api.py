"""The API of consent texts."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from songsheet.buyers.models import ConsentText
from songsheet.buyers.wording_actions import write_consent_text
from songsheet.buyers.wordings import text_for, texts_seen_by
from songsheet.doors.api import Given, Text
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answer_of, answered, asking

router = Router(tags=["buyers"])


class ConsentTextIn(Given):
    """What people read from now on when they are asked for a purpose."""

    purpose: Literal["mail", "call", "post", "tracking", "opens"]
    text: Annotated[Text, Field(min_length=10, max_length=2000)]
    language: Annotated[Text, Field(min_length=2, max_length=10)] = "en"


class ConsentTextOut(Schema):
    """A version of a consent text; it is never changed."""

    key: str
    purpose: str
    language: str
    number: int
    text: str
    since: datetime

    @classmethod
    def of(cls, one: ConsentText) -> "ConsentTextOut":
        return cls(**{name: getattr(one, name) for name in cls.model_fields})


@router.get(
    "/consent-texts", response={200: list[ConsentTextOut], **PROBLEMS}, operation_id="list_consent_texts"
)
def list_consent_texts(request: HttpRequest) -> Any:
    """All versions, by purpose and language, the newest first."""
    return [ConsentTextOut.of(one) for one in texts_seen_by(asking(request))]


@router.post("/consent-texts", response={201: ConsentTextOut, **PROBLEMS}, operation_id="write_consent_text")
def create_consent_text(request: HttpRequest, body: ConsentTextIn) -> Any:
    """Write the next version; the same text again is the version that stands."""

    def do(by: Acting, at: datetime) -> Any:
        return 201, ConsentTextOut.of(write_consent_text(**body.model_dump(), by=by, at=at))

    return answered(request, do)


@router.get(
    "/consent-texts/{key}", response={200: ConsentTextOut, **PROBLEMS}, operation_id="read_consent_text"
)
def read_consent_text(request: HttpRequest, key: str) -> Any:
    """One version, as people read it."""
    return answer_of(ConsentTextOut.of(text_for(asking(request), key)))
