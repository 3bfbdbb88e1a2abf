"""Human, machine or unknown: measured on labelled sessions, which do not change with what is measured."""

import hashlib
from collections import Counter
from datetime import datetime

import pytest

from songsheet.base import bulk
from songsheet.intake.visitors.judging_acts import judge_again, judge_around
from songsheet.intake.visitors.tests.sessions import HERE, play, sessions, verdicts

pytestmark = pytest.mark.django_db
#: `first.txt` was written before what judges was, `second.txt` after it.
FILES = ("agents.txt", "first.txt", "second.txt")
FROZEN = "4bbcca233002a94ae314ae63aabf110375bf5513fb46bb86ad0cc2270297bae1"


def test_sessions_are_judged_as_they_were_labelled(at: datetime) -> None:
    digest = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in FILES))
    assert digest.hexdigest() == FROZEN, "labels are frozen: a new session goes into a new file"
    some = list(sessions(*FILES[1:]))
    assert len(some) >= 200
    played = play(some, at)
    judge_again([id_ for ids in played for id_ in ids])
    told = Counter(zip((one.label for one in some), verdicts(played), strict=True))
    labelled, judged = Counter[str](), Counter[str]()
    for (label, who), count in told.items():
        labelled[label] += count
        judged[who] += count
    precision = {who: round(told[who, who] / judged[who], 2) for who in ("human", "machine")}
    recall = {who: round(told[who, who] / labelled[who], 2) for who in ("human", "machine")}
    assert precision == {"human": 0.95, "machine": 0.97}, "whoever changes what judges says what it does"
    assert recall == {"human": 0.9, "machine": 0.88}


def test_a_hit_is_judged_again_when_what_came_around_it_says_otherwise(at: datetime) -> None:
    """One after another as they come, or all together: the same."""
    some = [one for one in sessions("first.txt") if one.label == "machine"]
    played = play(some, at)
    for ids in played:
        for id_ in ids:
            judge_around([id_])
    one_by_one = dict(bulk.rows("select id, made_by || made_why from intake_hit"))
    judge_again([id_ for ids in played for id_ in ids])
    assert dict(bulk.rows("select id, made_by || made_why from intake_hit")) == one_by_one
