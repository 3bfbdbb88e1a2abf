"""A text is held against the song: what it says of claims, what facts contradict, what is left alone."""

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from songsheet.content.scan import Claim, Fact, Kind, Song, scan

RETURNS = Claim(
    "returns-window",
    "You can return what you bought within 30 days.",
    {
        "en": ["You can return what you bought within 30 days", "Thirty days to send it back"],
        "de": ["Rückgabe innerhalb von 30 Tagen"],
        "fr": ["Retour possible sous 30 jours"],
    },
    {"en": ["less a 15 % handling charge"]},
    "returns.days >= 30 days",
    "guarantee",
)
ANSWER = Claim(
    "answer-hours",
    "You get an answer within four working hours.",
    {"en": ["We answer within four working hours"]},
    {},
    "answer.hours <= 4 working hours",
)
PACKAGING = Claim("packaging", "We take all packaging away.", {"en": ["We take all packaging away with us"]})
FACTS = [
    Fact("returns.days", "How long a customer may send back what was bought", "duration", 30, "days", 60),
    Fact("answer.hours", "First answer to somebody who asks", "duration", 4, "working hours"),
    Fact(
        "returns.charge", "Share of the price kept for handling a return", "percentage", 1500, "basis points"
    ),
    Fact("shipping.free", "Delivery without a charge", "offering", "not offered"),
    Fact("guarantee.money_back", "The whole price back", "offering", "not offered"),
    Fact("gift.wrap", "Gifts", "offering", "not offered", words={"en": ["wrapped as a present"]}),
]
CLAIMS = [RETURNS, ANSWER, PACKAGING]
SONG = Song.of(CLAIMS, FACTS, names=("Aldermoor",))


def found(text: str, language: str = "en") -> set[tuple[Kind, str]]:
    return {(each.kind, each.key) for each in scan(text, language=language, song=SONG)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Good to know: we take all packaging away with us.", Kind.EXACT),
        ("The crew took away all packaging with us in mind.", Kind.ORDER),
        ("All packaging we take away with us.", Kind.ORDER),
        ("We are taking all packaging away with us.", Kind.INFLECTION),
        ("We take all pakcaging away with us.", Kind.NEAR),
        ("Boxes and wrapping leave with our van.", Kind.VARIANT),
    ],
)
def test_a_wording_is_found_however_it_is_said(text: str, kind: Kind) -> None:
    assert found(text) == {(kind, "packaging")}


def test_a_claim_without_its_qualifier_is_told_so() -> None:
    bare = "You can return what you bought within 30 days."
    assert found(bare) == {(Kind.UNQUALIFIED, "returns-window")}
    assert found(bare[:-1] + ", less a 15 % handling charge.") == {(Kind.EXACT, "returns-window")}


def test_a_qualifier_counts_in_the_next_sentence_but_not_in_another_paragraph() -> None:
    bare, qualifier = "You can return what you bought within 30 days.", "Less a 15 % handling charge."
    assert found(f"{bare} {qualifier}") == {(Kind.EXACT, "returns-window")}
    assert (Kind.UNQUALIFIED, "returns-window") in found(f"{bare}\n\n{qualifier}")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("You can send it back within 60 days.", "en"),
        ("You have two months to return it.", "en"),
        ("Keep it for a fortnight, then return it to us.", "en"),
        ("Our returns run for up to ninety days.", "en"),
        ("You can return it within at least six weeks.", "en"),
        ("Sie haben sechzig Tage zur Rückgabe.", "de"),
        ("Vous avez deux mois pour nous renvoyer vos achats.", "fr"),
    ],
)
def test_a_number_that_a_fact_contradicts_is_found_in_any_unit(text: str, language: str) -> None:
    assert (Kind.NUMBER, "returns.days") in found(text, language)


@pytest.mark.parametrize(
    "text", ["You can send it back within thirty days.", "You have a month to return it to us."]
)
def test_a_number_that_agrees_is_no_contradiction(text: str) -> None:
    assert not {kind for kind, _ in found(text)} & {Kind.NUMBER}


def test_why_names_what_the_text_says_and_what_the_fact_does() -> None:
    [each] = scan("Send it back within 60 days, we say.", language="en", song=SONG)
    assert each.why == "says 60 days where *returns.days* is 30 days; it was 60 days before"
    assert 0 < each.sure <= 1


