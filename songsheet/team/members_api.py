"""The API of members."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router

from songsheet.doors.api import said, version_asked
from songsheet.team import actions
from songsheet.team.acting import Acting
from songsheet.team.api import PROBLEMS, answer_of, answered, asking
from songsheet.team.bodies import MemberChange, MemberIn, MemberOut
from songsheet.team.mail import send_invitation
from songsheet.team.queries import house, member_keyed, whole_team
from songsheet.team.roles import Right

router = Router(tags=["team"])


@router.get("/members", response={200: list[MemberOut], **PROBLEMS}, operation_id="list_members")
def list_members(request: HttpRequest) -> Any:
    """Everybody, also who left and who is known from an import alone."""
    asking(request).must(Right.LOOK)
    return [MemberOut.from_orm(one) for one in whole_team()]


@router.get("/members/{key}", response={200: MemberOut, **PROBLEMS}, operation_id="read_member")
def read_member(request: HttpRequest, key: str) -> Any:
    """One member."""
    asking(request).must(Right.LOOK)
    return answer_of(MemberOut.from_orm(member_keyed(key)))


@router.post("/members", response={201: MemberOut, **PROBLEMS}, operation_id="invite_member")
def invite_member(request: HttpRequest, body: MemberIn) -> Any:
    """Ask somebody to join; the link is mailed to them and not told here."""

    def do(by: Acting, at: datetime) -> Any:
        invited = actions.invite_member(**body.model_dump(), by=by, at=at)
        send_invitation(invited, house())
        return 201, MemberOut.from_orm(invited.member)

    return answered(request, do)


@router.patch("/members/{key}", response={200: MemberOut, **PROBLEMS}, operation_id="change_member")
def change_member(request: HttpRequest, key: str, body: MemberChange) -> Any:
    """Change what is sent; 409 when somebody changed the member since `version` or If-Match."""

    def do(by: Acting, at: datetime) -> Any:
        version = version_asked(request, body.version)
        changed = actions.change_member(key, by=by, at=at, version=version, **said(body))
        return MemberOut.from_orm(changed)

    return answered(request, do)
