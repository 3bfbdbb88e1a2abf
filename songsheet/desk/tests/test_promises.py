"""The page of promises: its figures are those of counting each clock, and each opens what it counts."""

import re
from collections import Counter
from datetime import date, datetime, timedelta
from html import unescape
from random import Random
from typing import Any
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from songsheet.base.ids import new_key
from songsheet.clocks.models import Clock
from songsheet.desk.promises.behind import promises_behind
from songsheet.desk.promises.read import Direction, Period, back, promises
from songsheet.handoffs.models import Return
from songsheet.leads.actions import lead_came
from songsheet.leads.adopt import LeadRow
from songsheet.leads.models import Lead
from songsheet.leads.tests.rows import BY, person
from songsheet.team.acting import as_member
from songsheet.team.models import House
from songsheet.team.queries import now

KINDS = ("first_answer", "verdict", "return_answer", "next_look", "next_contact")
SALES = ("first_answer", "verdict", "next_contact")
ZONE = "America/New_York"
YEAR = Period(date(2025, 6, 1), date(2026, 5, 1))


def a_year_of_promises(cast: dict[str, Any], at: datetime) -> None:
    """Clocks of all states, sides, members and tiers, about leads and other things, some at the edges."""
    rng = Random(4)
    leads = [
        lead_came(LeadRow(person=person(at), tier=tier), by=BY, at=at).key for tier in ("", "hot", "seeker")
    ]
    Clock.objects.update(due_at=at + timedelta(days=900))
    returned = Return.objects.create(
        lead=Lead.objects.get(tier="hot"), reason="no_need", returned_by=cast["priya"], at=at, state="noted"
    )
    edges = [datetime.combine(day, datetime.min.time(), ZoneInfo(ZONE)) for day in (YEAR.first, YEAR.until)]
    tick = timedelta(microseconds=1)
    dues = [at, at - tick, *edges, *(edge - tick for edge in edges)]
    dues += [at - timedelta(minutes=rng.randrange(-50_000, 600_000)) for _number in range(250)]
    for due in dues:
        state = rng.choice(("kept", "kept", "broken", "stopped", "running", "paused"))
        current = state in ("running", "paused")
        Clock.objects.create(
            kind=rng.choice(KINDS),
            about=new_key("lead") if current else rng.choice([*leads, returned.key, new_key("deal")]),
            member=rng.choice([None, cast["priya"], cast["diane"], cast["tom"]]),
            state=state,
            started_at=due - timedelta(hours=9),
            due_at=due,
            ended_at=None if current else due,
            paused_at=due - timedelta(hours=1) if state == "paused" else None,
            paused_until=due + timedelta(days=1) if state == "paused" else None,
        )


def counted(at: datetime) -> Counter[tuple[str, ...]]:
    """Each clock by itself: (side, what, name, kept or missed) → how many."""
    found: Counter[tuple[str, ...]] = Counter()
    for clock in Clock.objects.select_related("member"):
        month = clock.due_at.astimezone(ZoneInfo(ZONE)).date().replace(day=1)
        if not YEAR.first <= month <= YEAR.last:
            continue
        if clock.state == "kept":
            how = "kept"
        elif clock.state == "broken" or (clock.state == "running" and clock.due_at < at):
            how = "missed"
        else:
            continue
        side = "sales" if clock.kind in SALES else "marketing"
        tiers = list(Lead.objects.filter(key=clock.about).values_list("tier", flat=True))
        tiers += Return.objects.filter(key=clock.about).values_list("lead__tier", flat=True)
        names = {
            "sums": "",
            "members": clock.member.name if clock.member else "Nobody",
            "tiers": "".join(tiers) or "No tier",
            "months": f"{month:%B %Y}",
        }
        found.update({(side, what, name, how): 1 for what, name in names.items()})
    return found


def shown(both: list[Direction]) -> Counter[tuple[str, ...]]:
    """The same of what the page shows."""
    found: Counter[tuple[str, ...]] = Counter()
    for one in both:
        parts = {"members": one.members, "tiers": one.tiers, "months": one.months}
        lines = [("sums", "", one.sums), *((what, line.name, line) for what in parts for line in parts[what])]
        for what, name, line in lines:
            found[one.side, what, name, "kept"] = line.kept
            found[one.side, what, name, "missed"] = line.missed
    return +found


def test_the_figures_are_those_of_counting_each_and_open_what_they_count(
    cast: dict[str, Any], at: datetime, client: Any, django_assert_max_num_queries: Any
) -> None:
    House.objects.update(zone=ZONE)
    a_year_of_promises(cast, at)
    both = promises(as_member(cast["tom"]), YEAR, at=at, zone=ZONE)
    assert shown(both) == counted(at)
    assert sum(counted(at).values()) > 400
    client.force_login(cast["tom"])
    client.get("/promises")
    both = promises(as_member(cast["tom"]), YEAR, at=now(), zone=ZONE)
    with django_assert_max_num_queries(10):
        page = client.get("/promises?from=2025-06&until=2026-05")
    figures = re.findall(r'class="fig" href="(/promises/all[^"]*)">(\d+)<', page.content.decode())
    lines = [line for one in both for line in (one.sums, *one.members, *one.tiers, *one.months)]
    assert len(figures) == sum(bool(line.kept) + bool(line.missed) for line in lines)
    listing, viewer = promises_behind(ZONE, now()), as_member(cast["tom"])
    for url, figure in figures:
        asked = dict(parse_qsl(unescape(url).partition("?")[2]))
        assert listing.page(viewer, asked).total == int(figure), url


def test_the_page_stands_with_nothing_and_takes_only_months(
    cast: dict[str, Any], client: Any, at: datetime
) -> None:
    client.force_login(cast["priya"])
    for query in ("", "?from=2026-13&until=x", "?from=2026-05&until=2026-04", "?from=0001-01&until=9999-12"):
        page = client.get(f"/promises{query}")
        assert page.status_code == 200
        assert page.content.decode().count("Nothing fell due") == 2
    assert client.get("/promises/all?side=nobody").status_code == 422
    assert client.get("/promises/all?side=sales&how=kept&member=none&tier=none").status_code == 200
    assert back(date(2026, 1, 31), 13) == date(2024, 12, 1)
    assert Period(date(2025, 12, 1), date(2026, 2, 1)).months == ["2025-12", "2026-01", "2026-02"]
