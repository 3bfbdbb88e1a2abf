"""Whether one of a hook's secrets signed what came: each provider's way, over the body as it came."""

import base64
import hmac
from binascii import Error as NotBase64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha1, sha256
from urllib.parse import parse_qsl

import orjson
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from songsheet.intake.hooks.errors import NotSigned

#: A signed time may lie so many seconds behind or ahead of ours.
APART = 300


@dataclass(frozen=True, slots=True)
class Came:
    """A request to a hook: its body byte for byte, its headers by lowercase name, our address of it, when."""

    body: bytes
    headers: Mapping[str, str]
    url: str
    seconds: float

    def header(self, name: str) -> str:
        return self.headers.get(name, "")


Check = Callable[[Came, str], bool]


def must_be_signed(signing: str, secrets: Sequence[str], came: Came) -> None:
    """Refuse what none of the secrets signed, or what was signed too long ago."""
    check = WAYS[signing].check
    if not any(check(came, secret) for secret in secrets):
        raise NotSigned


def _equal(ours: str | bytes, given: str | bytes) -> bool:
    one, other = (each.encode() if isinstance(each, str) else each for each in (ours, given))
    return hmac.compare_digest(one, other)


def _is_now(stamp: str, came: Came, *, unit: int = 1) -> bool:
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 15):
        return False
    return abs(came.seconds - int(stamp) / unit) <= APART


def _hex(secret: str, signed: bytes) -> str:
    return hmac.digest(secret.encode(), signed, sha256).hex()


def _standard(came: Came, secret: str) -> bool:
    """Standard Webhooks: webhook-id, webhook-timestamp, and v1 signatures in base64."""
    id_, stamp = came.header("webhook-id"), came.header("webhook-timestamp")
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (NotBase64, ValueError):
        return False
    if not (id_ and key and _is_now(stamp, came)):
        return False
    ours = base64.b64encode(hmac.digest(key, f"{id_}.{stamp}.".encode() + came.body, sha256)).decode()
    given = came.header("webhook-signature").split(" ")[:10]
    return any(_equal(f"v1,{ours}", one) for one in given)


def _hub(came: Came, secret: str) -> bool:
    """X-Hub-Signature-256 or X-Signature: hex over the body."""
    given = came.header("x-hub-signature-256") or came.header("x-signature")
    return _equal(_hex(secret, came.body), given.removeprefix("sha256="))


def _typeform(came: Came, secret: str) -> bool:
    """Typeform-Signature: base64 over the body."""
    ours = base64.b64encode(hmac.digest(secret.encode(), came.body, sha256)).decode()
    return _equal(f"sha256={ours}", came.header("typeform-signature"))


def _calendly(came: Came, secret: str) -> bool:
    """Calendly-Webhook-Signature: t=time,v1=hex over time and body."""
    parts = dict(parse_qsl(came.header("calendly-webhook-signature")[:500].replace(",", "&")))
    stamp = parts.get("t", "")
    if not _is_now(stamp, came):
        return False
    return _equal(_hex(secret, f"{stamp}.".encode() + came.body), parts.get("v1", ""))


def _zoom(came: Came, secret: str) -> bool:
    """x-zm-signature: v0=hex over `v0:time:body`."""
    stamp = came.header("x-zm-request-timestamp")
    if not _is_now(stamp, came):
        return False
    ours = _hex(secret, f"v0:{stamp}:".encode() + came.body)
    return _equal(f"v0={ours}", came.header("x-zm-signature"))


def _twilio(came: Came, secret: str) -> bool:
    """X-Twilio-Signature: base64 of the SHA-1 code over our address and the sorted fields; their only way."""
    try:
        fields = sorted(set(parse_qsl(came.body.decode(), keep_blank_values=True, max_num_fields=200)))
    except (UnicodeDecodeError, ValueError):
        return False
    signed = came.url + "".join(name + value for name, value in fields)
    ours = base64.b64encode(hmac.digest(secret.encode(), signed.encode(), sha1)).decode()
    return _equal(ours, came.header("x-twilio-signature"))


def _sendgrid(came: Came, secret: str) -> bool:
    """X-Twilio-Email-Event-Webhook-Signature: over time and body, by the key of which the public half is ours
    to keep."""
    stamp = came.header("x-twilio-email-event-webhook-timestamp")
    if not _is_now(stamp, came):
        return False
    try:
        public = load_der_public_key(base64.b64decode(secret, validate=True))
        made = base64.b64decode(came.header("x-twilio-email-event-webhook-signature"), validate=True)
        if not isinstance(public, EllipticCurvePublicKey):
            return False
        public.verify(made, stamp.encode() + came.body, ECDSA(SHA256()))
    except (NotBase64, ValueError, UnsupportedAlgorithm, InvalidSignature):
        return False
    return True


def _aircall(came: Came, secret: str) -> bool:
    """The token of the webhook, in the body itself."""
    try:
        body = orjson.loads(came.body)
    except orjson.JSONDecodeError:
        return False
    given = body.get("token") if isinstance(body, dict) else None
    return isinstance(given, str) and _equal(secret, given)


def _shared(came: Came, secret: str) -> bool:
    """The secret itself: as Bearer, as the password of Basic, or in X-Hook-Secret."""
    kind, _blank, given = came.header("authorization").partition(" ")
    if kind.lower() == "basic":
        try:
            given = base64.b64decode(given, validate=True).decode().partition(":")[2]
        except (NotBase64, ValueError):
            return False
    elif kind.lower() != "bearer":
        given = came.header("x-hook-secret")
    return _equal(secret, given)


@dataclass(frozen=True, slots=True)
class Way:
    """A way to sign: its label, the check, and whether the provider makes the secret."""

    label: str
    check: Check
    is_theirs: bool = False


WAYS: dict[str, Way] = {
    "standard": Way("Standard Webhooks", _standard),
    "hub": Way("HMAC-SHA256 of the body in hex (X-Hub-Signature-256 or X-Signature)", _hub),
    "typeform": Way("Typeform's signature", _typeform),
    "calendly": Way("Calendly's signature", _calendly),
    "zoom": Way("Zoom's signature, by the secret token of your Zoom app", _zoom, is_theirs=True),
    "twilio": Way("Twilio's signature, by the auth token of your account", _twilio, is_theirs=True),
    "sendgrid": Way(
        "SendGrid's signature, by the verification key of its event webhook", _sendgrid, is_theirs=True
    ),
    "aircall": Way("Aircall's token in the body", _aircall, is_theirs=True),
    "shared": Way("A shared secret, as Bearer, as Basic password or in X-Hook-Secret", _shared),
}
