"""How the API knows who asks: a bearer key, or the session of a signed-in member."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from songsheet.doors.problems import Problem
from songsheet.team.acting import Acting, as_member
from songsheet.team.keys import whose
from songsheet.team.models import Member

#: The problems every operation can answer with; declared so that the schema tells them.
PROBLEMS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422, 429, 503), Problem)


class KeyAuth(HttpBearer):
    """Authorization: Bearer songsheet_…"""

    def authenticate(self, request: HttpRequest, token: str) -> Acting | None:
        return whose(token)


class MemberAuth(SessionAuth):
    """The session of a member; with it a form's CSRF token is asked for."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Acting | None:
        return as_member(request.user) if isinstance(request.user, Member) else None


AUTH = [KeyAuth(), MemberAuth(csrf=True)]


def asking(request: HttpRequest) -> Acting:
    """Who asks; set by the authentication above."""
    auth = request.auth  # type: ignore[attr-defined]
    assert isinstance(auth, Acting)
    return auth


def time_of(request: HttpRequest) -> datetime:
    """The house's time of this request, read once."""
    at: datetime = request.at  # type: ignore[attr-defined]
    return at
