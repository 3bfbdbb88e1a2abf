"""One person as the API tells them, in one statement: every create reads what it made."""

from typing import Any

import orjson

from songsheet.base import bulk
from songsheet.buyers.errors import NoSuchPerson
from songsheet.buyers.permissions import answers_of
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

#: A merged record means its root, which has the ways to reach of all of them, its own first.
_PERSON = """
select jsonb_build_object(
    'key', person.key, 'name', person.name, 'given_name', person.given_name,
    'family_name', person.family_name,
    'title', person.title, 'language', person.language, 'met_at', person.met_at, 'version', person.version,
    'custom', person.custom, 'owner', owner.key, 'company', coalesce(whole.key, company.key),
    'mails', (select coalesce(jsonb_agg(address order by person_id <> person.id, id), '[]') from buyers_mail
               where person_id = any(family.ids) and gone_at is null),
    'phones', (select coalesce(jsonb_agg(number order by person_id <> person.id, id), '[]') from buyers_phone
                where person_id = any(family.ids) and gone_at is null),
    'external', (select coalesce(jsonb_agg(jsonb_build_object('system', system, 'id', external_id)
                                           order by person_id <> person.id, id), '[]')
                   from buyers_externalid where person_id = any(family.ids) and gone_at is null),
    'do_not_contact', (select coalesce(jsonb_agg(distinct coalesce(nullif(channel, ''), 'any')), '[]')
                         from buyers_donotcontact where person_id = any(family.ids) and gone_at is null)
    )::text, person.id,
    exists (select from buyers_consent where person_id = any(family.ids) and gone_at is null)
  from buyers_person given
  join buyers_person person on person.id = coalesce(given.root_id, given.id)
 cross join lateral (select array_prepend(person.id, array_agg(id)) as ids from buyers_person
                      where root_id = person.id and gone_at is null) as family
  left join buyers_company company on company.id = person.company_id
  left join buyers_company whole on whole.id = company.root_id
  left join team_member owner on owner.id = person.owner_id
 where given.key = %s and person.gone_at is null
"""


def read_person(viewer: Acting, key: str) -> dict[str, Any]:
    """What is known of the person with this key that the viewer may see; consents by purpose."""
    viewer.must(Right.LOOK)
    found = bulk.rows(_PERSON, [key])
    if not found:
        raise NoSuchPerson(key)
    told, id_, was_asked = found[0]
    person: dict[str, Any] = orjson.loads(told)
    answers = answers_of([id_]).get(id_, {}) if was_asked else {}
    return {**person, "consents": {purpose: granted for purpose, (granted, _) in answers.items()}}
