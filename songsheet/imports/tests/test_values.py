"""Cells become values, or say why not."""

import random
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers
import pytest

from songsheet.base.money import Money
from songsheet.imports.values import PARSERS, Bad, Memo, Options, parser_of
from songsheet.imports.values.amounts import PAIR
from songsheet.imports.values.dates import DateOrder
from songsheet.imports.values.numbers import NumberStyle

US = Options(country="US")
LATE = datetime(2021, 4, 15, 23, 3, tzinfo=UTC)


def read(kind: str, cell: str, **options: Any) -> Any:
    return parser_of(kind, Options(**options))(cell)


@pytest.mark.parametrize(
    ("cell", "order", "at"),
    [
        ("2021-04-15 23:03:00", None, LATE),
        ("2021-04-15T23:03:00Z", None, LATE),
        ("2021-04-16T01:03:00+02:00", None, LATE),
        ("2021-04-15 23:03:00.446", None, LATE.replace(microsecond=446000)),
        ("2021-04-15 9:03:52", None, datetime(2021, 4, 15, 9, 3, 52, tzinfo=UTC)),
        ("15 Apr, 2021 23:03:00", None, LATE),
        ("Apr 15, 2021 11:03 PM", None, LATE),
        ("Thu, 15 Apr 2021 23:03:00 +0000", None, LATE),
        ("15. März 2021", None, datetime(2021, 3, 15, tzinfo=UTC)),
        ("1er", None, Bad),
        ("3 de mayo de 2021", None, datetime(2021, 5, 3, tzinfo=UTC)),
        ("15-févr-21", None, datetime(2021, 2, 15, tzinfo=UTC)),
        ("03-07-2021 01:09", "dmy", datetime(2021, 7, 3, 1, 9, tzinfo=UTC)),
        ("03-07-2021 01:09", "mdy", datetime(2021, 3, 7, 1, 9, tzinfo=UTC)),
        ("10/20/2016", "mdy", datetime(2016, 10, 20, tzinfo=UTC)),
        ("10/20/2016", "dmy", Bad),
        ("4/15/2021 12:00 am", "mdy", datetime(2021, 4, 15, tzinfo=UTC)),
        ("4/15/2021 13:00 pm", "mdy", Bad),
        ("03.04.2021", None, datetime(2021, 4, 3, tzinfo=UTC)),
        ("03/04/2021", None, Bad),
        ("2021/4/5", None, datetime(2021, 4, 5, tzinfo=UTC)),
        ("44301", None, datetime(2021, 4, 15, tzinfo=UTC)),
        ("44301.5", None, datetime(2021, 4, 15, 12, tzinfo=UTC)),
        ("20210415", None, datetime(2021, 4, 15, tzinfo=UTC)),
        ("1618527780", None, LATE),
        ("1618527780000", None, LATE),
        ("0000-00-00 00:00:00", None, Bad),
        ("31/02/2021", "dmy", Bad),
        ("1021-04-15", None, Bad),
        ("soon", None, Bad),
        ("  ", None, None),
    ],
)
def test_an_instant_is_read_in_every_spelling(cell, order, at):
    got = read("moment", cell, date_order=order)
    assert type(got) is Bad if at is Bad else got == at


def test_what_has_no_zone_is_in_the_zone_of_the_mapping():
    berlin = ZoneInfo("Europe/Berlin")
    assert read("moment", "2021-07-15 12:00", zone=berlin) == datetime(2021, 7, 15, 10, tzinfo=UTC)
    assert read("date", "2021-07-15 23:30", zone=berlin) == date(2021, 7, 15)
    assert read("date", "2021-07-15T23:30:00Z", zone=berlin) == date(2021, 7, 16)


@pytest.mark.parametrize(
    ("cells", "order", "asks"),
    [
        (["01/02/2021", "13/02/2021"], "dmy", False),
        (["01/02/2021", "02/13/2021"], "mdy", False),
        (["01/02/2021", "03/04/2021"], None, True),
        (["01/01/2021", "03/03/2021"], None, False),
        (["13/02/2021", "02/13/2021", "01/02/2021"], None, True),
        (["2021-02-01", "15 Apr, 2021", "01.02.2021", "", "n/a"], None, False),
    ],
)
def test_the_order_of_dates_is_found_over_the_whole_column(cells, order, asks):
    found = DateOrder()
    found.look(cells)
    assert (found.order, found.is_ambiguous) == (order, asks)


