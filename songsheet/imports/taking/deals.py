"""Deals out of the rows of a file. Each rests on a lead: where the file has none, one is made with it."""

from collections.abc import Sequence

from songsheet.base.adopting import Adopted, Ref
from songsheet.buyers.adopt import PersonRow
from songsheet.deals.adopt import DealRow
from songsheet.imports.records import Part
from songsheet.imports.taking.buyers import companies_of, with_words
from songsheet.imports.taking.leads import campaigns_of
from songsheet.imports.taking.links import Linked
from songsheet.imports.taking.slice import Slice, column, customs
from songsheet.leads.adopt import LeadRow

_FIELDS = (
    "name", "state", "amount", "margin", "currency", "probability", "category", "type", "source", "opened_at",
    "expected_on", "closed_at", "reason", "next_step", "next_step_on",
)  # fmt: skip


def take_deals(part: Part, into: Slice) -> list[Adopted | None]:
    """Deals, open or ended."""
    companies, campaigns, owners = companies_of(part, into), campaigns_of(part, into), into.owners(part)
    leads = _leads_of(part, into, companies, campaigns, owners)
    stages, custom = into.stages(column(part, "stage")), customs(part)
    f = {name: column(part, name) for name in _FIELDS}
    rows: list[DealRow | None] = []
    for at, lead in enumerate(leads):
        if lead is None:
            rows.append(None)
            continue
        amount, margin = f["amount"][at], f["margin"][at]
        rows.append(
            DealRow(
                lead=lead.ref,
                person=lead.person,
                company=companies[at] or lead.company,
                campaign=campaigns[at],
                owner=owners[at],
                stage_id=stages[at],
                name=f["name"][at] or "",
                state=f["state"][at] or "",
                amount=amount.minor if amount else None,
                margin=margin.minor if margin else None,
                currency=(amount or margin).currency if amount or margin else f["currency"][at] or "",
                probability=f["probability"][at],
                category=f["category"][at] or "",
                opened_at=f["opened_at"][at],
                expected_on=f["expected_on"][at],
                closed_at=f["closed_at"][at],
                reason=f["reason"][at] or "",
                next_step=f["next_step"][at] or "",
                next_step_on=f["next_step_on"][at],
                custom=with_words(custom[at], Type=f["type"][at], Source=f["source"][at]),
                external=(into.system, part.ids[at]),
            )
        )
    return into.adopt("deal", rows, part.rows)


def _leads_of(
    part: Part,
    into: Slice,
    companies: Sequence[Ref | None],
    campaigns: Sequence[Ref | None],
    owners: Sequence[Ref | None],
) -> list[Linked | None]:
    """The lead of each deal: the one it names, else the one made for it before, else one that is made now."""
    deals = into.find("deal", "id", set(part.ids))
    named = into.linked(part, "lead")
    own = into.find("lead", "id", {f"deal:{id_}" for id_ in part.ids})
    found: list[Linked | None] = []
    for at, id_ in enumerate(part.ids):
        stood = deals.get(id_)
        kept = Linked(stood.lead, stood.person, stood.company, stood.lead) if stood and stood.lead else None
        found.append(named[at] or kept or own.get(f"deal:{id_}"))
    people = _people_of(part, into, found, companies)
    sources, opened = into.sources(column(part, "source")), column(part, "opened_at")
    rows: list[LeadRow | None] = []
    for at, (id_, person) in enumerate(zip(part.ids, people, strict=True)):
        if found[at] is not None or person is None:
            rows.append(None)
            continue
        rows.append(
            LeadRow(
                person=person,
                company=companies[at],
                source=sources[at],
                campaign=campaigns[at],
                owner=owners[at],
                state="converted",
                came_at=opened[at],
                ended_at=opened[at],
                external=(into.system, f"deal:{id_}"),
            )
        )
    made = into.adopt("lead", rows, part.rows)
    return [
        old or (Linked(new.ref, people[at], companies[at], new.ref) if new and new.ref else None)
        for at, (old, new) in enumerate(zip(found, made, strict=True))
    ]


def _people_of(
    part: Part, into: Slice, leads: Sequence[Linked | None], companies: Sequence[Ref | None]
) -> list[Ref | None]:
    """Whose deal each is, where no lead tells: the one it names, else somebody at the company, else
    somebody."""
    linked = into.linked(part, "person")
    rows: list[PersonRow | None] = []
    for at, id_ in enumerate(part.ids):
        company = companies[at]
        name = f"of:{company[1]}" if company else f"deal:{id_}"
        needed = leads[at] is None and linked[at] is None
        rows.append(PersonRow(company=company, external=(into.system, name)) if needed else None)
    adopted = into.adopt("person", rows, part.rows)
    return [
        by_link.ref if by_link else (one.ref if one else None)
        for by_link, one in zip(linked, adopted, strict=True)
    ]
