"""How leads are found: by what they want, by their buyer and their company."""

from django.db.models import F
from django.db.models.functions import Coalesce

from songsheet.buyers.findable import COMPANY_NAME, RENAMED_COMPANIES, RENAMED_PEOPLE
from songsheet.doors.findable import Findable
from songsheet.leads.models import Lead
from songsheet.leads.queries import seen_by
from songsheet.team.fields.held import spoken

#: Names that a lead `it` is found by, beside its own words: of its person and of the companies of both.
NAMES = f"""(select concat_ws(' ', coalesce(root.name, one.name),
                    (select coalesce(top.name, its.name) from buyers_company its
                       left join buyers_company top on top.id = its.root_id
                      where its.id = coalesce(root.company_id, one.company_id)))
               from buyers_person one left join buyers_person root on root.id = one.root_id
              where one.id = it.person_id), {COMPANY_NAME}"""

LEADS = Findable(
    number=3,
    name="leads",
    label="Leads",
    one="Lead",
    icon="leads",
    part="leads",
    prefix="lead",
    table="leads_lead",
    rows=f"""select it.id, it.wants, concat_ws(' ', {NAMES}, {spoken("lead")}),
                    '{{}}'::text[], '{{}}'::text[], array_remove(array[it.external_id::text], '')
               from leads_lead it where it.id = any(%(ids)s::bigint[]) and it.gone_at is null""",
    changed=f"""select id from leads_lead where key = any(%(keys)s::text[])
         union select id from leads_lead where person_id in ({RENAMED_PEOPLE})
         union select id from leads_lead where company_id in ({RENAMED_COMPANIES})""",
    base=seen_by,
    shown={
        "key": "key",
        "label": Coalesce(F("person__root__name"), F("person__name")),
        "note": "wants",
        "opens": Coalesce(F("person__root__key"), F("person__key")),
        "state": "state",
        "at": "came_at",
    },
    path=lambda key, opens: f"/buyers/{opens}",
    says=lambda words: str(Lead.State(words).label) if words in Lead.State.values else words,
)
