"""Where somebody came from: out of the page before, campaign marks and click ids. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from songsheet.base.text import fold
from songsheet.intake.event import UtmIn
from songsheet.intake.links.hosts import (
    ADVERTISEMENT,
    ASSISTANT,
    BRAND,
    CLICK_IDS,
    KIND_OF_BRAND,
    KIND_OF_HOST,
    KIND_OF_NAME,
    MAIL,
    MEDIA,
    PAID,
    SEARCH,
    SOCIAL,
    WEBMAIL,
)


class Whence(NamedTuple):
    """A word of the vocabulary of sources, and the medium; both empty where it says nothing."""

    source: str
    medium: str


#: Our own page before: who was here already.
NOWHERE = Whence("", "")
DIRECT = Whence("Direct", "none")
_OTHER_SITE = Whence("Other websites", "referral")
_OTHER_MARK = Whence("Other campaigns", "other")
_PAID_FOR = {
    SEARCH: Whence("Paid search", "cpc"),
    SOCIAL: Whence("Paid social", "paid social"),
    ADVERTISEMENT: Whence("Advertising", "display"),
    "": Whence("Advertising", "paid"),
}
_FREE = {
    SEARCH: Whence("Organic search", "organic"),
    SOCIAL: Whence("Social media", "social"),
    ASSISTANT: Whence("AI assistants", "assistant"),
    MAIL: Whence("Mail", "email"),
    ADVERTISEMENT: Whence("Advertising", "display"),
}


def whence(
    referrer_host: str,
    utm: UtmIn | None,
    click_ids: Iterable[str],
    own_hosts: Collection[str],
    words: Mapping[str, str] | None = None,
) -> Whence:
    """The source and medium of an arrival. What a campaign mark says goes first, then click ids, then the
    page before; a stranger's word is never a source by itself.

    `click_ids` are their names. `words` is the vocabulary, folded name → name: a campaign mark that is one of
    its words means that word.
    """
    source, medium = (utm.source, utm.medium) if utm else ("", "")
    ids = [CLICK_IDS[name.lower()] for name in click_ids if name.lower() in CLICK_IDS]
    kind = kind_of(source) if source else ""
    answer = _by_marks(kind, spelled(medium), paid=any(paid for _, paid in ids))
    if answer is None and ids:
        best = max(ids, key=lambda one: one[1])
        answer = (_PAID_FOR if best[1] else _FREE)[best[0]]
    if answer is None:
        answer = _by_referrer(referrer_host, own_hosts, is_marked=bool(source or medium))
    known = (words or {}).get(fold(source)) or (words or {}).get(fold(re.sub(r"[_+-]", " ", source)))
    return Whence(known, answer.medium) if known else answer


def spelled(medium: str) -> str:
    """A medium as it is looked up: without case, blanks, dots and dashes."""
    return re.sub(r"[\s_.-]", "", medium.lower())


def kind_of(place: str) -> str:
    """search, social, assistant, mail or advertisement by host or name; empty for any other."""
    host = place.strip().lower().rstrip(".")
    labels = host.split(".")
    for first in range(len(labels) - 1):
        if kind := KIND_OF_HOST.get(".".join(labels[first:])):
            return kind
    if WEBMAIL.fullmatch(host):
        return MAIL
    if len(labels) == 1:
        return KIND_OF_NAME.get(host) or KIND_OF_BRAND.get(host, "")
    found = BRAND.fullmatch(host)
    return KIND_OF_BRAND.get(found["brand"], "") if found else ""


def _by_marks(kind: str, medium: str, *, paid: bool) -> Whence | None:
    if medium in PAID or (paid and kind in _PAID_FOR and kind):
        own = Whence(*MEDIA[medium]) if medium in MEDIA else _PAID_FOR[""]
        return _PAID_FOR.get(kind, own) if kind else own
    if medium in MEDIA and not paid:
        return Whence(*MEDIA[medium])
    return _FREE.get(kind) if kind and not paid else None


def _by_referrer(host: str, own_hosts: Collection[str], *, is_marked: bool) -> Whence:
    plain = host.strip().lower().rstrip(".")
    if plain and not is_marked and plain in own_hosts:
        return NOWHERE
    if kind := kind_of(plain):
        return _FREE[kind]
    if is_marked:
        return _OTHER_MARK
    return _OTHER_SITE if plain else DIRECT
