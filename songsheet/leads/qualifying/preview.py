"""What a definition would have done with the leads of the last three months, beside the one in force."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from songsheet.agreements.kinds.qualified_lead import Criterion, QualifiedLead
from songsheet.base import bulk
from songsheet.leads.models import Lead
from songsheet.leads.qualifying.judging import told

PAST = timedelta(days=91)
#: So many of the leads about which they differ are shown.
SHOWN = 20
#: So many sources are shown, those with the most leads first.
SOURCES = 12


@dataclass(frozen=True, slots=True)
class Count:
    """Of some leads: how many there are, how many this version and the other would have qualified, and how
    many became customers, of all and of each of these."""

    leads: int = 0
    these: int = 0
    others: int = 0
    customers: int = 0
    these_customers: int = 0
    others_customers: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Preview:
    """`whole` and the same by source; how many hold each criterion; leads that only one of both qualifies."""

    since: datetime
    whole: Count
    sources: list[tuple[str, Count]]
    criteria: list[tuple[Criterion, int]]
    gained: int
    lost: int
    gained_leads: list[Lead]
    lost_leads: list[Lead]


def preview(definition: QualifiedLead, other: QualifiedLead | None, *, at: datetime) -> Preview:
    """What `definition` would have done with the leads that came in the three months before `at`, beside
    `other`. Imported ones count too. Each is looked at as it stands, at the moment of its last touch."""
    since = at - PAST
    both = [definition, other] if other else [definition]  # beside none it stands beside itself
    statement, values = told(both, "lead.came_at > %(since)s and lead.came_at <= %(until)s")
    q1 = "q1" if other else "q0"
    holds = "".join(f", count(*) filter (where c0_{n})" for n in range(len(definition.criteria)))
    found = bulk.rows(
        f"""{statement}
select coalesce(source.name, ''), count(*), count(*) filter (where q0), count(*) filter (where {q1}),
       count(*) filter (where won), count(*) filter (where won and q0), count(*) filter (where won and {q1}),
       count(*) filter (where q0 and not {q1}), count(*) filter (where {q1} and not q0),
       (array_agg(told.id order by told.id desc) filter (where q0 and not {q1}))[:{SHOWN}],
       (array_agg(told.id order by told.id desc) filter (where {q1} and not q0))[:{SHOWN}]{holds}
  from told join (select id, source_id, state = 'converted' as won from leads_lead) as lead using (id)
  left join touches_source source on source.id = lead.source_id
 group by 1 order by 2 desc, 1""",
        {**values, "since": since, "until": at, "at": None},
    )
    sources = [(name, Count(*counts)) for name, *counts in (row[:7] for row in found)]
    gained, lost = ([id_ for row in found for id_ in row[at] or ()] for at in (9, 10))
    return Preview(
        since,
        sum((count for _, count in sources), Count()),
        sources[:SOURCES],
        [(one, sum(row[11 + n] for row in found)) for n, one in enumerate(definition.criteria)],
        sum(row[7] for row in found),
        sum(row[8] for row in found),
        _leads(gained),
        _leads(lost),
    )


def _leads(ids: list[int]) -> list[Lead]:
    newest = sorted(ids, reverse=True)[:SHOWN]
    found = Lead.objects.filter(id__in=newest).select_related("person", "company", "source")
    return list(found.order_by("-id"))