@pytest.mark.parametrize(
    ("text", "language", "key"),
    [
        ("Shipping is on us, whatever you order.", "en", "shipping.free"),
        ("Wir liefern frei Haus.", "de", "shipping.free"),
        ("La livraison vous est offerte.", "fr", "shipping.free"),
        ("Not happy? We refund every pound.", "en", "guarantee.money_back"),
        ("Your chairs come wrapped as a present.", "en", "gift.wrap"),
    ],
)
def test_what_we_do_not_offer_is_found(text: str, language: str, key: str) -> None:
    assert found(text, language) == {(Kind.NOT_OFFERED, key)}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We do not offer free shipping.", "en"),
        ("Einen kostenlosen Versand bieten wir nicht an.", "de"),
        ("Is shipping free?", "en"),
        ("Buyer: you refund every pound, I hear. Guide: where did you hear it?", "en"),
        ("A rival says its chairs may be returned for 60 days.", "en"),
        ('You saw their ad: "your money back".', "en"),
        ("Until 2024 we had 90 days for sending things back.", "en"),
        ("Si nous offrions la livraison, il faudrait augmenter tous les prix.", "fr"),
        ("If we gave you sixty days to return it, nothing would change.", "en"),
        ("We open the returns desk 60 hours a week.", "en"),
        ("Our newsletter is delivered free of charge.", "en"),
        ("Many happy returns to all of you.", "en"),
    ],
)
def test_what_is_no_promise_is_left_alone(text: str, language: str) -> None:
    assert found(text, language) == set()


def test_the_order_of_claims_and_facts_changes_nothing() -> None:
    text = "All packaging we take away. Send it back within 60 days. Shipping is on us."
    turned = Song.of(CLAIMS[::-1], FACTS[::-1], names=("Aldermoor",))
    assert scan(text, language="en", song=SONG) == scan(text, language="en", song=turned)


def test_an_empty_song_has_nothing_to_say() -> None:
    assert scan("We deliver for free within 30 days.", language="en", song=Song.of([], [])) == []


def test_a_claim_may_have_words_that_nobody_reads() -> None:
    odd = [replace(PACKAGING, key="odd", wordings={"en": ["", "!!!", "the of and"]}, statement="…")]
    assert scan("The of and.", language="en", song=Song.of(odd, [])) == []


@given(st.text(max_size=400), st.sampled_from(["en", "de", "fr", "xx"]))
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_it_and_each_span_lies_in_the_text(text: str, language: str) -> None:
    for each in scan(text, language=language, song=SONG):
        assert 0 <= each.start < each.end <= len(text)
        assert text[each.start : each.end] == each.words
        assert 0 <= each.sure <= 1


WORDS = [
    "we",
    "60",
    "days",
    "you",
    "can",
    "return",
    "free",
    "shipping",
    "within",
    "not",
    "money",
    "back",
    "£",
    "5",
    "half",
    "a",
    "month",
    "of",
    "all",
    ",",
    "?",
    "3,5",
]


@given(st.lists(st.sampled_from(WORDS), max_size=60))
@settings(max_examples=150, deadline=None)
def test_no_jumble_of_its_own_words_breaks_it(words: list[str]) -> None:
    text = " ".join(words)
    assert all(text[each.start : each.end] == each.words for each in scan(text, language="en", song=SONG))


#: Each of a hundred thousand characters.
NONSENSE = {
    "one word": "x" * 100_000,
    "one number": "9" * 100_000,
    "one line": "return " * 14_000,
    "lines": "60 days\n" * 12_000,
    "turns": "Buyer: a\n" * 11_000,
    "quotes": '"' * 100_000,
    "denials": "not free delivery " * 5_500,
    "accents": "é" * 100_000,
    "long words": ("b" * 39 + " ") * 2_500,
}


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_takes_seconds_and_not_minutes(name: str) -> None:
    began = time.process_time()
    scan(NONSENSE[name], language="en", song=SONG)
    assert time.process_time() - began < 8


@pytest.mark.slow
@pytest.mark.parametrize("name", NONSENSE)
def test_a_megabyte_takes_about_ten_times_as_long(name: str) -> None:
    began = time.process_time()
    scan(NONSENSE[name] * 10, language="en", song=SONG)
    assert time.process_time() - began < 60
