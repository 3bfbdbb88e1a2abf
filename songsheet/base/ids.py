"""Outside keys: a prefix and the lowercase Crockford base32 of a UUIDv7, sortable by time."""

import re

import uuid_utils

from songsheet.base.refusals import NotFound

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
BODY_PATTERN = "[0-7][0-9a-hjkmnp-tv-z]{25}"
_PAIRS = [a + b for a in ALPHABET for b in ALPHABET]
_SHIFTS = range(120, -1, -10)
_KEY = re.compile(f"([a-z]+)_({BODY_PATTERN})")


class NotAKey(NotFound):
    """What was given does not have the form of a key."""

    code = "not_a_key"

    def __init__(self, given: str) -> None:
        super().__init__(f"“{given[:60]}” is not a key of ours. Copy it again from where it stands.")


def new_key(prefix: str) -> str:
    """A fresh key such as `lead_01k…`."""
    number = uuid_utils.uuid7().int
    return prefix + "_" + "".join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])


def many_keys(prefix: str, count: int) -> list[str]:
    """As many fresh keys as asked, in ascending order."""
    return [new_key(prefix) for _ in range(count)]


def prefix_of(key: str) -> str:
    """The prefix of a well-formed key; anything else is refused."""
    match = _KEY.fullmatch(key)
    if not match:
        raise NotAKey(key)
    return match[1]
