"""Who somebody is, in every spelling by which a row, a file or a text may name them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from songsheet.base.bulk import rows
from songsheet.base.text import fold
from songsheet.find.words import name_words

_SHORTEST = 5
_FEWEST_DIGITS = 7


@dataclass(frozen=True)
class Whose:
    """A person's records, what belongs to them, and the values that name them in other places."""

    ids: list[int]
    people: list[str]
    keys: list[str]
    names: list[str]
    called: list[str]
    parts: list[tuple[str, str]]
    mails: list[str]
    phones: list[str]
    externals: list[tuple[str, str]]

    @cached_property
    def spelled(self) -> list[str]:
        """What names them inside a longer text, folded: whole names, mail addresses, numbers."""
        given = {fold(one) for one in (*self.names, *self.mails, *self.phones)}
        return sorted(one for one in given if len(one) >= _SHORTEST)

    @property
    def values(self) -> dict[str, Any]:
        """The parameters of the registry's SQL."""
        return {
            "ids": self.ids,
            "keys": self.keys,
            "systems": [system for system, _ in self.externals],
            "externals": [given for _, given in self.externals],
            "mentions": self.mentions,
            "words": sorted(name_words(" ".join(self.called))),
        }

    @property
    def mentions(self) -> list[str]:
        """Patterns for LIKE, in lower case, of whatever names them or something of theirs."""
        raw = {one.lower() for one in (*self.names, *self.mails, *self.phones) if len(one) >= _SHORTEST}
        return [f"%{_literal(one)}%" for one in sorted({*self.keys, *raw})]

    def is_named_in(self, text: str) -> bool:
        """Whether a text names them."""
        folded = fold(text)
        return any(one in folded for one in self.spelled)

    def is_named_by(self, cells: Sequence[str]) -> bool:
        """Whether a row of a file is about them: by name, by its parts, by address, number or external id."""
        folded = {fold(cell) for cell in cells if cell}
        if any({fold(given), fold(family)} <= folded for given, family in self.parts):
            return True
        if any(fold(given) in folded for _, given in self.externals):
            return True
        return any(self.is_named_in(cell) or self._is_number(cell) for cell in cells if cell)

    def _is_number(self, cell: str) -> bool:
        if not re.fullmatch(r"[\d\s()./+-]+", cell):
            return False
        digits = re.sub(r"\D", "", cell).lstrip("0")
        return len(digits) >= _FEWEST_DIGITS and any(number.endswith(digits) for number in self.phones)


def whose(root: int) -> Whose:
    """Everything about the person with this record, and about those that were merged into it."""
    people = rows(
        "select id, key, name, given_name, family_name from buyers_person where id = %s or root_id = %s"
        " order by id for update",
        [root, root],
    )
    ids = [one[0] for one in people]
    leads = rows(
        "select id, key, system, external_id from leads_lead where person_id = any(%s::bigint[])", [ids]
    )
    deals = rows(
        "select key, system, external_id from deals_deal"
        " where person_id = any(%s::bigint[]) or lead_id = any(%s::bigint[])",
        [ids, [one[0] for one in leads]],
    )
    touches = rows(
        "select key, system, external_id from touches_touch where person_id = any(%s::bigint[])", [ids]
    )
    tasks = rows(
        "select key, system, external_id from touches_task where person_id = any(%s::bigint[])", [ids]
    )
    theirs = [one[1:] for one in leads] + deals + touches + tasks
    called = rows(
        "select system, external_id from buyers_externalid where person_id = any(%s::bigint[])", [ids]
    )
    return Whose(
        ids=ids,
        people=[one[1] for one in people],
        keys=[one[1] for one in people] + [one[0] for one in theirs],
        names=_several(one[2] for one in people),
        called=_several(text for one in people for text in one[2:5]),
        parts=[(one[3], one[4]) for one in people if one[3] and one[4]],
        mails=_several(
            one
            for (one,) in rows("select address from buyers_mail where person_id = any(%s::bigint[])", [ids])
        ),
        phones=_several(
            one
            for (one,) in rows("select number from buyers_phone where person_id = any(%s::bigint[])", [ids])
        ),
        externals=sorted({(one[-2], one[-1]) for one in [*called, *theirs] if one[-1]}),
    )


def _several(given: Iterable[str]) -> list[str]:
    return sorted({one for one in given if one})


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
