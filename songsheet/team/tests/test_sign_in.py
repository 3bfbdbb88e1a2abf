"""Signing in: with mail and password, slowed down when it fails, with a second factor; nobody signs up."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client

PASSWORD = "four desks and a lamp"


@pytest.fixture
def priya(cast: dict[str, Any]) -> Any:
    cache.clear()
    cast["priya"].set_password(PASSWORD)
    cast["priya"].save()
    return cast["priya"]


def sign_in(client: Client, login: str, password: str = PASSWORD) -> Any:
    return client.post("/accounts/login/", {"login": login, "password": password})


def code_now(secret: str) -> str:
    return f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06d}"


def test_a_member_signs_in_with_mail_and_password(priya: Any) -> None:
    client = Client()
    answer = sign_in(client, priya.email.upper())
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/team").status_code == 200


def test_nobody_is_sent_to_sign_in_and_back(db: None) -> None:
    answer = Client().get("/leads?state=open")
    assert answer["Location"] == "/accounts/login/?next=%2Fleads%3Fstate%3Dopen"


def test_a_wrong_password_and_an_unknown_address_look_the_same(priya: Any) -> None:
    said = [
        sign_in(Client(), login, "wrong wrong wrong").content.decode().split('role="alert">')[1][:80]
        for login in (priya.email, "nobody@aldermoor.example")
    ]
    assert said[0] == said[1]


def test_after_five_failures_the_right_password_waits_too(priya: Any) -> None:
    client = Client()
    for _ in range(5):
        assert sign_in(client, priya.email, "wrong wrong wrong").status_code == 200
    assert sign_in(client, priya.email).status_code == 200
    assert client.get("/team").status_code == 302


def test_who_left_cannot_sign_in(priya: Any) -> None:
    priya.state = "left"
    priya.save()
    client = Client()
    sign_in(client, priya.email)
    assert client.get("/team").status_code == 302


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "confirm-email/", "confirm-email/abc/", "password/set/"]
)
def test_pages_that_we_do_not_want_are_closed(path: str, priya: Any) -> None:
    client = Client()
    for _ in range(2):
        assert client.get(f"/accounts/{path}").status_code == 404
        assert client.post(f"/accounts/{path}").status_code == 404
        client.force_login(priya)


OURS = ["login/", "password/reset/", "password/change/", "logout/", "reauthenticate/"]
FACTORS = ["2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/"]


@pytest.mark.parametrize("path", OURS + FACTORS)
def test_pages_of_signing_in_are_ours_and_need_no_inline_script(path: str, priya: Any) -> None:
    client = Client()
    if path not in ("login/", "password/reset/"):
        sign_in(client, priya.email)
    if path in FACTORS:
        assert client.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302
    answer = client.get(f"/accounts/{path}")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert 'class="outside"' in text
    for script in text.split("<script")[1:]:
        opening = script.split(">")[0]
        assert "src=" in opening or "application/json" in opening
    assert "onclick" not in text
    assert "style=" not in text


def test_a_second_factor_is_set_up_on_the_pages_and_gives_recovery_codes(priya: Any) -> None:
    client = Client()
    sign_in(client, priya.email)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.get("/accounts/2fa/totp/activate/")
    code = code_now(client.session["mfa.totp.secret"])
    assert client.post("/accounts/2fa/totp/activate/", {"code": code}).status_code == 302
    page = client.get("/accounts/2fa/recovery-codes/")
    assert page.status_code == 200
    assert (
        len(RecoveryCodes(Authenticator.objects.get(user=priya, type="recovery_codes")).get_unused_codes())
        == 10
    )


def test_a_second_factor_is_asked_for_once_it_is_set(priya: Any) -> None:
    secret = generate_totp_secret()
    TOTP.activate(priya, secret)
    client = Client()
    answer = sign_in(client, priya.email)
    assert "/2fa/authenticate/" in answer["Location"]
    assert client.get("/team").status_code == 302
    assert client.get("/accounts/2fa/authenticate/").status_code == 200
    answer = client.post("/accounts/2fa/authenticate/", {"code": code_now(secret)})
    assert answer.status_code == 302
    assert client.get("/team").status_code == 200


def test_a_link_for_a_new_password_does_not_go_round_the_second_factor(
    priya: Any, cast: dict[str, Any]
) -> None:
    from songsheet.team.acting import as_member
    from songsheet.team.actions import invite_member
    from songsheet.team.queries import now

    TOTP.activate(priya, generate_totp_secret())
    invited = invite_member(key=priya.key, by=as_member(cast["ruth"]), at=now())
    client = Client()
    client.post(invited.path, {"name": "Priya Raman", "password": PASSWORD + "s"})
    assert client.get("/team").status_code == 302
    assert "/2fa/authenticate/" in sign_in(client, priya.email, PASSWORD + "s")["Location"]


def test_the_pages_forbid_inline_script(priya: Any) -> None:
    policy = Client().get("/accounts/login/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in policy
