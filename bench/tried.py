"""A definition, and tiers and routing, tried on past leads beside another, on the rows of `bench.size`.

`python -m bench.tried [--rounds 5]` after `python -m bench.size --people 83000`: seconds of each round, bar 5.
"""

import argparse
import time
from datetime import timedelta

from bench.beside import connect
from bench.size import AT, DATABASE


def main() -> None:
    """Print what was tried and how long each round took."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    rounds = options.parse_args().rounds
    connect(DATABASE)
    from songsheet.agreements.kinds.qualified_lead import starter
    from songsheet.leads.qualifying import preview

    preview.PAST = timedelta(days=4_000)
    one = starter()
    other = one.model_copy(update={"criteria": one.criteria[1:]})
    for _ in range(rounds):
        began = time.monotonic()
        found = preview.preview(one, other, at=AT + timedelta(days=1))
        print(f"{found.whole.leads:,} leads: {time.monotonic() - began:.1f} s (bar 5)")
    routing(rounds)


def routing(rounds: int) -> None:
    """Tiers and routing beside a version that sorts otherwise, so that every lead is sorted twice."""
    from songsheet.agreements.kinds.tiers_and_routing import starter
    from songsheet.leads.routing.past import past

    one = starter()
    hot = one.tiers[0].model_copy(update={"points": 40, "method": "least_loaded"})
    other = one.model_copy(update={"tiers": [hot, *one.tiers[1:]]})
    minutes = {"hot": 15, "ready": 120, "concierge": 240, "nurture": 960}
    for _ in range(rounds):
        began = time.monotonic()
        since = AT - timedelta(days=4_000)
        found = past(one, other, minutes=minutes, at=AT + timedelta(days=1), since=since)
        shares = {tier: share.leads for tier, share in found.this.tiers.items()}
        took = time.monotonic() - began
        print(
            f"{found.leads:,} leads routed, {shares}, {len(found.this.whose)} got some: {took:.1f} s (bar 5)"
        )


if __name__ == "__main__":
    main()
