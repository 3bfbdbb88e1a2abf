"""The duties as they were agreed, each with what is wrong with it: nobody's, or two people's."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from songsheet.agreements.kinds.responsibilities import RESPONSIBILITIES, Duty, Responsibilities
from songsheet.agreements.models import Version
from songsheet.agreements.queries import version_in_force
from songsheet.base.text import fold
from songsheet.base.time import day_of
from songsheet.team.hours.models import Leave
from songsheet.team.models import House, Member
from songsheet.team.roles import Side

#: Words that make no difference between two duties.
_SMALL = {"a", "all", "an", "and", "for", "from", "of", "our", "that", "the", "their", "to", "with"}
_OPEN = (Version.State.DRAFT, Version.State.OFFERED)


@dataclass
class Row:
    """One duty with its people. `orphaned` says why nobody does it, `double` what it is the same as."""

    duty: Duty
    owner: Member | None = None
    deputy: Member | None = None
    orphaned: str = ""
    double: list[str] = field(default_factory=list)
    note: str = ""

    @property
    def change_url(self) -> str:
        """Where a change of it is proposed."""
        return "/duties/change?" + urlencode({"duty": self.duty.name})

    def fits(self, only: str) -> bool:
        """Whether it stays when the board shows only some."""
        return not only or bool({"orphaned": self.orphaned, "double": self.double}.get(only))


@dataclass(frozen=True)
class Board:
    """All duties, and the version that they stand in: in force, or a draft; none where nobody wrote one."""

    terms: Responsibilities
    version: Version | None
    is_in_force: bool
    rows: Sequence[Row]

    def of_side(self, side: str, only: str = "") -> list[Row]:
        """The duties of one side, in the order of the agreement."""
        return [row for row in self.rows if row.duty.side == side and row.fits(only)]

    @property
    def orphaned(self) -> int:
        """How many duties nobody does."""
        return sum(bool(row.orphaned) for row in self.rows)

    @property
    def double(self) -> int:
        """How many duties are there twice, or claimed by two."""
        return sum(bool(row.double) for row in self.rows)


def duties_at(at: datetime) -> tuple[Responsibilities, Version | None, bool]:
    """The responsibilities in force; else the newest draft of them, else what a house begins with."""
    found = version_in_force(RESPONSIBILITIES.name, at)
    version = found or _open_versions().first()
    terms = RESPONSIBILITIES.body.model_validate(version.body) if version else RESPONSIBILITIES.starter()
    return terms, version, found is not None


def board(house: House, at: datetime) -> Board:
    """The board as it stands: five statements, whatever is on it."""
    terms, version, is_in_force = duties_at(at)
    members = {one.key: one for one in Member.objects.all()}
    today = day_of(at, house.zone)
    away = {
        one.member_id: one
        for one in Leave.objects.filter(gone_at=None, from_on__lte=today, until_on__gte=today)
    }
    rows = [Row(duty, members.get(duty.owner), members.get(duty.deputy)) for duty in terms.duties]
    for row in rows:
        _who_does_it(row, away)
    _find_doubles(rows)
    if is_in_force and version:
        _find_claims(rows, _open_versions().exclude(id=version.id)[:20], members)
    return Board(terms, version, is_in_force, rows)


def _open_versions() -> Any:
    found = Version.objects.filter(agreement__kind=RESPONSIBILITIES.name, state__in=_OPEN)
    return found.select_related("agreement", "written_by").order_by("-number")


def _who_does_it(row: Row, away: Mapping[int, Leave]) -> None:
    owner, deputy = row.owner, row.deputy
    stands_in = deputy if deputy and _is_here(deputy) and deputy.id not in away else None
    if not row.duty.owner:
        row.orphaned = _("Nobody owns it")
    elif owner is None or not _is_here(owner):
        row.orphaned = _("%(name)s works here no more") % {"name": owner.name if owner else _("Its owner")}
    elif owner.id in away:
        _of_absent(row, owner, stands_in, away[owner.id])


def _of_absent(row: Row, owner: Member, stands_in: Member | None, leave: Leave) -> None:
    said = {"name": owner.name, "day": _day(leave.until_on)}
    if stands_in:
        said["deputy"] = stands_in.name
        row.note = _("%(name)s is away until %(day)s; %(deputy)s stands in") % said
    else:
        row.orphaned = _("%(name)s is away until %(day)s and nobody stands in") % said


def _is_here(member: Member) -> bool:
    return member.state in (Member.State.ACTIVE, Member.State.INVITED)


def _day(day: date) -> str:
    return f"{day:%-d %B}"


def _find_doubles(rows: Iterable[Row]) -> None:
    """Two duties of the same words, in whatever order and on whichever side."""
    alike: dict[frozenset[str], list[Row]] = {}
    for row in rows:
        alike.setdefault(words_of(row.duty.name), []).append(row)
    for same in alike.values():
        for row in same:
            row.double += [
                _("The same as “%(name)s” of %(side)s")
                % {"name": other.duty.name, "side": _(other.duty.side)}
                for other in same
                if other is not row
            ]


def _find_claims(rows: Iterable[Row], versions: Iterable[Version], members: Mapping[str, Member]) -> None:
    """A version that is not signed yet gives the duty to somebody else."""
    by_name = {fold(row.duty.name): row for row in rows}
    for version in versions:
        for said in version.body.get("duties", []):
            row, owner = by_name.get(fold(said["name"])), members.get(said.get("owner", ""))
            if row and owner and row.owner and owner != row.owner:
                about = {"n": version.number, "name": owner.name}
                row.double.append(_("Version %(n)d, not signed yet, gives it to %(name)s") % about)


def words_of(name: str) -> frozenset[str]:
    """What a duty is about: its words without the small ones, in the singular."""
    words = (word for word in re.findall(r"\w+", fold(name)) if word not in _SMALL and len(word) > 1)
    return frozenset(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words)


def sides() -> list[tuple[str, str]]:
    """The two sides, as the board shows them."""
    return [(str(one.value), str(one.label)) for one in (Side.MARKETING, Side.SALES)]
