"""The API of one person's data: erasing it, and taking it out for them; at the addresses of people."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Schema

from songsheet.buyers.api import router as people
from songsheet.flows.erase_person import erase_person as erase
from songsheet.flows.export_person import export_person as take_out
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answered, asking, time_of

__all__ = ["people"]


class ErasedOut(Schema):
    """Whose values went: the person and the records merged with theirs; how many rows and files held any."""

    people: list[str]
    rows: int
    files: int


@people.delete("/people/{key}", response={200: ErasedOut, **PROBLEMS}, operation_id="erase_person")
def erase_person(request: HttpRequest, key: str) -> Any:
    """Erase every personal value of a person for good; keys, times, states and amounts stay."""

    def do(by: Acting, at: datetime) -> ErasedOut:
        done = erase(key, by=by, at=at)
        return ErasedOut(people=done.people, rows=sum(done.rows.values()), files=done.files)

    return answered(request, do)


@people.get("/people/{key}/export", response={200: dict[str, Any], **PROBLEMS}, operation_id="export_person")
def export_person(request: HttpRequest, key: str) -> HttpResponse:
    """Everything known of a person: rows by table, story, rows of files."""
    return JsonResponse(take_out(key, by=asking(request), at=time_of(request)))