@pytest.mark.parametrize(
    ("cells", "decimal"),
    [
        (["1,234.56"], "."),
        (["1.234,56"], ","),
        (["12,5", "1.000"], ","),
        (["1,234,567"], "."),
        (["1.234.567"], ","),
        (["1,234"], "?"),
        (["0,123"], ","),
        (["12345.678"], "."),
        (["100", ""], "?"),
    ],
)
def test_the_decimal_mark_is_found_over_the_whole_column(cells, decimal):
    style = NumberStyle()
    style.look(cells)
    assert style.decimal("?") == decimal


@pytest.mark.parametrize(
    ("cell", "decimal", "number"),
    [
        ("1,234.56", ".", "1234.56"),
        ("1.234,56", ",", "1234.56"),
        ("1 234,5", ",", "1234.5"),
        ("1'234.50", ".", "1234.50"),
        ("12,34,567", ".", "1234567"),
        ("-7", ".", "-7"),
        ("(7.5)", ".", "-7.5"),
        ("12.34.56", ".", None),
        ("1,23", ".", None),
        ("٣", ".", None),
        ("1e9", ".", None),
        ("NaN", ".", None),
    ],
)
def test_a_number_is_read_in_the_style_of_its_column(cell, decimal, number):
    got = read("number", cell, decimal=decimal)
    assert type(got) is Bad if number is None else got == Decimal(number)


@pytest.mark.parametrize(
    ("cell", "currency", "money"),
    [
        ("$22,700.00", "USD", Money(2270000, "USD")),
        ("$342.09K", "USD", Money(34209000, "USD")),
        ("$1,117.10K", "USD", Money(111710000, "USD")),
        ("€1.5M", "USD", Money(150000000, "EUR")),
        ("2bn", "EUR", Money(200000000000, "EUR")),
        ("$1,009.784", "USD", Money(100978, "USD")),
        ("$10", "CAD", Money(1000, "CAD")),
        ("$10", "EUR", Money(1000, "USD")),
        ("100 CHF", "USD", Money(10000, "CHF")),
        ("¥1,200", "USD", Money(1200, "JPY")),
        ("1200 kr", "SEK", Money(120000, "SEK")),
        ("1200 kr", "USD", None),
        ("-$5", "USD", Money(-500, "USD")),
        ("($5.00)", "USD", Money(-500, "USD")),
        ("$-5", "USD", Money(-500, "USD")),
        (f"eur{PAIR}12.50", "USD", Money(1250, "EUR")),
        (f"XYZ{PAIR}12.50", "USD", None),
        ("12.50 bananas", "USD", None),
        ("$", "USD", None),
        ("9" * 40, "USD", None),
    ],
)
def test_money_is_minor_units_of_the_currency_the_cell_names(cell, currency, money):
    got = read("money", cell, currency=currency)
    assert type(got) is Bad if money is None else got == money


def test_a_share_is_basis_points_and_the_column_says_how_it_is_written():
    assert read("percent", "45") == read("percent", "45 %") == read("percent", "0.45", fractions=True) == 4500
    assert type(read("percent", "-1")) is Bad
    whole, parts, marked = NumberStyle(), NumberStyle(), NumberStyle()
    whole.look(["100", "20", "0"])
    parts.look(["0.2", "1", "0", "1.0"])
    marked.look(["0.5%"])
    assert (whole.fractions, parts.fractions, marked.fractions) == (False, True, False)


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [("420", 420), ("07:00", 420), ("1:07:00", 4020), ("1h 7m", 4020), ("7 min", 420), ("", None)],
)
def test_a_duration_is_whole_seconds(cell, seconds):
    assert read("duration", cell) == seconds


def test_a_duration_is_in_the_unit_of_its_column():
    assert read("duration", "7", unit="minutes") == 420
    assert type(read("duration", "a while")) is Bad


