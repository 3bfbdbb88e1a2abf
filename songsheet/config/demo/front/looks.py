"""What known buyers looked at: behind each visit of a story the pages of it, and how they came there first.

It is read from the stories that stand, month by month, so that first sources agree with those of the leads.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple
from uuid import UUID

from songsheet.base import bulk
from songsheet.base.ids import many_keys
from songsheet.config.demo.company import BEGINS, TUESDAY
from songsheet.config.demo.front.opening import Doors
from songsheet.config.demo.front.rows import HUMAN_CLICK, HUMAN_PAGE, Browser, Hit, keep
from songsheet.config.demo.front.tables import AGAIN, LINKS, MAIN, PAGES, START
from songsheet.intake.inbox.put_actions import hash_of
from songsheet.intake.links.models import Link

#: The first lead of each, and since when we know by a form, or else by what somebody typed in, who they are.
_KNOWN = """
select distinct on (lead.person_id) lead.person_id, lead.external_id, lead.source_id, campaign.name,
       source.name, lead.came_at,
       (select min(touch.at) from touches_touch touch
         where touch.person_id = lead.person_id and touch.kind = 'form' and touch.direction = 'in'),
       (select min(address) from buyers_mail where person_id = person.id)
  from leads_lead lead join touches_source source on source.id = lead.source_id
  join buyers_person person on person.id = lead.person_id
  left join touches_campaign campaign on campaign.id = lead.campaign_id
 where lead.system = 'aldermoor' order by lead.person_id, lead.came_at
"""
_LOOKED = """
select touch.person_id, touch.key, touch.external_id, touch.kind, touch.at, coalesce(touch.seconds, 40),
       touch.subject
  from touches_touch touch
 where touch.system = 'aldermoor' and touch.gone_at is null and touch.at >= %s and touch.at < %s
   and (touch.kind in ('visit', 'advertisement') or touch.kind = 'mail' and touch.status = 'clicked')
 order by touch.at, touch.id
"""
_VISITOR = ("id", "key", "token", "first_at", "last_at", "consented_at", "covers_past")
_THERE = "select token, id from intake_visitor"
_LAST = """
update intake_visitor visitor set last_at = last.at
  from (select visitor_id, max(at) as at from intake_hit where visitor_id is not null group by 1) as last
 where last.visitor_id = visitor.id and visitor.last_at < last.at
"""
_RECOGNISED = """
insert into intake_recognised (visitor_id, person_id, how, since)
select visitor, person, how, since
  from unnest(%s::bigint[], %s::bigint[], %s::text[], %s::timestamptz[]) as given(visitor, person, how, since)
 where not exists (select from intake_recognised stands where stands.visitor_id = given.visitor)
