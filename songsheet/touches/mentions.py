"""@mentions: typed by name, kept by the member's key, shown by the name the member has today."""

import re
from collections.abc import Iterable, Mapping

from songsheet.base.ids import BODY_PATTERN
from songsheet.team.models import Member

#: How a mention stands in a text.
MENTION = re.compile(rf"@(member_{BODY_PATTERN})(?![0-9a-z])")
MOST = 50


def mentioned(text: str) -> list[str]:
    """The keys of the members that a kept text mentions, each once, in order."""
    return list(dict.fromkeys(MENTION.findall(text)))[:MOST] if "@member_" in text else []


def to_keys(text: str) -> str:
    """A text as typed, with `@Name` of members who work here turned into their keys; the longest name wins.

    Of two of the same name neither is meant; the address after the @ says which.
    """
    if "@" not in text:
        return text
    keys: dict[str, str] = {}
    for key, name, email in Member.objects.active().values_list("key", "name", "email"):
        for called in (name, email):
            if called:
                keys[called.lower()] = "" if called.lower() in keys else key
    known = sorted((name for name, key in keys.items() if key), key=len, reverse=True)
    if not known:
        return text
    pattern = re.compile(rf"(?<![\w@])@({'|'.join(map(re.escape, known))})(?!\w)", re.IGNORECASE)
    return pattern.sub(lambda found: f"@{keys[found[1].lower()]}", text)


def to_names(text: str, names: Mapping[str, str]) -> str:
    """A kept text as one types it: names in the place of keys."""
    return MENTION.sub(lambda found: f"@{names.get(found[1], found[1])}", text)


def names_in(texts: Iterable[str]) -> dict[str, str]:
    """The names of everybody whom these texts mention; no statement where nobody is."""
    keys = {key for text in texts for key in mentioned(text)}
    return dict(Member.objects.filter(key__in=keys).values_list("key", "name")) if keys else {}
