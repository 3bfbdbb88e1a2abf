"""The vocabulary of `words.toml`, ready to be looked up."""

import tomllib
from importlib import resources
from typing import Any

from songsheet.base.text import fold


def _read() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "words.toml").read_text(encoding="utf-8"))


def _countries(others: dict[str, list[str]]) -> dict[str, str]:
    lines = (resources.files("tzdata.zoneinfo") / "iso3166.tab").read_text(encoding="utf-8").splitlines()
    listed = [line.split("\t") for line in lines if line and not line.startswith("#")]
    known = {fold(name.replace("&", "and")): code for code, name in listed}
    known |= {code.lower(): code for code, _ in listed}
    return known | {name: code for code, names in others.items() for name in names}


_words = _read()
YES = frozenset(_words["yes"].split())
NO = frozenset(_words["no"].split())
MONTHS: dict[str, int] = {
    name: number for number, names in enumerate(_words["months"], 1) for name in names.split()
}
CURRENCIES = frozenset(_words["currencies"].split())
DOLLARS = frozenset(_words["dollars"].split())
CROWNS = frozenset(_words["crowns"].split())
SIGNS: dict[str, str] = _words["signs"]
LANGUAGES: dict[str, str] = {
    name: code for code, names in _words["languages"].items() for name in names.split()
}
COUNTRIES = _countries(_words["countries"])
