"""What a definition looks at, for any number of leads in one statement.

Every fact is SQL over the tables joined below; words are folded as `base.text.fold` does, and what is not
known is null. A person that was merged counts with all their records, a company as what it was merged into.
"""

from collections.abc import Iterable

from songsheet.base.refolding import plainly
from songsheet.buyers.permissions import COUNTS


def folded(text: str) -> str:
    """SQL for a text as it is compared; null where it says nothing."""
    plain = plainly(rf"regexp_replace(normalize(lower({text}), NFKD), '[\u0300-\u036f]', '', 'g')")
    squeezed = f"regexp_replace(replace({plain}, 'ß', 'ss'), '\\s+', ' ', 'g')"
    return f"case when {text} <> '' then nullif(btrim({squeezed}), '') end"


#: What is looked at → its SQL.
FACTS: dict[str, str] = {
    "country": folded("company.country"),
    "industry": folded("company.industry"),
    "people_count": "company.people_count",
    "title": folded("person.title"),
    "language": folded("person.language"),
    "source": folded("source.name"),
    "campaign": folded("campaign.name"),
    "wants": folded("lead.wants"),
    "company": "company.key",
    "domain": "nullif(lower(company.domain), '')",
    **{
        way: f"""case when person.id in (
        select family.root from family join buyers_{way} way on way.person_id = family.id
         where way.gone_at is null) then '{way}' end"""
        for way in ("mail", "phone")
    },
    "consent": "consented.purposes",
    "touches": "coalesce(came.count, 0)",
    "days_since_touch": """
        floor(extract(epoch from coalesce(%(at)s::timestamptz, came.last) - came.last) / 86400)::int""",
}

_COMPANY = """
  left join buyers_company given on given.id = coalesce(lead.company_id, person.company_id)
  left join buyers_company company on company.id = coalesce(given.root_id, given.id)"""
_CAME = """
  left join came on came.root = person.id"""
_CONSENTED = """
  left join consented on consented.root = person.id"""
_SOURCE = """
  left join touches_source source on source.id = lead.source_id"""
_CAMPAIGN = """
  left join touches_campaign campaign on campaign.id = lead.campaign_id"""
#: What each fact is read from.
_FROM = {
    **dict.fromkeys(("country", "industry", "people_count", "company", "domain"), _COMPANY),
    **dict.fromkeys(("touches", "days_since_touch"), _CAME),
    "consent": _CONSENTED,
    "source": _SOURCE,
    "campaign": _CAMPAIGN,
}

_CHOSEN = """
chosen as materialized (
    select lead.id, lead.key, lead.wants, lead.company_id, lead.source_id, lead.campaign_id,
           coalesce(one.root_id, one.id) as root
      from leads_lead lead join buyers_person one on one.id = lead.person_id
     where lead.gone_at is null and {which})"""
#: The records of their people, whatever was merged with them.
_FAMILY = """
family as materialized (
    select root as id, root from chosen
     union
    select id, root_id from buyers_person where root_id in (select root from chosen))"""
#: What they did up to the moment that is asked for.
_TOUCHED = """
came as materialized (
    select family.root, count(*) as count, max(touch.at) as last
      from family join touches_touch touch on touch.person_id = family.id
     where touch.direction = 'in' and touch.gone_at is null
       and touch.at <= coalesce(%(at)s::timestamptz, 'infinity')
     group by family.root)"""
#: By what they may be contacted; tracking is no contact.
_ALLOWED = f"""{COUNTS},
consented as (
    select root, string_agg(purpose, ', ' order by purpose) as purposes from counts
     where granted and purpose in ('mail', 'call', 'post') and not exists (
           select from family join buyers_donotcontact mark on mark.person_id = family.id
            where family.root = counts.root and mark.gone_at is null and mark.channel in ('', counts.purpose))
     group by root)"""


def facts_of(names: Iterable[str], which: str) -> str:
    """A statement up to `facts`, with `id`, `key` and these facts of the leads that `which` (SQL over
    `lead`) tells; it takes `at`: the moment they are asked for, or none for that of the last touch."""
    wanted = list(dict.fromkeys(names))
    parts = [_CHOSEN.format(which=which), _FAMILY]
    if {"touches", "days_since_touch"} & set(wanted):
        parts.append(_TOUCHED)
    if "consent" in wanted:
        parts.append(_ALLOWED)
    joins = "".join(dict.fromkeys(_FROM[name] for name in wanted if name in _FROM))
    columns = "".join(f",\n           {FACTS[name]} as {name}" for name in wanted)
    facts = f"""
facts as materialized (
    select lead.id, lead.key{columns}
      from chosen lead join buyers_person person on person.id = lead.root{joins})"""
    return "with recursive" + ",".join([*parts, facts])
