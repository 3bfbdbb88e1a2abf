"""How deals are found: by their names, their buyer and their company."""

from django.db.models import F
from django.db.models.functions import Coalesce

from songsheet.buyers.findable import COMPANY_NAME, RENAMED_COMPANIES, RENAMED_PEOPLE
from songsheet.deals.models import Deal
from songsheet.deals.queries import seen_by
from songsheet.doors.findable import Findable
from songsheet.leads.findable import NAMES
from songsheet.team.fields.held import spoken

_PERSON = "lead__person"

DEALS = Findable(
    number=4,
    name="deals",
    label="Deals",
    one="Deal",
    icon="deals",
    part="deals",
    prefix="deal",
    table="deals_deal",
    rows=f"""select it.id, it.name,
                    concat_ws(' ', it.next_step, (select concat_ws(' ', {NAMES}) from leads_lead it
                                                   where it.id = deal.lead_id), {COMPANY_NAME},
                              {spoken("deal")}),
                    '{{}}'::text[], '{{}}'::text[], array_remove(array[it.external_id::text], '')
               from deals_deal it, lateral (select it.lead_id) as deal
              where it.id = any(%(ids)s::bigint[]) and it.gone_at is null""",
    changed=f"""select id from deals_deal where key = any(%(keys)s::text[])
         union select deal.id from deals_deal deal join leads_lead lead on lead.id = deal.lead_id
                where lead.person_id in ({RENAMED_PEOPLE})
         union select id from deals_deal where company_id in ({RENAMED_COMPANIES})""",
    base=seen_by,
    shown={
        "key": "key",
        "label": "name",
        "note": Coalesce(
            F("company__root__name"),
            F("company__name"),
            F(f"{_PERSON}__root__company__name"),
            F(f"{_PERSON}__company__name"),
            F(f"{_PERSON}__root__name"),
            F(f"{_PERSON}__name"),
        ),
        "opens": Coalesce(F(f"{_PERSON}__root__key"), F(f"{_PERSON}__key")),
        "state": "state",
        "amount": "amount",
        "currency": "currency",
    },
    path=lambda key, opens: f"/buyers/{opens}",
    says=lambda words: str(Deal.State(words).label) if words in Deal.State.values else words,
)
