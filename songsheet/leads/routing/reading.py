"""What a decision rests on, read from the rows: who is there with what, and what each lead asks for."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.conf.locale import LANG_INFO

from songsheet.agreements.kinds.responsibilities import RESPONSIBILITIES, Responsibilities
from songsheet.agreements.kinds.tiers_and_routing import TIERS_AND_ROUTING, TiersAndRouting
from songsheet.agreements.models import Version
from songsheet.agreements.queries import in_force, version_in_force
from songsheet.base import bulk
from songsheet.base.text import fold
from songsheet.leads.models import OPEN_STATES
from songsheet.leads.promising import first_answers
from songsheet.leads.routing.world import Asked, Candidate, World
from songsheet.team.hours.calendars import calendars
from songsheet.team.hours.models import Leave, Skill
from songsheet.team.hours.queries import minutes_a_week
from songsheet.team.models import Member
from songsheet.team.queries import house

#: The kinds of promises that stand for a lead's own, which its owner keeps.
_NEXT_STEP = "next_step"
_DAY = timedelta(days=1)
_COUNTS = """
select member.id,
       (select count(*) from leads_lead where owner_id = member.id and state = any(%(open)s::text[])
           and gone_at is null and not at_rest),
       (select count(*) from clocks_clock where member_id = member.id and state = 'running'),
       (select count(*) from clocks_clock where member_id = member.id and state = 'running'
           and kind = %(step)s)
  from unnest(%(members)s::bigint[]) as member (id)"""
_ASKED = """
select lead.id, company.id, company.owner_id, person.language, company.industry, lead.wants,
       (select array_agg(mark.channel::text)
          from buyers_person one join buyers_donotcontact mark on mark.person_id = one.id
         where mark.gone_at is null and (one.id = person.id or one.root_id = person.id)) as closed
  from leads_lead lead join buyers_person given on given.id = lead.person_id
  join buyers_person person on person.id = coalesce(given.root_id, given.id)
  left join buyers_company named on named.id = coalesce(lead.company_id, person.company_id)
  left join buyers_company company on company.id = coalesce(named.root_id, named.id)
 where lead.id = any(%(ids)s::bigint[])"""
#: Who has other leads of a company: open ones first, then those that became deals; the newest first.
_HOLDERS = """
with family as materialized (
    select id, coalesce(root_id, id) as root from buyers_company
     where id = any(%(companies)s::bigint[]) or root_id = any(%(companies)s::bigint[])),
theirs as (
    select family.root, lead.id from family join leads_lead lead on lead.company_id = family.id
     union
    select family.root, lead.id from family join buyers_person person on person.company_id = family.id
      join leads_lead lead on lead.person_id = person.id and lead.company_id is null)
select theirs.root, lead.owner_id, lead.state = 'converted' as became, max(lead.came_at) as came
  from theirs join leads_lead lead using (id)
 where lead.owner_id is not null and lead.gone_at is null and not lead.id = any(%(ids)s::bigint[])
   and lead.state = any(%(held)s::text[])
 group by 1, 2, 3 order by 1, 3, 4 desc"""
_PASSED = """
select lead_id, array_agg(distinct had_id) from leads_routing
 where lead_id = any(%(ids)s::bigint[]) and had_id is not null and cause = 'breach'
   and tier = %(tier)s group by 1"""


@dataclass(frozen=True, slots=True)
class Agreed:
    """The tiers and routing that decide, and the version they are of."""

    version: Version
    terms: TiersAndRouting


def agreed(at: datetime) -> Agreed | None:
    """What is in force; nothing before the first signatures, and then nothing is routed."""
    version = version_in_force(TIERS_AND_ROUTING.name, at)
    return Agreed(version, TIERS_AND_ROUTING.read(version.body)) if version else None


def world_at(terms: TiersAndRouting, at: datetime, minutes: Mapping[str, int] | None = None) -> World:
    """The team as it stands, without turns: they are read once they are held."""
    found = calendars()
    members = list(Member.objects.active().order_by("id"))
    skills = _skills()
    away = away_now(at)
    load = _load(members, in_force(RESPONSIBILITIES, at))
    candidates = {
        one.id: Candidate(
            one.id, one.key, one.name, one.role, languages_of(one.languages), skills.get(one.id, frozenset()),
            *load[one.id], one.id in away, away.get(one.id),
        )
        for one in members
    }  # fmt: skip
    return World(at, terms, minutes or first_answers(at), candidates, found.of)


def asked_of(tiers: Mapping[int, str], world: World, passed: Mapping[int, int] | None = None) -> list[Asked]:
    """What these leads ask for, by id with their tiers; `passed` had one just now and goes without."""
    ids = list(tiers)
    found = bulk.rows(_ASKED, {"ids": ids})
    holders = _holders({company for _, company, *_ in found if company}, ids)
    before = _passed(tiers)
    known = words_of(world.members.values())
    asked = {}
    for id_, company, account, language, industry, wants, closed in found:
        gone = before.get(id_, frozenset()) | ({passed[id_]} if passed and id_ in passed else set())
        asked[id_] = Asked(
            id_, tiers[id_], company, account, holders.get(company, ()), language_of(language or ""),
            asks_for(known, industry or "", wants), frozenset(gone), is_closed(closed or []),
        )  # fmt: skip
    return [asked[id_] for id_ in ids if id_ in asked]


def is_closed(channels: Iterable[str]) -> bool:
    """Whether a buyer must not be contacted by any way."""
    found = set(channels)
    return bool(found & {"", "any"}) or ("mail" in found and bool(found & {"call", "phone"}))


Words = Mapping[str, re.Pattern[str]]


def words_of(members: Iterable[Candidate]) -> Words:
    """The words of the members' own skills, by kind, as they are looked for."""
    words: dict[str, set[str]] = defaultdict(set)
    for one in members:
        for kind, word in one.skills:
            words[kind].add(word)
    longest = {kind: sorted(found, key=lambda word: (-len(word), word)) for kind, found in words.items()}
    return {
        kind: re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, found))})(?!\w)")
        for kind, found in longest.items()
    }


