"""A form while it is built on its page: what stands in the inputs, moved, added to and read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from pydantic import ValidationError

from songsheet.base.text import fold
from songsheet.intake.forms.definition import CHOSEN, Definition, FormField

_OWN = ("title", "intro", "button", "thanks", "language", "colour", "becomes", "source", "campaign")
_ASKED = ("name", "kind", "label", "hint", "means", "purpose", "shown_if", "shown_is")
MOST = 40
STARTER: dict[str, Any] = {
    "title": "Ask us",
    "intro": "",
    "button": "Send",
    "thanks": "Thank you. We have what you wrote and answer soon.",
    "language": "en",
    "becomes": "enquiry",
    "fields": [
        {"name": "name", "kind": "text", "label": "Your name", "means": "name", "required": True},
        {"name": "mail", "kind": "mail", "label": "Your mail address", "required": True},
        {"name": "question", "kind": "long", "label": "What do you want to know?", "means": "question",
         "required": True},
    ],
}  # fmt: skip


@dataclass(slots=True)
class Draft:
    """What stands in the inputs, whether it makes a form or not."""

    name: str
    body: dict[str, Any] = field(default_factory=dict)

    @property
    def fields(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.body["fields"]
        return found


def draft_of(name: str, definition: Definition | None) -> Draft:
    """A form to be changed, or the one that everybody begins with."""
    return Draft(name, definition.model_dump(mode="json") if definition else {**STARTER, "sites": []})


def read_draft(given: QueryDict) -> Draft:
    """What was sent from the builder; a field without a name is called after its label."""
    body: dict[str, Any] = {name: given.get(name, "") for name in _OWN}
    body |= {"confirm": "confirm" in given, "sites": given.getlist("sites")}
    numbers = sorted({int(found[1]) for name in given if (found := re.match(r"q(\d{1,3})-label$", name))})
    body["fields"] = [_field(given, number) for number in numbers[:MOST]]
    taken: set[str] = set()
    for one in body["fields"]:
        one["name"] = _free(one["name"] or _slug(one["label"]), taken)
        taken.add(one["name"])
    return Draft(given.get("called", ""), body)


def moved(draft: Draft, do: str) -> Draft:
    """After a button of the builder: add, up:2, down:2 or out:2."""
    what, _colon, place = do.partition(":")
    fields, at = draft.fields, int(place) if place.isdecimal() and len(place) < 4 else -1
    if what == "add" and len(fields) < MOST:
        fields.append({"name": "", "kind": "text", "label": "", "options": []})
    elif what == "out" and 0 <= at < len(fields):
        del fields[at]
    elif what in ("up", "down") and 0 <= at < len(fields):
        to = min(max(at + (1 if what == "down" else -1), 0), len(fields) - 1)
        fields.insert(to, fields.pop(at))
    return draft


def as_definition(draft: Draft) -> tuple[Definition | None, list[str]]:
    """The form that it makes, or what is in the way, each in a sentence."""
    try:
        return Definition.model_validate(draft.body), []
    except ValidationError as error:
        return None, [_sentence(one, draft) for one in error.errors(include_url=False)][:8]


def as_far_as_it_goes(draft: Draft) -> Definition:
    """What the preview can draw: the fields that stand by themselves."""
    fields = []
    for one in draft.fields:
        try:
            fields.append(FormField.model_validate({**one, "shown_if": "", "shown_is": ""}))
        except ValidationError:
            continue
    shown = {name: draft.body.get(name) or "" for name in ("title", "intro", "button")}
    return Definition.model_construct(**{**shown, "fields": fields, "language": "en", "colour": ""})  # type: ignore[arg-type]


def choices_before(draft: Draft) -> list[tuple[str, str]]:
    """The fields that can show another one, by name and label."""
    return [
        (str(one["name"]), str(one["label"]))
        for one in draft.fields
        if one["kind"] in (*CHOSEN, "consent") and one["name"]
    ]


def _field(given: Mapping[str, Any], number: int) -> dict[str, Any]:
    one: dict[str, Any] = {name: given.get(f"q{number}-{name}", "") for name in _ASKED}
    one["kind"] = one["kind"] or "text"
    one["required"] = f"q{number}-required" in given
    lines = given.get(f"q{number}-options", "").splitlines()
    one["options"] = [line.strip() for line in lines if line.strip()] if one["kind"] in CHOSEN else []
    if one["kind"] not in ("text", "long"):
        one["means"] = ""
    one["purpose"] = (one["purpose"] or "mail") if one["kind"] == "consent" else ""
    one["shown_is"] = one["shown_is"] if one["shown_if"] else ""
    return one


def _slug(label: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[:36]
    return plain if plain[:1].isalpha() else f"field_{plain}".rstrip("_")


def _free(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    return next(f"{name[:36]}_{n}" for n in range(2, MOST + 3) if f"{name[:36]}_{n}" not in taken)


def _sentence(error: Any, draft: Draft) -> str:
    own = error.get("ctx", {}).get("error")
    if own is not None:
        return str(own)
    where = list(error["loc"])
    if where[:1] == ["fields"] and len(where) > 1:
        label = draft.fields[int(where[1])].get("label") or f"Field {int(where[1]) + 1}"
        return f"{label}: {error['msg']}."
    return f"{'.'.join(map(str, where)) or 'The form'}: {error['msg']}."
