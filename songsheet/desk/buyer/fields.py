"""What of a buyer can be corrected in place: each field as a row that becomes a form and a row again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from songsheet.buyers.actions import change_person
from songsheet.buyers.models import Person
from songsheet.desk.buyer.facts import Facts
from songsheet.team.acting import Acting
from songsheet.ui.spelled import phone, spoken


@dataclass(frozen=True)
class Field:
    """`read` gives its value as one would type it; `given` the arguments of the change."""

    name: str
    label: Any
    read: Callable[[Person, Facts], str]
    given: Callable[[str], dict[str, Any]]
    type: str = "text"
    reads: Callable[[str], str] = str
    reach: tuple[str, str, Any] = ("", "", "")  # icon, scheme of its address, what pressing it does


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
            reads=lambda text: ", ".join(phone(one) for one in _list(text)),
            reach=("phone", "tel", _("Call %(to)s")),
        ),
        Field(
            "mails",
            _("Mail"),
            lambda _, facts: ", ".join(facts.mails),
            lambda text: {"mails": _list(text)},
            reach=("mail", "mailto", _("Write to %(to)s")),
        ),
        Field(
            "language",
            _("Speaks"),
            lambda person, _: person.language,
            lambda text: {"language": text},
            reads=spoken,
        ),
    )
}


def row_of(person: Person, facts: Facts, name: str) -> dict[str, Any]:
    """What the page shows of a field: its value as typed and as read, and how they are reached by it."""
    declared = FIELDS[name]
    value = declared.read(person, facts)
    row = {"name": name, "label": str(declared.label), "value": value, "type": declared.type}
    return row | {"reads": declared.reads(value), "reach": _reach(declared, value, facts)}


def _reach(declared: Field, value: str, facts: Facts) -> dict[str, str]:
    """The link that calls or writes to them; none where they said no, or asked to be left alone."""
    icon, scheme, words = declared.reach
    purpose = {"tel": "call", "mailto": "mail"}.get(scheme, "")
    said_no = not facts.answers.get(purpose, (True,))[0]
    if (
        not value
        or not scheme
        or said_no
        or any(channel in ("", purpose) for channel, _why in facts.forbidden)
    ):
        return {}
    first = _list(value)[0]
    return {
        "icon": icon,
        "url": f"{scheme}:{quote(first, safe='+@')}",
        "label": str(words) % {"to": declared.reads(first)},
    }


def change(key: str, name: str, text: str, *, version: int | None, by: Acting, at: datetime) -> Person:
    """Correct one field of a person; a stale version is refused with both values."""
    return change_person(key, by=by, at=at, version=version, **FIELDS[name].given(text.strip()))
