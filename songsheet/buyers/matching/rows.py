"""Records as they are compared, read from the database, each with what was merged into it."""

from collections.abc import Collection
from hashlib import blake2b

from songsheet.base import bulk
from songsheet.buyers.matching.companies import KnownCompany, ReadCompany, read_company
from songsheet.buyers.matching.people import Known, Read, read

#: The custom fields that together are an address, whatever a house calls them.
_PLACE = """case when it.custom <> '{}' then (
    select string_agg(value, ' ' order by key) from jsonb_each_text(it.custom)
     where key ~ 'street|strasse|address|house_n|suburb|city|town|post_?code|postal|zip|plz'
       and key !~ 'mail|web|^ip_') end"""
_PEOPLE = f"""
with family as (
    select id, id as root from buyers_person where id = any(%(ids)s::bigint[])
       and root_id is null and gone_at is null
     union all select id, root_id from buyers_person where root_id = any(%(ids)s::bigint[])),
mails as (
    select root, array_agg(address::text) as mails from family
      join buyers_mail on person_id = family.id and gone_at is null group by root),
phones as (
    select root, array_agg(number::text) as phones from family
      join buyers_phone on person_id = family.id and gone_at is null group by root)
select it.id, it.name, it.given_name, it.family_name, mails, phones, company.name, company.domain,
       {_PLACE}, company.id
  from family join buyers_person it on it.id = family.id and family.root = it.id
  left join mails on mails.root = it.id left join phones on phones.root = it.id
  left join buyers_company own on own.id = it.company_id
  left join buyers_company company on company.id = coalesce(own.root_id, own.id)"""
_COMPANIES = f"""
select id, name, domain, country, {_PLACE} from buyers_company it
 where id = any(%(ids)s::bigint[]) and root_id is null and gone_at is null"""


def people(ids: Collection[int]) -> dict[int, Read]:
    """These people, by id; merged and gone ones are left out."""
    found = {}
    for id_, name, given, family, mails, phones, company, domain, place, company_id in bulk.rows(
        _PEOPLE, {"ids": sorted(ids)}
    ):
        ways = mails or (), phones or ()
        work = company or "", domain or "", place or ""
        found[id_] = read(Known(name, given, family, *ways, *work, company_id=company_id))
    return found


def companies(ids: Collection[int]) -> dict[int, ReadCompany]:
    """These companies, by id; merged and gone ones are left out."""
    return {
        id_: read_company(KnownCompany(*(value or "" for value in values)))
        for id_, *values in bulk.rows(_COMPANIES, {"ids": sorted(ids)})
    }


def hashed(block: str) -> int:
    """What is stored of a block: it names nobody."""
    return int.from_bytes(blake2b(block.encode(), digest_size=8).digest(), "big", signed=True)
