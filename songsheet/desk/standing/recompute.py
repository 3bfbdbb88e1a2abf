"""The one SQL statement that says how leads stand. Its scope is a query that gives the ids of leads.

Which touches and tasks belong to a lead: those naming it; those naming one of its deals; and, naming neither,
those of its person (through the root of merges) while it was that person's latest lead. What came before the
person's first lead belongs to the first.
"""

from songsheet.desk.models import ENDED, Flag, Outcome, Response

#: What counts as reaching out: a member did it, towards the buyer, in one of these ways.
REACHING = "('call', 'mail', 'meeting')"
#: What is no contact at all, whichever way it points.
NO_CONTACT = "('note', 'invoice', 'campaign', 'advertisement')"
#: The entries that hand a lead from one to another.
HANDOFFS = """('leads.lead_taken', 'leads.lead_given', 'leads.lead_put_back', 'leads.lead_taken_up',
             'leads.lead_routed')"""

COLUMNS = (
    "lead_id", "came_at", "flags", "outcome", "response", "deals", "won_deals", "currency",
    "source_id", "campaign_id", "wait", "twice_gap", "quiet_since", "task_until", "step_until",
    "promise_until", "offered_at", "returned_at", "open_amount", "won_amount", "owner_id", "first_out_at",
    "last_at", "other_money",
)  # fmt: skip

_BUYERS = """
chosen as materialized (
    select lead.*, person.root, promise.until as promise_until, back.since as returned_at,
           case when state = 'offered' then owned_since end as offered_at
      from ({scope}) as scope (id),
   lateral (select * from leads_lead where id = scope.id and gone_at is null offset 0) as lead,
   lateral (select coalesce(root_id, id) as root from buyers_person
             where id = lead.person_id offset 0) as person
      left join lateral (select greatest(due_at, paused_until) as until from clocks_clock
                          where id = lead.clock_id and state in ('running', 'paused') offset 0) as promise
             on true
      left join lateral (select min(at) as since from handoffs_return
                          where lead_id = lead.id and state = 'owed' and gone_at is null offset 0) as back
             on true),
people as materialized (
    select person.id, root
      from (select distinct root from chosen) as roots,
   lateral (select root as id union all
            select id from buyers_person where root_id = root offset 0) as person),
spans as materialized (
    select lead.id, root,
           case when row_number() over line = 1 then '-infinity' else came_at end as since,
           coalesce(lead(came_at) over line, 'infinity') as until
      from people,
   lateral (select id, came_at from leads_lead
             where person_id = people.id and gone_at is null offset 0) as lead
    window line as (partition by root order by came_at, lead.id)),
reach as (
    select root,
           (not no_mail and exists (select from buyers_mail where person_id = any(ids) and gone_at is null))
        or (not no_call and exists (select from buyers_phone where person_id = any(ids) and gone_at is null))
           as reachable
      from (select root, array_agg(people.id) as ids,
                   bool_or(coalesce(channels && array['', 'any', 'mail'], false)) as no_mail,
                   bool_or(coalesce(channels && array['', 'any', 'call', 'phone'], false)) as no_call
              from people,
           lateral (select array_agg(channel::text) as channels from buyers_donotcontact
                     where person_id = people.id and gone_at is null) as refused
             group by root) as family)"""

_DEALS = """
bargains as materialized (
    select deal.*
      from chosen,
   lateral (select id, key, lead_id, state, amount, currency, reason, next_step, next_step_on
              from deals_deal where lead_id = chosen.id and gone_at is null offset 0) as deal),
dealt as (
    select lead_id, count(*) as deals, count(*) filter (where state = 'won') as won,
           bool_or(state = 'lost') as lost, bool_or(state = 'no_decision') as no_decision,
           bool_or(state = 'released') as released, bool_or(state = 'open') as open,
           bool_or(state = 'open' and next_step = '' and next_step_on is null) as step_missing,
           bool_or(state = 'lost' and reason = '') as lost_silently,
           bool_or(state = 'no_decision' and reason = '') as undecided_silently,
           bool_or(state = 'released' and reason = '') as released_silently,
           max(next_step_on) filter (where state = 'open') as step_until
      from bargains group by lead_id),
money as (
    select lead_id, (array_agg(currency order by currency))[1] as currency,
           (array_agg(open order by currency))[1] as open_amount,
           (array_agg(won order by currency))[1] as won_amount,
           case when count(*) > 1 then jsonb_object_agg(currency, jsonb_build_array(open, won))
                                     - min(currency) end as other
      from (select lead_id, currency, sum(amount) filter (where state = 'open') as open,
                   sum(amount) filter (where state = 'won') as won
              from bargains where amount is not null and state in ('open', 'won')
             group by lead_id, currency) as by_currency
     group by lead_id)"""

