"""Reads of our sites, and what their pages told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from songsheet.base import bulk
from songsheet.intake.sites.errors import NoSuchSite
from songsheet.intake.sites.models import Site
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

#: Hits of stitched sites and counts of anonymous ones, of the last thirty days.
_SEEN = """
with told as (
    select site_id, count(*) filter (where made_by = 'human') as human, count(*) as every,
           count(distinct visitor_id) filter (where made_by = 'human') as visitors
      from intake_hit where site_id = any(%s::bigint[]) and what = 'page' and at >= %s group by site_id),
counted as (
    select site_id, sum(human) as human, sum(human + machine + unknown) as every
      from intake_count where site_id = any(%s::bigint[]) and day >= %s::date group by site_id)
select coalesce(told.site_id, counted.site_id), coalesce(told.human, 0) + coalesce(counted.human, 0),
       coalesce(told.every, 0) + coalesce(counted.every, 0), coalesce(told.visitors, 0)
  from told full join counted using (site_id)
"""
SPAN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a site told in thirty days: pages seen by humans and by anybody, visitors known as such."""

    human: int = 0
    every: int = 0
    visitors: int = 0


def sites_seen_by(viewer: Acting) -> QuerySet[Site]:
    """Our sites that may tell of visits, by name."""
    viewer.must(Right.LOOK)
    return Site.objects.filter(gone_at=None).order_by("name", "id")


def site_for(viewer: Acting, key: str) -> Site:
    """One site, one taken out too."""
    viewer.must(Right.LOOK)
    found = Site.objects.filter(key=key).first()
    if found is None:
        raise NoSuchSite(key)
    return found


def seen_on(sites: Iterable[Site], at: datetime) -> dict[int, Seen]:
    """What each of these sites told in the last thirty days."""
    ids = [site.id for site in sites]
    since = at - SPAN
    found = {id_: Seen(*told) for id_, *told in bulk.rows(_SEEN, [ids, since, ids, since])} if ids else {}
    return {id_: found.get(id_, Seen()) for id_ in ids}


def own_hosts() -> set[str]:
    """The hosts of all our sites: who comes from one of them was here already."""
    every = Site.objects.filter(gone_at=None).values_list("origins", flat=True)
    return {host_of(origin) for origins in every for origin in origins}


def host_of(origin: str) -> str:
    """The host of an origin, without its port."""
    host = origin.partition("://")[2]
    return host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]


def snippet_of(site: Site) -> str:
    """What is pasted into the pages of a site: one line, which waits for nothing."""
    stitched = ' data-mode="stitched"' if site.mode != Site.Mode.ANONYMOUS else ""
    where = f"{settings.ENVIRONMENT.url}/in/script.js"
    return f'<script async src="{where}" data-site="{site.key}"{stitched}></script>'
