"""Writing the derived rows: the same statement for a few leads and for all."""

from collections.abc import Mapping, Sequence
from itertools import islice

from django.db import transaction

from songsheet.desk.standing.recompute import COLUMNS, recomputation
from songsheet.journal.check import Offence
from songsheet.journal.sql import execute, rows

SOME = "select unnest(%(ids)s::bigint[])"
SPAN = "select id from leads_lead where id > %(after)s and id <= %(until)s"
#: So many leads a statement that what it works on stays in memory.
CHUNK = 20_000

#: Up to so many leads are looked up one by one, whatever the size of the tables.
FEW = 500
#: See `recomputation`. The planner's estimates are of no use on tables that were just filled.
MANY_LEADS = "set local jit = off; set local enable_nestloop = off; set local work_mem = '32MB'"
FEW_LEADS = "set local jit = off; set local enable_hashjoin = off; set local enable_mergejoin = off"

_NAMES = ", ".join(COLUMNS)
_NEW = ", ".join(f"excluded.{name}" for name in COLUMNS[1:])
_OLD = ", ".join(f"desk_standing.{name}" for name in COLUMNS[1:])
_SET = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS[1:])


def refresh(lead_ids: Sequence[int]) -> int:
    """Recompute how these leads stand; returns how many rows changed. A lead that is gone loses its row."""
    settings = FEW_LEADS if len(lead_ids) <= FEW else MANY_LEADS
    return _write(SOME, {"ids": list(lead_ids)}, settings) if lead_ids else 0


def refresh_all() -> int:
    """Recompute how every lead stands, a chunk a transaction; returns how many rows changed."""
    ((last,),) = rows("select coalesce(max(id), 0) from leads_lead")
    return sum(
        _write(SPAN, {"after": after, "until": after + CHUNK}, MANY_LEADS) for after in range(0, last, CHUNK)
    )


def faults(
    lead_ids: Sequence[int] | None = None, *, but: Sequence[int] = (), most: int = 100
) -> list[Offence]:
    """Where rows, of these leads or of all `but` some, differ from what they would be if recomputed (I7)."""
    given = {"but": list(but), "most": most}
    if lead_ids is not None:
        return _faults(SOME, {"ids": list(lead_ids), **given})
    ((last,),) = rows("select coalesce(max(id), 0) from leads_lead")
    spans = ({"after": after, "until": after + CHUNK, **given} for after in range(0, last, CHUNK))
    return list(islice((one for span in spans for one in _faults(SPAN, span)), most))


def _faults(scope: str, values: Mapping[str, object]) -> list[Offence]:
    with transaction.atomic():
        execute(MANY_LEADS)
        found = rows(
            f"""select key from (
                    select coalesce(now.lead_id, stood.lead_id) as lead_id
                      from ({recomputation(scope)}) as now ({_NAMES})
                      full join (select * from desk_standing where lead_id in ({scope})) as stood
                        on stood.lead_id = now.lead_id
                     where ({_columns("now")}) is distinct from ({_columns("stood")})) as differing
                  join leads_lead lead on lead.id = lead_id and lead.id <> all(%(but)s::bigint[])
                 order by lead.id limit %(most)s""",
            values,
        )
        execute("set local enable_nestloop = on")
    wrong = "Its standing is not what its lead, deals, touches and tasks say."
    return [Offence("I7", key, wrong) for (key,) in found]


def _columns(table: str) -> str:
    return ", ".join(f"{table}.{name}" for name in COLUMNS)


def _write(scope: str, values: dict[str, object], settings: str) -> int:
    with transaction.atomic():
        execute(settings)
        execute("lock table desk_standing in share row exclusive mode")
        gone = execute(
            f"""delete from desk_standing where lead_id in
                (select id from leads_lead where gone_at is not null and id in ({scope}))""",
            values,
        )
        changed = execute(
            f"""insert into desk_standing ({_NAMES}) {recomputation(scope)}
                on conflict (lead_id) do update set {_SET} where ({_OLD}) is distinct from ({_NEW})""",
            values,
        )
        execute("reset enable_nestloop; reset enable_hashjoin; reset enable_mergejoin; reset jit")
    return gone + changed
