"""What providers send by hooks: signed, read, kept once; what does not fit is held back."""

from datetime import datetime
from io import BytesIO
from typing import Any

import orjson
import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from songsheet.intake.event import Arrived
from songsheet.intake.hooks import actions, door_views
from songsheet.intake.hooks.errors import ShapeRefused
from songsheet.intake.hooks.models import Hook, HookSecret
from songsheet.intake.hooks.tests import bodies
from songsheet.intake.hooks.tests.bodies import sent, signed
from songsheet.intake.inbox.models import HeldBack, Inbox, Seen
from songsheet.team.acting import Acting, as_member

THEIRS = "a-secret-that-the-provider-made"
IDA = "ida@northfield.example"
#: Shape → a body, and what the events in it must say.
SHAPES: dict[str, tuple[Any, list[dict[str, Any]]]] = {
    "typeform": (
        bodies.TYPEFORM,
        [
            {
                "type": "form", "id": "01KTYPEFORM", "person": {"mail": IDA, "name": "Ida Brandt"},
                "utm": {"source": "Newsletter", "campaign": "May"}, "subject": "Ask for a price",
                "text": f"Your mail: {IDA}\nHow many chairs?: 12\nWhich rooms?: Hall, Foyer\nIda\nBrandt",
            }
        ],
    ),
    "calendly": (
        bodies.CALENDLY,
        [
            {
                "type": "meeting", "status": "booked", "member": "priya@aldermoor.example",
                "text": "For 2026-06-01T10:00:00Z\nWhat about?: Twelve chairs",
            }
        ],
    ),
    "zoom": (bodies.ZOOM, [{"type": "webinar", "status": "registered", "subject": "Chairs in May"}]),
    "aircall": (
        bodies.AIRCALL,
        [{"type": "call", "id": "812", "seconds": 95, "status": "answered"}],
    ),
    "twilio": (bodies.TWILIO, [{"type": "call", "seconds": 61, "person": {"phone": "+442071838750"}}]),
    "postmark": (
        bodies.POSTMARK,
        [{"type": "mail", "status": "complained", "consents": [{"purpose": "mail", "granted": False}]}],
    ),
    "sendgrid": (bodies.SENDGRID[:2], [{"type": "mail", "status": "delivered", "direction": "out"}]),
}  # fmt: skip


@pytest.fixture
def ruth(cast: dict[str, Any]) -> Acting:
    return as_member(cast["ruth"])


def post(hook: Hook, body: bytes, headers: dict[str, str], kind: str = "application/json") -> Any:
    return Client().post(f"/in/hooks/{hook.key}", body, content_type=kind, headers=headers)


def url_of(hook: Hook) -> str:
    return f"{settings.ENVIRONMENT.url}/in/hooks/{hook.key}"


@pytest.mark.parametrize("shape", SHAPES)
def test_each_provider_is_read_once_and_only_when_it_signed(shape: str, ruth: Acting, at: datetime) -> None:
    theirs = bodies.PUBLIC if shape == "sendgrid" else THEIRS
    hook, secret = actions.make_hook(name="x", shape=shape, secret=theirs, by=ruth, at=at)
    given, expected = SHAPES[shape]
    body, kind = sent(hook.signing, secret, given)
    headers = signed(hook.signing, secret, body, url=url_of(hook))

    first = post(hook, body, headers, kind)
    assert (first.status_code, first.json()["accepted"]) == (202, len(expected)), first.content
    again = post(hook, body, headers, kind)
    assert (again.json()["accepted"], again.json()["duplicates"]) == (0, len(expected))

    kept = [Arrived.model_validate_json(one.body).event for one in Inbox.objects.order_by("id")]
    for event, fields in zip(kept, expected, strict=True):
        said = event.model_dump(mode="json", exclude_defaults=True)
        assert event.system == hook.key
        assert {name: said[name] for name in fields} == fields
    assert Seen.objects.count() == len(expected)

    for other in ({}, signed(hook.signing, "another-secret-of-somebody", b"{}", url=url_of(hook))):
        forged = post(hook, body.replace(THEIRS.encode(), b"no"), other, kind)
        assert (forged.status_code, forged.json()["code"]) == (401, "not_signed")
    assert Inbox.objects.count() == len(expected)


