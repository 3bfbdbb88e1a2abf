"""The API of tracked links."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field, StrictBool

from songsheet.doors.api import (
    Asked,
    Given,
    Key,
    Listed,
    Moment,
    Text,
    Version,
    list_answer,
    said,
    version_asked,
)
from songsheet.intake.links import actions
from songsheet.intake.links.jobs import check_soon, judge_soon
from songsheet.intake.links.listing import LINKS
from songsheet.intake.links.models import Link
from songsheet.intake.links.queries import address_of, link_for, results_of, state_of
from songsheet.intake.links.words import MARKS
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answer_of, answered, asking, time_of
from songsheet.touches.narrowing import key_of

router = Router(tags=["links"])
Name = Annotated[Text, Field(min_length=1, max_length=120)]
Target = Annotated[Text, Field(min_length=8, max_length=2000)]
Mark = Annotated[Text, Field(max_length=120)]


class UtmGiven(Given):
    """The campaign marks that a link adds; what is left out follows from source and campaign."""

    source: Mark = ""
    medium: Mark = ""
    campaign: Mark = ""
    term: Mark = ""
    content: Mark = ""


class LinkIn(Given):
    """A link to make. `source` is a word of the vocabulary; with a person it is theirs alone."""

    name: Name
    target: Target
    source: Annotated[Text, Field(max_length=120)] = ""
    campaign: Key | None = None
    person: Key | None = None
    utm: UtmGiven = UtmGiven()
    expires_at: Moment | None = None


class LinkChange(Given):
    """The fields to change; null takes the end away. Whoever opens a hidden one is a machine."""

    version: Version | None = None
    name: Name = ""
    target: Target = ""
    expires_at: Moment | None = None
    is_hidden: StrictBool = False


class ResultsOut(Schema):
    """What came by it: clicks of anybody, of humans and of machines; human visitors, people, their leads."""

    clicks: int
    human: int
    machine: int
    visitors: int
    people: int
    leads: int


class LinkOut(Schema):
    """A link; `address` is what is given away, `answered` what its page said when it was last looked at."""

    key: str
    address: str
    name: str
    target: str
    state: str
    source: str
    campaign: str | None
    person: str | None
    member: str | None
    utm: dict[str, str]
    made_at: datetime
    expires_at: datetime | None
    is_hidden: bool
    withdrawn_at: datetime | None
    checked_at: datetime | None
    answered: int | None
    check_said: str
    results: ResultsOut
    version: int

    @classmethod
    def of(cls, one: Link, at: datetime) -> "LinkOut":
        names = ("key", "name", "target", "utm", "made_at", "expires_at", "withdrawn_at", "checked_at",
                 "answered", "check_said", "version", "is_hidden")  # fmt: skip
        came = results_of([one])[one.id]
        return cls(
            **{name: getattr(one, name) for name in names},
            address=address_of(one), state=state_of(one, at), source=one.source.name if one.source else "",
            campaign=key_of(one.campaign), person=key_of(one.person), member=key_of(one.member),
            results=ResultsOut(**{name: getattr(came, name) for name in ResultsOut.model_fields}),
        )  # fmt: skip


_ANSWERS: dict[int, Any] = {200: LinkOut, **PROBLEMS}


@router.get("/links", response={200: Listed, **PROBLEMS}, operation_id="list_links")
def list_links(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Tracked links with what came by each, the newest first; `archived=yes` are those withdrawn."""
    return list_answer(LINKS, asking(request), request.GET, asked)


@router.post("/links", response={201: LinkOut, **PROBLEMS}, operation_id="create_link")
def create_link(request: HttpRequest, body: LinkIn) -> Any:
    """Make a link to a public page. A source or medium that is not agreed on is refused with those near."""
    marks = {name: getattr(body.utm, name) for name in MARKS}

    def do(by: Acting, at: datetime) -> Any:
        link = actions.make_link(**body.model_dump(exclude={"utm"}), utm=marks, by=by, at=at)
        check_soon(link.key)
        return 201, LinkOut.of(link_for(by, link.key), at)

    return answered(request, do)


@router.get("/links/{key}", response=_ANSWERS, operation_id="read_link")
def read_link(request: HttpRequest, key: str) -> Any:
    """One link with what came by it."""
    return answer_of(LinkOut.of(link_for(asking(request), key), time_of(request)))


@router.patch("/links/{key}", response=_ANSWERS, operation_id="change_link")
def change_link(request: HttpRequest, key: str, body: LinkChange) -> Any:
    """Change its name, where it leads, or when it ends; its source and campaign stay."""
    version = version_asked(request, body.version)
    answer = _done(request, key, actions.change_link, version=version, **said(body))
    if "is_hidden" in body.model_fields_set:
        judge_soon(key)
    return answer


@router.post("/links/{key}/withdraw", response=_ANSWERS, operation_id="withdraw_link")
def withdraw_link(request: HttpRequest, key: str) -> Any:
    """From now on it answers that it is over."""
    return _done(request, key, actions.withdraw_link)


@router.post("/links/{key}/bring-back", response=_ANSWERS, operation_id="bring_link_back")
def bring_link_back(request: HttpRequest, key: str) -> Any:
    """A withdrawn link leads on again."""
    return _done(request, key, actions.bring_link_back)


def _done(request: HttpRequest, key: str, act: Callable[..., Any], **given: Any) -> Any:
    def do(by: Acting, at: datetime) -> Any:
        act(key, by=by, at=at, **given)
        return LinkOut.of(link_for(by, key), at)

    return answered(request, do)
