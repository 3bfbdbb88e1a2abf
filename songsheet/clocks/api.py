"""The API of clocks."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from songsheet.clocks.listing import CLOCKS
from songsheet.doors.api import Asked, Listed, list_answer
from songsheet.team.api import PROBLEMS, asking

router = Router(tags=["clocks"])


@router.get("/clocks", response={200: Listed, **PROBLEMS}, operation_id="list_clocks")
def list_clocks(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Promises by the filters of the list, due soonest first, 50 at a time."""
    return list_answer(CLOCKS, asking(request), request.GET, asked)