@pytest.mark.parametrize("way", ["standard", "calendly", "zoom", "sendgrid"])
def test_what_was_signed_more_than_five_minutes_away_is_refused(way: str, ruth: Acting, at: datetime) -> None:
    shape = "mapped" if way == "standard" else way
    theirs = bodies.PUBLIC if way == "sendgrid" else THEIRS
    hook, secret = actions.make_hook(name="x", shape=shape, secret=theirs, by=ruth, at=at)
    given: Any = {"zoom": bodies.ZOOM, "sendgrid": bodies.SENDGRID}.get(way, bodies.CALENDLY)
    body = orjson.dumps(given)
    for ago in (290, -290):
        assert post(hook, body, signed(way, secret, body, ago=ago)).status_code == 202
    for ago in (320, -320):
        assert post(hook, body, signed(way, secret, body, ago=ago)).status_code == 401
    changed = {**signed(way, secret, body), "x-zm-request-timestamp": "²", "webhook-timestamp": "9" * 40}
    assert post(hook, body + b" ", changed).status_code == 401


def test_several_secrets_hold_until_one_is_ended(ruth: Acting, at: datetime) -> None:
    hook, old = actions.make_hook(name="x", shape="typeform", by=ruth, at=at)
    _, new = actions.add_secret(hook.key, by=ruth, at=at)
    body = orjson.dumps(bodies.TYPEFORM)
    assert [post(hook, body, signed("typeform", one, body)).status_code for one in (old, new)] == [202, 202]
    actions.end_secret(hook.key, HookSecret.objects.order_by("id")[0].key, by=ruth, at=at)
    assert [post(hook, body, signed("typeform", one, body)).status_code for one in (old, new)] == [401, 202]
    assert not HookSecret.objects.filter(sealed__contains=new).exists()
    actions.take_hook_out(hook.key, by=ruth, at=at)
    assert post(hook, body, signed("typeform", new, body)).status_code == 404


def test_a_mapping_is_kept_once_it_reads_a_sample_and_then_reads_what_comes(
    ruth: Acting, at: datetime
) -> None:
    hook, secret = actions.make_hook(name="x", shape="mapped", source="Fair", by=ruth, at=at)
    body = orjson.dumps({"visits": [{"who": {"m": IDA}, "t": 1778578200}, {"who": {"m": "not a mail" * 60}}]})
    early = post(hook, body, signed("standard", secret, body, id_="m0")).json()
    assert (early["accepted"], len(early["held_back"])) == (0, 1)

    mapping = {"each": "visits", "type": "=visit", "person.mail": "who.m", "at": "t"}
    sample: dict[str, Any] = {"visits": [{"who": {"m": IDA}}]}
    for wrong in ({**mapping, "nobody": "x"}, {**mapping, "each": "v"}, {**mapping, "person.mail": ""}):
        with pytest.raises(ShapeRefused):
            actions.change_hook(hook.key, mapping=wrong, sample=sample, by=ruth, at=at)
    with pytest.raises(ShapeRefused):
        actions.change_hook(hook.key, mapping=mapping, sample={"visits": []}, by=ruth, at=at)
    actions.change_hook(hook.key, mapping=mapping, sample=sample, by=ruth, at=at)

    headers = signed("standard", secret, body)
    answer = post(hook, body, headers).json()
    assert (answer["accepted"], len(answer["held_back"])) == (1, 1)
    assert post(hook, body, headers).json()["duplicates"] == 1
    event = Arrived.model_validate_json(Inbox.objects.get().body).event
    assert event.person
    assert (event.type, event.person.mail, event.source) == ("visit", IDA, "Fair")
    held = HeldBack.objects.get(field="person.mail")
    assert (held.key, held.feed, held.state) == (answer["held_back"][0], hook.key, "waiting")


