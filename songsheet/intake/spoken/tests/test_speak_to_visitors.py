"""Public pages speak the language of their form, or of whoever reads: every sentence in every language."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client, RequestFactory

from songsheet.intake.forms.actions import make_form
from songsheet.intake.forms.definition import Definition
from songsheet.intake.forms.mail_actions import send_confirmation
from songsheet.intake.forms.models import FormAnswer
from songsheet.intake.forms.stamps import stamp
from songsheet.intake.spoken.saying import LANGUAGES, say, say_day, say_refusal, spoken_by, words_of
from songsheet.team.acting import as_member
from songsheet.team.queries import now

_SAID = re.compile(r"""\{% say "([^"]+)\"""")
_PLACES = re.compile(r"%\(\w+\)s|#")


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_each_language_says_all_that_the_pages_say_with_the_same_values(language: str) -> None:
    folder = settings.PACKAGE / "intake" / "templates" / "intake"
    texts = [
        path.read_text("utf-8")
        for path in (*folder.glob("forms/*"), *folder.glob("privacy/*"), *folder.glob("appointments/*"))
    ]
    used = {one for text in texts for one in _SAID.findall(text)}
    words = words_of(language)
    assert used - set(words) == set()
    assert set(words) == set(words_of("de"))
    for english, said in words.items():
        assert sorted(_PLACES.findall(english)) == sorted(_PLACES.findall(said)), english
        assert said.strip() == said != ""


def test_figures_and_quoted_words_stay_as_they_are() -> None:
    sentence = "This has 4,100 characters; at most 4,000 fit. Shorten it."
    assert say_refusal("de", sentence) == "Das hat 4,100 Zeichen; höchstens 4,000 passen. Kürzen Sie es."
    assert say_refusal("fr-FR", "“x 1” is not a mail address. Correct it, or leave it empty.") == (
        "“x 1” n’est pas une adresse mail. Corrigez-la, ou laissez le champ vide."
    )
    assert say_refusal("de", "Nobody translated 5 of these.") == "Nobody translated 5 of these."
    assert say("sv", "Send") == "Send"


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("de-AT,en;q=0.5", "de"),
        ("sv, fr;q=0.3, es;q=0.7", "es"),
        ("", "en"),
        ("de;q=0", "en"),
        ("x;q=z", "en"),
    ],
)
def test_whoever_reads_is_asked_by_their_browser(asked: str, spoken: str, rf: RequestFactory) -> None:
    assert spoken_by(rf.get("/privacy", headers={"Accept-Language": asked})) == spoken


def test_days_are_written_as_they_are_there(at: datetime) -> None:
    told = [say_day(language, at, "Europe/London") for language in LANGUAGES]
    assert told == ["12 May 2026", "12. Mai 2026", "12 mai 2026", "12 de mayo de 2026", "12 de maio de 2026"]


def test_a_german_form_is_german_from_its_page_to_its_mail(cast: dict[str, Any]) -> None:
    fields = [
        {"name": "mail", "kind": "mail", "label": "Ihre Mail", "required": True},
        {"name": "asks", "kind": "long", "label": "Ihre Frage", "means": "question", "required": True},
    ]
    body = Definition.model_validate(
        {"title": "Fragen Sie", "fields": fields, "language": "de", "confirm": True, "button": ""}
    )
    form = make_form(name="Frage", body=body, by=as_member(cast["ruth"]), at=now())
    visitor = Client()
    page = visitor.get(f"/f/{form.key}").content.decode()
    assert '<html lang="de"' in page
    assert "(nötig)" in page
    assert ">Absenden<" in page
    wrong = visitor.post(f"/in/forms/{form.key}", {"mail": "x", "_stamp": stamp(form.key, 1, at=now())})
    said = wrong.content.decode()
    assert "Das ist keine Mailadresse" in said
    assert "Einige Antworten brauchen noch einen Blick." in said
    assert "Es wurde nichts gesendet" in said
    assert "Noch ein Schritt" in visitor.get(f"/f/{form.key}/thanks?confirm=1").content.decode()
    sent = {"mail": "a@b.example", "asks": "Was kostet es?", "_stamp": stamp(form.key, 1, at=now())}
    visitor.post(f"/in/forms/{form.key}", sent)
    FormAnswer.objects.update(state="waits")
    send_confirmation(FormAnswer.objects.get().key, at=now())
    (mailed,) = mail.outbox
    assert mailed.subject == "Bitte bestätigen: Fragen Sie"
    assert "Jemand hat diese Adresse am" in str(mailed.body)
    over = visitor.get("/f/form_nothing", headers={"Accept-Language": "fr"}).content.decode()
    assert "Ce formulaire n’existe pas" in over


def test_the_page_about_ones_data_is_read_in_the_browsers_language(cast: dict[str, Any]) -> None:
    visitor = Client(headers={"Accept-Language": "pt-BR"})
    page = visitor.get("/privacy").content.decode()
    assert "O que temos sobre si" in page
    assert '<html lang="pt"' in page
    refused = visitor.post("/privacy", {"mail": "nobody"}).content.decode()
    assert "não é um endereço de e-mail" in refused
