"""The API of deals."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from songsheet.deals.listing import DEALS
from songsheet.doors.api import Asked, Listed, list_answer
from songsheet.team.api import PROBLEMS, asking

router = Router(tags=["deals"])


@router.get("/deals", response={200: Listed, **PROBLEMS}, operation_id="list_deals")
def list_deals(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Deals by the filters of the list, 50 at a time; `next` is the cursor of what follows."""
    return list_answer(DEALS, asking(request), request.GET, asked)
