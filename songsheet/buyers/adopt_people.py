"""People brought in, by external id, then mail, then phone together with the name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from songsheet.base import bulk
from songsheet.base.adopting import (
    Adopted,
    Happened,
    Lane,
    Outcome,
    Ref,
    Shelf,
    Standing,
    Table,
    named,
    pieces,
    plain,
    record_all,
    ref_id,
)
from songsheet.base.text import fold
from songsheet.buyers.allowed import Allowed
from songsheet.buyers.events import PersonChanged, PersonJoinedCompany, PersonMet
from songsheet.buyers.external import copy_externals, external_fault
from songsheet.buyers.identity import NotAnAddress, normal_mail, normal_phone
from songsheet.buyers.models import Person
from songsheet.journal.act import act
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

TABLE = Table(Person)
REALM = 1


@dataclass(slots=True)
class PersonRow:
    """What is known of a person: `external` is (system, id), `consents` (purpose, granted, since or None),
    `do_not_contact` (channel, reason) with an empty channel for any."""

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
    adopted: list[Adopted] = []
    for some in pieces(rows, lambda row: 1 + bool(row.company) + len(row.consents) + len(row.do_not_contact)):
        with act(by=by.actor, at=at, lane=lane) as record:
            chunk = _Chunk(some, at)
            adopted += chunk.adopt()
            record_all(record, chunk.happened)
    return adopted


@dataclass(slots=True)
class _Given:
    """A row, cleaned: what it says and whom it means; or why it was refused."""

    row: PersonRow
    values: dict[str, Any]
    mails: list[str]
    phones: list[str]
    fault: tuple[str, str] | None


class _Chunk:
    def __init__(self, rows: Sequence[PersonRow], at: datetime) -> None:
        self.at = at
        self.given = [_cleaned(row) for row in rows]
        self.happened: list[Happened] = []
        self.shelf = Shelf(TABLE, "person", len(rows))
        self.allowed = Allowed(at, self.happened)
        self.of_external: dict[tuple[str, str], Standing] = {}
        self.of_mail: dict[str, Standing] = {}
        self.of_phone: dict[tuple[str, str], Standing] = {}
        self.fresh: dict[str, list[tuple[Standing, Any]]] = {"mails": [], "phones": [], "externals": []}

    def adopt(self) -> list[Adopted]:
        """Apply every row in its order, then write."""
        self._look_up()
        adopted = [self._apply(given) for given in self.given]
        self.shelf.write()
        for what, column in (("mail", "address"), ("phone", "number")):
            lines = [(standing.id, value) for standing, value in self.fresh[what + "s"]]
            bulk.copy_in(f"buyers_{what}", ["person_id", column], lines)
        copy_externals("person", [(standing.id, *external) for standing, external in self.fresh["externals"]])
        self.allowed.write()
        return [
            Adopted(outcome, s and s.ref, *why, before, version)
            for outcome, s, why, before, version in adopted
        ]

    def _look_up(self) -> None:
        good = [given for given in self.given if not given.fault]
        externals = {given.row.external for given in good if given.row.external}
        mails = {mail for given in good for mail in given.mails}
        phones = {
            (phone, name) for given in good if (name := given.values["name_folded"]) for phone in given.phones
        }
        bulk.hold(REALM, [*map("\x1f".join, externals), *mails, *map("\x1f".join, phones)])
        found = []
        if externals:
            found += bulk.rows(
                """select coalesce(p.root_id, p.id) from unnest(%s::text[], %s::text[]) as g(system, external_id)
                     join buyers_externalid e on e.system = g.system and e.external_id = g.external_id
                      and e.kind = 'person' and e.gone_at is null
                     join buyers_person p on p.id = e.person_id""",
                [list(column) for column in zip(*externals, strict=True)],
            )
        if mails:
            found += bulk.rows(
                """select coalesce(p.root_id, p.id) from buyers_mail m join buyers_person p on p.id = m.person_id
                    where m.address = any(%s::text[]) and m.gone_at is null""",
                [list(mails)],
            )
        if phones:
            found += bulk.rows(
                """select coalesce(p.root_id, p.id) from unnest(%s::text[], %s::text[]) as g(number, name)
                     join buyers_phone n on n.number = g.number and n.gone_at is null
                     join buyers_person p on p.id = n.person_id and p.name_folded = g.name""",
                [list(column) for column in zip(*phones, strict=True)],
            )
        self.shelf.load(id_ for (id_,) in found)
        if self.shelf.by_id:
            self._know_all(good)

    def _know_all(self, good: list[_Given]) -> None:
        """By what the found people are called, also in records merged into theirs; in the order of their ids."""
        ids = list(self.shelf.by_id)
        family = bulk.rows(
            "select id, coalesce(root_id, id), name_folded from buyers_person"
            " where id = any(%s::bigint[]) or root_id = any(%s::bigint[]) order by id",
            [ids, ids],
        )
        root = {id_: self.shelf.by_id[root_id] for id_, root_id, _ in family if root_id in self.shelf.by_id}
        names = {id_: name for id_, _, name in family}
        for id_, what, value, system in bulk.rows(
            """select person_id, 'mails', address, '' from buyers_mail
                where person_id = any(%(ids)s::bigint[]) and gone_at is null
               union all select person_id, 'phones', number, '' from buyers_phone
                where person_id = any(%(ids)s::bigint[]) and gone_at is null
               union all select person_id, 'externals', external_id, system from buyers_externalid
                where person_id = any(%(ids)s::bigint[]) and gone_at is null
                order by 1, 2, 3""",
            {"ids": list(root)},
        ):
            standing = root[id_]
            self._know(standing, what, (system, value) if system else value, names[id_])
        if any(given.row.consents or given.row.do_not_contact for given in good):
            self.allowed.load(root)

    def _know(self, standing: Standing, what: str, value: Any, name: str) -> None:
        standing.more.setdefault(what, []).append(value)
        if what == "mails":
            self.of_mail[value] = standing
        elif what == "externals":
            self.of_external[value] = standing
        elif name:
            self.of_phone.setdefault((value, name), standing)

    def _find(self, given: _Given) -> Standing | None:
        external = given.row.external
        if external and (known := self.of_external.get(external)):
            return known
        for mail in given.mails:
            if known := self.of_mail.get(mail):
                return known
        if name := given.values["name_folded"]:
            for phone in given.phones:
                if known := self.of_phone.get((phone, name)):
                    return known
        return None

    def _apply(
        self, given: _Given
    ) -> tuple[Outcome, Standing | None, tuple[str, str], dict[str, Any] | None, int]:
        if given.fault:
            return "rejected", None, given.fault, None, 0
        standing = self._find(given)
        if standing is None:
            standing = self.shelf.make({**given.values, "met_at": given.values["met_at"] or self.at})
            self._reach(standing, given)
            body = {"person": standing.key, "company": given.row.company and given.row.company[1]}
            self.happened.append((PersonMet, body, standing.values["met_at"]))
            self.allowed.apply(standing, given.row)
            return "created", standing, ("", ""), None, 1
        return self._update(standing, given)

    def _update(
        self, standing: Standing, given: _Given
    ) -> tuple[Outcome, Standing | None, tuple[str, str], dict[str, Any] | None, int]:
        values = given.values
        if values["met_at"] and values["met_at"] >= standing.values["met_at"]:
            values = {**values, "met_at": None}
        before = self.shelf.change(standing, values)
        if "name_folded" in before:
            for phone in standing.more.get("phones", ()):
                self.of_phone.setdefault((phone, standing.values["name_folded"]), standing)
        why = self._reach(standing, given, before)
        told = len(self.happened)
        if before:
            self.shelf.touch(standing)
            fields = named(name for name in before if name != "name_folded")
            body = {"person": standing.key, "fields": fields, "version": standing.version}
            self.happened.append((PersonChanged, body, self.at))
        if "company_id" in before and given.row.company:
            body = {"person": standing.key, "company": given.row.company[1]}
            self.happened.append((PersonJoinedCompany, body, self.at))
        before |= self.allowed.apply(standing, given.row)
        if len(self.happened) == told:
            return "unchanged", standing, why, None, standing.version
        return "updated", standing, why, plain(before), standing.version

    def _reach(
        self, standing: Standing, given: _Given, before: dict[str, Any] | None = None
    ) -> tuple[str, str]:
        """Add the ways to reach and to call them; says what belongs to somebody else and stays theirs."""
        why = ("", "")
        external = given.row.external
        for what, values in (
            ("mails", given.mails),
            ("phones", given.phones),
            ("externals", [external] if external else []),
        ):
            known = standing.more.setdefault(what, [])
            for value in values:
                if value in known:
                    continue
                if what == "mails" and value in self.of_mail:
                    why = (f"{value} belongs to another person, {self.of_mail[value].key}.", "mails")
                    continue
                if before is not None:
                    before.setdefault(what, list(known))
                self.fresh[what].append((standing, value))
                self._know(standing, what, value, standing.values["name_folded"])
        return why


def _cleaned(row: PersonRow) -> _Given:
    name = row.name.strip() or f"{row.given_name} {row.family_name}".strip()
    values: dict[str, Any] = {
        "name": name,
        "given_name": row.given_name,
        "family_name": row.family_name,
        "name_folded": fold(name),
        "title": row.title,
        "language": row.language,
        "company_id": ref_id(row.company),
        "owner_id": ref_id(row.owner),
        "met_at": row.met_at,
        "custom": row.custom,
    }
    mails: list[str] = []
    phones: list[str] = []
    fault = TABLE.fault(values) or external_fault(row.external) or Allowed.fault(row)
    if not fault:
        try:
            mails = list(dict.fromkeys(map(normal_mail, row.mails)))
            phones = list(dict.fromkeys(map(normal_phone, row.phones)))
        except NotAnAddress as refusal:
            fault = refusal.sentence, refusal.field or ""
    return _Given(row, values, mails, phones, fault)
