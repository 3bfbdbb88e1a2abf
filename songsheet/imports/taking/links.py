"""Which record of ours another system means: by its id, its name or a mail address."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from songsheet.base import bulk
from songsheet.base.adopting import Ref
from songsheet.base.text import fold


class Linked(NamedTuple):
    """A record, and the person, company and lead that come with it."""

    ref: Ref
    person: Ref | None = None
    company: Ref | None = None
    lead: Ref | None = None


Finding = Callable[[str, Collection[str]], dict[str, Linked]]

_ROOTED = "coalesce(root.id, it.id), coalesce(root.key, it.key)"

_COMPANY_BY_ID = f"""
    select e.external_id, {_ROOTED} from buyers_externalid e
      join buyers_company it on it.id = e.company_id and it.gone_at is null
      left join buyers_company root on root.id = it.root_id
     where e.system = %s and e.kind = 'company' and e.external_id = any(%s::text[]) and e.gone_at is null"""
_COMPANY_BY_NAME = """
    select distinct on (name_folded) name_folded, id, key from buyers_company
     where name_folded = any(%s::text[]) and gone_at is null and root_id is null order by name_folded, id"""
_PERSON = """, company.id, company.key from buyers_person it
      left join buyers_person root on root.id = it.root_id
      left join buyers_company company on company.id = coalesce(root.company_id, it.company_id)"""
_PERSON_BY_ID = f"""
    select e.external_id, {_ROOTED}{_PERSON}
      join buyers_externalid e on it.id = e.person_id
     where e.system = %s and e.kind = 'person' and e.external_id = any(%s::text[]) and e.gone_at is null
       and it.gone_at is null"""
_PERSON_BY_MAIL = f"""
    select m.address, {_ROOTED}{_PERSON}
      join buyers_mail m on m.person_id = it.id
     where m.address = any(%s::text[]) and m.gone_at is null and it.gone_at is null"""
_PERSON_BY_NAME = f"""
    select it.name_folded, {_ROOTED}{_PERSON}
     where it.name_folded = any(%s::text[]) and it.gone_at is null"""
_LEAD = """
    select {name}, it.id, it.key, person.id, person.key, company.id, company.key from leads_lead it
      join buyers_person person on person.id = it.person_id
      left join buyers_company company on company.id = coalesce(it.company_id, person.company_id)"""
_LEAD_BY_ID = (
    _LEAD.format(name="it.external_id")
    + """
     where it.system = %s and it.external_id = any(%s::text[]) and it.gone_at is null and it.external_id <>
        ''"""
)
_LEAD_BY_NAME = (
    _LEAD.format(name="person.name_folded")
    + """
     where it.system = %s and person.name_folded = any(%s::text[]) and it.gone_at is null"""
)
_LEAD_BY_FAMILY_NAME = (
    _LEAD.format(name="person.family_name")
    + """
     where it.system = %s and person.family_name = any(%s::text[]) and it.gone_at is null"""
)
_LEAD_BY_MAIL = (
    _LEAD.format(name="m.address")
    + """
      join buyers_mail m on m.person_id = person.id and m.gone_at is null
     where it.system = %s and m.address = any(%s::text[]) and it.gone_at is null"""
)
_DEAL_BY_ID = """
    select it.external_id, it.id, it.key, person.id, person.key, company.id, company.key, lead.id, lead.key
      from deals_deal it
      join leads_lead lead on lead.id = it.lead_id
      left join buyers_person person on person.id = coalesce(it.person_id, lead.person_id)
      left join buyers_company company on company.id = coalesce(it.company_id, lead.company_id)
     where it.system = %s and it.external_id = any(%s::text[]) and it.gone_at is null and it.external_id <>
        ''"""
_DEAL_BY_NAME = """
    select it.name, it.id, it.key, person.id, person.key, company.id, company.key, lead.id, lead.key
      from deals_deal it
      join leads_lead lead on lead.id = it.lead_id
      left join buyers_person person on person.id = coalesce(it.person_id, lead.person_id)
      left join buyers_company company on company.id = coalesce(it.company_id, lead.company_id)
     where it.system = %s and it.name = any(%s::text[]) and it.gone_at is null"""
_CAMPAIGN_BY_ID = """
    select external_id, id, key from touches_campaign
     where system = %s and external_id = any(%s::text[]) and gone_at is null and external_id <> ''"""

#: (kind, by) → how texts are compared, whether the system matters, whether two of the same name are
#: nobody, and the SQL.
_WAYS: dict[tuple[str, str], tuple[Callable[[str], str], bool, bool, str]] = {
    ("company", "id"): (str, True, False, _COMPANY_BY_ID),
    ("company", "name"): (fold, False, False, _COMPANY_BY_NAME),
    ("person", "id"): (str, True, False, _PERSON_BY_ID),
    ("person", "mail"): (str.lower, False, False, _PERSON_BY_MAIL),
    ("person", "name"): (fold, False, True, _PERSON_BY_NAME),
    ("person", "family_name"): (fold, False, True, _PERSON_BY_NAME),
    ("lead", "id"): (str, True, False, _LEAD_BY_ID),
    ("lead", "name"): (fold, True, True, _LEAD_BY_NAME),
    ("lead", "family_name"): (str, True, True, _LEAD_BY_FAMILY_NAME),
    ("lead", "mail"): (str.lower, True, True, _LEAD_BY_MAIL),
    ("deal", "id"): (str, True, False, _DEAL_BY_ID),
    ("deal", "name"): (str, True, True, _DEAL_BY_NAME),
    ("campaign", "id"): (str, True, False, _CAMPAIGN_BY_ID),
}


def find(system: str, kind: str, by: str, texts: Collection[str]) -> dict[str, Linked]:
    """What each text means; a text that means nobody, or by name several, is left out."""
    if (kind, by) == ("campaign", "name"):
        return _campaigns_by_name(texts)
    same, of_system, alone, sql = _WAYS[kind, by]
    wanted = {text: same(text) for text in texts}
    if not wanted:
        return {}
    given = list(set(wanted.values()))
    found: dict[str, Linked | None] = {}
    for name, *ids in bulk.rows(sql, [system, given] if of_system else [given]):
        linked = _linked(kind, ids)
        known = found.get(name, linked)
        found[name] = linked if known == linked or not alone else None
    return {text: one for text, name in wanted.items() if (one := found.get(name)) is not None}


def _linked(kind: str, ids: list[int | str | None]) -> Linked:
    refs = [(ids[at], ids[at + 1]) if ids[at] else None for at in range(0, len(ids), 2)]
    if kind == "person":
        return Linked(refs[0], refs[0], refs[1])  # type: ignore[arg-type]
    if kind == "company":
        return Linked(refs[0], None, refs[0])  # type: ignore[arg-type]
    if kind == "lead":
        return Linked(refs[0], refs[1], refs[2], refs[0])  # type: ignore[arg-type]
    return Linked(*refs)  # type: ignore[arg-type]


def _campaigns_by_name(texts: Collection[str]) -> dict[str, Linked]:
    """The register is short: it is folded here."""
    known: dict[str, Linked] = {}
    for name, id_, key in bulk.rows(
        "select name, id, key from touches_campaign where gone_at is null order by id desc"
    ):
        known[fold(name)] = Linked((id_, key))
    return {text: known[fold(text)] for text in texts if fold(text) in known}
