"""Ways in and out: hosts, redirects, cookies, tokens of forms, signing in, logs, the shipped settings."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.test import Client

from songsheet.config.logs import LineFormatter
from songsheet.team.acting import as_system
from songsheet.team.actions import change_member
from songsheet.team.jobs import mail_password_link
from songsheet.team.queries import now
from tests.security.world import pages
from tests.serving import ROOT

PASSWORD = "four desks and a lamp"
ELSEWHERE = (
    "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example",
    "http:///evil.example", "javascript:alert(1)", "data:text/html,x", " //evil.example", "\t//evil.example",
    "https://testserver@evil.example/", "https://evil.example\\@testserver/", "%2f%2fevil.example",
    "/%09/evil.example", "///evil.example", "ftp://testserver/", "//evil%E3%80%82example",
)  # fmt: skip


@pytest.fixture
def priya(cast: dict[str, Any]) -> Any:
    cache.clear()
    cast["priya"].set_password(PASSWORD)
    cast["priya"].save()
    return cast["priya"]


def sign_in(client: Client, login: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/accounts/login/", {"login": login, "password": password, **more})


def test_signing_in_and_out_never_leads_elsewhere(priya: Any) -> None:
    for number, target in enumerate(ELSEWHERE):
        client = Client()
        if number == 0:
            stays_here(sign_in(client, priya.email, next=target).get("Location", "/"))
        client.force_login(priya)
        for given in (
            client.get("/accounts/login/", {"next": target}),
            client.post("/accounts/login/", {"login": "x", "password": "x", "next": target}),
            client.post("/accounts/logout/", {"next": target}),
        ):
            stays_here(given.get("Location", "/"))


def test_no_form_of_ours_leads_elsewhere(cast: dict[str, Any], client_of: Callable[..., Client]) -> None:
    client = client_of(cast["ruth"])
    for page in [one for one in pages() if "<" not in one]:
        for target in ELSEWHERE[:3]:
            answer = client.post(
                f"/{page}?next={target}", {"next": target, "query": target}, headers={"Referer": target}
            )
            stays_here(answer.get("Location", "/"))


def stays_here(location: str) -> None:
    """What a browser makes of it stays on this host."""
    plain = location.strip().replace("\\", "/").replace("\t", "")
    led = urlsplit(urljoin("http://testserver/accounts/login/", plain))
    assert (led.scheme, led.netloc) == ("http", "testserver"), location


def test_another_host_is_refused(priya: Any) -> None:
    for host in ("evil.example", "testserver.evil.example", "evil.example:80", "a@testserver", " "):
        for address in ("/accounts/login/", "/", "/api/v1/people"):
            answer = Client(raise_request_exception=False).get(address, headers={"Host": host})
            assert answer.status_code == 400, f"{address} at {host}"
            assert "evil" not in answer.content.decode()


def test_a_link_in_a_mail_leads_to_the_address_of_the_settings_alone(priya: Any) -> None:
    Client().post("/accounts/password/reset/", {"email": priya.email}, headers={"Host": "localhost"})
    mail_password_link(key=priya.key)  # asked for by that
    (sent,) = mail.outbox
    links = [word for word in sent.body.split() if "://" in word]
    assert links, sent.body
    assert all(link.startswith(f"{settings.ENVIRONMENT.url}/") for link in links), links


def test_cookies_are_for_this_site_alone_and_no_script_reads_who_is_signed_in(priya: Any) -> None:
    answer = sign_in(Client(), priya.email)
    session = answer.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert all(one["samesite"] in ("Lax", "Strict") for one in answer.cookies.values())


def test_the_session_is_another_after_signing_in_and_nothing_after_signing_out(priya: Any) -> None:
    client = Client()
    client.get("/accounts/login/")
    before = client.session.session_key
    sign_in(client, priya.email)
    assert client.session.session_key != before
    old = client.cookies["sessionid"].value
    client.post("/accounts/logout/")
    client.cookies["sessionid"] = old
    assert client.get("/team").status_code == 302


def test_a_new_password_ends_the_other_sessions(priya: Any) -> None:
    here, there = Client(), Client()
    sign_in(here, priya.email)
    sign_in(there, priya.email)
    priya.set_password("seven desks and a lamp")
    priya.save()
    assert there.get("/team").status_code == 302


def test_an_unknown_address_is_answered_in_the_same_words_after_the_same_work(
    priya: Any, cast: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Work is counted in passwords hashed, since a clock tells little on a busy machine."""
    hashed: list[str] = []
    encode = Argon2PasswordHasher.encode

    def counted(self: Any, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    def verified(self: Any, password: str, encoded: str) -> bool:
        hashed.append(password)
        return False

    monkeypatch.setattr(Argon2PasswordHasher, "encode", counted)
    monkeypatch.setattr(Argon2PasswordHasher, "verify", verified)
    cast["tom"].set_unusable_password()
    cast["tom"].save()
    cast["diane"].set_password(PASSWORD)
    change_member(cast["diane"].key, state="left", by=as_system("tests"), at=now())
    said, worked = {}, {}
    for login in (priya.email, "nobody@aldermoor.example", cast["diane"].email, cast["tom"].email):
        cache.clear()
        hashed.clear()
        answer = sign_in(Client(), login, "wrong wrong wrong")
        said[login] = (answer.status_code, answer.content.decode().split('role="alert">')[1][:120])
        worked[login] = len(hashed)
    assert len(set(said.values())) == 1, said
    assert set(worked.values()) == {1}, worked


def test_forgetting_a_password_tells_nobody_who_is_here(priya: Any) -> None:
    answers = [
        Client().post("/accounts/password/reset/", {"email": login})
        for login in (priya.email, "nobody@aldermoor.example")
    ]
    assert len({(one.status_code, one["Location"]) for one in answers}) == 1
    assert all(priya.name not in one.body for one in mail.outbox if one.to != [priya.email])


def test_guessing_is_slowed_down_for_an_address_wherever_it_comes_from(priya: Any) -> None:
    for number in range(6):
        Client(REMOTE_ADDR=f"192.0.2.{number}").post(
            "/accounts/login/", {"login": priya.email, "password": "wrong wrong wrong"},
            headers={"X-Forwarded-For": f"198.51.100.{number}"},
        )  # fmt: skip
    client = Client(REMOTE_ADDR="192.0.2.99")
    sign_in(client, priya.email)
    assert client.get("/team").status_code == 302


def test_no_line_of_the_log_holds_a_token_a_password_or_an_address(
    priya: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = Client(raise_request_exception=False)
    secrets = ("songsheet_zqtoken", "zqpassword zq", "zqinvitation", "zq@aldermoor.example")
    sign_in(client, secrets[3], secrets[1])
    client.get("/api/v1/people", headers={"Authorization": f"Bearer {secrets[0]}"})
    client.get(f"/join/{secrets[2]}")
    client.get(f"/nowhere/{secrets[2]}?email={secrets[3]}")
    client.get("/", headers={"Host": "evil.example"})
    client.post("/leads/x/take", headers={"Origin": "https://evil.example"})
    lines = [
        LineFormatter().format(record) for record in caplog.records if not record.name.startswith("django.db")
    ]
    told = [line for line in lines if any(secret in line for secret in secrets)]
    assert not told, "\n".join(told)


def test_the_shipped_settings_are_fit_for_the_world(tmp_path: Path) -> None:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("SONGSHEET_", "DJANGO_"))
    }
    given = {
        "SONGSHEET_HOME": str(tmp_path), "SONGSHEET_URL": "https://songsheet.company.example",
        "DATABASE_URL": "postgresql://localhost/none", "DJANGO_SETTINGS_MODULE": "songsheet.config.settings",
    }  # fmt: skip
    script = (
        "import django, json; django.setup()\n"
        "from django.conf import settings as s; from django.core.checks import run_checks\n"
        "found = [str(one) for one in run_checks(include_deployment_checks=True)"
        " if one.level > 20 and not one.is_silenced()]\n"
        "print(json.dumps([found, s.ALLOWED_HOSTS, s.DEBUG, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " s.SECURE_HSTS_SECONDS, s.SECURE_PROXY_SSL_HEADER]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=kept | given,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found, hosts, debug, session, csrf, hsts, proxy = json.loads(done.stdout)
    assert found == []
    assert set(hosts) == {"songsheet.company.example", "localhost", "127.0.0.1", "[::1]"}
    assert (debug, session, csrf) == (False, True, True)
    assert hsts >= 31_536_000
    assert proxy == ["HTTP_X_FORWARDED_PROTO", "https"]
