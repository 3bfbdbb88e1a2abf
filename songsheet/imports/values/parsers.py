"""Which parser reads which type of field."""

from collections.abc import Callable

from songsheet.base.text import fold
from songsheet.imports.values.amounts import currency_parser, money_parser
from songsheet.imports.values.bad import Bad, Parse, bad
from songsheet.imports.values.contacts import (
    country_parser,
    language_parser,
    mails_parser,
    phones_parser,
    website_parser,
)
from songsheet.imports.values.dates import date_parser, moment_parser
from songsheet.imports.values.numbers import (
    duration_parser,
    integer_parser,
    number_parser,
    percent_parser,
)
from songsheet.imports.values.options import Options
from songsheet.imports.values.words import NO, YES


def text_parser(options: Options) -> Parse:
    """Text as it stands, to the byte; a cell of nothing but spaces is empty."""
    limit = options.limit

    def parse(raw: str) -> str | Bad | None:
        if len(raw) > limit:
            return bad(raw, f"has {len(raw):,} characters; at most {limit:,} fit here.")
        return raw if raw.strip() else None

    return parse


def bool_parser(options: Options) -> Parse:
    """To true and false, in the words of several languages."""

    def parse(raw: str) -> bool | Bad | None:
        word = fold(raw)
        if not word:
            return None
        return True if word in YES else False if word in NO else bad(raw.strip(), "is neither yes nor no.")

    return parse


def choice_parser(options: Options) -> Parse:
    """To one of the words that the field knows."""
    choices = options.choices

    def parse(raw: str) -> str | Bad | None:
        word = fold(raw).replace(" ", "_")
        if not word:
            return None
        return word if word in choices else bad(raw.strip(), f"is none of {', '.join(sorted(choices))}.")

    return parse


PARSERS: dict[str, Callable[[Options], Parse]] = {
    "text": text_parser,
    "choice": choice_parser,
    "bool": bool_parser,
    "mails": mails_parser,
    "phones": phones_parser,
    "website": website_parser,
    "country": country_parser,
    "language": language_parser,
    "integer": integer_parser,
    "number": number_parser,
    "percent": percent_parser,
    "money": money_parser,
    "currency": currency_parser,
    "duration": duration_parser,
    "date": date_parser,
    "moment": moment_parser,
}


def parser_of(kind: str, options: Options) -> Parse:
    """The parser of a type of field, set up once for a column."""
    return PARSERS[kind](options)
