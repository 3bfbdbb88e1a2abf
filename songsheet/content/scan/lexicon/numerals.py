"""Numbers written out, fractions and units by language; compounds are put together here."""

from itertools import product

from songsheet.content.scan.lexicon import of_words

_EN = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_EN_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_DE = [
    "null",
    "eins",
    "zwei",
    "drei",
    "vier",
    "funf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwolf",
    "dreizehn",
    "vierzehn",
    "funfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
]
_DE_TENS = ["zwanzig", "dreissig", "vierzig", "funfzig", "sechzig", "siebzig", "achtzig", "neunzig"]
_FR = [
    "zero",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
]
_FR_TENS = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}


def _german() -> dict[str, int]:
    found = {word: at for at, word in enumerate(_DE)} | {"zwei": 2, "zwo": 2}
    for at, tens in enumerate(_DE_TENS):
        found[tens] = 20 + 10 * at
        for one, word in enumerate(["ein", *_DE[2:10]], 1):
            found[f"{word}und{tens}"] = 20 + 10 * at + one
    below = dict(found)
    for many, word in enumerate(["ein", *_DE[2:10]], 1):
        found[f"{word}hundert"] = 100 * many
        found |= {f"{word}hundert{rest}": 100 * many + value for rest, value in below.items() if value}
    return found | {"hundert": 100, "tausend": 1000, "dutzend": 12}


#: One word that is a number by itself; `hundred` and the like multiply what stands before.
NUMBERS: dict[str, dict[str, int]] = {
    "en": {word: at for at, word in enumerate(_EN)}
    | {word: 20 + 10 * at for at, word in enumerate(_EN_TENS)}
    | {"dozen": 12, "couple": 2},
    "de": _german(),
    "fr": {word: at for at, word in enumerate(_FR)}
    | _FR_TENS
    | {"une": 1, "vingts": 20, "douzaine": 12, "dizaine": 10},
}
TIMES = {
    "en": {"hundred": 100, "thousand": 1000, "million": 1_000_000, "k": 1000, "m": 1_000_000},
    "de": {"hundert": 100, "tausend": 1000, "million": 1_000_000, "millionen": 1_000_000, "mio": 1_000_000},
    "fr": {"cent": 100, "cents": 100, "mille": 1000, "million": 1_000_000, "millions": 1_000_000},
}
ORDINARY = {
    "en": {"a": 1, "an": 1},
    "de": {"ein": 1, "eine": 1, "einen": 1, "einem": 1, "einer": 1, "eines": 1},
    "fr": {"un": 1, "une": 1},
}
FRACTIONS = {
    "en": {
        "half": 0.5,
        "quarter": 0.25,
        "third": 1 / 3,
        "fifth": 0.2,
        "tenth": 0.1,
        "quarters": 0.25,
        "thirds": 1 / 3,
        "fifths": 0.2,
        "tenths": 0.1,
        "eighth": 0.125,
        "sixth": 1 / 6,
    },
    "de": {
        "halfte": 0.5,
        "viertel": 0.25,
        "drittel": 1 / 3,
        "funftel": 0.2,
        "zehntel": 0.1,
        "halbe": 0.5,
        "halbes": 0.5,
        "halben": 0.5,
    },
    "fr": {
        "moitie": 0.5,
        "quart": 0.25,
        "quarts": 0.25,
        "tiers": 1 / 3,
        "cinquieme": 0.2,
        "cinquiemes": 0.2,
        "dixieme": 0.1,
        "dixiemes": 0.1,
        "demi": 0.5,
        "demie": 0.5,
    },
}
MONTHS = {
    name: 1 + at % 12
    for at, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
            "januar",
            "februar",
            "marz",
            "april",
            "mai",
            "juni",
            "juli",
            "august",
            "september",
            "oktober",
            "november",
            "dezember",
            "janvier",
            "fevrier",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "aout",
            "septembre",
            "octobre",
            "novembre",
            "decembre",
        ]
    )
}
RANGE = frozenset(["to", "bis", "a", "and", "und", "et", "or", "oder", "ou", "through"])
OVER = of_words(
    """
    over above beyond uber exceed exceeding mehr plus more depasse
    """
)
UNDER = frozenset(["under", "below", "less", "weniger", "unter", "moins", "fewer"])


def _french_tens() -> None:
    """Soixante-dix, quatre-vingt-douze: words that stand apart are added by the reader."""
    fr = NUMBERS["fr"]
    for tens, one in product(("soixante", "quatrevingt"), range(10, 20)):
        fr[f"{tens}{_FR[one] if one <= 16 else 'dix' + _FR[one - 10]}"] = {"soixante": 60, "quatrevingt": 80}[
            tens
        ] + one


_french_tens()
