"""What of a buyer can be corrected in place: each field as a row that becomes a form and a row again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from songsheet.buyers.actions import change_person
from songsheet.buyers.models import Person
from songsheet.desk.buyer.facts import Facts
from songsheet.team.acting import Acting


@dataclass(frozen=True)
class Field:
    """`read` gives its value as one would type it; `given` the arguments of the change."""

    name: str
    label: Any
    read: Callable[[Person, Facts], str]
    given: Callable[[str], dict[str, Any]]
    type: str = "text"


def _list(text: str) -> list[str]:
    return [one.strip() for one in text.replace(";", ",").split(",") if one.strip()]


FIELDS: dict[str, Field] = {
    one.name: one
    for one in (
        Field("name", _("Name"), lambda person, _: person.name, lambda text: {"name": text}),
        Field("title", _("Title"), lambda person, _: person.title, lambda text: {"title": text}),
        Field(
            "phones",
            _("Phone"),
            lambda _, facts: ", ".join(facts.phones),
            lambda text: {"phones": _list(text)},
            "tel",
        ),
        Field(
            "mails", _("Mail"), lambda _, facts: ", ".join(facts.mails), lambda text: {"mails": _list(text)}
        ),
        Field("language", _("Speaks"), lambda person, _: person.language, lambda text: {"language": text}),
    )
}


def change(key: str, name: str, text: str, *, version: int | None, by: Acting, at: datetime) -> Person:
    """Correct one field of a person; a stale version is refused with both values."""
    return change_person(key, by=by, at=at, version=version, **FIELDS[name].given(text.strip()))
