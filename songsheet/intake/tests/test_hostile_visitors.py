"""What visitors send to do harm: nothing is led elsewhere, nothing taken that is not theirs."""

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.core import mail
from django.test import Client

from songsheet.buyers.models import Person
from songsheet.intake.forms.actions import make_form
from songsheet.intake.forms.definition import Definition
from songsheet.intake.forms.mail_actions import send_confirmation
from songsheet.intake.forms.models import Form, FormAnswer
from songsheet.intake.forms.public_views import LARGEST
from songsheet.intake.forms.stamps import confirm_token, stamp
from songsheet.intake.models import HeldBack, Inbox, Link, Site
from songsheet.intake.tests.knocking import Answer, Knocker, knocking
from songsheet.team.acting import as_member
from songsheet.team.queries import now
from songsheet.touches.models import Touch

HOME = "https://www.desk.example"
EVIL = (
    "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example",
    "https:evil.example", "HTTPS://EVIL.EXAMPLE/", "javascript:alert(1)", "java\tscript:alert(1)",
    "data:text/html,x", "@evil.example", ".evil.example", ":80@evil.example", "#@evil.example",
    "?@evil.example", "%2f%2fevil.example", "%5c%5cevil.example", "..%2f..%2fevil.example",
    "%0d%0aLocation:https://evil.example", "\r\nSet-Cookie: a=b", "%e5%98%8a%e5%98%8dX: y", "\x00evil",
    "https://www.desk.example@evil.example", "https://www.desk.example.evil.example", "http://[::1]/",
)  # fmt: skip
NAMES = ("url", "next", "to", "target", "redirect", "utm_source", "gclid", "ss", "utm_x", "")


@pytest.fixture
def link(own_database: str, at: datetime) -> Link:
    Site.objects.create(name="Desk", origins=[HOME], mode="stitched", made_at=at)
    marks = {"source": "Letter", "campaign": 'a"><script>&ss=x'}
    return Link.objects.create(token="Chairs", name="C", target=f"{HOME}/chairs", utm=marks, made_at=at)


def spellings() -> Iterator[str]:
    """Addresses of a link that would have it lead elsewhere."""
    for name in NAMES:
        for one in EVIL:
            yield f"/l/Chairs?{name}={one}"
            yield f"/l/Chairs?{name}={quote(one, safe='')}"
    for one in EVIL:
        yield f"/l/Chairs{one}"
        yield f"/l/{one}"


def test_whatever_is_asked_for_a_link_leads_to_its_own_page_or_nowhere(link: Link) -> None:
    every = list(spellings())
    assert len(every) > 500

    async def script(door: Knocker) -> list[tuple[str, Answer]]:
        found = []
        for one in every:
            path, _, query = one.partition("?")
            found.append((one, await door.ask("GET", f"{quote(path)}?{quote(query, safe='=%&+/:@#')}")))
        return found

    for one, answer in knocking(script):
        assert answer.status in (302, 404), one
        assert "set-cookie" not in answer.headers
        assert not [name for name in answer.headers if name.startswith("x-") and "y" in answer.headers[name]]
        if answer.status == 404:
            assert "location" not in answer.headers
            continue
        where = answer.headers["location"]
        assert where.isascii()
        assert where.isprintable(), one
        parts = urlsplit(where)
        assert (parts.scheme, parts.netloc, parts.path) == ("https", "www.desk.example", "/chairs"), one
        assert len(parse_qs(parts.query)["ss"][-1]) == 36
        assert parts.query.count("&ss=") + parts.query.startswith("ss=") == 1, one


def test_nobody_guesses_a_link(link: Link) -> None:
    async def script(door: Knocker) -> None:
        for _ in range(300):
            page = await door.ask("GET", f"/l/{secrets.token_urlsafe(16)}")
            assert page.status == 404
            assert b"Chairs" not in page.body
        for near in ("chairs", "Chair", "Chairs ", "Chairs%00", "Chairs/", "%43hairs.", "Chairs'--"):
            assert (await door.ask("GET", f"/l/{quote(near)}")).status == 404, near

    knocking(script)
    assert not Inbox.objects.exists()


FIELDS: list[dict[str, Any]] = [
    {"name": "name", "label": "Your name", "means": "name", "required": True},
    {"name": "mail", "kind": "mail", "label": "Your mail", "required": True},
    {"name": "asks", "kind": "long", "label": "What do you want to know?", "means": "question"},
]