def asks_for(known: Words, industry: str, wants: str) -> frozenset[tuple[str, str]]:
    """The skills that the industry of a company, and the products in what a buyer wants, ask for."""
    if not known:
        return frozenset()
    texts = ((Skill.Kind.INDUSTRY, industry), (Skill.Kind.PRODUCT, wants))
    return frozenset(
        (str(kind.value), word)
        for kind, text in texts
        if text and kind in known
        for word in known[kind].findall(fold(text))
    )


def languages_of(text: str) -> frozenset[str]:
    """The languages that a member speaks."""
    return frozenset(found for one in re.split(r"[,;/\s]+", text) if (found := language_of(one)))


@cache
def _names() -> dict[str, str]:
    named: dict[str, str] = {}
    for code, info in LANG_INFO.items():
        for name in ("name", "name_local"):
            if name in info:
                named.setdefault(fold(info[name]), code.split("-")[0])
    return named


@cache
def language_of(text: str) -> str:
    """A language as one code: en, en-GB and English are one; empty where none is given."""
    folded = fold(text)
    return _names().get(folded) or re.split(r"[-_]", folded)[0]


def _skills() -> dict[int, frozenset[tuple[str, str]]]:
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    rows = Skill.objects.filter(gone_at=None).values_list("member_id", "kind", "word_folded")
    for member, kind, word in rows:
        found[member].add((kind, word))
    return {member: frozenset(words) for member, words in found.items()}


def away_now(at: datetime) -> dict[int, int | None]:
    """Who is on leave today, in their own zone, and who stands in."""
    today = cache(lambda zone: at.astimezone(ZoneInfo(zone)).date())
    found = Leave.objects.filter(
        gone_at=None, from_on__lte=(at + _DAY).date(), until_on__gte=(at - _DAY).date()
    )
    rows = found.values_list("member_id", "member__zone", "from_on", "until_on", "deputy_id")
    return {member: deputy for member, zone, begin, end, deputy in rows if begin <= today(zone) <= end}


def _load(members: Sequence[Member], board: Responsibilities | None) -> dict[int, tuple[int, int]]:
    """How many leads each has open, and how many there is room for.

    Room is the number of leads that a member is to have at most; where responsibilities are agreed also what
    is left of their minutes a week besides duties, deals and clocks, at the minutes of a lead.
    """
    ids = [one.id for one in members]
    counts = bulk.rows(_COUNTS, {"members": ids, "open": list(OPEN_STATES), "step": _NEXT_STEP})
    duties: dict[str, int] = defaultdict(int)
    for duty in board.duties if board else ():
        duties[duty.owner] += duty.minutes_a_week
    by_id, settings, load = {one.id: one for one in members}, house(), {}
    for id_, leads, clocks, steps in counts:
        one = by_id[id_]
        room, minutes = one.capacity, minutes_a_week(one, settings)
        if board and board.cost.open_lead:
            taken = duties[one.key] + steps * board.cost.open_deal + clocks * board.cost.clock
            room = min(room, max(0, minutes - taken) // board.cost.open_lead)
        load[id_] = leads, room if minutes else 0
    return load


def _holders(companies: set[int], ids: Sequence[int]) -> dict[int | None, tuple[int, ...]]:
    if not companies:
        return {}
    held = [*OPEN_STATES, "converted"]
    found = bulk.rows(_HOLDERS, {"companies": sorted(companies), "ids": list(ids), "held": held})
    holders: dict[int | None, list[int]] = defaultdict(list)
    for company, owner, _, _ in found:
        holders[company].append(owner)
    return {company: tuple(dict.fromkeys(owners)) for company, owners in holders.items()}


def _passed(tiers: Mapping[int, str]) -> dict[int, frozenset[int]]:
    """Who had these leads in their tier and did not accept them in time."""
    by_tier: dict[str, list[int]] = defaultdict(list)
    for id_, tier in tiers.items():
        by_tier[tier].append(id_)
    return {
        lead: frozenset(had)
        for tier, ids in by_tier.items()
        for lead, had in bulk.rows(_PASSED, {"ids": ids, "tier": tier})
    }
