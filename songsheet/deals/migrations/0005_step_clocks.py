from typing import Any

from django.db import migrations

from songsheet.base.ids import many_keys

AT_ONCE = 2_000
_START = """
insert into clocks_clock (key, kind, about, member_id, state, hours, started_at, due_at, warn_at, alerts)
select given.key, 'next_step', deal.key, deal.owner_id, 'running', '', least(now(), want.due), want.due,
       greatest(want.due - interval '1 hour', least(now(), want.due)), want.due > now()
  from unnest(%s::bigint[], %s::text[]) as given(id, key) join deals_deal deal on deal.id = given.id,
       lateral (select (deal.next_step_on + time '17:00') at time zone
                       (select zone from team_house limit 1) as due) as want"""


def start_clocks(apps: Any, editor: Any) -> None:
    """Deals that are worked on promise their next step; of what was over already nobody is told."""
    with editor.connection.cursor() as cursor:
        cursor.execute(
            "select id from deals_deal where state = 'open' and not at_rest and gone_at is null order by id"
        )
        ids = [row[0] for row in cursor.fetchall()]
        for begin in range(0, len(ids), AT_ONCE):
            some = ids[begin : begin + AT_ONCE]
            cursor.execute(_START, [some, many_keys("clock", len(some))])


class Migration(migrations.Migration):
    dependencies = [
        ("deals", "0004_fold_letters"),
        ("clocks", "0002_working_time"),
        ("team", "0001_initial"),
    ]

    operations = [migrations.RunPython(start_clocks, migrations.RunPython.noop)]
