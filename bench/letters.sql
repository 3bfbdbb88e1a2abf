-- Seeds bench/letters.py: a statement ends with a semicolon at the end of a line; %% is a percent sign.
insert into touches_source (name, name_folded) select 'Source ' || n, 'source ' || n from generate_series(1, 12) n;
insert into touches_campaign (key, name, kind, status, cost, currency, system, external_id, custom, version)
select 'campaign_' || lpad(n::text, 26, '0'), 'Campaign ' || n, '', '', n * 100000,
       case when n %% 3 = 0 then 'USD' else 'EUR' end, '', '', '{}', 1 from generate_series(1, 60) n;
insert into team_member (password, key, name, email, role, state, zone, languages, capacity, country, version)
select '!', 'member_' || lpad(n::text, 26, '0'), 'Member ' || n, 'm' || n || '@bench.example', 'guide', 'active',
       'UTC', 'en', 60, '', 1 from generate_series(1, 20) n;
insert into buyers_person (key, name, given_name, family_name, name_folded, title, language, custom, met_at, version)
select 'person_' || lpad(n::text, 26, '0'), 'Person ' || n, '', '', 'person ' || n, '', '', '{}',
       %(at)s::timestamptz - interval '400 days', 1 from generate_series(1, %(leads)s) n;
insert into buyers_mail (person_id, address)
select id, 'p' || id || '@bench.example' from buyers_person where id %% 5 > 0;
insert into leads_lead (key, person_id, source_id, campaign_id, state, owner_id, queue_id, wants, tier, deal_seeker,
                        came_at, is_dated, contacted_elsewhere, ended_at, end_reason, at_rest, system, external_id,
                        custom, version)
select 'lead_' || lpad(n::text, 26, '0'), person.id, nullif(n * 104729 %% 61 %% 13, 0), nullif(n * 104729 %% 61, 0),
       state, case when n %% 4 > 0 then (select min(id) from team_member where role = 'guide') + n %% 20 end,
       case when n %% 4 = 0 then (select min(id) from leads_queue) end, '', '', false,
       %(at)s::timestamptz - interval '400 days' * random(), true, n %% 29 = 0,
       case when state in ('converted', 'disqualified') then %(at)s::timestamptz end,
       case when n %% 7 > 0 and state = 'disqualified' then 'Wrong target' else '' end, true, '', '', '{}', 1
  from (select *, id - (select min(id) from buyers_person) + 1 as n,
               (array['new', 'new', 'qualified', 'offered', 'working', 'working', 'converted', 'disqualified'])
               [1 + floor(random() * 8)::int] as state from buyers_person) as person;
insert into deals_deal (key, name, lead_id, person_id, state, amount, currency, category, opened_at, closed_at, reason,
                        next_step, next_step_on, at_rest, system, external_id, custom, version)
select 'deal_' || lpad(id::text, 26, '0'), '', id, person_id, state, 100000 + id * 37 %% 5000000,
       case when id %% 5 = 0 then 'USD' else 'EUR' end, '', came_at, case when state <> 'open' then came_at end,
       case when id %% 3 = 0 then '' else 'Price' end, case when id %% 2 = 0 then 'Call' else '' end,
       case when id %% 2 = 0 then current_date end, true, '', '', '{}', 1
  from (select *, (array['open', 'won', 'lost', 'no_decision', 'open'])[1 + floor(random() * 5)::int] as state
          from (select id, person_id, came_at from leads_lead where id %% 10 = 0) as tenth) as deal;
insert into touches_touch (key, kind, direction, person_id, member_id, lead_key, deal_key, at, subject, text, currency,
                           status, system, external_id, version)
select 'touch_' || lpad((m * %(leads)s + n)::text, 26, '0'),
       (array['call', 'mail', 'meeting', 'form', 'note'])[1 + (n + m) %% 5],
       case when (n + m) %% 5 = 3 then 'in' when (n + m) %% 5 = 4 then '' when n %% 6 = 0 then 'in' else 'out' end,
       person_id, case when (n + m) %% 5 <> 3 then (select min(id) from team_member where role = 'guide') + n * (m + 1) %% 20 end,
       case when n %% 3 > 0 then key else '' end, '', came_at + interval '20 days' * random() ^ 3, '', '', '', '', '', '', 1
  from (select *, id - (select min(id) from leads_lead) + 1 as n from leads_lead where id %% 4 > 0) as lead,
       generate_series(0, 3) m;
