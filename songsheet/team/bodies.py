"""Members and declared fields as the API takes and gives them."""

from collections.abc import Callable, Iterable
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from songsheet.base.adopting import RowRefused
from songsheet.doors.api import Given, Text, Version
from songsheet.team.commands import Zone
from songsheet.team.models import CustomField
from songsheet.team.roles import Role


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


class FieldOut(Schema):
    """A declared field: on which kind, its name in `custom`, its label and type."""

    on: str
    name: str
    label: str
    type: str
    is_personal: bool


def must_be_declared(
    on: str, customs: Iterable[dict[str, Any] | None]
) -> Callable[[dict[str, Any] | None], None]:
    """A check of custom values: each name must be a declared field of this kind."""
    known = set[str]()
    if any(customs):
        known = set(CustomField.objects.filter(on=on).values_list("name", flat=True))

    def check(custom: dict[str, Any] | None) -> None:
        unknown = next((name for name in custom or () if name not in known), None)
        if unknown is not None:
            raise RowRefused(f"“{unknown[:60]}” is not a declared field of a {on}.", field="custom")

    return check
