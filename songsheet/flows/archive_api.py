"""The API of the archive: people and companies go into it, and every kind of record comes back."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import AfterValidator

from songsheet.buyers.errors import NoSuchCompany, NoSuchPerson
from songsheet.doors.api import Archive, Archived
from songsheet.flows.archive_one import archive_one, bring_back_one
from songsheet.flows.bulk.kinds import kind_of
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answered
from songsheet.team.roles import Right

router = Router(tags=["archive"])


def _plain(text: str) -> str:
    if "\x00" in text:
        raise ValueError("It holds a NUL character.")
    return text


Key = Annotated[str, AfterValidator(_plain)]


class Back(Schema):
    """It is shown again."""

    key: str
    archived: bool = False


@router.post("/people/{key}/archive", response={200: Archived, **PROBLEMS}, operation_id="archive_person")
def archive_person(request: HttpRequest, key: Key, body: Archive) -> Any:
    """Hide a person; refused while leads of theirs are shown."""
    return _archive(request, "people", key, body)


@router.post("/companies/{key}/archive", response={200: Archived, **PROBLEMS}, operation_id="archive_company")
def archive_company(request: HttpRequest, key: Key, body: Archive) -> Any:
    """Hide a company; refused while people of it are shown."""
    return _archive(request, "companies", key, body)


@router.post("/people/{key}/bring-back", response={200: Back, **PROBLEMS}, operation_id="bring_back_person")
def bring_back_person(request: HttpRequest, key: Key) -> Any:
    """Show an archived person again, with addresses and answers as they were."""
    return _bring_back(request, "people", key)


@router.post(
    "/companies/{key}/bring-back", response={200: Back, **PROBLEMS}, operation_id="bring_back_company"
)
def bring_back_company(request: HttpRequest, key: Key) -> Any:
    """Show an archived company again."""
    return _bring_back(request, "companies", key)


@router.post("/leads/{key}/bring-back", response={200: Back, **PROBLEMS}, operation_id="bring_back_lead")
def bring_back_lead(request: HttpRequest, key: Key) -> Any:
    """Show an archived lead again; its clock runs on."""
    return _bring_back(request, "leads", key)


@router.post("/deals/{key}/bring-back", response={200: Back, **PROBLEMS}, operation_id="bring_back_deal")
def bring_back_deal(request: HttpRequest, key: Key) -> Any:
    """Show an archived deal again."""
    return _bring_back(request, "deals", key)


def _archive(request: HttpRequest, what: str, key: str, body: Archive) -> Any:
    def do(by: Acting, at: datetime) -> Any:
        by.must(Right.WORK)
        if kind_of(what).listing.row(by, key) is None:
            raise NoSuchPerson(key) if what == "people" else NoSuchCompany(key)
        archive_one(what, key, by=by, at=at, why=body.why)
        return Archived(key=key)

    return answered(request, do)


def _bring_back(request: HttpRequest, what: str, key: str) -> Any:
    def do(by: Acting, at: datetime) -> Any:
        bring_back_one(what, key, by=by, at=at)
        return Back(key=key)

    return answered(request, do)
