"""Reads of where buyers met us first: out of the first touch of each, and what is behind it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from songsheet.base import bulk
from songsheet.intake.found.models import CALLED, Place
from songsheet.song.queries import Asked, questions
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

MOST_OPEN = 30
_TOLD = "{touch}.gone_at is null and {touch}.kind not in ('note', 'invoice')"
_NOW, _BEFORE = _TOLD.format(touch="touch"), _TOLD.format(touch="earlier")
#: The first touch of each buyer, whole, where it lies in the time; the page, link or form that it was; and
#: the place that answers a question. Of visits the first page counts: a machine makes none. Each different
#: spot is looked up among the places once. `offset 0` has earlier touches looked up buyer by buyer, by index:
#: a plan that reads all touches there ever were takes the longer the older the house is.
MET = f"""
with began as materialized (
    select distinct on (whole) touch.*
      from (select coalesce(person.root_id, person.id) as whole, touch.id, touch.key, touch.kind, touch.at,
                   touch.system, touch.external_id, touch.campaign_id
              from touches_touch touch join buyers_person person on person.id = touch.person_id
             where {_NOW} and (%(since)s::timestamptz is null or touch.at >= %(since)s)
               and (%(until)s::timestamptz is null or touch.at < %(until)s)) as touch
     order by whole, at, id),
first as materialized (
    select began.* from began join buyers_person buyer on buyer.id = began.whole and buyer.gone_at is null
     where %(since)s::timestamptz is null
        or (not exists (select from touches_touch earlier where earlier.person_id = began.whole and {_BEFORE}
                           and earlier.at < %(since)s offset 0)
            and not exists (select from buyers_person part join touches_touch earlier
                                on earlier.person_id = part.id
                             where part.root_id = began.whole and {_BEFORE} and earlier.at < %(since)s
                             offset 0))),
met as materialized (
    select first.whole, first.at, first.kind,
           coalesce(click.link_id, hit.link_id, 0) as link, coalesce(answer.form_id, 0) as form,
           coalesce(hit.site_id, 0) as site,
           case when hit.site_id is null then ''
                else rtrim(substring(hit.address from position('/' in hit.address || '/')), '/') end as path,
           coalesce(hit.campaign_id, first.campaign_id, 0) as campaign,
           coalesce(hit.source_id, lead.source_id, campaign.source_id, 0) as source
      from first
      left join lateral (
           select * from intake_hit hit where first.kind = 'visit'
              and hit.touch_key = first.key and hit.touch_key <> ''
            order by hit.at, hit.id limit 1) as hit on true
      left join intake_hit click on click.hash = hit.came_by
      left join intake_formanswer answer on first.system = 'forms' and answer.key = first.external_id
      left join leads_lead lead on lead.key = answer.lead_key and answer.lead_key <> ''
      left join touches_campaign campaign on campaign.id = first.campaign_id),
spots as (select distinct link, form, site, path, campaign from met),
placed as materialized (
    select spots.*, coalesce(place.id, 0) as place, coalesce(place.question_id, 0) as question
      from spots left join lateral (
           select place.id, place.question_id
             from intake_place place join song_question question on question.id = place.question_id
            where place.gone_at is null and question.gone_at is null
              and (place.link_id = spots.link or place.form_id = spots.form
                   or place.campaign_id = spots.campaign
                   or place.site_id = spots.site and (place.path in ('', spots.path)
                                                      or starts_with(spots.path, place.path || '/')))
            order by place.link_id is null, place.form_id is null, place.site_id is null,
                     length(place.path) desc limit 1) as place on true)
"""
_COUNTED = f"""{MET}
select placed.question, placed.place, coalesce(source.name, ''), met.kind,
       case when placed.place = 0 then met.site end, case when placed.place = 0 then met.path end,
       case when placed.place = 0 then met.link end, case when placed.place = 0 then met.form end,
       case when placed.place = 0 then met.campaign end, count(*)
  from met join placed using (link, form, site, path, campaign)
  left join touches_source source on source.id = met.source
 group by 1, 2, 3, 4, 5, 6, 7, 8, 9
