"""Numbers in a sentence, however they are written, brought to one measure that facts share."""

from datetime import date

from songsheet.content.scan.figures import figure_of, number_at
from songsheet.content.scan.lexicon import of_words
from songsheet.content.scan.lexicon.numerals import FRACTIONS, MONTHS, NUMBERS, ORDINARY, OVER, RANGE, UNDER
from songsheet.content.scan.lexicon.units import ALONE, UNITS, WORKING
from songsheet.content.scan.quantity import Quantity
from songsheet.content.scan.words import Word


def quantities(words: list[Word], language: str) -> list[Quantity]:
    """All that is counted or measured in a sentence, in order."""
    found: list[Quantity] = []
    at = 0
    while at < len(words):
        quantity = _date(words, at) or _one(words, at, language)
        if quantity is None:
            at += 1
        else:
            found.append(quantity)
            at = quantity.last + 1
    return _ranges(found, words)


def _date(words: list[Word], at: int) -> Quantity | None:
    """30 September 2026, the end of September 2026, September 30, 2026."""
    month = MONTHS.get(words[at].read)
    if month is None or at + 1 >= len(words):
        return None
    year = next((word.read for word in words[at + 1 : at + 3] if _is_year(word.read)), None)
    if year is None:
        return None
    day = 30
    first = at
    if at and words[at - 1].read.isdigit() and int(words[at - 1].read) <= 31:
        day, first = int(words[at - 1].read), at - 1
    last = at + 1 + [word.read for word in words[at + 1 : at + 3]].index(year)
    return Quantity(
        first, last, "date", float(date(int(year), month, min(day, 28)).toordinal() + max(day - 28, 0))
    )


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and 1900 <= int(word) <= 2099


def _one(words: list[Word], at: int, language: str) -> Quantity | None:
    if words[at].read in "£€$" and at + 1 < len(words):
        return _money(words, at, language)
    if words[at].read in ALONE:
        measure, amount = UNITS[language].get(words[at].read, ("", 0.0))
        return Quantity(at, at, measure, amount, _bound(words, at)) if measure else None
    part = FRACTIONS[language].get(words[at].read)
    if part and at + 1 < len(words) and words[at + 1].read in ("of", "der", "des", "de", "du", "aller"):
        return Quantity(at, at, "share", part * 100, _bound(words, at))
    number, end = number_at(words, at, language)
    if number is None:
        return _article(words, at, language)
    if _is_year(words[at].read) and end == at and not _unit(words, end + 1, language)[0]:
        return Quantity(at, at, "year", number, _bound(words, at))
    return _with_unit(words, at, end, number, language)


def _money(words: list[Word], at: int, language: str) -> Quantity | None:
    number, end = number_at(words, at + 1, language)
    if number is None:
        return None
    measure, amount = UNITS["en"][words[at].read]
    period = _period(words, end + 1, language)
    return Quantity(at, end, measure, number * amount, _bound(words, at), period=period)


def _article(words: list[Word], at: int, language: str) -> Quantity | None:
    """A month, an hour, the hour: one of them, and perhaps a half."""
    word = words[at].read
    if at + 1 >= len(words) or (word not in ORDINARY[language] and word != "the"):
        return None
    nearby = [word.read for word in words[at + 1 : at + 3]]
    if len(nearby) == 2 and nearby[1] in ("of", "de", "der", "des"):
        share = FRACTIONS[language].get(nearby[0])
        if share:
            return Quantity(at, at + 1, "share", share * 100, _bound(words, at))
    skip = (
        2
        if words[at + 1].read in ("whole", "full", "entire", "good", "single", "ganzes", "ganzen", "volles")
        else 1
    )
    measure, amount, end = _unit(words, at + skip, language)
    if measure not in ("time", "work") or (word == "the" and not (at and words[at - 1].read == "within")):
        return None
    rate = bool(at) and words[at - 1].read not in _LASTING
    more = _and_a_half(words, end + 1)
    return Quantity(
        at, end + more, measure, amount * (1.5 if more else 1), _bound(words, at), rate and not more
    )


#: "for a month" is a length; "£14 a month" is how often.
_LASTING = of_words(
    """
    for within after in over of than once one just only about nearly is under takes until to up have get nach
    innerhalb binnen fur in von seit uber nur haben pendant sous en apres dans pour depuis durant avez
    """
)


def _and_a_half(words: list[Word], at: int) -> int:
    following = [word.read for word in words[at : at + 3]]
    if following[:3] == ["and", "a", "half"]:
        return 3
    return 2 if following[:2] in (["et", "demi"], ["et", "demie"]) else 0


