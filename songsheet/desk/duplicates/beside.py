"""Two records side by side: field by field, and what hangs on each."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from songsheet.buyers import units
from songsheet.buyers.merge_actions import PEOPLE, Kind
from songsheet.buyers.models import Company, Person
from songsheet.buyers.permissions import answers_of
from songsheet.journal.sql import rows
from songsheet.team.fields.declared import fields_on
from songsheet.team.fields.listing import in_a_cell
from songsheet.ui.when import when

_PERSON_COUNTS = """
    select what, root, count(*) from (
        select id, coalesce(root_id, id) as root from buyers_person
         where id = any(%(ids)s) or root_id = any(%(ids)s)) as family,
   lateral (select 'leads' as what from leads_lead where person_id = family.id and gone_at is null
        union all select 'deals' from deals_deal deal join leads_lead lead on lead.id = deal.lead_id
                   where lead.person_id = family.id and deal.gone_at is null
        union all select 'touches' from touches_touch where person_id = family.id and gone_at is null
        union all select 'tasks' from touches_task where person_id = family.id and gone_at is null
        union all select 'consents' from buyers_consent where person_id = family.id and gone_at is null
        union all select 'externals' from buyers_externalid where person_id = family.id and gone_at is null)
        as its group by what, root"""
_COMPANY_COUNTS = """
    select what, root, count(*) from (
        select id, coalesce(root_id, id) as root from buyers_company
         where id = any(%(ids)s) or root_id = any(%(ids)s)) as family,
   lateral (select 'people' as what from buyers_person
             where company_id = family.id and gone_at is null and root_id is null
        union all select 'leads' from leads_lead where company_id = family.id and gone_at is null
        union all select 'deals' from deals_deal where company_id = family.id and gone_at is null
        union all select 'touches' from touches_touch where company_id = family.id and gone_at is null
        union all select 'externals' from buyers_externalid where company_id = family.id and gone_at is null)
        as its group by what, root"""
_WAYS = """
    select root, array_agg(value order by value) from (
        select id, coalesce(root_id, id) as root from buyers_person
         where id = any(%(ids)s) or root_id = any(%(ids)s)) as family,
   lateral (select address::text as value from buyers_mail where person_id = family.id and gone_at is null
        union all select number::text from buyers_phone where person_id = family.id and gone_at is null)
        as its group by root"""


@dataclass(frozen=True)
class Line:
    """A field of both; `take` says which one is chosen to begin with, empty where they agree."""

    name: str
    label: str
    mine: str
    theirs: str
    take: str


def lines(kind: Kind[Any, Any], survivor: Any, other: Any) -> list[Line]:
    """The fields to choose between, then the custom ones."""
    taken = units.chosen(survivor, other, None, kind.units)
    customs = _customs("person" if kind is PEOPLE else "company", {*survivor.custom, *other.custom})
    found = []
    for unit in (*kind.units, *customs):
        mine, theirs = _words(survivor, unit), _words(other, unit)
        take = "" if mine == theirs or not theirs else "other" if unit.name in taken else "mine"
        found.append(Line(unit.name, unit.label, mine, theirs, take))
    return found


def _customs(on: str, held: set[str]) -> list[units.Unit]:
    """Those of the declared fields that one of the two holds, by their labels, in their order."""
    return [units.Unit(f"custom.{one.name}", one.label, ()) for one in fields_on(on) if one.name in held]


def _words(row: Any, unit: units.Unit) -> str:
    if unit.name.startswith("custom."):
        on, name = "company" if isinstance(row, Company) else "person", unit.name.removeprefix("custom.")
        return next((in_a_cell(one, row.custom.get(name)) for one in fields_on(on) if one.name == name), "")
    value = getattr(row, unit.name)
    return "" if value is None else str(value.whole if isinstance(value, Company) else value)


def hanging(kind: Kind[Any, Any], two: list[Any]) -> list[dict[str, Any]]:
    """What hangs on each of the two: a label and both counts; nothing of it is moved."""
    sql = _PERSON_COUNTS if kind is PEOPLE else _COMPANY_COUNTS
    counts = {(what, root): n for what, root, n in rows(sql, {"ids": [one.id for one in two]})}
    labels = {
        "people": _("People"), "leads": _("Leads"), "deals": _("Deals"), "touches": _("Contacts"),
        "tasks": _("Tasks"), "consents": _("Answers on what we may"), "externals": _("Ids in other systems"),
    }  # fmt: skip
    return [
        {"label": label, "counts": [counts.get((what, one.id), 0) for one in two]}
        for what, label in labels.items()
        if any((what, one.id) in counts for one in two)
    ]


def permitted(two: list[Person]) -> list[dict[str, Any]]:
    """How each can be reached and what each allows; a refusal of one will count for both."""
    ids = [one.id for one in two]
    ways = dict(rows(_WAYS, {"ids": ids}))
    answers = answers_of(ids)
    forbidden = dict(
        rows(
            """select coalesce(person.root_id, person.id),
                      string_agg(coalesce(nullif(channel, ''), 'any'), ', ')
                 from buyers_donotcontact mark join buyers_person person on person.id = mark.person_id
                where (person.id = any(%(ids)s) or person.root_id = any(%(ids)s)) and mark.gone_at is null
                group by 1""",
            {"ids": ids},
        )
    )

    def may(id_: int) -> str:
        said = answers.get(id_, {})
        return ", ".join(f"{purpose}: {_('yes') if yes else _('no')}" for purpose, (yes, _at) in said.items())

    return [
        {"label": _("Reached by"), "values": [", ".join(ways.get(id_, [])) for id_ in ids]},
        {"label": _("May we"), "values": [may(id_) for id_ in ids]},
        {"label": _("Do not contact"), "values": [forbidden.get(id_, "") for id_ in ids]},
        {"label": _("Known since"), "values": [when(one.met_at) for one in two]},
    ]