#: Everything of one table that belongs to the chosen leads: {columns} of what is {so}, by its {moment}.
_BELONGING = """
    select chosen.id as lead_id, its.*
      from chosen,
   lateral (select {columns} from {table} where lead_key = chosen.key and lead_key <> ''
               and {so} offset 0) as its
     union all
    select bargains.lead_id, its.*
      from bargains,
   lateral (select {columns} from {table} where deal_key = bargains.key and deal_key <> ''
               and lead_key = '' and {so} offset 0) as its
     union all
    select spans.id, its.*
      from people join spans using (root),
   lateral (select {columns} from {table} where person_id = people.id and lead_key = '' and deal_key = ''
               and {moment} >= spans.since and {moment} < spans.until and {so} offset 0) as its"""

_CONTACT = f"""gone_at is null and kind not in {NO_CONTACT}
               and (direction <> 'out' or (member_id is not null and kind in {REACHING}))"""

_TOUCHES = f"""
contacts as materialized (
    select *, direction = 'out' as reaching
      from ({{touches}}) as touched),
contacted as (
    select lead_id, min(at) filter (where reaching) as first_out_at, max(at) as last_at,
           max(at) filter (where direction = 'in') >= min(at) filter (where reaching) as answered
      from contacts group by lead_id),
pairs as (
    select lead_id, at, member_id, lag(at) over line as before_at, lag(member_id) over line as before
      from contacts where reaching window line as (partition by lead_id order by at, id)),
disputed as materialized (select * from pairs where before <> member_id),
handed as materialized (
    select lead_id, handed_at
      from (select distinct lead_id from disputed) as those join chosen on chosen.id = lead_id,
   lateral (select position from journal_about where key = chosen.key offset 0) as about,
   lateral (select occurred_at as handed_at from journal_entry
             where position = about.position and kind in {HANDOFFS} offset 0) as entry),
twice as (
    select lead_id, least(extract(epoch from min(at - before_at)), 2147483647)::int as gap
      from disputed
     where not exists (select from handed where handed.lead_id = disputed.lead_id
                          and handed_at >= before_at and handed_at <= at)
     group by lead_id)"""

_TASKS = """
planned as (select lead_id, max(due_at) as task_until from ({tasks}) as tasks group by lead_id)"""


#: The precedence of the letters, literally: a deal decides before the lead's own state does.
_OUTCOME = f"""case
    when coalesce(won, 0) > 0 then {Outcome.WON}
    when lost then {Outcome.LOST}
    when no_decision then {Outcome.NO_DECISION}
    when released or state = 'released' then {Outcome.RELEASED}
    when open then {Outcome.OPEN_DEAL}
    when state = 'disqualified' then {Outcome.DISQUALIFIED}
    when state = 'nurturing' then {Outcome.NURTURING}
    when state in ('working', 'converted') or answered then {Outcome.WORKING}
    when first_out_at is not null or contacted_elsewhere then {Outcome.NO_ANSWER}
    when owner_id is not null then {Outcome.NEVER_CONTACTED}
    else {Outcome.NEVER_TAKEN} end"""

_RESPONSE = f"""case
    when wait is null then {Response.NEVER}
    when first_out_at - came_at < interval '1 hour' then {Response.UNDER_1H}
    when first_out_at - came_at <= interval '24 hours' then {Response.WITHIN_24H}
    else {Response.OVER_24H} end"""

_WAIT = """case when is_dated and first_out_at is not null then
    greatest(least(ceil(extract(epoch from first_out_at - came_at)), 2147483647), -2147483648)::int end"""

