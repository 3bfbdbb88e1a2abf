"""The pages on which a visitor books speak the language of their page."""

from datetime import date
from typing import Any

import pytest
from django.core import mail as box
from django.test import Client

from songsheet.intake.appointments.offer import Offer, asks
from songsheet.intake.appointments.tests.booking import booked, monday, page_of
from songsheet.intake.spoken.saying import say_weekday


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Tuesday, 12 May 2026"),
        ("de", "Dienstag, 12. Mai 2026"),
        ("fr", "mardi, 12 mai 2026"),
        ("pt", "terça-feira, 12 de maio de 2026"),
    ],
)
def test_a_day_is_named_in_the_language(language: str, said: str) -> None:
    assert say_weekday(language, date(2026, 5, 12)) == said


def test_a_german_page_asks_in_german_and_keeps_its_own_words() -> None:
    given: dict[str, Any] = {"title": "Rundgang", "way": "phone", "language": "de", "members": ["member_1"]}
    form = asks(Offer.model_construct(**given, button="Book this time", about="Wie viele Plätze?"))
    assert [one.label for one in form.fields][:3] == ["Ihr Name", "Ihre Mailadresse", "Ihre Telefonnummer"]
    assert form.button == "Diese Zeit buchen"
    assert "Wie viele Plätze?" in [one.label for one in form.fields]


def test_the_mails_of_a_german_page_are_german(cast: dict[str, Any]) -> None:
    page = page_of(cast["priya"], by=cast["priya"], language="de")
    booked(Client(), page, monday(9), says="Es ist gebucht", zone="Europe/Berlin")
    asked, news = box.outbox[-2:]
    assert asked.subject == "Bitte bestätigen: Half an hour"
    assert "Wenn Sie das waren, öffnen Sie diese Seite" in asked.body
    assert "ist gebucht:\nMontag, " in news.body
    assert "Mit Priya Raman" in news.body
    assert news.subject == "Gebucht: Half an hour"
