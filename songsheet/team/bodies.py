"""Members as the API takes and gives them."""

from typing import Annotated

from ninja import Schema
from pydantic import Field

from songsheet.doors.api import Given, Text, Version
from songsheet.team.commands import Zone
from songsheet.team.fields.declared import fit as must_be_declared
from songsheet.team.roles import Role

__all__ = ["MemberChange", "MemberIn", "MemberOut", "must_be_declared"]


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


class MemberIn(Given):
    """Who is asked to join; the link is mailed to them."""

    email: Annotated[
        str, Field(pattern=r"^[^@\s<>,;\x00]{1,64}@[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+$", max_length=254)
    ]
    name: Annotated[Text, Field(max_length=200)] = ""
    role: Role = Role.GUIDE


class MemberChange(Given):
    """The fields to change."""

    version: Version | None = None
    name: Annotated[Text, Field(min_length=1, max_length=200)] = ""
    role: Role = Role.GUIDE
    zone: Zone = "UTC"
    languages: Annotated[Text, Field(max_length=100)] = ""
    capacity: Annotated[int, Field(strict=True, ge=0, le=10_000)] = 0
