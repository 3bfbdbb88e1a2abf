"""What of people and companies is changed in their lists, in place: how each is typed, and its action."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from songsheet.base.adopting import RowRefused
from songsheet.buyers.actions import change_company, change_person
from songsheet.buyers.models import Company, Person
from songsheet.buyers.queries import mails_of, phones_of
from songsheet.doors.listing import Edit
from songsheet.team.acting import Acting
from songsheet.team.roles import Right


def _person(
    read: Callable[[Person], str], given: Callable[[str], dict[str, Any]], kind: str = "text"
) -> Edit:
    def write(row: Person, text: str, *, version: int, by: Acting, at: datetime) -> None:
        change_person(row.key, by=by, at=at, version=version, **given(text))

    return Edit(read, write, Right.WORK, kind)


def _company(
    read: Callable[[Company], str], given: Callable[[str], dict[str, Any]], kind: str = "text"
) -> Edit:
    def write(row: Company, text: str, *, version: int, by: Acting, at: datetime) -> None:
        change_company(row.key, by=by, at=at, version=version, **given(text))

    return Edit(read, write, Right.WORK, kind)


def _parts(text: str) -> list[str]:
    return [one.strip() for one in text.replace(";", ",").split(",") if one.strip()]


def _size(text: str) -> int | None:
    if not text:
        return None
    digits = text.replace(",", "").replace(" ", "")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
        raise RowRefused("Write how many people work there in digits, such as 250.", field="people_count")
    return int(digits)


TITLE = _person(lambda one: one.title, lambda text: {"title": text})
MAILS = _person(lambda one: ", ".join(mails_of(one)), lambda text: {"mails": _parts(text)})
PHONES = _person(lambda one: ", ".join(phones_of(one)), lambda text: {"phones": _parts(text)}, "tel")

DOMAIN = _company(lambda one: one.domain, lambda text: {"domain": text})
INDUSTRY = _company(lambda one: one.industry, lambda text: {"industry": text})
COUNTRY = _company(lambda one: one.country, lambda text: {"country": text.upper()})
SIZE = _company(
    lambda one: "" if one.people_count is None else str(one.people_count),
    lambda text: {"people_count": _size(text)},
)
