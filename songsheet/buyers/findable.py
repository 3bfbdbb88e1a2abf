"""How people and companies are found: by their names, addresses, numbers and what other systems call them."""

from django.db.models import F
from django.db.models.functions import Coalesce

from songsheet.buyers.queries import companies_seen_by, people_seen_by
from songsheet.doors.findable import Findable
from songsheet.team.fields.held import spoken

#: Companies whose name changed, with what was merged into them: what rests on them is found by new words.
RENAMED_COMPANIES = """select id from buyers_company where key = any(%(companies)s::text[])
     union select other.id from buyers_company other join buyers_company it on other.root_id = it.id
            where it.key = any(%(companies)s::text[])"""
#: People whose words changed, with what was merged into them, and the people of those companies.
RENAMED_PEOPLE = f"""select id from buyers_person where key = any(%(people)s::text[])
     union select other.id from buyers_person other join buyers_person it on other.root_id = it.id
            where it.key = any(%(people)s::text[])
     union select id from buyers_person where company_id in ({RENAMED_COMPANIES})"""
#: The name of a company `it` names, that of what it was merged into.
COMPANY_NAME = "(select coalesce(root.name, one.name) from buyers_company one left join buyers_company root" \
               " on root.id = one.root_id where one.id = it.company_id)"  # fmt: skip

PEOPLE = Findable(
    number=1,
    name="people",
    label="Buyers",
    one="Buyer",
    icon="buyers",
    part="buyers",
    prefix="person",
    table="buyers_person",
    rows=f"""
select it.id, concat_ws(' ', it.name, it.given_name, it.family_name, others.names),
       concat_ws(' ', it.title, {COMPANY_NAME}, {spoken("person")}),
       array(select address from buyers_mail where person_id = any(its.ids) and gone_at is null),
       array(select number from buyers_phone where person_id = any(its.ids) and gone_at is null),
       array(select external_id from buyers_externalid where person_id = any(its.ids) and gone_at is null)
  from buyers_person it,
       lateral (select array_agg(id) as ids,
                       string_agg(concat_ws(' ', name, given_name, family_name), ' ') as names
                  from buyers_person where root_id = it.id) as others,
       lateral (select array_append(others.ids, it.id) as ids) as its
 where it.id = any(%(ids)s::bigint[]) and it.gone_at is null and it.root_id is null""",
    changed=f"""select id from buyers_person where key = any(%(keys)s::text[])
         union select root_id from buyers_person where key = any(%(keys)s::text[]) and root_id is not null
         union {RENAMED_PEOPLE}""",
    base=people_seen_by,
    shown={"key": "key", "label": "name", "note": Coalesce(F("company__root__name"), F("company__name"))},
    path=lambda key, opens: f"/buyers/{key}",
    passes_on="""entry.kind in ('buyers.person_changed', 'buyers.person_joined_company',
                 'buyers.person_merged', 'buyers.person_unmerged', 'journal.person_erased')""",
    where="it.gone_at is null and it.root_id is null",
    spelled=True,
)

COMPANIES = Findable(
    number=2,
    name="companies",
    label="Companies",
    one="Company",
    icon="company",
    part="buyers",
    prefix="company",
    table="buyers_company",
    rows=f"""
select it.id, concat_ws(' ', it.name, others.names), concat_ws(' ', it.industry, {spoken("company")}),
       '{{}}'::text[], '{{}}'::text[],
       array_remove(its.domains || array(
           select external_id::text from buyers_externalid
            where company_id = any(its.ids) and gone_at is null), '')
  from buyers_company it,
       lateral (select array_agg(id) as ids, array_agg(domain::text) as domains,
                       string_agg(name, ' ') as names
                  from buyers_company where root_id = it.id) as others,
       lateral (select array_append(others.ids, it.id) as ids,
                       array_append(others.domains, it.domain::text) as domains) as its
 where it.id = any(%(ids)s::bigint[]) and it.gone_at is null and it.root_id is null""",
    changed=f"""select id from buyers_company where key = any(%(keys)s::text[])
         union select root_id from buyers_company where key = any(%(keys)s::text[]) and root_id is not null
         union {RENAMED_COMPANIES}""",
    base=companies_seen_by,
    shown={"key": "key", "label": "name", "note": "domain"},
    path=lambda key, opens: f"/companies/{key}",
    passes_on="(entry.kind = 'buyers.company_changed' and entry.body->>'fields' like '%%name%%')"
    " or entry.kind in ('buyers.company_merged', 'buyers.company_unmerged')",
    where="it.gone_at is null and it.root_id is null",
    spelled=True,
)
