"""Typeform: each answer as it was given, the hidden campaign marks, mail and phone where they were asked."""

from collections.abc import Mapping
from typing import Any

from songsheet.intake.hooks.shapes.reading import at, id_of, list_at, said, text_at, utm_of


def read(body: Any, mapping: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One form per response."""
    if text_at(body, "event_type") != "form_response":
        return []
    given = at(body, "form_response")
    asked = {text_at(one, "id"): text_at(one, "title", 500) for one in list_at(given, "definition.fields")}
    answers = [
        (asked.get(text_at(one, "field.id"), ""), one, _answer(one)) for one in list_at(given, "answers")
    ]
    lines = [f"{title}: {text}" if title else text for title, _one, text in answers if text]
    person = {
        "mail": _first(answers, "email"),
        "phone": _first(answers, "phone_number"),
        "name": _contact(answers),
    }
    return [
        said(
            id=id_of(text_at(body, "event_id", 900) or text_at(given, "token", 900)),
            type="form",
            at=at(given, "submitted_at"),
            person=person,
            utm=utm_of(at(given, "hidden")),
            subject=text_at(given, "definition.title", 500),
            text="\n".join(lines),
        )
    ]


def _answer(one: Any) -> str:
    kind = text_at(one, "type")
    if kind == "choice":
        return text_at(one, "choice.label", 1000) or text_at(one, "choice.other", 1000)
    if kind == "choices":
        labels = [str(label) for label in list_at(one, "choices.labels")]
        return ", ".join([*labels, *filter(None, [text_at(one, "choices.other", 1000)])])
    if kind == "boolean":
        return "yes" if at(one, "boolean") else "no"
    return text_at(one, kind or "text", 4000)


def _first(answers: list[tuple[str, Any, str]], kind: str) -> str:
    return next((text for _title, one, text in answers if text_at(one, "type") == kind), "")


def _contact(answers: list[tuple[str, Any, str]]) -> str:
    """The name where the form has the contact block, whose parts have names of their own."""
    named = {text_at(one, "field.ref"): text for _title, one, text in answers}
    return " ".join(filter(None, [named.get("first_name"), named.get("last_name")])) or named.get("name", "")
