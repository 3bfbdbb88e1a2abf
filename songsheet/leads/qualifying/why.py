"""Why a lead is qualified, what is missing, and what a person still asks, in sentences with their reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import orjson
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from songsheet.agreements.kinds.qualified_lead import QUALIFIED_LEAD, Criterion, QualifiedLead
from songsheet.base import bulk
from songsheet.leads.models import Lead

#: How a lead was judged, the versions by which, the answers, and what last said that it is qualified.
_READ = """
select jsonb_build_array(
       to_jsonb(it), definition.body, coalesce(definition.number, 0), coalesce(tiers.number, 0),
       (select jsonb_object_agg(answer.question, jsonb_build_object('key', answer.key, 'text', answer.text,
               'by', member.name, 'at', answer.at))
          from leads_answer answer join team_member member on member.id = answer.by_id
         where answer.lead_id = lead.id and answer.gone_at is null),
       (select case when entry.kind <> 'leads.lead_qualified' then
               coalesce((select name from team_member where key = entry.actor), entry.actor) end
          from journal_about about join journal_entry entry on entry.position = about.position
         where about.key = lead.key and entry.body->>'state' = 'qualified'
           and entry.kind in ('leads.lead_qualified', 'leads.lead_moved', 'leads.lead_came')
         order by entry.position desc limit 1))::text
  from leads_lead lead
  left join leads_judgement it on it.lead_id = lead.id
  left join agreements_version definition on definition.id = it.definition_id
  left join agreements_version tiers on tiers.id = it.tiers_id
 where lead.id = %s"""


@dataclass(frozen=True, slots=True)
class Point:
    """One criterion, as it was seen; `by` is what it holds by: a number or words of the criterion's own."""

    name: str
    says: str
    holds: bool
    needed: bool
    points: int
    by: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asks, and what was noted; `key` is that of the answer."""

    asks: str
    needed: bool
    key: str = ""
    text: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Why:
    """How a lead stands by the agreements. Numbers of versions are 0 where the starter was tried."""

    judgement: Mapping[str, Any] | None
    definition: QualifiedLead
    definition_number: int
    tiers_number: int
    points: list[Point]
    questions: list[Question]
    elsewhere: str

    @property
    def is_known(self) -> bool:
        """Whether it was judged at all."""
        return self.judgement is not None

    @property
    def is_shadow(self) -> bool:
        """Whether nothing is in force, so that the starters were tried."""
        return not (self.definition_number or self.tiers_number)

    @cached_property
    def standing(self) -> str:
        """Whether the lead meets the definition, by how many points."""
        it = self.judgement
        if it is None:
            return _("Not judged: it has ended, or lies at rest.")
        if self.is_shadow:
            said = {"tier": _(it["tier"]), "n": it["points"]}
            return _("By the starter: %(tier)s, %(n)d points (draft, not in force).") % said
        said = {"n": it["points"], "enough": self.definition.enough.points, "v": self.definition_number}
        if not self.definition_number:
            return _("%(n)d points by the starter (draft, not in force).") % said
        if it["is_qualified"]:
            return _("It meets version %(v)d of the definition, with %(n)d points.") % said
        return _("It does not meet version %(v)d of the definition yet: %(n)d of %(enough)d points.") % said

    @cached_property
    def tier(self) -> str:
        """The tier and by what it was reached."""
        it = self.judgement
        if it is None:
            return ""
        said = {"tier": _(it["tier"]).capitalize(), "word": it["word"], "n": it["points"]}
        return {
            "mentions": _("%(tier)s: they mention “%(word)s”."),
            "sources": _("%(tier)s: it came from %(word)s."),
            "points": _("%(tier)s, by %(n)d points."),
        }[it["tier_by"]] % said

    @cached_property
    def marks(self) -> list[str]:
        """Deal seeker and named account, each with its reason."""
        it = self.judgement or {"seeks": "", "account": ""}
        seeks = [_("Deal seeker: they mention “%(word)s”.") % {"word": it["seeks"]}] if it["seeks"] else []
        named = [_("Named account: %(domain)s.") % {"domain": it["account"]}] if it["account"] else []
        return [*seeks, *named]

    @cached_property
    def missing(self) -> list[str]:
        """What has to change before the lead meets the definition."""
        if self.judgement is None:
            return []
        lacks = self.definition.enough.points - self.judgement["points"]
        must = [
            _("%(what)s must hold") % {"what": one.name}
            for one in self.points
            if one.needed and not one.holds
        ]
        more = [ngettext("%(n)d point more", "%(n)d points more", lacks) % {"n": lacks}] if lacks > 0 else []
        asks = [_("an answer: %(asks)s") % {"asks": one.asks} for one in self.open_questions if one.needed]
        return [*must, *more, *asks]

    @property
    def open_questions(self) -> list[Question]:
        """What nobody noted an answer to."""
        return [one for one in self.questions if not one.key]


def why_of(lead: Lead) -> Why:
    """Why a lead that the viewer may see is qualified or not, in one statement."""
    ((found,),) = bulk.rows(_READ, [lead.id])
    judged, body, number, tiers, answers, said_by = orjson.loads(found)
    definition = QUALIFIED_LEAD.read(body) if body else QUALIFIED_LEAD.starter()
    criteria = {one.name: one for one in definition.criteria}
    return Why(
        judgement=judged,
        definition=definition,
        definition_number=number,
        tiers_number=tiers,
        points=[_point(one, criteria.get(one["name"])) for one in (judged or {"seen": []})["seen"]],
        questions=[
            _question(one.asks, one.needed, (answers or {}).get(one.asks)) for one in definition.questions
        ],
        elsewhere=_who(said_by or ""),
    )


def _who(actor: str) -> str:
    """Who said that a lead is qualified, where no definition did; a member's name as it is."""
    kinds = {"import": _("an import"), "key": _("a program"), "system": _("the system")}
    return kinds.get(actor.partition("_")[0], actor)


def _point(seen: Mapping[str, Any], criterion: Criterion | None) -> Point:
    says = criterion.says({}) if criterion else seen["name"]
    needed = criterion is not None and criterion.needed
    return Point(seen["name"], says, seen["holds"], needed, seen["points"], seen["by"])


def _question(asks: str, needed: bool, answer: Mapping[str, Any] | None) -> Question:
    if answer is None:
        return Question(asks, needed)
    return Question(asks, needed, **{**answer, "at": datetime.fromisoformat(answer["at"])})
