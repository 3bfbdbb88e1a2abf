"""Signed marks: when a form was shown, that a browser worked, whose mail it is. No state is kept."""

import hashlib
import hmac
import re
import secrets
from datetime import UTC, datetime
from typing import NamedTuple

from django.utils.crypto import salted_hmac

#: So many zero bits a browser has to find: a few thousand tries, a tenth of a second.
BITS = 13
_STAMP = re.compile(r"(\d{1,6})\.(\d{1,12})\.([A-Za-z0-9_-]{22})\.([0-9a-f]{40})")


class Stamp(NamedTuple):
    """Which version of a form was shown, when, and under which random number."""

    number: int
    shown_at: datetime
    nonce: str


def stamp(form: str, number: int, *, at: datetime) -> str:
    """The mark of one showing of a form."""
    said = f"{number}.{int(at.timestamp())}.{secrets.token_urlsafe(16)}"
    return f"{said}.{_signature(form, said)}"


def read_stamp(form: str, text: str) -> Stamp | None:
    """What a stamp of ours says, for this form alone; None for any other text."""
    found = _STAMP.fullmatch(text)
    if found is None:
        return None
    said = text.rpartition(".")[0]
    if not hmac.compare_digest(found[4], _signature(form, said)):
        return None
    return Stamp(int(found[1]), datetime.fromtimestamp(int(found[2]), UTC), found[3])


def has_worked(stamp: str, work: str) -> bool:
    """Whether the hash over stamp and work begins with enough zero bits."""
    if not work.isascii() or not work.isdecimal() or len(work) > 12:
        return False
    digest = hashlib.sha256(f"{stamp}:{work}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> (32 - BITS) == 0


def confirm_token(answer: str) -> str:
    """The secret of the one mail by which an answer is confirmed."""
    return f"{answer}.{_of_answer(answer)}"


def confirmed_by(token: str) -> str:
    """The answer that a token confirms; empty where it is none of ours."""
    answer, _dot, signature = token.partition(".")
    return answer if hmac.compare_digest(_of_answer(answer).encode(), signature.encode()) else ""


def _signature(form: str, said: str) -> str:
    return salted_hmac("songsheet.intake.forms.stamp", f"{form} {said}", algorithm="sha256").hexdigest()[:40]


def _of_answer(answer: str) -> str:
    made = salted_hmac("songsheet.intake.forms.confirm", answer, algorithm="sha256")
    return made.hexdigest()[:40]
