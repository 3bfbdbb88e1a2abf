"""The code of a request, and the mark in the browser of whoever typed it; neither is kept here."""

import hmac
from datetime import datetime, timedelta

from django.core import signing
from django.utils.crypto import salted_hmac

from songsheet.intake.privacy.models import Ask

#: How long a code may be typed, how often, and how long the page stays open afterwards.
HOLDS, MOST_TRIES, OPEN = timedelta(minutes=15), 5, timedelta(minutes=30)
COOKIE = "privacy"
_SALT = "songsheet.intake.privacy"


def keyed(what: str, value: str) -> str:
    """A hash by which the same value is known again, and nothing else."""
    return salted_hmac(f"{_SALT}.{what}", value, algorithm="sha256").hexdigest()


def code_of(ask: Ask) -> str:
    """Eight digits."""
    number = int.from_bytes(salted_hmac(f"{_SALT}.code", ask.key, algorithm="sha256").digest()[:8])
    return f"{number % 10**8:08d}"


def fits(ask: Ask, code: str) -> bool:
    """Whether this is the code, however it is spaced."""
    typed = "".join(code.split())
    return typed.isascii() and hmac.compare_digest(typed, code_of(ask))


def mark_of(ask: Ask) -> str:
    """What the browser keeps that typed the code."""
    return signing.dumps(ask.key, salt=_SALT)


def may_see(ask: Ask, mark: str, at: datetime) -> bool:
    """Whether this browser typed the code, not too long ago."""
    if ask.proven_at is None or ask.proven_at + OPEN < at:
        return False
    try:
        return bool(signing.loads(mark, salt=_SALT) == ask.key)
    except signing.BadSignature:
        return False
