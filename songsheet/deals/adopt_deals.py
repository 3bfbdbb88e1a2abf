"""Deals brought in: known by what another system calls them. Each rests on a lead; stages grow by name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from songsheet.base import bulk
from songsheet.base.adopting import Adopted, Fault, Lane, Ref, Standing, Table, named, ref_id
from songsheet.base.chunks import Chunk, Given
from songsheet.base.text import clean, fold
from songsheet.deals.events import DealChanged, DealEnded, DealMoved, DealOpened
from songsheet.deals.models import ENDED, Deal, Stage
from songsheet.deals.step_acts import follow_steps
from songsheet.journal.adopt import adopt_in_acts
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

#: What a file says no more once somebody here took the deal up.
_OURS = ("state", "stage_id", "owner_id", "closed_at", "reason", "next_step", "next_step_on", "at_rest")


@dataclass(slots=True)
class DealRow:
    """What is known of a deal: money in minor units, probability in basis points."""

    lead: Ref
    person: Ref | None = None
    company: Ref | None = None
    campaign: Ref | None = None
    owner: Ref | None = None
    stage_id: int | None = None
    name: str = ""
    state: str = ""
    amount: int | None = None
    margin: int | None = None
    currency: str = ""
    probability: int | None = None
    category: str = ""
    opened_at: datetime | None = None
    expected_on: date | None = None
    closed_at: datetime | None = None
    reason: str = ""
    next_step: str = ""
    next_step_on: date | None = None
    custom: dict[str, Any] | None = None
    external: tuple[str, str] | None = None
    at_rest: bool = True


def adopt_deals(
    rows: Sequence[DealRow], *, by: Acting, at: datetime, lane: Lane = "history"
) -> list[Adopted]:
    """Bring deals in; the same again changes nothing, what was taken up here keeps owner and stage."""
    by.must(Right.WORK)
    return adopt_in_acts(Deals, rows, entries_of=_entries_of, by=by.actor, at=at, lane=lane)


def _entries_of(row: DealRow) -> int:
    return 2 if row.state in ENDED else 1


def stages_named(names: Iterable[str]) -> dict[str, int]:
    """The id of each stage by the name as given; a new one comes behind the others."""
    cleaned = {name: clean(name, 120, field="stage") for name in names if name.strip()}
    folded: dict[str, str] = {}
    for name in cleaned.values():
        folded.setdefault(fold(name), name)
    bulk.execute(
        """insert into deals_stage (name, name_folded, position)
           select given.name, given.folded,
                  given.number + coalesce((select max(position) from deals_stage), 0)
             from unnest(%s::text[], %s::text[]) with ordinality as given(name, folded, number)
            where not exists (select from deals_stage where name_folded = given.folded)
               on conflict (name_folded) do nothing""",
        [list(folded.values()), list(folded)],
    )
    ids = dict(Stage.objects.filter(name_folded__in=list(folded)).values_list("name_folded", "id"))
    return {name: ids[fold(one)] for name, one in cleaned.items()}


class Deals(Chunk[DealRow]):
    """The deals of one chunk."""

    table = Table(Deal)
    prefix = "deal"
    realm = 7

    def __init__(self, rows: Sequence[DealRow], at: datetime) -> None:
        self.stages = dict(Stage.objects.values_list("id", "name"))
        super().__init__(rows, at)

    def values(self, row: DealRow) -> dict[str, Any]:
        system, external_id = row.external or ("", "")
        return {
            "name": row.name,
            "lead_id": row.lead[0],
            "person_id": ref_id(row.person),
            "company_id": ref_id(row.company),
            "campaign_id": ref_id(row.campaign),
            "owner_id": ref_id(row.owner),
            "stage_id": row.stage_id,
            "state": row.state.strip(),
            "amount": row.amount,
            "margin": row.margin,
            "currency": row.currency,
            "probability": row.probability,
            "category": row.category,
            "opened_at": row.opened_at,
            "expected_on": row.expected_on,
            "closed_at": row.closed_at,
            "reason": row.reason,
            "next_step": row.next_step.strip(),
            "next_step_on": row.next_step_on,
            "at_rest": row.at_rest,
            "system": system,
            "external_id": external_id,
            "custom": row.custom,
        }

    def fault(self, row: DealRow, values: dict[str, Any]) -> Fault | None:
        if (row.amount is not None or row.margin is not None) and not values["currency"]:
            return "An amount needs its currency. Give one, such as EUR.", "currency"
        if row.stage_id and row.stage_id not in self.stages:
            return "There is no such stage.", "stage"
        steady = row.owner and values["next_step"] and row.next_step_on
        if values["state"] in ("", "open") and not row.at_rest and not steady:
            return "An open deal has an owner and a dated next step. Give all three.", "next_step"
        return None

    def make(self, given: Given[DealRow]) -> Standing:
        standing = super().make(given)
        values = standing.values
        values["state"] = values["state"] or "open"
        values["opened_at"] = values["opened_at"] or self.at
        self._settle(values)
        return standing

    def write(self) -> None:
        """An open deal that is worked on has the clock of its next step."""
        self.shelf.write()
        touched = [*self.shelf.made, *(one for one in self.shelf.by_id.values() if one.changed)]
        follow_steps([one.id for one in touched if not one.values["at_rest"]], at=self.at)

    def _settle(self, values: dict[str, Any]) -> None:
        """An ended deal says when it ended, an open one does not."""
        if values["state"] in ENDED:
            values["closed_at"] = values["closed_at"] or values["opened_at"]
        else:
            values["closed_at"] = None

    def news(self, standing: Standing, given: Given[DealRow]) -> tuple[Fault, dict[str, Any]]:
        hidden = _OURS if not standing.values["at_rest"] else ("at_rest", "state", "closed_at")
        return ("", ""), {name: value for name, value in given.values.items() if name not in hidden}

    def more(self, standing: Standing, given: Given[DealRow]) -> dict[str, Any]:
        """State and end follow each other."""
        if not standing.values["at_rest"]:
            return {}
        values = standing.values
        stood = {name: values[name] for name in ("state", "closed_at")}
        values["state"] = given.values["state"] or values["state"]
        values["closed_at"] = given.values["closed_at"] or values["closed_at"]
        self._settle(values)
        return {name: old for name, old in stood.items() if old != values[name]}

    def made(self, standing: Standing, given: Given[DealRow]) -> None:
        row, values = given.row, standing.values
        body = {
            **_about(standing, given),
            "company": row.company and row.company[1],
            "owner": row.owner and row.owner[1],
            "campaign": row.campaign and row.campaign[1],
            "amount": values["amount"],
            "currency": values["currency"],
        }
        self.happened.append((DealOpened, body, values["opened_at"]))
        if values["state"] in ENDED:
            self._ended(standing, given)

    def changed(self, standing: Standing, given: Given[DealRow], before: dict[str, Any]) -> None:
        values = standing.values
        body = {**_about(standing, given), "fields": named(before), "version": standing.version}
        self.happened.append((DealChanged, body, self.at))
        if "stage_id" in before:
            stages = {
                "stage": self.stages[values["stage_id"]],
                "before": self.stages.get(before["stage_id"], ""),
            }
            self.happened.append((DealMoved, {**_about(standing, given), **stages}, self.at))
        if "state" in before and values["state"] in ENDED:
            self._ended(standing, given)

    def _ended(self, standing: Standing, given: Given[DealRow]) -> None:
        values = standing.values
        end = {name: values[name] for name in ("state", "amount", "currency")}
        self.happened.append((DealEnded, {**_about(standing, given), **end}, values["closed_at"]))


def _about(standing: Standing, given: Given[DealRow]) -> dict[str, Any]:
    row = given.row
    return {"deal": standing.key, "lead": row.lead[1], "person": row.person and row.person[1]}
