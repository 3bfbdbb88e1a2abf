"""Companies brought in: known by external id, then domain, then folded name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from songsheet.base import bulk
from songsheet.base.adopting import Adopted, Alike, Fault, Lane, Ref, Standing, Table, named, ref_id
from songsheet.base.chunks import Chunk, Given
from songsheet.base.text import fold
from songsheet.buyers.events import CompanyChanged, CompanyMet
from songsheet.buyers.external import copy_externals, external_fault
from songsheet.buyers.identity import company_domain
from songsheet.buyers.models import Company
from songsheet.journal.adopt import adopt_in_acts
from songsheet.team.acting import Acting
from songsheet.team.roles import Right


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
    return adopt_in_acts(Companies, rows, entries_of=lambda row: 1, by=by.actor, at=at, lane=lane)


class Companies(Chunk[CompanyRow]):
    """The companies of one chunk."""

    table = Table(Company)
    prefix = "company"
    realm = 2

    def __init__(self, rows: Sequence[CompanyRow], at: datetime) -> None:
        self.of_external: dict[tuple[str, str], Standing] = {}
        self.of_domain: dict[str, Standing] = {}
        self.of_name = Alike()
        self.externals: list[tuple[Standing, tuple[str, str]]] = []
        super().__init__(rows, at)

    def values(self, row: CompanyRow) -> dict[str, Any]:
        domain = company_domain(row.domain) if row.domain else ""
        name = row.name.strip() or domain
        return {
            "name": name,
            "name_folded": fold(name)[:300],
            "domain": domain,
            "industry": row.industry,
            "country": row.country.upper(),
            "people_count": row.people_count,
            "owner_id": ref_id(row.owner),
            "met_at": row.met_at,
            "custom": row.custom,
        }

    def fault(self, row: CompanyRow, values: dict[str, Any]) -> Fault | None:
        if not values["name"]:
            return "A company needs a name or a website of its own. Give one of them.", "name"
        return external_fault(row.external)

    def look_up(self, good: Sequence[Given[CompanyRow]]) -> None:
        externals = {given.row.external for given in good if given.row.external}
        domains = {given.values["domain"] for given in good if given.values["domain"]}
        names = {given.values["name_folded"] for given in good}
        bulk.hold(self.realm, [*map("\x1f".join, externals), *domains, *names])
        found = bulk.rows(
            """select coalesce(c.root_id, c.id) from unnest(%s::text[], %s::text[]) as g(system, external_id)
                 join buyers_externalid e on e.system = g.system and e.external_id = g.external_id
                  and e.kind = 'company' and e.gone_at is null
                 join buyers_company c on c.id = e.company_id
               union select id from buyers_company
                where domain = any(%s::text[]) and domain <> '' and root_id is null and gone_at is null
               union select root_id from buyers_company
                where domain = any(%s::text[]) and root_id is not null and gone_at is null
               union select coalesce(root_id, id) from buyers_company
                where name_folded = any(%s::text[]) and gone_at is null""",
            [[s for s, _ in externals], [e for _, e in externals], list(domains), list(domains), list(names)],
        )
        self.shelf.load(id_ for (id_,) in found)
        for standing in self.shelf.by_id.values():
            self._know(standing)
        self._know_merged(list(self.shelf.by_id))
        self._know_externals(list(self.shelf.by_id))

    def _know_merged(self, ids: list[int]) -> None:
        """The names and domains of records that were merged into one of these mean it too."""
        for root_id, name, domain in bulk.rows(
            """select root_id, name_folded, domain from buyers_company
                where root_id = any(%s::bigint[]) and gone_at is null order by id""",
            [ids],
        ):
            standing = self.shelf.by_id[root_id]
            if domain:
                self.of_domain.setdefault(domain, standing)
            if standing not in self.of_name.get(name):
                self.of_name.add(name, standing)

    def _know_externals(self, ids: list[int]) -> None:
        """Also those of records that were merged into one of these."""
        if not ids:
            return
        for id_, system, external_id in bulk.rows(
            """select coalesce(c.root_id, c.id), e.system, e.external_id
                 from buyers_company c join buyers_externalid e on e.company_id = c.id and e.gone_at is null
                where c.id = any(%(ids)s::bigint[]) or c.root_id = any(%(ids)s::bigint[])""",
            {"ids": ids},
        ):
            standing = self.shelf.by_id[id_]
            standing.more.setdefault("externals", []).append((system, external_id))
            self.of_external[system, external_id] = standing

    def _know(self, standing: Standing) -> None:
        if domain := standing.values["domain"]:
            self.of_domain[domain] = standing
        self.of_name.add(standing.values["name_folded"], standing)

    def find(self, given: Given[CompanyRow]) -> Standing | None:
        domain, external = given.values["domain"], given.row.external
        if external and (known := self.of_external.get(external)):
            return known
        if domain and (known := self.of_domain.get(domain)):
            return known
        for alike in self.of_name.get(given.values["name_folded"]):
            named_there = {system for system, _ in alike.more.get("externals", ())}
            if not (external and external[0] in named_there) and not (domain and alike.values["domain"]):
                return alike
        return None

    def make(self, given: Given[CompanyRow]) -> Standing:
        standing = self.shelf.make({**given.values, "met_at": given.values["met_at"] or self.at})
        self._know(standing)
        self.more(standing, given)
        return standing

    def news(self, standing: Standing, given: Given[CompanyRow]) -> tuple[Fault, dict[str, Any]]:
        values, why = dict(given.values), ("", "")
        if values["met_at"] and values["met_at"] >= standing.values["met_at"]:
            values["met_at"] = None
        owner = self.of_domain.get(values["domain"], standing)
        if owner is not standing:
            why = (f"{values['domain']} belongs to another company, {owner.key}.", "domain")
            values["domain"] = ""
        if not given.row.name.strip():
            values["name"] = values["name_folded"] = ""
        return why, values

    def more(self, standing: Standing, given: Given[CompanyRow]) -> dict[str, Any]:
        external, known = given.row.external, standing.more.setdefault("externals", [])
        if not external or external in known:
            return {}
        before = {"externals": [list(one) for one in known]}
        known.append(external)
        self.of_external[external] = standing
        self.externals.append((standing, external))
        return before

    def made(self, standing: Standing, given: Given[CompanyRow]) -> None:
        self.happened.append((CompanyMet, {"company": standing.key}, standing.values["met_at"]))

    def changed(self, standing: Standing, given: Given[CompanyRow], before: dict[str, Any]) -> None:
        if "domain" in before:
            self.of_domain.pop(before["domain"], None)
        if "name_folded" in before:
            self.of_name.drop(before["name_folded"], standing)
        self._know(standing)
        body = {"company": standing.key, "fields": named(before), "version": standing.version}
        self.happened.append((CompanyChanged, body, self.at))

    def write(self) -> None:
        self.shelf.write()
        copy_externals("company", [(standing.id, *external) for standing, external in self.externals])