@pytest.mark.parametrize(
    ("cell", "mails"),
    [
        ("GaryLDenson@Cuvox.de", ["garyldenson@cuvox.de"]),
        ("Gary <gary@cuvox.de>", ["gary@cuvox.de"]),
        ("a@b.example; c@d.test, a@b.example", ["a@b.example", "c@d.test"]),
        ("jürgen@müller.example", ["jürgen@müller.example"]),
        ("mailto:a@b.example", ["a@b.example"]),
        ("", None),
        ("gary", Bad),
        ("gary@", Bad),
        ("a..b@c.example", Bad),
        ("a@b", Bad),
        ("a" * 300 + "@b.example", Bad),
        ("a" * 70 + "@b.example", Bad),
    ],
)
def test_a_mail_address_is_normalised_or_refused(cell, mails):
    got = read("mails", cell)
    assert type(got) is Bad if mails is Bad else got == mails


@pytest.mark.parametrize(
    ("cell", "country", "phones"),
    [
        ("660-485-0224", "US", ["+16604850224"]),
        ("(805) 247-8982", "US", ["+18052478982"]),
        ("1 805 247 8982", "US", ["+18052478982"]),
        ("+49 30 123456", "US", ["+4930123456"]),
        ("030/123456", "DE", ["+4930123456"]),
        ("0049 30 123456", "DE", ["+4930123456"]),
        ("06 1234 5678", "IT", ["+390612345678"]),
        ("11 98765-4321", "BR", ["+5511987654321"]),
        ("805-247-8982; 805-247-8983", "US", ["+18052478982", "+18052478983"]),
        ("12", "US", Bad),
        ("call me", "US", Bad),
        ("660-485-0224", None, Bad),
    ],
)
def test_a_phone_number_is_e164(cell, country, phones):
    got = read("phones", cell, country=country)
    assert type(got) is Bad if phones is Bad else got == phones


@pytest.mark.parametrize("country", ["US", "DE", "GB", "FR", "IT", "ES", "BR", "MX", "IN", "RU", "JP", "CH"])
def test_the_quick_way_to_a_phone_number_ends_where_the_library_does(country):
    chance, parse = random.Random(country), parser_of("phones", Options(country=country))
    for _ in range(300):
        cell = "".join(chance.choice("0123456789") for _ in range(chance.randint(6, 12)))
        cell = chance.choice(["", "0", "+", "1", "(0)"]) + cell
        try:
            number = phonenumbers.parse(cell, country)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            assert parse(cell) == [phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)], (
                cell
            )


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("bool", "Yes", True),
        ("bool", "TRUE", True),
        ("bool", "ja", True),
        ("bool", "Não", False),
        ("bool", "0", False),
        ("bool", "perhaps", Bad),
        ("website", "https://www.BetaPages.com/x?y", "betapages.com"),
        ("website", "n/a", Bad),
        ("country", "United States", "US"),
        ("country", "Österreich", "AT"),
        ("country", "de", "DE"),
        ("country", "Philipines", Bad),
        ("language", "Deutsch", "de"),
        ("language", "pt_BR", "pt-BR"),
        ("integer", "1,234", 1234),
        ("integer", "12.0", 12),
        ("integer", "12.5", Bad),
        ("integer", "-3", Bad),
        ("currency", "eur", "EUR"),
        ("currency", "€", "EUR"),
        ("currency", "gold", Bad),
        ("text", " kept as it is ", " kept as it is "),
        ("text", "\u3000 ", None),
        ("text", "x" * 301, Bad),
    ],
)
def test_other_values(kind, cell, value):
    got = read(kind, cell)
    assert type(got) is Bad if value is Bad else got == value


def test_a_choice_is_one_of_the_words_the_field_knows():
    parse = parser_of("choice", Options(choices=frozenset({"no_decision", "won"})))
    assert parse("No Decision") == "no_decision"
    assert parse("maybe") == "“maybe” is none of no_decision, won."


def test_no_parser_stumbles_over_anything(naughty):
    for kind in PARSERS:
        parse = parser_of(kind, US)
        for string in naughty:
            parse(string)


def test_a_memo_reads_each_cell_once_and_knows_whether_any_was_bad():
    memo = Memo(parser_of("bool", US))
    assert [memo["yes"], memo["no"], memo["yes"]] == [True, False, True]
    assert not memo.met_bad
    assert "neither" in memo["what"]
    assert memo.met_bad
