-- Seeds bench/duplicates.py: a statement ends with a semicolon at the end of a line; %% is a percent sign.
create temporary table given as select row_number() over () - 1 as n, word from unnest(string_to_array(
 'Ada Ben Clara David Elena Felix Greta Hugo Ines Jonas Kira Liam Mara Noah Olga Paul Rosa Sven Tara Uwe Anna Maria Thomas '
 'Michael Andreas Peter Christian Julia Sarah Laura Lisa Katharina Stefan Martin Daniel Alexander Sebastian Nicole Sandra '
 'James John Robert William Richard Joseph Charles Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Karen '
 'Pierre Jean Marie Sophie Camille Antoine Luca Marco Giulia Francesca Carlos Jose Carmen Lucia Javier Piotr Ewa Jan', ' ')) word;
create temporary table family as select row_number() over () - 1 as n, head || tail as word from
 unnest(string_to_array('Abel Berg Co Dahl Eng Falk Graf Holm Iver Jans Kell Lund Mos Nag Oka Peter Quis Ross Schmid Tann '
 'Ull Vog Wagn Zell Brand Fisch Hart Klein Lang Neu Roth Stein Wolf Bach Baum Feld Gold Haus Kauf Krug', ' ')) head,
 unnest(string_to_array('a en er mann ini ova sen son ström by ez ski well ford ton ley ard eau ic off', ' ')) tail;
insert into buyers_company (key, name, name_folded, domain, industry, country, custom, met_at, version)
select 'company_' || lpad(its.n::text, 26, '0'), word || ' Works ' || its.n, lower(word) || ' works ' || its.n,
       lower(translate(word, 'ö', 'o')) || its.n || '.example',
       '', '', '{}', timestamptz '2025-01-01', 1
  from generate_series(1, %(people)s / 12) as its(n) join family on family.n = its.n * 7919 %% (select count(*) from family);
insert into buyers_person (key, name, given_name, family_name, name_folded, title, language, custom, met_at, version, company_id)
select 'person_' || lpad(n::text, 26, '0'), name, '', '', lower(name), '', '', '{}', timestamptz '2025-01-01' + n * interval '1 minute', 1,
       case when of_n %% 3 > 0 and again <> 3 then (select min(id) from buyers_company)
            + (case when of_n %% 4 = 0 then of_n %% 40 else of_n * 31 end) %% (%(people)s / 12) end
  from (select numbered.n, of_n, again, case again when 1 then left(g.word, 1) || '. ' || f.word
                                          when 2 then g.word || ' ' || f.word || 'n' else g.word || ' ' || f.word end as name
          from (select n, case when n %% 50 = 0 then n - 25 else n end as of_n, case when n %% 50 = 0 then 1 + n / 50 %% 4 else 0 end as again
                  from generate_series(1, %(people)s) n) as numbered
          join given g on g.n = of_n * 104729::bigint %% (select count(*) from given)
          join family f on f.n = of_n * 1299709::bigint %% (select count(*) from family)) as named;
insert into buyers_mail (person_id, address)
select p.id, translate(lower(split_part(p.name, ' ', 1)), 'ö.', 'o') || '.' || translate(lower(split_part(p.name, ' ', 2)), 'ö', 'o')
       || case when p.id %% 50 = 0 and p.id / 50 %% 4 = 3 then '+crm' else '' end || case when c.id is null then p.id::text else '' end
       || '@' || coalesce(c.domain, case when p.id %% 2 = 0 then 'gmail.com' else 'post.example' end)
  from buyers_person p left join buyers_company c on c.id = p.company_id where p.id %% 5 > 0 on conflict do nothing;
insert into buyers_phone (person_id, number)
select id, case when id %% 9 = 0 then '+4930' || 5000000 + coalesce(company_id, 0) %% 1000 else '+49171' || lpad((id * 7919 %% 10000000)::text, 7, '0') end
  from buyers_person where id %% 2 = 0;
analyze
