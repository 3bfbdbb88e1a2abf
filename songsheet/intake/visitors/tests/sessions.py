"""The labelled sessions: what was done, by whom we say it was, and the hits that it makes."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from songsheet.base import bulk
from songsheet.intake.inbox.put_actions import hash_of
from songsheet.intake.models import Hit, Link, Site, Visitor

HERE = Path(__file__).parent / "labelled"
_HIT = re.compile(r"(?P<at>[\d.]+):(?P<what>p|<?[LXH]\d)(?:!(?P<flag>head|ahead))?(?:@(?P<agent>\S+))?")


class Session(NamedTuple):
    """One line of the set."""

    label: str
    agent: str
    network: str
    hits: str


def sessions(*names: str) -> Iterator[Session]:
    """The sessions of these files."""
    for name in names:
        for line in (HERE / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                head, hits = line.split(" : ")
                label, agent, network = head.split()
                yield Session(label, agent, network, hits)


def agents() -> dict[str, str]:
    """What the names of agents stand for."""
    lines = (HERE / "agents.txt").read_text(encoding="utf-8").splitlines()
    return {name: agent for name, _, agent in (line.partition(" ") for line in lines)}


def play(some: list[Session], at: datetime) -> list[list[int]]:
    """Keep the hits of each session, hours apart from the others; their ids."""
    known = agents()
    site = Site.objects.create(name="Ours", origins=["https://ours.example"], mode="stitched", made_at=at)
    played = []
    for nth, session in enumerate(some):
        began = at - timedelta(hours=nth + 1)
        links: dict[str, Link] = {}
        clicks: dict[str, Hit] = {}
        visitor = Visitor.objects.create(token=uuid4(), first_at=began, last_at=began)
        ids: list[int] = []
        for hit in session.hits.split():
            found = _HIT.fullmatch(hit)
            assert found, hit
            what, when = found["what"], began + timedelta(seconds=float(found["at"]))
            one = Hit(
                hash=hash_of("session", f"{nth} {len(ids)}"),
                at=when,
                received_at=when,
                agent=known[found["agent"] or session.agent],
                network=session.network,
                prefetch=found["flag"] == "ahead",
            )
            if what == "p" or what.startswith("<"):
                one.what, one.door, one.method, one.site, one.visitor = (
                    "page",
                    "script",
                    "POST",
                    site,
                    visitor,
                )
                if what != "p" and (by := clicks.get(what[1:])):
                    one.came_by, by.loaded_at = by.hash, by.loaded_at or when
                    by.save(update_fields=["loaded_at"])
            else:
                one.what, one.door = "click", "click"
                one.method = "HEAD" if found["flag"] == "head" else "GET"
                where = "https://elsewhere.example/" if what[0] == "X" else "https://ours.example/offer"
                if what not in links:
                    links[what] = _link(f"{nth}-{what}", where, at)
                one.link = links[what]
                clicks[what] = one
            one.save()
            ids.append(one.pk)
        played.append(ids)
    return played


def verdicts(played: list[list[int]]) -> list[str]:
    """What each session is judged to be: human if any of its hits is, else machine if any is."""
    made = dict(bulk.rows("select id, made_by from intake_hit"))
    found = [{made[id_] for id_ in ids} for ids in played]
    return [next(who for who in ("human", "machine", "unknown") if who in one) for one in found]


def _link(token: str, target: str, at: datetime) -> Link:
    hidden = "-H" in token
    return Link.objects.create(token=token, name=token, target=target, made_at=at, is_hidden=hidden)
