"""Companies brought in, by external id, then domain, then folded name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from songsheet.base import bulk
from songsheet.base.adopting import (
    Adopted,
    Happened,
    Lane,
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
from songsheet.buyers.events import CompanyChanged, CompanyMet
from songsheet.buyers.external import copy_externals, external_fault
from songsheet.buyers.identity import company_domain
from songsheet.buyers.models import Company
from songsheet.journal.act import act
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

TABLE = Table(Company)
REALM = 2


@dataclass(slots=True)
class CompanyRow:
    """What is known of a company; `external` is (system, id)."""

    name: str = ""
    domain: str = ""
    industry: str = ""
    country: str = ""
    people_count: int | None = None
    owner: Ref | None = None
    met_at: datetime | None = None
    custom: dict[str, Any] | None = None
    external: tuple[str, str] | None = None


def adopt_companies(
    rows: Sequence[CompanyRow], *, by: Acting, at: datetime, lane: Lane = "history"
) -> list[Adopted]:
    """Bring companies in; the same again changes nothing, an empty value never blanks a known one."""
    by.must(Right.WORK)
    adopted: list[Adopted] = []
    for some in pieces(rows, lambda row: 1):
        with act(by=by.actor, at=at, lane=lane) as record:
            chunk = _Chunk(some, at)
            adopted += chunk.adopt()
            record_all(record, chunk.happened)
    return adopted


@dataclass(slots=True)
class _Given:
    """A row, cleaned: what it says and whom it means; or why it was refused."""

    values: dict[str, Any]
    external: tuple[str, str] | None
    fault: tuple[str, str] | None


class _Chunk:
    def __init__(self, rows: Sequence[CompanyRow], at: datetime) -> None:
        self.at = at
        self.given = [_cleaned(row) for row in rows]
        self.happened: list[Happened] = []
        self.shelf = Shelf(TABLE, "company", len(rows))
        self.of_external: dict[tuple[str, str], Standing] = {}
        self.of_domain: dict[str, Standing] = {}
        self.of_name: dict[str, list[Standing]] = {}
        self.externals: list[tuple[Standing, tuple[str, str]]] = []

    def adopt(self) -> list[Adopted]:
        """Apply every row in its order, then write."""
        self._look_up()
        adopted = [(*self._apply(given),) for given in self.given]
        self.shelf.write()
        copy_externals("company", [(standing.id, *external) for standing, external in self.externals])
        return [
            Adopted(outcome, standing.ref if standing else None, *why, before, version)
            for outcome, standing, why, before, version in adopted
        ]

    def _look_up(self) -> None:
        good = [given for given in self.given if not given.fault]
        externals = {given.external for given in good if given.external}
        domains = {given.values["domain"] for given in good if given.values["domain"]}
        names = {given.values["name_folded"] for given in good}
        bulk.hold(REALM, [*map("\x1f".join, externals), *domains, *names])
        found = bulk.rows(
            """select coalesce(c.root_id, c.id) from buyers_externalid e
                 join unnest(%s::text[], %s::text[]) as g(system, external_id)
                   on e.system = g.system and e.external_id = g.external_id
                 join buyers_company c on c.id = e.company_id
                where e.kind = 'company' and e.gone_at is null
               union select coalesce(root_id, id) from buyers_company
                where domain = any(%s::text[]) and domain <> '' and root_id is null and gone_at is null
               union select coalesce(root_id, id) from buyers_company
                where name_folded = any(%s::text[]) and gone_at is null""",
            [[s for s, _ in externals], [e for _, e in externals], list(domains), list(names)],
        )
        self.shelf.load(id_ for (id_,) in found)
        ids = list(self.shelf.by_id)
        for standing in self.shelf.by_id.values():
            self._know(standing)
        if ids:
            self._know_externals(ids)

    def _know_externals(self, ids: list[int]) -> None:
        """Also those of records that were merged into one of these."""
        for id_, system, external_id in bulk.rows(
            """select coalesce(c.root_id, c.id), e.system, e.external_id
                 from buyers_company c join buyers_externalid e on e.company_id = c.id and e.gone_at is null
                where c.id = any(%s::bigint[]) or c.root_id = any(%s::bigint[])""",
            [ids, ids],
        ):
            standing = self.shelf.by_id[id_]
            standing.more.setdefault("externals", []).append((system, external_id))
            self.of_external[system, external_id] = standing

    def _know(self, standing: Standing) -> None:
        if domain := standing.values["domain"]:
            self.of_domain[domain] = standing
        alike = self.of_name.setdefault(standing.values["name_folded"], [])
        if standing not in alike:
            alike.append(standing)

    def _find(self, given: _Given) -> Standing | None:
        domain = given.values["domain"]
        if given.external and (known := self.of_external.get(given.external)):
            return known
        if domain and (known := self.of_domain.get(domain)):
            return known
        for alike in self.of_name.get(given.values["name_folded"], ()):
            systems = {system for system, _ in alike.more.get("externals", ())}
            other_id = given.external is not None and given.external[0] in systems
            other_domain = bool(domain and alike.values["domain"])
            if not other_id and not other_domain:
                return alike
        return None

    def _apply(
        self, given: _Given
    ) -> tuple[Any, Standing | None, tuple[str, str], dict[str, Any] | None, int]:
        if given.fault:
            return "rejected", None, given.fault, None, 0
        standing, why = self._find(given), ("", "")
        if standing is None:
            standing = self._met(given)
            return "created", standing, why, None, 1
        values = given.values
        if values["met_at"] and values["met_at"] >= standing.values["met_at"]:
            values = {**values, "met_at": None}
        if values["domain"] and self.of_domain.get(values["domain"], standing) is not standing:
            why = (
                f"{values['domain']} belongs to another company, {self.of_domain[values['domain']].key}.",
                "domain",
            )
            values = {**values, "domain": ""}
        before = self.shelf.change(standing, values)
        externals = standing.more.setdefault("externals", [])
        if given.external and given.external not in externals:
            before["externals"] = [list(one) for one in externals]
            self._call(standing, given.external)
        if not before:
            return "unchanged", standing, why, None, standing.version
        self.shelf.touch(standing)
        self._know(standing)
        fields = named(name for name in before if name != "name_folded")
        body = {"company": standing.key, "fields": fields, "version": standing.version}
        self.happened.append((CompanyChanged, body, self.at))
        return "updated", standing, why, plain(before), standing.version

    def _met(self, given: _Given) -> Standing:
        standing = self.shelf.make({**given.values, "met_at": given.values["met_at"] or self.at})
        self._know(standing)
        if given.external:
            self._call(standing, given.external)
        self.happened.append((CompanyMet, {"company": standing.key}, standing.values["met_at"]))
        return standing

    def _call(self, standing: Standing, external: tuple[str, str]) -> None:
        standing.more.setdefault("externals", []).append(external)
        self.of_external[external] = standing
        self.externals.append((standing, external))


def _cleaned(row: CompanyRow) -> _Given:
    domain = company_domain(row.domain) if row.domain else ""
    name = row.name.strip() or domain
    values: dict[str, Any] = {
        "name": name,
        "name_folded": fold(name),
        "domain": domain,
        "industry": row.industry,
        "country": row.country.upper(),
        "people_count": row.people_count,
        "owner_id": ref_id(row.owner),
        "met_at": row.met_at,
        "custom": row.custom,
    }
    fault = TABLE.fault(values) or external_fault(row.external)
    if not fault and not name:
        fault = ("A company needs a name or a website of its own. Give one of them.", "name")
    return _Given(values, row.external, fault)
