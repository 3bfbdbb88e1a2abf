"""Ten thousand leads routed anew, tried first: forty Guides with leads, hours, skills, and a reason for every one.

`python -m bench.routing [--leads 10000] [--keep] [--json]` on the configured server, in a database of its own. Leads
are made by SQL in one queue; trying them and the change of many run as page and job run them.
"""

import argparse
import json
import os
import time
from datetime import UTC, datetime
from typing import Any

import django

from bench.adopt import server, use

DATABASE = "songsheet_bench_routing"
AT = datetime(2026, 5, 12, 10, 12, tzinfo=UTC)
#: Seconds for ten thousand.
BAR = 30.0
MADE = """
insert into team_member (key, name, email, role, state, zone, languages, capacity, country, version, password)
select 'member_' || lpad(n::text, 26, '0'), 'Guide ' || n, 'g' || n || '@bench.example', 'guide', 'active',
       (array['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata'])[1 + n %% 4], 'en, de', 100000, '', 1, ''
  from generate_series(1, 40) n;
insert into team_skill (member_id, kind, word, word_folded)
select id, 'industry', 'Dental care', 'dental care' from team_member where email like 'g%%@bench.example' and id %% 5 = 0;
insert into buyers_company (key, name, name_folded, domain, industry, country, custom, met_at, version)
select 'company_' || lpad(n::text, 26, '0'), 'Firm ' || n, 'firm ' || n, 'firm' || n || '.example',
       case when n %% 3 = 0 then 'Dental care' else '' end, '', '{}', %(at)s, 1 from generate_series(1, %(leads)s / 4) n;
insert into buyers_person (key, name, given_name, family_name, name_folded, title, language, custom, met_at, version,
                           company_id)
select 'person_' || lpad(n::text, 26, '0'), 'Person ' || n, 'Person', n::text, 'person ' || n, '', 'en', '{}', %(at)s, 1,
       (select min(id) from buyers_company) + n %% (%(leads)s / 4) from generate_series(1, %(leads)s) n;
insert into clocks_clock (key, kind, about, member_id, state, hours, minutes, minutes_left, started_at, counts_from, due_at,
                          warn_at, alerts)
select 'clock_' || lpad(n::text, 26, '0'), 'first_answer', 'lead_' || lpad(n::text, 26, '0'),
       (select responsible_id from leads_queue order by id limit 1), 'running', 'house', 480, 480, %(at)s, %(at)s,
       %(at)s::timestamptz + interval '1 day', %(at)s::timestamptz + interval '23 hours', true
  from generate_series(1, %(leads)s) n;
insert into leads_lead (key, person_id, company_id, queue_id, state, came_at, is_dated, clock_id, at_rest, wants, tier,
                        deal_seeker, contacted_elsewhere, end_reason, system, external_id, custom, version)
select clock.about, person.id, person.company_id, (select min(id) from leads_queue), 'new', %(at)s, true, clock.id, false, '',
       (array['hot', 'ready', 'hot', 'ready'])[1 + person.id %% 4], false, false, '', '', '', '{}', 1
  from clocks_clock clock join buyers_person person on person.key = 'person_' || right(clock.about, 26)
"""


def lay(leads: int) -> Any:
    """A fresh database with so many leads, and tiers and routing in force; who routes."""
    use("postgres")
    with server() as direct:
        direct.execute(f"drop database if exists {DATABASE} with (force)")
        direct.execute(f"create database {DATABASE}")
    use(DATABASE)
    from django.db import connection

    from songsheet.config.prepare import ready

    ready()
    owen = sign()
    with connection.cursor() as cursor:
        for statement in MADE.split(";\n"):
            cursor.execute(statement, {"leads": leads, "at": AT})
        cursor.execute("vacuum analyze")
    return owen


def sign() -> Any:
    """The starter comes into force by two members, one of each side."""
    from songsheet.agreements import actions, signing_actions
    from songsheet.agreements.models import Version
    from songsheet.team.acting import as_member, as_system
    from songsheet.team.actions import join_team

    roles = {"Tom": "marketing_manager", "Owen": "sales_manager"}
    tom, owen = (
        as_member(
            join_team(name=name, email=f"{name}@bench.example", role=role, by=as_system("bench"), at=AT)
        )
        for name, role in roles.items()
    )
    for kind in ("tiers_and_routing", "service_levels"):
        draft = Version.objects.get(agreement__kind=kind, number=1)
        offered = actions.offer(draft.key, by=tom, at=AT)
        for by in (tom, owen):
            signing_actions.sign(offered.key, hash=offered.hash, by=by, at=AT)
    return owen


def measured(owen: Any, leads: int) -> dict[str, Any]:
    """Seconds to try them, and to route them with everything that is written."""
    from songsheet.flows.bulk.change_many import Chosen, Wanted, change_many, run_change
    from songsheet.flows.rerouting.asked import Wish, tried
    from songsheet.leads.models import Queue, Routing

    chosen = Chosen(filters={"queue": Queue.objects.order_by("id")[0].key})
    began = time.perf_counter()
    foretold = tried(Wish(chosen), by=owen, at=AT)
    trying = time.perf_counter() - began
    began = time.perf_counter()
    change = change_many("leads", chosen, Wanted("route"), by=owen, at=AT)
    run_change(change.key, at=AT)
    took = time.perf_counter() - began
    change.refresh_from_db()
    reasons = sum(len(why["others"]) for why in Routing.objects.values_list("why", flat=True))
    what = {"name": "leads routed", "per_second": round(leads / took, 1), "bar": round(10_000 / BAR, 1)}
    return {
        "leads": leads, "tried": round(trying, 1), "seconds": round(took, 1), "routed": change.changed,
        "foretold": len(foretold.going), "reasons why not": reasons, "results": [what],
    }  # fmt: skip


def main() -> None:
    """Read what is asked, lay, measure, print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--leads", type=int, default=10_000)
    words.add_argument("--keep", action="store_true", help="keep the database")
    words.add_argument("--json", action="store_true")
    asked = words.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "songsheet.config.settings")
    django.setup()
    found = measured(lay(asked.leads), asked.leads)
    if asked.json:
        print(json.dumps(found))
    else:
        print("\n".join(f"{name:16} {value}" for name, value in found.items()))
    if not asked.keep:
        use("postgres")
        with server() as direct:
            direct.execute(f"drop database if exists {DATABASE} with (force)")


if __name__ == "__main__":
    main()
