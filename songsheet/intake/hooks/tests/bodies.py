"""Bodies as providers send them, and signing as they sign."""

import base64
import hmac
from hashlib import sha1, sha256
from time import time
from typing import Any
from urllib.parse import urlencode

import orjson
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, derive_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

TYPEFORM: dict[str, Any] = {
    "event_id": "01KTYPEFORM",
    "event_type": "form_response",
    "form_response": {
        "token": "t1",
        "submitted_at": "2026-05-12T09:30:00Z",
        "hidden": {"utm_source": "Newsletter", "utm_campaign": "May"},
        "definition": {
            "title": "Ask for a price",
            "fields": [
                {"id": "a", "title": "Your mail"},
                {"id": "b", "title": "How many chairs?"},
                {"id": "c", "title": "Which rooms?"},
            ],
        },
        "answers": [
            {"type": "email", "email": "ida@northfield.example", "field": {"id": "a", "ref": "mail"}},
            {"type": "number", "number": 12, "field": {"id": "b", "ref": "count"}},
            {"type": "choices", "choices": {"labels": ["Hall", "Foyer"]}, "field": {"id": "c", "ref": "r"}},
            {"type": "text", "text": "Ida", "field": {"id": "d", "ref": "first_name"}},
            {"type": "text", "text": "Brandt", "field": {"id": "e", "ref": "last_name"}},
        ],
    },
}
CALENDLY: dict[str, Any] = {
    "event": "invitee.created",
    "created_at": "2026-05-12T09:30:00Z",
    "payload": {
        "uri": "https://api.calendly.com/scheduled_events/E/invitees/I",
        "name": "Ida Brandt",
        "email": "ida@northfield.example",
        "tracking": {"utm_source": "Newsletter"},
        "questions_and_answers": [{"question": "What about?", "answer": "Twelve chairs"}],
        "scheduled_event": {
            "name": "Half an hour",
            "start_time": "2026-06-01T10:00:00Z",
            "event_memberships": [{"user_email": "priya@aldermoor.example"}],
        },
    },
}
ZOOM: dict[str, Any] = {
    "event": "webinar.registration_created",
    "event_ts": 1778578200000,
    "payload": {
        "object": {
            "uuid": "w==",
            "topic": "Chairs in May",
            "registrant": {
                "id": "R1",
                "email": "ida@northfield.example",
                "first_name": "Ida",
                "last_name": "B",
            },
        }
    },
}
AIRCALL: dict[str, Any] = {
    "event": "call.ended",
    "resource": "call",
    "token": "",
    "data": {
        "id": 812,
        "direction": "inbound",
        "started_at": 1778578200,
        "answered_at": 1778578205,
        "duration": 95,
        "raw_digits": "+44 20 7183 8750",
        "user": {"email": "priya@aldermoor.example"},
        "contact": {"first_name": "Ida", "last_name": "Brandt", "emails": []},
    },
}
TWILIO = {
    "CallSid": "CA1",
    "CallStatus": "completed",
    "Direction": "inbound",
    "From": "+442071838750",
    "To": "+442071838799",
    "CallDuration": "61",
    "Timestamp": "Tue, 12 May 2026 09:30:00 +0000",
}
POSTMARK: dict[str, Any] = {
    "RecordType": "SpamComplaint",
    "MessageID": "m1",
    "Email": "ida@northfield.example",
    "BouncedAt": "2026-05-12T09:30:00Z",
    "Subject": "Our chairs",
}
SENDGRID: list[dict[str, Any]] = [
    {"event": "delivered", "sg_event_id": "s1", "email": "ida@northfield.example", "timestamp": 1778578200},
    {"event": "open", "sg_event_id": "s2", "email": "ida@northfield.example", "timestamp": 1778578201},
    {"event": "bounce", "email": "jon@northfield.example", "timestamp": 1778578202},
]


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


_PRIVATE = derive_private_key(7**40, SECP256R1())
#: What SendGrid shows as the verification key.
PUBLIC = base64.b64encode(
    _PRIVATE.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
).decode()


def signed(
    way: str, secret: str, body: bytes, *, url: str = "", ago: float = 0, id_: str = "m1"
) -> dict[str, str]:
    """The headers with which a provider sends a body, so many seconds ago."""
    stamp = str(int(time() - ago))
    code = secret.encode()
    if way == "standard":
        key = base64.b64decode(secret.removeprefix("whsec_"))
        made = _b64(hmac.digest(key, f"{id_}.{stamp}.".encode() + body, sha256))
        return {"webhook-id": id_, "webhook-timestamp": stamp, "webhook-signature": f"v1,AAAA v1,{made}"}
    if way == "hub":
        return {"X-Hub-Signature-256": f"sha256={hmac.digest(code, body, sha256).hex()}"}
    if way == "typeform":
        return {"Typeform-Signature": f"sha256={_b64(hmac.digest(code, body, sha256))}"}
    if way == "calendly":
        made = hmac.digest(code, f"{stamp}.".encode() + body, sha256).hex()
        return {"Calendly-Webhook-Signature": f"t={stamp},v1={made}"}
    if way == "zoom":
        made = hmac.digest(code, f"v0:{stamp}:".encode() + body, sha256).hex()
        return {"x-zm-request-timestamp": stamp, "x-zm-signature": f"v0={made}"}
    if way == "twilio":
        fields = "".join(name + value for name, value in sorted(TWILIO.items()))
        return {"X-Twilio-Signature": _b64(hmac.digest(code, (url + fields).encode(), sha1))}
    if way == "sendgrid":
        made = _b64(_PRIVATE.sign(stamp.encode() + body, ECDSA(SHA256())))
        ours = secret == PUBLIC
        return {
            "X-Twilio-Email-Event-Webhook-Timestamp": stamp,
            "X-Twilio-Email-Event-Webhook-Signature": made if ours else _b64(b"nothing"),
        }
    if way == "shared":
        return {"Authorization": f"Basic {_b64(f'anybody:{secret}'.encode())}"}
    return {}


def sent(way: str, secret: str, body: Any) -> tuple[bytes, str]:
    """A body byte for byte, and its type."""
    if way == "twilio":
        return urlencode(body).encode(), "application/x-www-form-urlencoded"
    return orjson.dumps({**body, "token": secret} if way == "aircall" else body), "application/json"
