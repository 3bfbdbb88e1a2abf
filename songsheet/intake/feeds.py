"""What sends to us by its name: a site, a hook, a link, the key of a program."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from songsheet.intake.hooks.models import Hook
from songsheet.intake.links.models import Link
from songsheet.intake.sites.models import Site
from songsheet.team.models import ApiKey

#: Prefix of a key → what has it, and how it is called.
_NAMED: dict[str, tuple[type[Model], str]] = {
    "site": (Site, "name"), "hook": (Hook, "name"), "link": (Link, "name"), "key": (ApiKey, "label"),
}  # fmt: skip


def names_of(feeds: Iterable[str]) -> dict[str, str]:
    """The names of those that have one, by key; what is called by a word of its own stays as it is."""
    of_kind: dict[str, set[str]] = {}
    for feed in feeds:
        of_kind.setdefault(feed.partition("_")[0], set()).add(feed)
    found: dict[str, Any] = {}
    for prefix, (model, column) in _NAMED.items():
        if keys := of_kind.get(prefix):
            found |= dict(model._default_manager.filter(key__in=keys).values_list("key", column))
    return {key: name for key, name in found.items() if name}
