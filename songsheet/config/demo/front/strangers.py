"""Whom nobody knows: visitors who never said who they are, machines, and pages that were only counted."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from songsheet.base import bulk
from songsheet.base.ids import many_keys
from songsheet.config.demo.company import BEGINS, TUESDAY, ZONE
from songsheet.config.demo.front.opening import Doors
from songsheet.config.demo.front.rows import HUMAN_CLICK, HUMAN_PAGE, Browser, Hit, keep
from songsheet.config.demo.front.tables import (
    AGAIN,
    ARTICLES,
    CRAWLERS,
    GATEWAY,
    MAIN,
    NOTES,
    PAGES,
    START,
)
from songsheet.config.demo.mailings import SENT
from songsheet.intake.inbox.put_actions import hash_of
from songsheet.intake.links.models import Link
from songsheet.intake.sites.models import Site

#: Visitors a day who stay unknown, pages a day that are counted; recipients behind a gateway.
_A_DAY, _COUNTED, _BEHIND = 4.0, 22, 5
_HOURS = [1, 1, 0, 0, 0, 1, 3, 7, 11, 14, 14, 12, 9, 11, 13, 12, 10, 8, 6, 6, 7, 7, 5, 3]
_PLACES = [*PAGES.values(), START, START, START]
_COUNT = """
insert into intake_count (site_id, day, address, came_from, human, machine, unknown)
select * from unnest(%s::bigint[], %s::date[], %s::text[], %s::text[], %s::int[], %s::int[], %s::int[])
    on conflict do nothing
"""
_VISITOR = """
insert into intake_visitor (key, token, first_at, last_at, consented_at, covers_past)
select key, token, first, last, first, false
  from unnest(%s::text[], %s::uuid[], %s::timestamptz[], %s::timestamptz[])
       as given(key, token, first, last) on conflict (token) do nothing returning token, id
