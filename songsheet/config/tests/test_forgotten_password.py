"""Who forgot their password asks for a link by mail, over real SMTP; nobody learns who is a member."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from songsheet.notices.tests import test_mail
from songsheet.team.jobs import mail_password_link

smtp = test_mail.smtp
NEW = "six chairs and a window"
ASK = "/accounts/password/reset/"


@pytest.fixture(autouse=True)
def nobody_asked_yet(db: None) -> None:
    cache.clear()


def asked(address: str) -> tuple[int, str]:
    answer = Client().post(ASK, {"email": address})
    return answer.status_code, answer.get("Location", "")


def links_asked_for() -> list[str]:
    jobs = ProcrastinateJob.objects.filter(task_name=mail_password_link.name)
    return [job.args["key"] for job in jobs]


def test_a_link_sets_a_new_password_once(cast: dict[str, Any], smtp: Any) -> None:
    priya, browser = cast["priya"], Client()
    elsewhere = Client()
    elsewhere.force_login(priya)
    assert "Forgot your password?" in browser.get("/accounts/login/").content.decode()
    assert asked(priya.email.upper()) == (302, f"{ASK}done/")
    (key,) = links_asked_for()
    mail_password_link(key=key)
    (sent,) = smtp.mails
    text = sent.get_payload(decode=True).decode()
    assert sent["To"] == priya.email
    (link,) = re.findall(r"https://songsheet\.example(/accounts/password/reset/key/\S+)", text)
    page = browser.get(link)
    assert page.status_code == 302  # the secret leaves the address
    there = page["Location"]
    refused = browser.post(there, {"password1": "short", "password2": "short"})
    assert "12 characters" in refused.content.decode()
    done = browser.post(there, {"password1": NEW, "password2": NEW}, follow=True)
    assert "Your password is set" in done.content.decode()
    assert elsewhere.get("/team").status_code == 302
    assert browser.get("/team").status_code == 302  # set, not signed in
    again = Client().get(link)
    assert (again.status_code, "does not hold any more" in again.content.decode()) == (200, True)
    assert browser.post("/accounts/login/", {"login": priya.email, "password": NEW})["Location"] == "/"


def test_the_answer_is_the_same_for_everybody_and_only_members_get_a_mail(
    cast: dict[str, Any], smtp: Any
) -> None:
    for name, state in (("jonas", "left"), ("diane", "elsewhere")):
        cast[name].state = state
        cast[name].save()
    for address in ("nobody@aldermoor.example", cast["jonas"].email, cast["diane"].email):
        assert asked(address) == (302, f"{ASK}done/")
    assert links_asked_for() == []
    for expected in (302, 302, 302, 429):
        status, _where = asked(cast["priya"].email)
        assert status == expected
    assert links_asked_for() == [cast["priya"].key]
    cast["priya"].state = "left"
    cast["priya"].save()
    mail_password_link(key=cast["priya"].key)
    assert smtp.mails == []


def test_a_link_ends_after_some_hours(
    cast: dict[str, Any], smtp: Any, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail_password_link(key=cast["priya"].key)
    (link,) = re.findall(r"example(/accounts/\S+)", smtp.mails[0].get_payload(decode=True).decode())
    assert Client().get(link).status_code == 302
    monkeypatch.setattr(settings, "PASSWORD_RESET_TIMEOUT", -1)
    assert "does not hold any more" in Client().get(link).content.decode()


def test_without_a_mail_server_it_says_whom_to_ask(
    cast: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
    for answer in (Client().get(ASK), Client().post(ASK, {"email": cast["priya"].email})):
        assert (answer.status_code, "ask an administrator" in answer.content.decode()) == (200, True)
    assert links_asked_for() == []


def test_a_member_who_went_astray_keeps_the_frame_and_a_stranger_sees_a_plain_page(
    cast: dict[str, Any],
) -> None:
    client = Client()
    client.force_login(cast["priya"])
    for path, status, words in (
        ("/nothing-here", 404, "Ctrl-K searches everything"),
        ("/buyers/person_nobody", 404, "Ctrl-K"),
        ("/settings/fields", 403, "another role"),
    ):
        answer = client.get(path)
        page = answer.content.decode()
        assert (answer.status_code, 'class="rail"' in page, words in page) == (status, True, True), path
    for came, leads_back in (("http://testserver/leads?state=open", True), ("https://evil.example/", False)):
        page = client.post("/imports/new", headers={"Referer": came}).content.decode()
        assert (came in page, "Back to where you were" in page) == (leads_back, leads_back)
    stranger = Client().get("/join/nothing")
    assert 'class="outside"' in stranger.content.decode()
    assert "rail" not in stranger.content.decode()
