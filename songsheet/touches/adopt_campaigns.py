"""Campaigns brought in: known by external id, then by name. Sources grow by name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from songsheet.base import bulk
from songsheet.base.adopting import Adopted, Alike, Fault, Lane, Standing, Table, named
from songsheet.base.chunks import Chunk, Given
from songsheet.base.text import clean, fold
from songsheet.journal.adopt import adopt_in_acts
from songsheet.team.acting import Acting
from songsheet.team.roles import Right
from songsheet.touches.events import CampaignChanged, CampaignEntered
from songsheet.touches.models import Campaign


@dataclass(slots=True)
class CampaignRow:
    """What is known of a campaign; money in minor units, `source` an id of `sources_named`."""

    name: str = ""
    kind: str = ""
    status: str = ""
    source: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    budget: int | None = None
    cost: int | None = None
    currency: str = ""
    custom: dict[str, Any] | None = None
    external: tuple[str, str] | None = None


def adopt_campaigns(
    rows: Sequence[CampaignRow], *, by: Acting, at: datetime, lane: Lane = "history"
) -> list[Adopted]:
    """Bring campaigns into the register; the same again changes nothing."""
    by.must(Right.SPEND)
    return adopt_in_acts(Campaigns, rows, entries_of=lambda row: 1, by=by.actor, at=at, lane=lane)


def sources_named(names: Iterable[str]) -> dict[str, int]:
    """The id of each source by the name as given; one that is new joins the vocabulary."""
    cleaned = {name: clean(name, 120, field="source") for name in names if name.strip()}
    folded = {fold(name): name for name in reversed(cleaned.values())}
    bulk.execute(
        """insert into touches_source (name, name_folded)
           select * from unnest(%s::text[], %s::text[]) as given(name, folded) order by folded
               on conflict (name_folded) do nothing""",
        [list(folded.values()), list(folded)],
    )
    found = bulk.rows(
        "select name_folded, id from touches_source where name_folded = any(%s::text[])", [list(folded)]
    )
    ids = dict(found)
    return {name: ids[fold(one)] for name, one in cleaned.items()}


class Campaigns(Chunk[CampaignRow]):
    """The campaigns of one chunk."""

    table = Table(Campaign)
    prefix = "campaign"
    realm = 3

    def __init__(self, rows: Sequence[CampaignRow], at: datetime) -> None:
        self.of_name = Alike()
        super().__init__(rows, at)

    def values(self, row: CampaignRow) -> dict[str, Any]:
        system, external_id = row.external or ("", "")
        return {
            "name": row.name.strip(),
            "kind": row.kind,
            "status": row.status,
            "source_id": row.source,
            "starts_on": row.starts_on,
            "ends_on": row.ends_on,
            "budget": row.budget,
            "cost": row.cost,
            "currency": row.currency,
            "system": system,
            "external_id": external_id,
            "custom": row.custom,
        }

    def fault(self, row: CampaignRow, values: dict[str, Any]) -> Fault | None:
        if not values["name"]:
            return "A campaign needs a name. Give one.", "name"
        return money_fault(values, "budget", "cost")

    def look_up(self, good: Sequence[Given[CampaignRow]]) -> None:
        names = {given.values["name"].lower() for given in good}
        bulk.hold(self.realm, ["names"])
        super().look_up(good)
        found = bulk.rows(
            "select id from touches_campaign where lower(name) = any(%s::text[]) and gone_at is null",
            [list(names)],
        )
        self.load(id_ for (id_,) in found)
        for standing in self.shelf.by_id.values():
            self._know(standing)

    def _know(self, standing: Standing) -> None:
        self.of_name.add(standing.values["name"].lower(), standing)

    def find(self, given: Given[CampaignRow]) -> Standing | None:
        if known := super().find(given):
            return known
        alike = self.of_name.get(given.values["name"].lower())
        if given.values["external_id"]:
            alike = [standing for standing in alike if not standing.values["external_id"]]
        return alike[0] if alike else None

    def make(self, given: Given[CampaignRow]) -> Standing:
        standing = super().make(given)
        self._know(standing)
        return standing

    def made(self, standing: Standing, given: Given[CampaignRow]) -> None:
        values = standing.values
        body = {"campaign": standing.key, "cost": values["cost"], "currency": values["currency"]}
        self.happened.append((CampaignEntered, body, self.at))

    def changed(self, standing: Standing, given: Given[CampaignRow], before: dict[str, Any]) -> None:
        self.of_name.drop(before.get("name", "").lower(), standing)
        self._know(standing)
        if given.values["external_id"]:
            self.known[self.name_of(standing.values)] = standing
        body = {"campaign": standing.key, "fields": named(before), "version": standing.version}
        self.happened.append((CampaignChanged, body, self.at))


def money_fault(values: dict[str, Any], *amounts: str) -> Fault | None:
    """Money without a currency is no money."""
    for name in amounts:
        if values[name] is not None and not values["currency"]:
            return "An amount needs its currency. Give one, such as EUR.", "currency"
    return None
