-- Seeds bench/size.py: a statement ends with a semicolon at the end of a line; %% is a percent sign.
insert into touches_source (name, name_folded) select 'Source ' || n, 'source ' || n from generate_series(1, 12) n;
insert into team_member (password, key, name, email, role, state, zone, languages, capacity, country, version)
select '!', 'member_' || lpad(n::text, 26, '0'), 'Member ' || n, 'm' || n || '@bench.example', 'guide', 'active',
       'UTC', 'en', 60, '', 1 from generate_series(1, 40) n;
insert into touches_campaign (key, name, kind, status, cost, currency, system, external_id, custom, version)
select 'campaign_' || lpad(n::text, 26, '0'), 'Campaign ' || n, '', '', n * 100000, 'EUR', '', '', '{}', 1
  from generate_series(1, 60) n;
insert into deals_stage (name, name_folded, position)
select name, lower(name), 100 + n from unnest(array['Size first', 'Size second', 'Size third']) with ordinality as s(name, n);
insert into buyers_company (key, name, name_folded, domain, industry, country, custom, met_at, version)
select 'company_' || lpad(n::text, 26, '0'), 'Firm ' || n, 'firm ' || n, 'firm' || n || '.example', '', '', '{}',
       %(at)s::timestamptz - n %% 400 * interval '1 day', 1 from generate_series(1, %(people)s / 10) n;
insert into buyers_person (key, name, given_name, family_name, name_folded, title, language, custom, met_at, version,
                           company_id, owner_id)
select 'person_' || lpad(n::text, 26, '0'), given || ' ' || family || n %% 9973, given, family || n %% 9973,
       lower(given || ' ' || family || n %% 9973), '', '', '{}', %(at)s::timestamptz - n %% 40000 * interval '15 minutes',
       1, case when n %% 3 > 0 then (select min(id) from buyers_company) + n %% (%(people)s / 10) end,
       case when n %% 2 = 0 then (select min(id) from team_member where role = 'guide') + n %% 40 end
  from (select n, (array['Ada', 'Ben', 'Clara', 'David', 'Elena', 'Felix', 'Greta', 'Hugo', 'Ines', 'Jonas', 'Kira',
                         'Liam', 'Mara', 'Noah', 'Olga', 'Paul', 'Rosa', 'Sven', 'Tara', 'Uwe'])[1 + n %% 20] as given,
                  (array['Abel', 'Berg', 'Cohen', 'Dahl', 'Engel', 'Falk', 'Graf', 'Holm', 'Iversen', 'Jansen', 'Keller',
                         'Lund', 'Moser', 'Nagy', 'Okafor', 'Peters', 'Quist'])[1 + n %% 17] as family
          from generate_series(1, %(people)s) n) as named;
insert into buyers_mail (person_id, address)
select id, 'p' || id || '@bench.example' from buyers_person where id %% 5 > 0;
insert into leads_lead (key, person_id, company_id, source_id, campaign_id, state, owner_id, queue_id, owned_since, wants, tier,
                        deal_seeker, came_at, is_dated, contacted_elsewhere, ended_at, end_reason, at_rest, system,
                        external_id, custom, version)
select 'lead_' || lpad(n::text, 26, '0'), person.id, person.company_id, 1 + n %% 12, case when n %% 3 = 0 then 1 + n %% 60 end, state,
       case when n %% 4 > 0 then (select min(id) from team_member where role = 'guide') + n %% 40 end,
       case when n %% 4 = 0 and state not in ('converted', 'disqualified') then (select min(id) from leads_queue) end,
       case when n %% 4 > 0 then came_at end, '', '', false, came_at, true, false,
       case when state in ('converted', 'disqualified') then came_at + interval '9 days' end,
       case when state = 'disqualified' then 'Wrong target' else '' end, true, 'bench', n::text, '{}', 1
  from (select n, (array['new', 'new', 'qualified', 'offered', 'working', 'converted', 'converted', 'disqualified'])
                  [1 + n * 7919::bigint %% 8] as state,
               %(at)s::timestamptz - (n * 7919::bigint %% 576000) * interval '1 minute' as came_at
          from generate_series(1, %(people)s * 6 / 5) n) as given
  join buyers_person person on person.id = (select min(id) from buyers_person) + given.n %% %(people)s;
insert into deals_deal (key, name, lead_id, person_id, company_id, owner_id, stage_id, state, amount, currency, category,
                        opened_at, expected_on, closed_at, reason, next_step, next_step_on, at_rest, system, external_id,
                        custom, version)
select 'deal_' || lpad(n::text, 26, '0'), 'Desks ' || n, id, person_id, company_id, owner_id,
       (select min(id) from deals_stage where name like 'Size %%') + n %% 3, state, 100000 + n * 37 %% 5000000, 'EUR', '', came_at,
       (came_at + interval '60 days')::date, case when state <> 'open' then came_at + interval '30 days' end,
       case when state in ('lost', 'no_decision') then 'Price' else '' end, '', null, true, 'bench', n::text, '{}', 1
  from (select id, person_id, company_id, owner_id, came_at, row_number() over (order by id) as n,
               (array['open', 'won', 'lost', 'open'])[1 + id / 6 %% 4] as state
          from leads_lead where id %% 6 = 0) as sixth;
insert into touches_touch (key, kind, direction, person_id, company_id, member_id, lead_key, deal_key, at, subject, text,
                           currency, status, system, external_id, version)
select 'touch_' || lpad((m * 10000000::bigint + n)::text, 26, '0'),
       (array['call', 'mail', 'meeting', 'form', 'mail'])[1 + (n + m) %% 5],
       case when (n + m) %% 5 = 3 or n %% 6 = 0 then 'in' else 'out' end, person_id, company_id,
       case when (n + m) %% 5 <> 3 then (select min(id) from team_member where role = 'guide') + n * (m + 1) %% 40 end,
       key, '', came_at + (n + m) * 7919::bigint %% 28800 * interval '1 minute', '', '', '', '', '', '', 1
  from (select *, id - (select min(id) from leads_lead) + 1 as n from leads_lead) as lead, generate_series(0, 5) m;
