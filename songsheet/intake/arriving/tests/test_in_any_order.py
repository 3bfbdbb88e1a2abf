"""Late, out of order, twice, in whatever batches: the story is the same."""

import random
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from songsheet.base import bulk
from songsheet.intake.arriving.actions import take_in
from songsheet.intake.arriving.tests.sending import browse, send
from songsheet.intake.models import Site
from songsheet.team.queries import now

pytestmark = pytest.mark.django_db
VISITORS = [f"00000000-0000-4000-8000-00000000000{n}" for n in range(2)]
PEOPLE = [{"mail": f"{name}@berg.example", "name": name} for name in ("anna", "ben")]
#: Minutes before now; what happened at the same moment has no order.
TIMES = st.lists(st.integers(1, 200), min_size=2, max_size=9, unique=True)
#: What is told of a visitor besides pages, by which event.
TELLS = ("form", "known", "call")
STORY = """
select person.name, touch.kind, touch.subject, touch.at,
       (select count(*) from intake_hit hit where hit.touch_key = touch.key)
  from touches_touch touch join buyers_person person on person.id = touch.person_id
 where touch.gone_at is null order by 4, 2, 1
"""
#: What the story of the desk shows of these: entries of touches that are there.
TOLD = """
select entry.occurred_at, entry.body::jsonb ->> 'kind' from journal_entry entry
  join touches_touch touch on touch.key = entry.body::jsonb ->> 'touch' and touch.gone_at is null
 where entry.kind = 'touches.touch_made' order by 1, 2
"""
EMPTY = "delete from {}"
TABLES = ("intake_hit", "intake_recognised", "intake_visitor", "intake_inbox", "intake_seen", "intake_raw")


@st.composite
def what_happened(draw: st.DrawFn) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    for nth, minutes in enumerate(draw(TIMES)):
        visitor = draw(st.sampled_from(VISITORS))
        one: dict[str, Any] = {"id": str(nth), "visitor": visitor, "minutes": minutes}
        if draw(st.integers(0, 2)):
            page = {"url": f"https://farm.example/{nth}", "title": str(nth)}
            events.append({**one, "type": "page_view", "page": page})
        else:
            who = draw(st.sampled_from(PEOPLE))
            events.append({**one, "type": draw(st.sampled_from(TELLS)), "person": who})
    return events


def tell(batches: list[list[dict[str, Any]]], site: Site, today: datetime) -> tuple[Any, Any]:
    """The story after these batches; the tables are empty again afterwards."""
    for batch in batches:
        for one in batch:
            event = {name: value for name, value in one.items() if name != "minutes"}
            event["at"] = (today - timedelta(minutes=one["minutes"])).isoformat()
            if one["type"] == "page_view":
                browse(event, feed=site.key)
            else:
                send(event)
        take_in(at=now())
    told = bulk.rows(STORY), bulk.rows(TOLD)
    for table in TABLES:
        bulk.execute(EMPTY.format(table))
    bulk.execute("update touches_touch set gone_at = now() where gone_at is null")
    return told


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(events=what_happened(), seed=st.integers(0, 10_000))
def test_the_story_is_the_same_in_whatever_order_it_arrives(
    events: list[dict[str, Any]], seed: int, cast: dict[str, Any]
) -> None:
    shuffled = random.Random(seed)
    today = now()
    site, _ = Site.objects.get_or_create(
        name="Farm", defaults={"origins": ["https://farm.example"], "mode": "stitched", "made_at": today}
    )
    expected = tell([sorted(events, key=lambda one: -one["minutes"])], site, today)
    again = [*events, *shuffled.choices(events, k=3)]
    shuffled.shuffle(again)
    cut = shuffled.randint(0, len(again))
    assert tell([again[:cut], again[cut:]], site, today) == expected
    assert tell([[one] for one in again], site, today) == expected
