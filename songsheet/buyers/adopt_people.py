"""People brought in: known by external id, then mail, then phone together with the name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from songsheet.base import bulk
from songsheet.base.adopting import Adopted, Alike, Fault, Lane, Ref, Standing, Table, named, ref_id
from songsheet.base.chunks import Chunk, Given
from songsheet.base.text import fold
from songsheet.buyers.allowed import Allowed
from songsheet.buyers.events import PersonChanged, PersonJoinedCompany, PersonMet
from songsheet.buyers.external import copy_externals, external_fault
from songsheet.buyers.identity import NotAnAddress, normal_mail, normal_phone
from songsheet.buyers.known import names_of, people_meant
from songsheet.buyers.models import Person
from songsheet.buyers.suppressed_acts import mark_suppressed
from songsheet.journal.adopt import adopt_in_acts
from songsheet.team.acting import Acting
from songsheet.team.roles import Right


@dataclass(slots=True)
class PersonRow:
    """What is known of a person.

    `external` is (system, id), `consents` are (purpose, granted, since or None), `do_not_contact` are
    (channel, reason), with an empty channel for any.
    """

    name: str = ""
    given_name: str = ""
    family_name: str = ""
    title: str = ""
    language: str = ""
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    company: Ref | None = None
    owner: Ref | None = None
    met_at: datetime | None = None
    custom: dict[str, Any] | None = None
    external: tuple[str, str] | None = None
    consents: tuple[tuple[str, bool, datetime | None], ...] = ()
    do_not_contact: tuple[tuple[str, str], ...] = ()


def adopt_people(
    rows: Sequence[PersonRow], *, by: Acting, at: datetime, lane: Lane = "history"
) -> list[Adopted]:
    """Bring people in; the same again changes nothing, an empty value never blanks a known one."""
    by.must(Right.WORK)
    mark_suppressed(rows)
    return adopt_in_acts(People, rows, entries_of=_entries_of, by=by.actor, at=at, lane=lane)


def _entries_of(row: PersonRow) -> int:
    return 1 + len(row.consents) + len(row.do_not_contact)


class People(Chunk[PersonRow]):
    """The people of one chunk."""

    table = Table(Person)
    prefix = "person"
    realm = 1

    def __init__(self, rows: Sequence[PersonRow], at: datetime) -> None:
        self.of_external: dict[tuple[str, str], Standing] = {}
        self.of_mail: dict[str, Standing] = {}
        self.of_phone = Alike()
        self.fresh: dict[str, list[tuple[Standing, Any]]] = {"mails": [], "phones": [], "externals": []}
        super().__init__(rows, at)
        self.allowed = Allowed(at, self.happened)

    def values(self, row: PersonRow) -> dict[str, Any]:
        name = row.name.strip() or f"{row.given_name} {row.family_name}".strip()
        return {
            "name": name,
            "given_name": row.given_name,
            "family_name": row.family_name,
            "name_folded": fold(name)[:300],
            "title": row.title,
            "language": row.language,
            "company_id": ref_id(row.company),
            "owner_id": ref_id(row.owner),
            "met_at": row.met_at,
            "custom": row.custom,
        }

    def fault(self, row: PersonRow, values: dict[str, Any]) -> Fault | None:
        try:
            row.mails = tuple(dict.fromkeys(map(normal_mail, row.mails)))
            row.phones = tuple(dict.fromkeys(map(normal_phone, row.phones)))
        except NotAnAddress as refusal:
            return refusal.sentence, refusal.field or ""
        return external_fault(row.external) or Allowed.fault(row)

    def look_up(self, good: Sequence[Given[PersonRow]]) -> None:
        externals = {given.row.external for given in good if given.row.external}
        mails = {mail for given in good for mail in given.row.mails}
        phones = {
            (phone, given.values["name_folded"])
            for given in good
            if given.values["name_folded"]
            for phone in given.row.phones
        }
        bulk.hold(self.realm, [*map("\x1f".join, externals), *mails, *map("\x1f".join, phones)])
        self.shelf.load(people_meant(externals, mails, phones))
        if not self.shelf.by_id:
            return
        root = {}
        for id_, root_id, name_folded, what, value in names_of(list(self.shelf.by_id)):
            if root_id in self.shelf.by_id:
                standing = root[id_] = self.shelf.by_id[root_id]
                if what:
                    self._know(standing, what, value, name_folded)
        if any(given.row.consents or given.row.do_not_contact for given in good):
            self.allowed.load(root)

    def _know(self, standing: Standing, what: str, value: Any, name_folded: str) -> None:
        standing.more.setdefault(what, []).append(value)
        if what == "mails":
            self.of_mail[value] = standing
        elif what == "externals":
            self.of_external[value] = standing
        elif name_folded:
            self.of_phone.add((value, name_folded), standing)

    def find(self, given: Given[PersonRow]) -> Standing | None:
        external = given.row.external
        if external and (known := self.of_external.get(external)):
            return known
        for mail in given.row.mails:
            if known := self.of_mail.get(mail):
                return known
        if name := given.values["name_folded"]:
            for phone in given.row.phones:
                if alike := self.of_phone.get((phone, name)):
                    return alike[0]
        return None

    def make(self, given: Given[PersonRow]) -> Standing:
        standing = self.shelf.make({**given.values, "met_at": given.values["met_at"] or self.at})
        self._reach(standing, given)
        return standing

    def news(self, standing: Standing, given: Given[PersonRow]) -> tuple[Fault, dict[str, Any]]:
        values = given.values
        if values["met_at"] and values["met_at"] >= standing.values["met_at"]:
            values = {**values, "met_at": None}
        for mail in given.row.mails:
            owner = self.of_mail.get(mail, standing)
            if owner is not standing:
                return (f"{mail} belongs to another person, {owner.key}.", "mails"), values
        return ("", ""), values

    def more(self, standing: Standing, given: Given[PersonRow]) -> dict[str, Any]:
        return self._reach(standing, given) | self.allowed.apply(standing, given.row)

    def made(self, standing: Standing, given: Given[PersonRow]) -> None:
        company = given.row.company
        body = {"person": standing.key, "company": company and company[1]}
        self.happened.append((PersonMet, body, standing.values["met_at"]))
        self.allowed.apply(standing, given.row)
        self.allowed.tell()

    def changed(self, standing: Standing, given: Given[PersonRow], before: dict[str, Any]) -> None:
        if "name_folded" in before:
            for phone in standing.more.get("phones", ()):
                self.of_phone.drop((phone, before["name_folded"]), standing)
                if standing.values["name_folded"]:
                    self.of_phone.add((phone, standing.values["name_folded"]), standing)
        body = {"person": standing.key, "fields": named(before), "version": standing.version}
        self.happened.append((PersonChanged, body, self.at))
        if "company_id" in before and given.row.company:
            body = {"person": standing.key, "company": given.row.company[1]}
            self.happened.append((PersonJoinedCompany, body, self.at))
        self.allowed.tell()

    def _reach(self, standing: Standing, given: Given[PersonRow]) -> dict[str, Any]:
        """Add the ways to reach and to call them; what belongs to somebody else stays theirs."""
        before: dict[str, Any] = {}
        row = given.row
        for what, values in (
            ("mails", row.mails),
            ("phones", row.phones),
            ("externals", [row.external] if row.external else ()),
        ):
            known = standing.more.setdefault(what, [])
            for value in values:
                if value in known or (what == "mails" and value in self.of_mail):
                    continue
                before.setdefault(what, list(known))
                self.fresh[what].append((standing, value))
                self._know(standing, what, value, standing.values["name_folded"])
        return before

    def write(self) -> None:
        self.shelf.write()
        for what, column in (("mail", "address"), ("phone", "number")):
            lines = [(standing.id, value) for standing, value in self.fresh[what + "s"]]
            bulk.copy_in(f"buyers_{what}", ["person_id", column], lines)
        copy_externals("person", [(standing.id, *external) for standing, external in self.fresh["externals"]])
        self.allowed.write()
