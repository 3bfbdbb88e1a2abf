"""Raw bodies stand by their day, and go with it; what was seen stays seen."""

from datetime import UTC, date, datetime, timedelta

import pytest

from songsheet.base import bulk
from songsheet.intake.inbox.days_actions import AHEAD, make_room
from songsheet.intake.inbox.put_actions import hash_of
from songsheet.intake.models import Raw, Seen

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 12)


def keep(nth: int, day: date) -> None:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    Seen.objects.create(hash=hash_of("test", str(nth)))
    bulk.execute(
        """insert into intake_raw (id, received_at, hash, door, feed, body, became)
           values (%s, %s, %s::uuid, 'event', 'crm', '{}', 'touch')""",
        [nth, at, str(hash_of("test", str(nth)))],
    )


def where() -> dict[int, str]:
    return dict(bulk.rows("select id, tableoid::regclass::text from intake_raw"))


def test_days_are_made_ahead_and_dropped_after_their_term() -> None:
    keep(1, TODAY)
    keep(2, TODAY - timedelta(days=40))
    assert set(where().values()) == {"intake_raw_other"}
    assert make_room(TODAY) == AHEAD + 1
    assert where() == {1: "intake_raw_20260512"}
    assert make_room(TODAY) == 0
    keep(3, TODAY + timedelta(days=1))
    assert where()[3] == "intake_raw_20260513"
    indexes = "select count(*) from pg_indexes where tablename = %s"
    assert bulk.rows(indexes, ["intake_raw_20260512"]) == bulk.rows(indexes, ["intake_raw_other"])

    later = TODAY + timedelta(days=31)
    assert make_room(later) == AHEAD + 2
    assert where() == {3: "intake_raw_20260513"}
    assert Seen.objects.count() == 3
    assert Raw.objects.count() == 1