"""


class Strangers:
    """Days of Aldermoor's pages, one after another, each with chance of its own."""

    def __init__(self, doors: Doors, sources: Mapping[str, int], seed: int, scale: float) -> None:
        self.doors, self.sources, self.seed, self.scale = doors, sources, seed, scale

    def keep_all(self, ahead: timedelta) -> None:
        """Month by month."""
        days = [BEGINS.date() + timedelta(days=n) for n in range((TUESDAY.date() - BEGINS.date()).days + 1)]
        for start in range(0, len(days), 30):
            some = days[start : start + 30]
            visits = [visit for day in some for visit in self._visits(day)]
            self._come(visits)
            keep([hit for visit in visits for hit in visit], ahead)
            keep([hit for day in some for hit in self._machines(day)], ahead)
            self._count(some)

    def _visits(self, day: date) -> Iterator[list[Hit]]:
        rng = Random(f"{self.seed} strangers {day}")
        share = (0.4 if day.weekday() >= 5 else 1.2) * self.scale
        for number in range(int(_A_DAY * share + rng.random())):
            at = _moment(day, rng)
            if at < TUESDAY - timedelta(minutes=20):
                yield list(self._visit(f"{day}-{number}", at, rng))

    def _visit(self, name: str, at: datetime, rng: Random) -> Iterator[Hit]:
        browser, token = Browser.drawn(rng), hash_of("aldermoor stranger", f"{self.seed} {name}")
        site = self.doors.main
        links = [one for one in self.doors.links.values() if _is_open(one, at)]
        link = rng.choice(links) if links and rng.random() < 0.3 else None
        source, referrer, _ = rng.choices(AGAIN, [weight for *_, weight in AGAIN])[0]
        for number in range(1 + min(3, int(rng.expovariate(1.0)))):
            path, title = rng.choice(_PLACES)
            page = Hit(
                f"{name}-{number}", site.key, at + timedelta(seconds=number * rng.uniform(15, 90)), browser,
                HUMAN_PAGE, url=MAIN + path, title=title, referrer="www.aldermoor.example", site=site.pk,
                token=token,
            )  # fmt: skip
            if number == 0 and link is not None:
                click = _click(f"{name}-click", at - timedelta(seconds=1), link, browser, made=HUMAN_CLICK)
                click.loaded_at = at
                yield click
                page.url, page.referrer, page.came_by = link.target, "", f"{name}-click"
                page.source, page.campaign, page.utm = link.source_id, link.campaign_id, link.utm
            elif number == 0:
                page.source, page.referrer = self.sources[source], referrer
            yield page

    def _come(self, visits: list[list[Hit]]) -> None:
        pages = [[hit for hit in visit if not hit.is_click] for visit in visits]
        tokens = [str(some[0].token) for some in pages]
        given = [
            many_keys("visitor", len(pages)), tokens, [some[0].at for some in pages],
            [some[-1].at for some in pages],
        ]  # fmt: skip
        ids = dict(bulk.rows(_VISITOR, given)) if pages else {}
        for hit in (hit for some in pages for hit in some):
            assert hit.token is not None
            hit.visitor = ids.get(hit.token)

    def _machines(self, day: date) -> Iterator[Hit]:
        """What reads mails ahead of their readers, and what reads everything."""
        rng = Random(f"{self.seed} machines {day}")
        mails = [one for name, one in self.doors.links.items() if name.startswith("Mailing: ")]
        agent, network, why = GATEWAY
        for sent in (one for one in SENT if one.astimezone(ZONE).date() == day):
            for number in range(_BEHIND):
                at = sent + timedelta(seconds=rng.uniform(3, 600))
                for place, link in enumerate(mails):
                    yield _click(
                        f"gateway-{day}-{number}-{place}", at + timedelta(milliseconds=180 * place), link,
                        Browser(agent, network), made=("machine", why),
                    )  # fmt: skip
        for agent, network, why in CRAWLERS:
            links = [one for one in self.doors.links.values() if _is_open(one, _moment(day, rng))]
            if links and day.day % 9 == len(agent) % 9 and day < TUESDAY.date():
                link, at = rng.choice(links), _moment(day, rng)
                yield _click(
                    f"crawler-{day}-{agent[:12]}",
                    at,
                    link,
                    Browser(agent, network),
                    made=("machine", why),
                )

    def _count(self, days: list[date]) -> None:
        """Pages of the site that only counts; of the other one those of people who said no."""
        lines: list[tuple[object, ...]] = []
        for site, origin, places, many in (
            (self.doors.notes, NOTES, ARTICLES, 4),
            (self.doors.main, MAIN, (START, *PAGES.values()), 3),
        ):
            for day in days:
                lines += self._counted(day, site, origin, places, many)
        bulk.execute(_COUNT, [list(column) for column in zip(*lines, strict=True)])

    def _counted(
        self, day: date, site: Site, origin: str, places: tuple[tuple[str, str], ...], many: int
    ) -> Iterator[tuple[object, ...]]:
        rng = Random(f"{self.seed} counted {origin} {day}")
        quiet = 0.4 if day.weekday() >= 5 else 1.0
        host = origin.partition("://")[2]
        for path, _ in rng.sample(places, many):
            _, before, _ = rng.choices(AGAIN, [weight for *_, weight in AGAIN])[0]
            human = round(rng.uniform(0.3, 1.7) * _COUNTED / many * quiet * max(self.scale, 0.3))
            machine = rng.choices([0, 1, 2, 6], [6, 3, 2, 1])[0]
            unknown = int(rng.random() < 0.15)
            if human or machine or unknown:
                yield site.pk, day, host + path, before, human, machine, unknown


def _click(id_: str, at: datetime, link: Link, browser: Browser, *, made: tuple[str, str]) -> Hit:
    return Hit(
        id_, "link", at, browser, made, url=link.target, person=link.person_id, link=link.pk,
        link_key=link.key, source=link.source_id, campaign=link.campaign_id,
    )  # fmt: skip


def _moment(day: date, rng: Random) -> datetime:
    hour = rng.choices(range(24), _HOURS)[0]
    return datetime.combine(day, time(hour, rng.randrange(60), rng.randrange(60)), ZONE).astimezone(UTC)


def _is_open(link: Link, at: datetime) -> bool:
    ends = link.expires_at or link.withdrawn_at
    return link.person_id is None and link.made_at <= at and (ends is None or at < ends)
