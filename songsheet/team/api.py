"""How the API knows who asks: a bearer key, or the session of a member; and what it tells of the team."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.security import HttpBearer, SessionAuth

from songsheet.doors.problems import Problem
from songsheet.team import actions
from songsheet.team.acting import Acting, as_member
from songsheet.team.commands import ChangeHouse
from songsheet.team.keys import whose
from songsheet.team.models import House, Member
from songsheet.team.queries import house, whole_team
from songsheet.team.roles import Right

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


router = Router(tags=["team"])


class MemberOut(Schema):
    """One of us."""

    key: str
    name: str
    email: str | None
    side: str
    role: str
    state: str
    zone: str
    languages: str
    capacity: int
    version: int


class HouseOut(Schema):
    """The settings of the house with the version that a change must name."""

    version: int
    settings: ChangeHouse


@router.get("/members", response={200: list[MemberOut], **PROBLEMS}, operation_id="list_members")
def list_members(request: HttpRequest) -> Any:
    """Everybody, also who left and who is known from an import alone."""
    asking(request).must(Right.LOOK)
    return [MemberOut.from_orm(one) for one in whole_team()]


@router.get("/house", response={200: HouseOut, **PROBLEMS}, operation_id="read_house")
def read_house(request: HttpRequest) -> Any:
    """The settings of the house."""
    asking(request).must(Right.LOOK)
    return _house(house())


@router.patch("/house", response={200: HouseOut, **PROBLEMS}, operation_id="change_house")
def change_house(request: HttpRequest, body: ChangeHouse, version: int) -> Any:
    """Change the settings that are sent; 409 when `version` is not the one that stands there."""
    said = body.model_dump(exclude_unset=True)
    return _house(actions.change_house(**said, version=version, by=asking(request), at=time_of(request)))


def _house(there: House) -> HouseOut:
    values = {name: there.value_of(name) for name in ChangeHouse.model_fields}
    return HouseOut(version=there.version, settings=ChangeHouse.model_construct(**values))
