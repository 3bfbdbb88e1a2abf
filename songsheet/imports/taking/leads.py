"""Campaigns and leads out of the rows of a file."""

from collections.abc import Sequence

from songsheet.base.adopting import Adopted, Ref
from songsheet.base.text import fold
from songsheet.buyers.adopt import PersonRow
from songsheet.imports.records import Part
from songsheet.imports.taking.buyers import companies_of, people_rows, says_who, with_words
from songsheet.imports.taking.links import Linked
from songsheet.imports.taking.slice import Slice, column, customs, refs
from songsheet.imports.taking.standing import standing_values
from songsheet.leads.adopt import LeadRow
from songsheet.touches.adopt import CampaignRow


def take_campaigns(part: Part, into: Slice) -> list[Adopted | None]:
    """The register of campaigns, with what they were to cost and did."""
    named = standing_values("campaign", "name", part, into)
    sources, custom = into.sources(column(part, "source")), customs(part)
    names = ("name", "kind", "status", "starts_on", "ends_on", "budget", "cost", "currency")
    f = {name: column(part, name) for name in names}
    rows = []
    for at, id_ in enumerate(part.ids):
        budget, cost, source = f["budget"][at], f["cost"][at], sources[at]
        rows.append(
            CampaignRow(
                name=f["name"][at] or named.get(id_, ""),
                kind=f["kind"][at] or "",
                status=f["status"][at] or "",
                source=source[0] if source else None,
                starts_on=f["starts_on"][at],
                ends_on=f["ends_on"][at],
                budget=budget.minor if budget else None,
                cost=cost.minor if cost else None,
                currency=(cost or budget).currency if cost or budget else f["currency"][at] or "",
                custom=custom[at],
                external=(into.system, id_),
            )
        )
    return into.adopt("campaign", rows, part.rows)


def campaigns_of(part: Part, into: Slice) -> list[Ref | None]:
    """The campaign of each row; one that is known by its name alone and is new enters the register."""
    said = part.record.links.get("campaign")
    texts = part.links.get("campaign")
    if said is None or texts is None or said.by == "id":
        return refs(into.linked(part, "campaign"))
    known = into.find("campaign", "name", {text for text in texts if text})
    first: dict[str, int] = {}
    rows: list[CampaignRow | None] = []
    for at, text in enumerate(texts):
        is_new = bool(text) and text not in known and first.setdefault(fold(text or ""), at) == at
        rows.append(CampaignRow(name=text or "") if is_new else None)
    made = into.adopt("campaign", rows, part.rows)
    found: list[Ref | None] = []
    for text in texts:
        one = made[first[fold(text)]] if text and fold(text) in first else None
        found.append(known[text].ref if text and text in known else one.ref if one else None)
    return found


def take_leads(part: Part, into: Slice) -> list[Adopted | None]:
    """Leads, each with its person and company; a row that only names a known lead leaves both as they are."""
    known = into.find("lead", "id", set(part.ids))
    companies, campaigns, owners = companies_of(part, into), campaigns_of(part, into), into.owners(part)
    sources, custom = into.sources(column(part, "source")), customs(part)
    people = _people_of(part, into, [known.get(id_) for id_ in part.ids], companies)
    names = (
        "state", "came_at", "created_at", "ended_at", "end_reason", "look_again_on", "contacted_elsewhere",
        "wants", "industry", "country",
    )  # fmt: skip
    f = {name: column(part, name) for name in names}
    rows: list[LeadRow | None] = []
    for at, (id_, person) in enumerate(zip(part.ids, people, strict=True)):
        if person is None:
            rows.append(None)
            continue
        rows.append(
            LeadRow(
                person=person,
                company=companies[at],
                source=sources[at],
                campaign=campaigns[at],
                owner=owners[at],
                state=f["state"][at] or "",
                came_at=f["came_at"][at] or f["created_at"][at],
                ended_at=f["ended_at"][at],
                end_reason=f["end_reason"][at] or "",
                look_again_on=f["look_again_on"][at],
                contacted_elsewhere=bool(f["contacted_elsewhere"][at]),
                wants=f["wants"][at] or "",
                custom=with_words(custom[at], Industry=f["industry"][at], Country=f["country"][at]),
                external=(into.system, id_),
            )
        )
    return into.adopt("lead", rows, part.rows)


def _people_of(
    part: Part, into: Slice, known: Sequence[Linked | None], companies: Sequence[Ref | None]
) -> list[Ref | None]:
    """Whose lead each row is: who is referred to, else who is described, else the one it was before, else
    somebody new."""
    linked = into.linked(part, "person")
    met = column(part, "came_at") if "came_at" in part.fields else column(part, "created_at")
    described = people_rows(part, companies, met=met)
    rows: list[PersonRow | None] = []
    for at, says in enumerate(says_who(part)):
        before = known[at]
        needed = linked[at] is None and (says or before is None)
        described[at].external = (into.system, f"lead:{part.ids[at]}")
        rows.append(described[at] if needed else None)
    adopted = into.adopt("person", rows, part.rows)
    people: list[Ref | None] = []
    for one, by_link, before in zip(adopted, linked, known, strict=True):
        stood = before.person if before else None
        people.append(by_link.ref if by_link else (one.ref if one else stood))
    return people