def test_hostile_bodies_are_held_back_or_refused_and_never_fail(ruth: Acting, at: datetime) -> None:
    hook, secret = actions.make_hook(name="x", shape="typeform", by=ruth, at=at)
    deep = b'{"a":' * 500 + b"1" + b"}" * 500
    future = {**bodies.TYPEFORM["form_response"], "submitted_at": "2099-01-01T00:00:00Z"}
    nul = {**bodies.TYPEFORM["form_response"], "definition": {"title": "a\x00b"}}
    strange: list[Any] = [
        deep, b"", b"{", b"\xff\xfe", b"[1]", b'"x"', b"null", b'{"event_type": "form_response"}',
        {"event_type": "form_response", "form_response": [], "event_id": {"a": 1}},
        {"event_type": "form_response", "form_response": {"answers": [1, None, {"type": ["x"]}]}},
        {**bodies.TYPEFORM, "form_response": future}, {**bodies.TYPEFORM, "form_response": nul},
        {**bodies.TYPEFORM, "event_id": "x" * 900},
    ]  # fmt: skip
    for one in strange:
        body = one if isinstance(one, bytes) else orjson.dumps(one)
        answer = post(hook, body, signed("typeform", secret, body))
        assert answer.status_code == 202, body[:60]
        assert answer.json()["accepted"] == 0 or b"xxx" in body, body[:60]
    assert HeldBack.objects.count() == len(strange) - 1
    other = b'{"event_type": "form_opened"}'
    assert post(hook, other, signed("typeform", secret, other)).json()["ignored"] is True
    big = b'{"a": "' + b"x" * 2**20 + b'"}'
    assert post(hook, big, signed("typeform", secret, big)).status_code == 413
    assert Client().get(f"/in/hooks/{hook.key}").status_code == 405
    for key in ("nothing", "hook_00000000000000000000000000", "%00", "a" * 300):
        answer = Client().post(f"/in/hooks/{key}", b"{}", content_type="application/json")
        assert answer.status_code in (404, 422)


def test_who_sends_too_often_is_told_when_to_go_on(
    ruth: Acting, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook, secret = actions.make_hook(name="x", shape="typeform", by=ruth, at=at)
    other, its = actions.make_hook(name="y", shape="typeform", by=ruth, at=at)
    monkeypatch.setattr(door_views, "A_MINUTE", 2)
    body = orjson.dumps(bodies.TYPEFORM)
    codes = [post(hook, body, signed("typeform", secret, body)).status_code for _ in range(2)]
    assert codes == [202, 202]
    refused = post(hook, body, signed("typeform", secret, body))
    if refused.status_code == 429:  # a minute may have ended between the two
        assert 1 <= int(refused["Retry-After"]) <= 60
    refused = [post(hook, body, signed("typeform", secret, body)) for _ in range(3)][-1]
    assert (refused.status_code, refused.json()["code"]) == (429, "too_often")
    assert post(hook, body, {}).status_code == 401, "what is not signed is not counted"
    assert post(other, body, signed("typeform", its, body)).status_code == 202, "each by itself"


def test_a_body_in_chunks_is_read_whole(ruth: Acting, at: datetime, rf: RequestFactory) -> None:
    hook, secret = actions.make_hook(name="x", shape="typeform", by=ruth, at=at)
    body = orjson.dumps(bodies.TYPEFORM)
    headers = {**signed("typeform", secret, body), "Transfer-Encoding": "chunked"}
    for sent_body, status in ((body, 202), (body + b" " * door_views.MOST_BYTES, 413)):
        request = rf.post(f"/in/hooks/{hook.key}", content_type="application/json", headers=headers)
        request.META.pop("CONTENT_LENGTH", None)
        request.META["wsgi.input"] = BytesIO(sent_body)
        answer = door_views.hook(request, hook.key)
        assert answer.status_code == status
    assert Inbox.objects.count() == 1


def test_an_opened_mail_is_nothing(ruth: Acting, at: datetime) -> None:
    """Programs open mails: no shape brings it in, whatever was consented to."""
    hook, _ = actions.make_hook(name="x", shape="sendgrid", secret=bodies.PUBLIC, by=ruth, at=at)
    opened = [{"event": "open", "sg_event_id": "s9", "email": IDA, "timestamp": 1778578201}]
    body = orjson.dumps(opened)
    answer = post(hook, body, signed("sendgrid", bodies.PUBLIC, body))
    assert (answer.status_code, answer.json()["ignored"]) == (202, True)
    hook, secret = actions.make_hook(name="x", shape="postmark", by=ruth, at=at)
    body = orjson.dumps({"RecordType": "Open", "MessageID": "1", "Recipient": IDA})
    assert post(hook, body, signed("shared", secret, body)).json()["ignored"]
    assert not Inbox.objects.exists()