"""
_WHO = f"{MET} select whole from met join placed using (link, form, site, path, campaign) where "


class Spot(NamedTuple):
    """Where somebody met us first that answers no question yet: the key of what it is, a path, a name."""

    what: str
    path: str
    name: str

    @property
    def kind(self) -> str:
        """What it is, in a word."""
        return str(CALLED.get(self.what.partition("_")[0], ""))


@dataclass(slots=True)
class Answered:
    """A question with those who met us first by it: how many, at which places, from which sources."""

    asked: Asked
    places: list[Place] = field(default_factory=list)
    people: int = 0
    at: Counter[int] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)

    @property
    def at_places(self) -> list[tuple[Place, int]]:
        """Its places with how many met us at each, the most first."""
        return sorted(((one, self.at[one.pk]) for one in self.places), key=lambda one: (-one[1], str(one[0])))


@dataclass(slots=True)
class Found:
    """Who met us first in a time: by question; at spots that answer none; how many in all."""

    answered: list[Answered]
    spots: list[tuple[Spot, int]] = field(default_factory=list)
    people: int = 0
    elsewhere: int = 0

    @property
    def met(self) -> list[Answered]:
        """The questions by which somebody met us."""
        return [one for one in self.answered if one.people]

    @property
    def nobody(self) -> list[Answered]:
        """The questions with which nobody finds us."""
        return [one for one in self.answered if not one.people]


def found(viewer: Acting, since: datetime | None = None, until: datetime | None = None) -> Found:
    """Where buyers met us first in a time, by the question that the place answers."""
    viewer.must(Right.LOOK)
    every = [Answered(one) for one in questions(viewer)]
    by_id = {one.asked.question.pk: one for one in every}
    for place in places(viewer):
        if place.question.pk in by_id:
            by_id[place.question.pk].places.append(place)
    told, loose = Found(every), Counter[tuple[str, int, str]]()
    for question, place, source, kind, site, path, link, form, campaign, count in bulk.rows(
        _COUNTED, {"since": since, "until": until}
    ):
        told.people += count
        one = by_id.get(question)
        if one is not None:
            one.people += count
            one.at[place] += count
            one.sources[source] += count
            continue
        told.elsewhere += count
        if spot := _spot(link, form, site, path, campaign):
            loose[spot] += count
        else:
            loose["", 0, kind] += count
    told.spots = _named(loose.most_common(MOST_OPEN))
    return told


def _spot(link: int, form: int, site: int, path: str, campaign: int) -> tuple[str, int, str] | None:
    if link:
        return "link", link, ""
    if form:
        return "form", form, ""
    if site:
        return "site", site, path
    return ("campaign", campaign, "") if campaign else None


_NAMES = """
select 'link', id, key, name from intake_link where id = any(%(link)s::bigint[])
 union all select 'form', id, key, name from intake_form where id = any(%(form)s::bigint[])
 union all select 'site', id, key, name from intake_site where id = any(%(site)s::bigint[])
 union all select 'campaign', id, key, name from touches_campaign where id = any(%(campaign)s::bigint[])
"""


def _named(spots: list[tuple[tuple[str, int, str], int]]) -> list[tuple[Spot, int]]:
    """Spots as they are called; what has no place of ours is called by its kind."""
    ids: dict[str, list[int]] = {kind: [] for kind in ("link", "form", "site", "campaign")}
    for (kind, id_, _path), _count in spots:
        if kind:
            ids[kind].append(id_)
    known = {(kind, id_): (key, name) for kind, id_, key, name in bulk.rows(_NAMES, ids)}
    told = []
    for (kind, id_, path), count in spots:
        key, name = known.get((kind, id_), ("", path))
        shown = f"{name} {path or '/'}" if kind == "site" else name
        told.append((Spot(key, path if kind == "site" else "", shown), count))
    return told


def places(viewer: Acting) -> QuerySet[Place]:
    """The places that answer a question."""
    viewer.must(Right.LOOK)
    rows = Place.objects.filter(gone_at=None).select_related("question", "site", "link", "form", "campaign")
    return rows.order_by("id")


def met_by(
    rows: QuerySet[Any],
    since: datetime | None,
    until: datetime | None,
    *,
    question: str = "",
    place: str = "",
) -> QuerySet[Any]:
    """Of these people those who met us first in a time; by a question (`none`: by none), at a place."""
    values: dict[str, Any] = {"since": since, "until": until, "question": question, "place": place}
    condition = "true"
    if question == "none":
        condition = "placed.question = 0"
    elif question:
        condition = "placed.question = (select id from song_question where key = %(question)s)"
    if place:
        condition += " and placed.place = (select id from intake_place where key = %(place)s)"
    return rows.filter(id__in=[whole for (whole,) in bulk.rows(_WHO + condition, values)])