_NO_REASON = f"""coalesce(case outcome
    when {Outcome.LOST} then lost_silently
    when {Outcome.NO_DECISION} then undecided_silently
    when {Outcome.RELEASED} then released_silently or (state = 'released' and end_reason = '')
    when {Outcome.DISQUALIFIED} then end_reason = '' end, false)"""

_ENDS = tuple(one.value for one in ENDED)

#: Each flag as a condition over what stands.
_FLAGS: dict[Flag, str] = {
    Flag.UNTOUCHED: "is_open and deals = 0 and first_out_at is null and not contacted_elsewhere",
    Flag.UNDATED: "not is_dated",
    Flag.ALIVE: "is_open or has_open_deal",
    Flag.SAVEABLE: f"(is_open or has_open_deal) and outcome not in {_ENDS}",
    Flag.STEP_MISSING: "step_missing",
    Flag.REASON_MISSING: _NO_REASON,
    Flag.REACHABLE: "reachable",
    Flag.UNPRICED: """open_amount is null and (other_money is null
        or not jsonb_path_exists(other_money, '$.*[0] ? (@ != null)'))""",
    Flag.OWNED: "owner_id is not null",
    Flag.AT_REST: "at_rest",
    Flag.CONTACTED_ELSEWHERE: "contacted_elsewhere",
    Flag.ANSWERED: "answered",
}
_BITS = " + ".join(f"({condition})::int * {flag.value}" for flag, condition in _FLAGS.items())

_STOOD = f"""
stood as (
    select chosen.id as lead_id, source_id, campaign_id, owner_id, came_at, first_out_at, last_at, task_until,
           promise_until, offered_at, returned_at, open_amount, won_amount, step_until,
           twice.gap as twice_gap,
           coalesce(money.currency, '') as currency, coalesce(dealt.deals, 0) as deals,
           coalesce(dealt.won, 0) as won_deals, {_OUTCOME} as outcome, {_WAIT} as wait, is_dated,
           state in ('new', 'nurturing', 'qualified', 'offered', 'working') as is_open,
           coalesce(dealt.open, false) as has_open_deal, coalesce(dealt.step_missing, false) as step_missing,
           state, end_reason, lost_silently, undecided_silently, released_silently,
           contacted_elsewhere, coalesce(answered, false) as answered,
           coalesce(reachable, false) as reachable, at_rest, money.other as other_money
      from chosen
      left join dealt on dealt.lead_id = chosen.id
      left join money on money.lead_id = chosen.id
      left join contacted on contacted.lead_id = chosen.id
      left join twice on twice.lead_id = chosen.id
      left join planned on planned.lead_id = chosen.id
      left join reach on reach.root = chosen.root),
judged as (select *, {_RESPONSE} as response from stood)
select lead_id, came_at, outcome + (response << 4) + {_BITS}, outcome, response, deals, won_deals, currency,
       source_id, campaign_id, wait, twice_gap, greatest(last_at, case when is_dated then came_at end),
       task_until, step_until, promise_until, offered_at, returned_at, open_amount, won_amount, owner_id,
       first_out_at, last_at, other_money
  from judged"""


def recomputation(scope: str) -> str:
    """The query whose rows are the standing of the leads in scope; its columns are COLUMNS.

    Run it with nested loops discouraged: what is looked up by an index says so by `lateral` and `offset 0`,
    everything else is hashed, so that it takes the same time whether or not the tables were analysed.
    """
    touches = _of("touches_touch", "id, at, direction, member_id", _CONTACT, "at")
    tasks = _of("touches_task", "due_at", "gone_at is null and done_at is null", "made_at")
    return "with " + ",".join(
        [
            _BUYERS.replace("{scope}", scope),
            _DEALS,
            _TOUCHES.replace("{touches}", touches),
            _TASKS.replace("{tasks}", tasks),
            _STOOD,
        ]
    )


def _of(table: str, columns: str, so: str, moment: str) -> str:
    words = {"table": table, "columns": columns, "so": so, "moment": moment}
    sql = _BELONGING
    for name, word in words.items():
        sql = sql.replace("{" + name + "}", word)
    return sql