@pytest.fixture
def form(cast: dict[str, Any]) -> Form:
    body = Definition.model_validate({"title": "Ask", "fields": FIELDS, "confirm": True})
    return make_form(name="Ask", body=body, by=as_member(cast["ruth"]), at=now())


def typed(form: Form, **given: Any) -> dict[str, Any]:
    mark = stamp(form.key, form.number, at=now() - timedelta(minutes=1))
    return {"name": "Nils", "mail": "nils@lake.example", "asks": "Chairs?", "_stamp": mark, **given}


@pytest.mark.parametrize(
    "address",
    [
        "a@x.example\nBcc: b@x.example", "a@x.example\r\nBcc: b@x.example", "a@x.example%0aBcc:b@x.example",
        "a@x.example,b@x.example", "a@x.example;b@x.example", "a@x.example b@x.example", "<a@x.example>, b",
        '"a\nBcc: b"@x.example', "a@x.example\x0bBcc: b@x.example", "a@x.example\u2028Bcc: b@x.example",
    ],
)  # fmt: skip
def test_no_address_that_is_typed_brings_a_header_or_another_reader(form: Form, address: str) -> None:
    answer = Client().post(f"/in/forms/{form.key}", typed(form, mail=address, name="N\r\nBcc: b@x.example"))
    for one in FormAnswer.objects.all():
        send_confirmation(one.key, at=now())
    for sent in mail.outbox:
        assert len(sent.to) == 1
        assert not sent.cc
        assert not sent.bcc
        assert sent.message()["Bcc"] is None
        assert "\n" not in sent.subject
        assert sent.to[0].count("@") == 1
    assert answer.status_code in (303, 422)
    if answer.status_code == 422:
        assert not FormAnswer.objects.exists()
        assert not mail.outbox


def test_no_mail_is_confirmed_by_what_is_forged_guessed_or_of_another(form: Form) -> None:
    public = Client()
    for number in (1, 2):
        given = typed(form, mail=f"n{number}@lake.example")
        assert public.post(f"/in/forms/{form.key}", given).status_code == 303
    one, other = FormAnswer.objects.order_by("id")
    mark, theirs = confirm_token(one.key), confirm_token(other.key)
    signature = mark.partition(".")[2]
    forged = [
        f"{other.key}.{signature}", f"{one.key}.{theirs.partition('.')[2]}", mark[:-1], f"{mark}0",
        mark.upper(), f"{one.key}.", f".{signature}", f"{one.key}.{'0' * 40}", f"{mark}.{signature}",
        f"{one.key}%00.{signature}", f"{one.key}.{signature[::-1]}", "'; select 1--", "%2e%2e%2f",
        f"{one.key}.{signature[:-1]}é",
        *(f"{one.key}.{secrets.token_hex(20)}" for _ in range(50)),
    ]  # fmt: skip
    for token in forged:
        for ask in (public.get, public.head, public.post):
            assert ask(f"/f/{form.key}/confirm/{quote(token, safe='%')}").status_code == 404, token
    assert not Person.objects.exists()
    assert not Touch.objects.exists()
    for _ in range(5):  # replayed
        assert public.post(f"/f/{form.key}/confirm/{mark}").status_code == 200
    assert Touch.objects.count() == Person.objects.count() == 1
    assert FormAnswer.objects.get(id=other.pk).state == "waits"


def test_a_form_takes_no_body_that_is_huge_nested_or_of_another_kind(form: Form) -> None:
    public, to = Client(), f"/in/forms/{form.key}"
    deep = b'{"answers":' + b'{"a":' * 20_000 + b"1" + b"}" * 20_001
    bodies = [
        (b'{"answers": {"asks": "' + b"x" * LARGEST + b'"}}', "application/json"),
        (b"asks=" + b"x" * (LARGEST + 1), "application/x-www-form-urlencoded"),
        (deep, "application/json"), (b"[" * 60_000, "application/json"), (b"\xff\xfe{", "application/json"),
        (b'{"answers": [1, 2]}', "application/json"),
        (b'{"answers": {"mail": {"a": 1}}}', "application/json"),
        (b"null", "application/json"), (b"&".join(b"a%d=1" % n for n in range(8_000)), "text/plain"),
        (b"&".join(b"a%d=1" % n for n in range(8_000)), "application/x-www-form-urlencoded"),
        (b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n", "multipart/form-data; boundary=x"),
    ]  # fmt: skip
    for body, kind in bodies:
        answer = public.post(to, body, content_type=kind)
        assert 400 <= answer.status_code < 500, (kind, body[:40], answer.status_code)
    assert not FormAnswer.objects.exists()
    assert not HeldBack.objects.exists()
