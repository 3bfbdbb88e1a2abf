"""Reads of links, and what came by each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from songsheet.base import bulk
from songsheet.intake.links.errors import NoSuchLink
from songsheet.intake.links.models import Link
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

#: Of so many clicks of humans, the newest, it is looked up who they were; what is more is said with a plus.
MOST_FOLLOWED = 5_000
_CAME = """
select link_id, count(*), count(*) filter (where made_by = 'human'),
       count(*) filter (where made_by = 'machine')
  from intake_hit where link_id = any(%s::bigint[]) and what = 'click' group by link_id
"""
#: A click knows nobody but whom its link was given to. The page that was there after it knows its visitor,
#: and who that turned out to be.
_CLICKS = f"""
    select link.id as link_id, click.at, coalesce(page.visitor_id, click.visitor_id) as visitor_id,
           coalesce(click.person_id, page.person_id) as person_id
      from unnest(%s::bigint[]) as link(id)
     cross join lateral (
           select hash, at, loaded_at, visitor_id, person_id from intake_hit
            where link_id = link.id and what = 'click' and made_by = 'human'
            order by at desc limit {MOST_FOLLOWED}) as click
      left join intake_hit page on page.came_by = click.hash and page.received_at = click.loaded_at
"""
_WHO = f"""
with clicks as ({_CLICKS})
select link_id, count(distinct visitor_id), count(distinct person_id) from clicks group by link_id
"""
#: Leads of whoever came by it as a human, that came from then on; a merged person is one.
_LEADS = f"""
with clicks as ({_CLICKS}),
came as (
    select link_id, person_id, min(at) as first from clicks where person_id is not null
     group by link_id, person_id),
whole as (
    select came.link_id, came.first, coalesce(person.root_id, person.id) as root
      from came join buyers_person person on person.id = came.person_id)
select whole.link_id, count(distinct lead.id)
  from whole
  join buyers_person part on part.id = whole.root or part.root_id = whole.root
  join leads_lead lead on lead.person_id = part.id and lead.came_at >= whole.first and lead.gone_at is null
 group by whole.link_id
"""


@dataclass(frozen=True, slots=True)
class Results:
    """What came by a link: clicks of anybody, of humans and of machines; human visitors, people, leads."""

    clicks: int = 0
    human: int = 0
    machine: int = 0
    visitors: int = 0
    people: int = 0
    leads: int = 0

    @property
    def more(self) -> str:
        """A plus where there were more humans than those of whom it was looked up who they were."""
        return "+" if self.human > MOST_FOLLOWED else ""


def links_seen_by(viewer: Acting) -> QuerySet[Link]:
    """The links that are not withdrawn, with what a row of the list shows."""
    return _links(viewer).filter(withdrawn_at=None)


def withdrawn_links(viewer: Acting) -> QuerySet[Link]:
    """The links that were withdrawn."""
    return _links(viewer).exclude(withdrawn_at=None)


def link_for(viewer: Acting, key: str) -> Link:
    """One link, a withdrawn one too."""
    found = _links(viewer).filter(key=key).first()
    if found is None:
        raise NoSuchLink(key)
    return found


def results_of(links: Iterable[Link]) -> dict[int, Results]:
    """What came by each of these links, in three statements."""
    ids = [link.id for link in links]
    if not ids:
        return {}
    leads = dict(bulk.rows(_LEADS, [ids]))
    who = {id_: (visitors, people) for id_, visitors, people in bulk.rows(_WHO, [ids])}
    came = {
        id_: Results(clicks, human, machine, *who.get(id_, (0, 0)), leads.get(id_, 0))
        for id_, clicks, human, machine in bulk.rows(_CAME, [ids])
    }
    return {id_: came.get(id_, Results()) for id_ in ids}


def address_of(link: Link) -> str:
    """What is given away: the address of the link itself."""
    return f"{settings.ENVIRONMENT.url}/l/{link.token}"


def state_of(link: Link, at: datetime) -> str:
    """How it stands: withdrawn, expired, broken (its page does not answer) or live."""
    if link.withdrawn_at:
        return "withdrawn"
    if link.expires_at and link.expires_at <= at:
        return "expired"
    return "broken" if link.checked_at and not answers(link.answered) else "live"


def answers(code: int | None) -> bool:
    """Whether a page that answered so is there: who is sent on or asked to sign in has found one."""
    return code is not None and (200 <= code < 400 or code in (401, 403, 405, 429))


def _links(viewer: Acting) -> QuerySet[Link]:
    viewer.must(Right.LOOK)
    return Link.objects.select_related("source", "campaign", "person__root", "member")
