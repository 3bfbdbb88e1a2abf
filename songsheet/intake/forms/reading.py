"""What somebody typed, read by the form that they saw: values and what is wrong with them. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from songsheet.base.refusals import Refusal
from songsheet.buyers.identity import normal_mail, normal_phone
from songsheet.intake.forms.definition import YES, Definition, FormField

Value = str | list[str]
LONGEST = {"text": 300, "long": 4000, "number": 30}
_NUMBER = re.compile(r"[+-]?\d{1,15}([.,]\d{1,6})?")
_OTHER_CONTROLS = {code: None for code in range(32) if code not in (9, 10, 13)} | {127: None}


@dataclass(slots=True)
class Typed:
    """What was typed as it is kept, and by field name what cannot be taken."""

    values: dict[str, Value] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)


def read(form: Definition, given: Mapping[str, Sequence[str]]) -> Typed:
    """Only what the form asks is read; of what was not shown nothing is taken, even where it was sent."""
    typed = Typed()
    for one in form.fields:
        if not is_shown(one, typed.values):
            continue
        texts = [_plain(text, one) for text in given.get(one.name, ())]
        texts = [text for text in texts if text]
        if not texts:
            if one.required:
                typed.wrong[one.name] = _missing(one)
            continue
        try:
            typed.values[one.name] = _value(one, texts)
        except Refusal as refusal:
            typed.wrong[one.name] = refusal.sentence
    return typed


def must_have_read(form: Definition, typed: Typed, wordings: Mapping[str, str]) -> None:
    """A consent without the text that they read is none; `wordings` are the texts by purpose."""
    for one in form.fields:
        if one.kind == "consent" and one.name in typed.values and one.purpose not in wordings:
            typed.wrong[one.name] = "The text of this was missing. Read it and send it once more."


def is_shown(one: FormField, values: Mapping[str, Value]) -> bool:
    """Whether it is asked, after what was answered before."""
    if not one.shown_if:
        return True
    answer = values.get(one.shown_if, "")
    return one.shown_is in answer if isinstance(answer, list) else one.shown_is == answer


def _plain(text: str, one: FormField) -> str:
    bare = text.replace("\r\n", "\n").translate(_OTHER_CONTROLS).strip()
    return bare if one.kind == "long" else " ".join(bare.split())


def _missing(one: FormField) -> str:
    if one.kind in ("choice", "several", "heard") and one.options:
        return "Choose an answer."
    return "Tick this to go on." if one.kind == "consent" else "Fill this in."


def _value(one: FormField, texts: list[str]) -> Value:
    text = texts[0]
    if one.kind == "several":
        if any(each not in one.options for each in texts):
            raise Refusal("Choose from the answers that are offered.")
        return list(dict.fromkeys(texts))
    if one.kind == "consent":
        return YES
    if one.options and text not in one.options:
        raise Refusal("Choose from the answers that are offered.")
    most = LONGEST.get(one.kind, 300)
    if len(text) > most:
        raise Refusal(f"This has {len(text):,} characters; at most {most:,} fit. Shorten it.")
    if one.kind == "mail":
        return _mail(text)
    if one.kind == "phone":
        return normal_phone(text)
    if one.kind == "number" and not _NUMBER.fullmatch(text):
        raise Refusal("This is not a number. Write it with digits, such as 250 or 1.5.")
    if one.kind == "date":
        return _day(text)
    return text


def _mail(text: str) -> str:
    try:
        return normal_mail(text)
    except Refusal:
        raise Refusal("This is not a mail address. Write it such as name@example.com.") from None


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Refusal("This is not a day. Write it such as 2026-05-19.") from None


def lines(form: Definition, values: Mapping[str, Value]) -> list[tuple[str, str]]:
    """What was said, question by question, as it is shown."""
    said = []
    for one in form.fields:
        value = values.get(one.name)
        if value:
            said.append((one.label, ", ".join(value) if isinstance(value, list) else value))
    return said
