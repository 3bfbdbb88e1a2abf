"""Whose term is over: people by what became of their leads, never one with whom something is open."""

from datetime import datetime

from songsheet.base.bulk import rows

#: Whoever carries this tag, or whose lead or deal does, stays whatever the rules say.
HOLD = "legal hold"
_TALKED = "touch.kind in ('call', 'mail', 'meeting')"
_OPEN = "('new', 'nurturing', 'qualified', 'offered', 'working')"
#: Root person `p`, with `its.ids` and `its.keys` of all their records. Each question goes through an index,
#: person by person: `offset 0` keeps the planner from joining whole tables, which took sixty times as long.
_WHO = f"""
select p.key from buyers_person p,
lateral (select array_agg(r.id) as ids, array_agg(r.key) as keys from buyers_person r
          where r.id = p.id or r.root_id = p.id offset 0) as its
 where p.root_id is null and p.met_at < %(until)s
   and (p.name <> '' or exists (select from buyers_mail mail where mail.person_id = any(its.ids) offset 0))
   and {{purpose}}
   and not exists (select from leads_lead lead where lead.person_id = any(its.ids)
                      and greatest(lead.came_at, lead.owned_since, lead.ended_at) >= %(until)s offset 0)
   and not exists (select from leads_enquiry asked where asked.person_id = any(its.ids)
                      and (asked.state = 'open' or asked.came_at >= %(until)s)
                      and asked.gone_at is null offset 0)
   and not exists (select from touches_touch touch where touch.person_id = any(its.ids)
                      and touch.at >= %(until)s and {_TALKED} offset 0)
   and not exists (select from touches_task task where task.person_id = any(its.ids)
                      and task.done_at is null and task.gone_at is null offset 0)
   and not exists (select from deals_deal deal join leads_lead lead on lead.id = deal.lead_id
                    where lead.person_id = any(its.ids) and deal.gone_at is null
                      and (deal.state in ('open', 'won') or deal.closed_at >= %(until)s) offset 0)
   and not exists (select from tags_tagged it join tags_tag tag on tag.id = it.tag_id
                    where tag.name_folded = '{HOLD}' and tag.gone_at is null
                      and (it.about = any(its.keys) or it.about in (
                           select lead.key from leads_lead lead where lead.person_id = any(its.ids)
                            union all select deal.key from deals_deal deal join leads_lead lead
                               on lead.id = deal.lead_id where lead.person_id = any(its.ids))) offset 0)
 order by p.id limit %(most)s"""
_A_LEAD = "exists (select from leads_lead lead where lead.person_id = any(its.ids) offset 0)"
_OPEN_LEAD = f"""exists (select from leads_lead lead where lead.person_id = any(its.ids)
                 and lead.gone_at is null and lead.state in {_OPEN} offset 0)"""
#: They never spoke with us: no call, mail or meeting but from our side.
NEVER_ANSWERED = f"""{_A_LEAD} and not exists (
    select from touches_touch touch where touch.person_id = any(its.ids) and touch.gone_at is null
       and touch.direction <> 'out' and {_TALKED} offset 0)"""
LOST = f"{_A_LEAD} and not {_OPEN_LEAD}"
WITHDRAWN = f"""not {_OPEN_LEAD} and exists (
    select from buyers_consent said where said.person_id = any(its.ids) and said.gone_at is null
       and not said.granted and said.since < %(until)s offset 0)
   and not exists (select from (
        select distinct on (purpose) granted from buyers_consent
         where person_id = any(its.ids) and gone_at is null order by purpose, since desc, id desc) as now
     where granted offset 0)"""


def people_over(purpose: str, until: datetime, most: int) -> list[str]:
    """The keys of people to whom the purpose, as SQL, applies and with whom nothing was since `until`."""
    found = rows(_WHO.format(purpose=purpose), {"until": until, "most": most})
    return [key for (key,) in found]