"""
#: Who said no at first: their pages until then were counts.
LATER = {"a.vogel@isar.example": TUESDAY - timedelta(days=3)}
_BY_NAME = {one.name: one for one in LINKS}


class Looked(NamedTuple):
    """A touch of a buyer on pages of ours."""

    person: int
    key: str
    external: str
    kind: str
    at: datetime
    seconds: int
    subject: str


@dataclass(slots=True)
class Buyer:
    """A known buyer as their browser shows them."""

    person: int
    lead: str
    source: int
    since: datetime
    how: str
    came: Link | None
    own: Link | None
    not_before: datetime
    browser: Browser
    token: UUID
    visitor: int = 0


class Looks:
    """Walks through the months; whoever was met stays the same browser."""

    def __init__(self, doors: Doors, sources: Mapping[str, int], seed: int) -> None:
        self.doors, self.sources, self.seed = doors, sources, seed
        self.visitors: dict[UUID, int] = dict(bulk.rows(_THERE))
        self.buyers = {one.person: one for one in self._known()}

    def keep_all(self, ahead: timedelta) -> None:
        """Every page of every story, in the order of time."""
        first, month = BEGINS, timedelta(days=30)
        while first < TUESDAY:
            looked = [Looked(*row) for row in bulk.rows(_LOOKED, [first, min(first + month, TUESDAY)])]
            hits = [hit for one in looked for hit in self._hits(one)]
            self._come(hits)
            keep(hits, ahead)
            first += month
        bulk.execute(_LAST)

    def _known(self) -> Iterator[Buyer]:
        for person, lead, source, campaign, named, came_at, form, mail in bulk.rows(_KNOWN):
            rng = Random(f"{self.seed} front {lead}")
            since, how = (form, "form") if form else (came_at, "event")
            yield Buyer(
                person, lead, source, since, how, self._link(campaign, named, rng),
                self.doors.links.get(mail), LATER.get(mail, BEGINS), Browser.drawn(rng),
                hash_of("aldermoor visitor", f"{self.seed} {lead}"),
            )  # fmt: skip

    def _link(self, campaign: str | None, source: str, rng: Random) -> Link | None:
        fits = [
            one.name
            for one in LINKS
            if (one.campaign == campaign if campaign else one.source == source and not one.campaign)
        ]
        return self.doors.links[rng.choice(fits)] if fits else None

    def _hits(self, one: Looked) -> Iterator[Hit]:
        """How they came, and the pages of the visit."""
        buyer = self.buyers.get(one.person)
        if buyer is None or one.at < buyer.not_before:
            return
        link = self._came_by(buyer, one)
        if link is None and not buyer.visitor:
            return  # met before we looked: the first page says nothing
        rng = Random(f"{self.seed} front {one.external}")
        page = self._page(buyer, one, 0)
        if link is not None:
            click = self._click(buyer, one, link)
            page.came_by, page.utm = click.id, link.utm or None
            page.source, page.campaign = link.source_id, link.campaign_id
            if not buyer.visitor:
                page.source = buyer.source
            yield click
        else:
            source, page.referrer, _ = rng.choices(AGAIN, [weight for *_, weight in AGAIN])[0]
            page.source = self.sources[source]
        path, page.title = _place(one, link)
        page.url = MAIN + path
        buyer.visitor = buyer.visitor or -1
        yield page
        for number, later in enumerate(_later(one.seconds, rng), 1):
            more = self._page(buyer, one, number)
            path, more.title = rng.choice(list(PAGES.values()))
            more.at, more.url, more.referrer = one.at + later, MAIN + path, "www.aldermoor.example"
            yield more

    def _came_by(self, buyer: Buyer, one: Looked) -> Link | None:
        """The link that they opened: first that of their source, later that of a mail or their own."""
        if one.kind == "mail":
            if not buyer.visitor:
                return None
            return self.doors.links.get(f"Mailing: {one.subject.removeprefix('Clicked in “').rstrip('”')}")
        own = buyer.own
        if own is not None and one.at >= own.made_at and buyer.visitor:
            buyer.own = None
            return own
        if one.kind == "advertisement" or not buyer.visitor:
            link = buyer.came
            return link if link is not None and _leads(link, one.at) else None
        return None

    def _click(self, buyer: Buyer, one: Looked, link: Link) -> Hit:
        return Hit(
            f"{one.external}-click", "link", one.at - timedelta(seconds=2), buyer.browser, HUMAN_CLICK,
            url=link.target, person=buyer.person if link.person_id else None, link=link.pk, link_key=link.key,
            source=link.source_id, campaign=link.campaign_id, loaded_at=one.at,
        )  # fmt: skip

    def _page(self, buyer: Buyer, one: Looked, number: int) -> Hit:
        return Hit(
            f"{one.external}-{number}", self.doors.main.key, one.at, buyer.browser, HUMAN_PAGE,
            visitor=buyer.visitor, token=buyer.token, person=buyer.person, site=self.doors.main.pk,
            touch=one.key,
        )  # fmt: skip

    def _come(self, hits: list[Hit]) -> None:
        """Visitors for whoever came for the first time, and who they turned out to be."""
        first: dict[int, datetime] = {}
        for hit in hits:
            if hit.person and not hit.is_click:
                first.setdefault(hit.person, hit.at)
        met = [self.buyers[person] for person in first]
        new = [one for one in met if one.token not in self.visitors]
        ids, keys = bulk.next_ids("intake_visitor", len(new)), many_keys("visitor", len(new))
        lines = []
        for id_, key, one in zip(ids, keys, new, strict=True):
            at = first[one.person]
            self.visitors[one.token] = id_
            lines.append((id_, key, str(one.token), at, at, at, at < one.since))
        bulk.copy_in("intake_visitor", _VISITOR, lines)
        for one in met:
            one.visitor = self.visitors[one.token]
        for hit in hits:
            if hit.person and not hit.is_click:
                hit.visitor = self.buyers[hit.person].visitor
        told = [(one.visitor, one.person, one.how, one.since) for one in met if one.since <= TUESDAY]
        if told:
            bulk.execute(_RECOGNISED, [list(column) for column in zip(*told, strict=True)])


def _leads(link: Link, at: datetime) -> bool:
    return link.made_at <= at and (link.expires_at is None or at < link.expires_at)


def _place(one: Looked, link: Link | None) -> tuple[str, str]:
    """Path and title of the first page: what the story says, else where the link leads."""
    said = one.subject.removeprefix("Read ").removeprefix("Came back to ")
    if said in PAGES:
        return PAGES[said]
    if link is None:
        return START
    path = link.target.removeprefix(MAIN)
    titled = dict([*PAGES.values(), START])
    own = _BY_NAME.get(link.name)
    return path, titled.get(path, own.name if own else link.name)


def _later(seconds: int, rng: Random) -> list[timedelta]:
    """When within a visit further pages were seen: nobody reads faster than nine seconds a page."""
    most = min(3, seconds // 30)
    count = min(most, int(rng.expovariate(1.4)))
    return [timedelta(seconds=seconds * (number + 1) / (count + 1)) for number in range(count)]
