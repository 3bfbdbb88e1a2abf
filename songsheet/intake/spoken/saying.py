"""A sentence of a public page in a language. Pure; what a table does not know stays English."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.http import HttpRequest

ENGLISH = "en"
LANGUAGES = (ENGLISH, "de", "fr", "es", "pt")
_FOLDER = Path(__file__).parent
_FIGURE = re.compile(r"\d[\d,]*")
_QUOTED = re.compile(r"“[^”]*”")
_DAYS = {
    ENGLISH: "{day} {month} {year}", "de": "{day}. {month} {year}", "fr": "{day} {month} {year}",
    "es": "{day} de {month} de {year}", "pt": "{day} de {month} de {year}",
}  # fmt: skip


@cache
def words_of(language: str) -> Mapping[str, str]:
    """The table of a language: English → how it is said there."""
    if language not in LANGUAGES[1:]:
        return {}
    found: dict[str, str] = tomllib.loads((_FOLDER / f"{language}.toml").read_text("utf-8"))["words"]
    return found


@cache
def _months(language: str) -> list[str]:
    if language not in LANGUAGES[1:]:
        return [f"{date(2000, month, 1):%B}" for month in range(1, 13)]
    found: list[str] = tomllib.loads((_FOLDER / f"{language}.toml").read_text("utf-8"))["months"]
    return found


def spoken_for(language: str) -> str:
    """The nearest language that public pages speak."""
    plain = language.lower()[:2]
    return plain if plain in LANGUAGES else ENGLISH


def spoken_by(request: HttpRequest) -> str:
    """The language that a browser would rather read, of those there are."""
    asked = []
    for nth, part in enumerate(request.headers.get("Accept-Language", "")[:200].split(",")):
        name, _, rest = part.strip().partition(";")
        found = re.fullmatch(r"\s*q\s*=\s*(0(?:\.\d{1,3})?|1(?:\.0{1,3})?)\s*", rest)
        weight = float(found[1]) if found else 0.0 if rest else 1.0
        if weight > 0 and name[:2].lower() in LANGUAGES:
            asked.append((-weight, nth, name[:2].lower()))
    return min(asked)[2] if asked else ENGLISH


def say(language: str, english: str, **values: object) -> str:
    """A sentence with its values, in a language."""
    said = words_of(spoken_for(language)).get(english, english)
    return said % values if values else said


def say_refusal(language: str, sentence: str) -> str:
    """A refusal with figures or quoted words in it: the table has a # for each of them."""
    words = words_of(spoken_for(language))
    if sentence in words:
        return words[sentence]
    parts = [*_QUOTED.findall(sentence)]
    plain = _QUOTED.sub("#", sentence)
    if not parts:
        parts = _FIGURE.findall(sentence)
        plain = _FIGURE.sub("#", sentence)
    if plain not in words:
        return sentence
    said = words[plain]
    for part in parts:
        said = said.replace("#", part, 1)
    return said


@cache
def _weekdays(language: str) -> list[str]:
    if language not in LANGUAGES[1:]:
        return [f"{date(2001, 1, nth):%A}" for nth in range(1, 8)]
    found: list[str] = tomllib.loads((_FOLDER / f"{language}.toml").read_text("utf-8"))["days"]
    return found


def say_weekday(language: str, day: date) -> str:
    """A day with its name of the week."""
    plain = spoken_for(language)
    said = _DAYS[plain].format(day=day.day, month=_months(plain)[day.month - 1], year=day.year)
    return f"{_weekdays(plain)[day.weekday()]}, {said}"


def say_day(language: str, at: datetime, zone: str) -> str:
    """A day as it is written in a language."""
    plain, day = spoken_for(language), at.astimezone(ZoneInfo(zone))
    return _DAYS[plain].format(day=day.day, month=_months(plain)[day.month - 1], year=day.year)