def _unit(words: list[Word], at: int, language: str) -> tuple[str, float, int]:
    """What is measured in the words from here on, how much one is, and its last word."""
    if at >= len(words):
        return "", 0.0, at
    units = UNITS[language]
    if (
        words[at].read in ("pour", "per", "von")
        and at + 1 < len(words)
        and words[at + 1].read in ("cent", "hundert")
    ):
        return "share", 1.0, at + 1
    work = words[at].read in WORKING
    if work and at + 1 < len(words) and words[at + 1].read in units:
        return "work", units[words[at + 1].read][1], at + 1
    if words[at].read not in units:
        return "", 0.0, at
    measure, amount = units[words[at].read]
    if measure == "time" and at + 1 < len(words) and words[at + 1].read in WORKING and language == "fr":
        return "work", amount, at + 1
    return measure, amount, at


def _with_unit(words: list[Word], at: int, end: int, number: float, language: str) -> Quantity | None:
    bound = _bound(words, at)
    out_of = _out_of(words, end + 1, number, language)
    if out_of is not None:
        return Quantity(at, out_of[1], "share", out_of[0], bound)
    following = words[end + 1].read if end + 1 < len(words) else ""
    if following in FRACTIONS[language] and number < 10:
        return Quantity(at, end + 1, "share", 100 * number * FRACTIONS[language][following], bound)
    measure, amount, last = _unit(words, end + 1, language)
    if measure:
        rate = (
            last + 2 < len(words)
            and words[last + 1].read in ("a", "per")
            and words[last + 2].read in UNITS[language]
        )
        rate = rate or (last + 1 < len(words) and words[last + 1].read in _AGO)
        more = _and_a_half(words, last + 1) if measure == "time" else 0
        amount = number * amount + (amount / 2 if more else 0)
        period = _period(words, last + 1, language)
        return Quantity(at, last + more, measure, amount, bound, bool(rate), period=period)
    if at and words[at - 1].read in (
        "en",
        "iso",
        "no",
        "nr",
        "slide",
        "lot",
        "annex",
        "section",
        "item",
        "article",
        "page",
        "clause",
    ):
        return None
    noun = next((word for word in words[end + 1 : end + 4] if not word.small and word.read.isalpha()), None)
    return Quantity(at, end, "count", number, bound, noun=noun, period=_period(words, end + 1, language))


def _period(words: list[Word], at: int, language: str) -> str:
    """The month of "£14 per seat and month"."""
    for number in range(at, min(at + 7, len(words) - 1)):
        if words[number].read in _EACH and words[number + 1].read in UNITS[language]:
            return {1440.0: "day", 10080.0: "week", 43200.0: "month", 525600.0: "year"}.get(
                UNITS[language][words[number + 1].read][1], ""
            )
    return ""


_EACH = frozenset(["a", "an", "per", "each", "every", "and", "im", "pro", "je", "par", "jeden", "chaque"])


#: A time that lies between two others is nobody's promise: 20 minutes later.
_AGO = frozenset(["later", "ago", "old", "late", "earlier", "until", "till", "spater", "alt", "her", "plus"])


def _out_of(words: list[Word], at: int, number: float, language: str) -> tuple[float, int] | None:
    """Nine out of ten; neun von zehn; neuf sur dix."""
    reads = [word.read for word in words[at : at + 3]]
    skip = 2 if reads[:2] == ["out", "of"] else 1 if reads[:1] in (["in"], ["von"], ["sur"]) else 0
    if not skip or at + skip >= len(words):
        return None
    whole, end = number_at(words, at + skip, language)
    if whole not in (5, 10, 20, 100, 1000) or number > whole or _unit(words, end + 1, language)[0]:
        return None
    return 100 * number / whole, end


def _bound(words: list[Word], at: int) -> str:
    before = [word.read for word in words[max(0, at - 3) : at]]
    near = set(before[-2:])
    if near & OVER or before[-2:] in (["at", "least"], ["au", "moins"]) or near & {"mindestens", "minimum"}:
        return "over"
    return "under" if near & UNDER else ""


def _ranges(found: list[Quantity], words: list[Word]) -> list[Quantity]:
    """The first of "62 to 127 cm" takes the unit of the second."""
    for at in range(len(found) - 1):
        one, two = found[at], found[at + 1]
        if one.measure == "count" and two.first - one.last == 2 and words[one.last + 1].read in RANGE:
            factor = two.amount / _bare(words, two) if _bare(words, two) else 1.0
            if two.measure not in ("count", "year", "date"):
                found[at] = Quantity(one.first, one.last, two.measure, one.amount * factor, one.bound)
    return found


def _bare(words: list[Word], quantity: Quantity) -> float:
    for word in words[quantity.first : quantity.last + 1]:
        figure = figure_of(word.read)
        if figure:
            return figure
    for language in NUMBERS:
        value = NUMBERS[language].get(words[quantity.first].read)
        if value:
            return float(value)
    return 0.0
