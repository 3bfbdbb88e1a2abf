"""Reads of suggestions and merges: pairs that wait, whom one may be the same as, what was merged."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from songsheet.buyers.matching.finding import COMPANIES as COMPANY_WAY
from songsheet.buyers.matching.finding import PEOPLE as PERSON_WAY
from songsheet.buyers.matching.finding import duplicates_of
from songsheet.buyers.matching.weights import REASONS
from songsheet.buyers.merge_actions import PEOPLE, Kind
from songsheet.buyers.models import Company, Person
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

PAGE = 50


@dataclass(frozen=True)
class Pair:
    """Two records that may be one; `key` names the stored suggestion, empty where it was found just now."""

    key: str
    first: Any
    second: Any
    confidence: float
    reasons: list[str]

    @property
    def merge_path(self) -> str:
        """The page that shows the two side by side."""
        pages = "buyers" if isinstance(self.first, Person) else "companies"
        return f"/{pages}/merge?a={self.first.key}&b={self.second.key}"

    @property
    def percent(self) -> int:
        """How sure, as people read it; never a hundred."""
        return min(int(self.confidence * 100), 99)


def suggestions(kind: Kind[Any, Any], viewer: Acting, *, after: str = "", limit: int = PAGE) -> list[Pair]:
    """The open suggestions, the surest first, behind the one with the key `after`."""
    viewer.must(Right.LOOK)
    rows = kind.pairs.objects.filter(
        state="open", first__gone_at=None, second__gone_at=None, first__root=None, second__root=None
    ).select_related("first", "second", *(("first__company", "second__company") if kind is PEOPLE else ()))
    last = kind.pairs.objects.filter(key=after).first() if after else None
    if last is not None:
        rows = rows.filter(confidence__lte=last.confidence).exclude(
            confidence=last.confidence, id__gte=last.pk
        )
    return [
        Pair(row.key, row.first, row.second, row.confidence / 10_000, said(row.reasons))
        for row in rows.order_by("-confidence", "-id")[:limit]
    ]


def said(found: Sequence[str]) -> list[str]:
    """Reasons in words; those against are not said."""
    return [REASONS[one] for one in found if one in REASONS]


def like(row: Person | Company, viewer: Acting, *, most: int = 3) -> list[Pair]:
    """Whom this record may be the same as, now, the surest first."""
    viewer.must(Right.LOOK)
    way = PERSON_WAY if isinstance(row, Person) else COMPANY_WAY
    likely = duplicates_of(way, row.id)[:most]
    others = type(row)._default_manager.in_bulk([one.id for one in likely])
    return [Pair("", row, others[one.id], one.verdict.confidence, one.verdict.reasons) for one in likely]


def merges_into(kind: Kind[Any, Any], row: Person | Company) -> list[Any]:
    """The merges that stand behind a record: each can be undone by itself; the latest first."""
    found = kind.merges.objects.filter(undone_at=None, merged__root=row).select_related("merged", "into")
    return list(found.order_by("-at", "-id"))
