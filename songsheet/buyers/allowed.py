"""What people allowed, refused and forbade, while they are brought in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from songsheet.base import bulk
from songsheet.base.adopting import Happened, RowRefused, Standing
from songsheet.buyers.events import ConsentChanged, ContactForbidden
from songsheet.buyers.models import Consent
from songsheet.buyers.permissions import answers_of

_PURPOSES = set(Consent.Purpose.values)


def must_be_a_purpose(purpose: str) -> None:
    """Refuse a purpose that nobody can allow."""
    if purpose not in _PURPOSES:
        raise RowRefused(_no_purpose(purpose), field="purpose")


def _no_purpose(purpose: str) -> str:
    return f"“{purpose[:40]}” is no purpose; there are {', '.join(sorted(_PURPOSES))}."


class Says(Protocol):
    """The part of a row that this reads."""

    consents: tuple[tuple[str, bool, datetime | None], ...]
    do_not_contact: tuple[tuple[str, str], ...]


class Allowed:
    """Consents and do-not-contact marks of the people of one chunk."""

    def __init__(self, at: datetime, happened: list[Happened]) -> None:
        self.at = at
        self.happened = happened
        self.consents: list[tuple[Standing, str, bool, datetime]] = []
        self.forbidden: list[tuple[Standing, str, str]] = []
        self._untold: list[Happened] = []

    @staticmethod
    def fault(row: Says) -> tuple[str, str] | None:
        """Why it cannot be kept."""
        for purpose, _, _ in row.consents:
            if purpose not in _PURPOSES:
                return _no_purpose(purpose), "consents"
        for channel, reason in row.do_not_contact:
            if len(channel) > 12 or len(reason) > 200 or "\x00" in channel + reason:
                return "The channel or the reason is too long, or holds a NUL. Shorten it.", "do_not_contact"
        return None

    def load(self, root: Mapping[int, Standing]) -> None:
        """What stands for these people."""
        ids = [list(root)]
        for id_, purpose, granted, since in bulk.rows(
            "select person_id, purpose, granted, since from buyers_consent"
            " where person_id = any(%s::bigint[]) and gone_at is null order by since, id",
            ids,
        ):
            root[id_].more.setdefault("consents", []).append((purpose, granted, since))
        for id_, channel in bulk.rows(
            "select person_id, channel from buyers_donotcontact"
            " where person_id = any(%s::bigint[]) and gone_at is null",
            ids,
        ):
            root[id_].more.setdefault("forbidden", []).append(channel)
        merged = {standing.id: standing for id_, standing in root.items() if id_ != standing.id}
        for id_, answers in answers_of(list(merged)).items() if merged else ():
            refused = {purpose for purpose, (granted, _) in answers.items() if not granted}
            merged[id_].more["refused"] = refused

    def apply(self, standing: Standing, row: Says) -> dict[str, Any]:
        """Note what is new; an answer that counts already, or is known from that time, is none."""
        before: dict[str, Any] = {}
        for purpose, granted, since in row.consents:
            known = standing.more.setdefault("consents", [])
            one = (purpose, granted, since or self.at)
            newest = max((c for c in known if c[0] == purpose), key=lambda c: c[2], default=None)
            refused = standing.more.get("refused", set())
            if one in known or (newest and newest[1] == granted and not (granted and purpose in refused)):
                continue
            refused.discard(purpose)
            before.setdefault("consents", len(known))
            known.append(one)
            self.consents.append((standing, *one))
            body = {"person": standing.key, "purpose": purpose, "answer": "agreed" if granted else "said no"}
            self._untold.append((ConsentChanged, body, one[2]))
        for channel, reason in row.do_not_contact:
            channels = standing.more.setdefault("forbidden", [])
            if channel in channels:
                continue
            before.setdefault("forbidden", list(channels))
            channels.append(channel)
            self.forbidden.append((standing, channel, reason))
            body = {"person": standing.key, "channel": channel or "any"}
            self._untold.append((ContactForbidden, body, self.at))
        return before

    def tell(self) -> None:
        """Note what was applied, behind the entry of the person."""
        self.happened += self._untold
        self._untold.clear()

    def write(self) -> None:
        """Copy in what was noted."""
        bulk.copy_in(
            "buyers_consent",
            ["person_id", "purpose", "granted", "since", "evidence"],
            [(s.id, purpose, granted, since, "") for s, purpose, granted, since in self.consents],
        )
        bulk.copy_in(
            "buyers_donotcontact",
            ["person_id", "channel", "since", "reason"],
            [(s.id, channel, self.at, reason) for s, channel, reason in self.forbidden],
        )
