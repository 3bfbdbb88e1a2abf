"""The registry of personal values, as erasure and export read it; the table itself stands in config."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.utils.module_loading import import_string

#: empty: the row stays, the value goes. delete: the row goes. scrub: only what names the person goes,
#: wherever it stands in the value. ours: about a member, who is no buyer.
Erasure = Literal["empty", "delete", "scrub", "ours"]


@dataclass(frozen=True, slots=True)
class Personal:
    """How the rows of a person are found, and what erasure does to the value.

    `of` is SQL over the row `it` and its `person`, with these parameters: `ids` of the person's records,
    `keys` of the person, leads, deals, touches and tasks, `systems` and `externals` for what other systems
    call them, `mentions` for patterns of whatever names them, `words` of their names. `to` is SQL for what
    stands there afterwards, where that is not simply nothing.
    """

    of: str
    erasure: Erasure
    to: str = ""


def registry() -> Mapping[str, Personal]:
    """Column → whose it is and how it is erased: the table that the settings name."""
    table: Mapping[str, Personal] = import_string(settings.PERSONAL_VALUES)
    return table


def by_table(*erasures: Erasure) -> dict[str, dict[str, Personal]]:
    """Table → its columns that are erased in one of these ways."""
    found: dict[str, dict[str, Personal]] = {}
    for name, personal in registry().items():
        table, _, column = name.partition(".")
        if personal.erasure in erasures:
            found.setdefault(table, {})[column] = personal
    return found
