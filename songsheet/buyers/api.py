"""The API of buyers."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from songsheet.buyers.listing import COMPANIES, PEOPLE
from songsheet.doors.api import Asked, Listed, list_answer
from songsheet.team.api import PROBLEMS, asking

router = Router(tags=["buyers"])


@router.get("/people", response={200: Listed, **PROBLEMS}, operation_id="list_people")
def list_people(request: HttpRequest, asked: Query[Asked]) -> Any:
    """People by the filters of the list, 50 at a time; `next` is the cursor of what follows."""
    return list_answer(PEOPLE, asking(request), request.GET, asked)


@router.get("/companies", response={200: Listed, **PROBLEMS}, operation_id="list_companies")
def list_companies(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Companies by the filters of the list, 50 at a time; `next` is the cursor of what follows."""
    return list_answer(COMPANIES, asking(request), request.GET, asked)
