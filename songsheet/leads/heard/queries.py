"""Reads of what buyers said, and of it beside the sources that were recorded."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from songsheet.base import bulk
from songsheet.base.text import fold
from songsheet.leads.heard.models import Meaning
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

#: What they said in words that mean no source; that they said nothing; that no source was recorded.
OTHER, NOTHING, UNKNOWN = "other", "none", "none"
MOST_WORDS = 100
#: Of each lead with an answer the one that counts: said with it; else what its buyer, whole, said without any
#: lead nearest to when it came.
_ANSWERS = """
select distinct on (lead.id) lead.id as lead, lead.source_id as recorded, said.source_id as meant, said.folded
  from leads_heard said
  join buyers_person who on who.id = said.person_id
  join buyers_person part on part.id = coalesce(who.root_id, who.id)
    or part.root_id = coalesce(who.root_id, who.id)
  join leads_lead lead on lead.person_id = part.id and lead.gone_at is null
 where (said.lead_id is null or said.lead_id = lead.id) {and_where}
 order by lead.id, said.lead_id is null, abs(extract(epoch from said.at - lead.came_at)), said.id desc
"""
_CAME = """and (%(since)s::timestamptz is null or lead.came_at >= %(since)s)
           and (%(until)s::timestamptz is null or lead.came_at < %(until)s)"""
_CROSS = f"""
select recorded.name, meant.name, count(*)
  from ({_ANSWERS.format(and_where=_CAME)}) as answer
  left join touches_source recorded on recorded.id = answer.recorded
  left join touches_source meant on meant.id = answer.meant group by 1, 2
"""
_LEADS = f"""
select source.name, count(*)
  from leads_lead lead left join touches_source source on source.id = lead.source_id
 where lead.gone_at is null {_CAME} group by 1
"""
_WORDS = """
select (array_agg(said order by at desc, id desc))[1], folded, count(*) from leads_heard
 where source_id is null and folded <> '' group by folded order by 3 desc, 2 limit %s
"""


@dataclass(slots=True)
class Row:
    """The leads of one recorded source: how many, and what their buyers said, by the source that it means."""

    recorded: str
    leads: int = 0
    said: dict[str, int] = field(default_factory=dict)

    @property
    def nothing(self) -> int:
        """Of so many nobody said anything."""
        return self.leads - sum(self.said.values())


@dataclass(frozen=True, slots=True)
class Beside:
    """Recorded against said: the rows, the most leads first; the columns, the most said first."""

    rows: list[Row]
    meant: list[str]

    def all_of(self, meant: str) -> int:
        """How many said this, whatever was recorded."""
        return sum(row.said.get(meant, 0) for row in self.rows)

    @property
    def answers(self) -> int:
        return sum(sum(row.said.values()) for row in self.rows)

    @property
    def agree(self) -> int:
        """Of so many leads both say the same."""
        return sum(row.said.get(row.recorded, 0) for row in self.rows if row.recorded != UNKNOWN)


def said_beside_recorded(
    viewer: Acting, since: datetime | None = None, until: datetime | None = None
) -> Beside:
    """The leads that came in a time, by recorded source and by what their buyers said: two statements."""
    viewer.must(Right.LOOK)
    times = {"since": since, "until": until}
    rows: dict[str, Row] = {}
    for name, count in bulk.rows(_LEADS, times):
        rows[name or UNKNOWN] = Row(name or UNKNOWN, count)
    columns: dict[str, int] = {}
    for recorded, meant, count in bulk.rows(_CROSS, times):
        rows[recorded or UNKNOWN].said[meant or OTHER] = count
        columns[meant or OTHER] = columns.get(meant or OTHER, 0) + count
    order = sorted(columns, key=lambda name: (name == OTHER, -columns[name], name))
    return Beside(sorted(rows.values(), key=lambda row: (-row.leads, row.recorded)), order)


def in_other_words(viewer: Acting) -> list[tuple[str, str, int]]:
    """Answers that mean no source yet: as last said, folded, and how often; the most said first."""
    viewer.must(Right.LOOK)
    return [(said, folded, count) for said, folded, count in bulk.rows(_WORDS, [MOST_WORDS])]


def meanings(viewer: Acting) -> QuerySet[Meaning]:
    """What members said that words mean, the newest first."""
    viewer.must(Right.LOOK)
    return Meaning.objects.filter(gone_at=None).select_related("source", "made_by").order_by("-id")


def leads_that_said(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Of these leads those whose buyers said this source, words that mean none, or nothing at all."""
    answers = f"select lead from ({_ANSWERS.format(and_where='')}) as answer"
    if value == NOTHING:
        return rows.exclude(id__in=RawSQL(answers, []))  # noqa: S611
    if value == OTHER:
        return rows.filter(id__in=RawSQL(f"{answers} where meant is null", []))  # noqa: S611
    which = "where meant = (select id from touches_source where name_folded = %s)"
    return rows.filter(id__in=RawSQL(f"{answers} {which}", [fold(value)]))  # noqa: S611


def leads_in_words(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    """Of these leads those whose buyers said just these words."""
    answers = f"select lead from ({_ANSWERS.format(and_where='')}) as answer where folded = %s"
    return rows.filter(id__in=RawSQL(answers, [fold(value)]))  # noqa: S611
