"""A day of mixed actions by many members while web processes and the worker are killed: then all must be true.

`python -m bench.day [--actions 10000] [--members 40] [--kill-every 6] [--seed 7] [--json]` on a home of its own.
Everything goes by the API, by ten clients at once, each request as another member: leads come, are accepted,
returned, answered, judged, given, routed anew, moved, freed, ended; enquiries are answered and moved; calls are made,
clocks are paused; people are merged, erased and forbidden; members go on leave and come back. No answer may be a fault
of ours (500), whatever was answered must be there, and `songsheet check --full` finds nothing.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

from bench.day_acts import ACTS, Client, Day
from tests.serving import children_of, serving

CLIENTS = 10
#: Seconds between kills, at least: a web process that dies within 5.5 s of its start counts as one that cannot run, and
#: the server gives up, for whoever keeps it to start it again.
KILL_EVERY = 6.0
#: Nobody answered for so long: nobody will.
PATIENCE = 90.0
ROLES = (
    *["guide"] * 18, *["concierge"] * 6, *["sales_manager"] * 2, *["marketing_manager"] * 2, *["marketer"] * 6,
    "cro", "owner", "service", "finance", "operations", "remarkables",
)  # fmt: skip


def work(day: Day, seed: int) -> None:
    """One client: as long as there is something left of the day, one action after the other."""
    client, rng = Client(day), random.Random(seed)
    weights = [often for often, _ in ACTS.values()]
    while True:
        with day.lock:
            if day.left <= 0:
                return
            day.left -= 1
        (name,) = rng.choices(list(ACTS), weights)
        status, answer = ACTS[name][1](day, client, rng)
        if status == 0:  # whoever was to answer was killed: it is to be done all the same
            with day.lock:
                day.left += 1
                if time.monotonic() - day.answered_at > PATIENCE:
                    day.faults.append("nobody answers any more")
                    day.left = 0
        else:
            day.answered_at = time.monotonic()
        told = "nobody answered" if status == 0 else f"{status // 100}xx" if status != 503 else "503"
        with day.lock:
            day.outcomes[f"{name}: {told}"] += 1
            if status >= 500 and status != 503:
                day.faults.append(f"{name}: {status} {answer}")


def kill(day: Day, every: float, killed: Counter[str]) -> None:
    """Now a web process, now the worker, as long as something is left."""
    while day.left > 0:
        time.sleep(day.rng.uniform(1, 1.5) * every)
        found = children_of(day.served.pid)
        which = day.rng.choice(("web", "worker"))
        there = [pid for pid, words in found.items() if (b"\0work\0" in words) == (which == "worker")]
        if there:
            with suppress(ProcessLookupError):
                os.kill(day.rng.choice(there), signal.SIGKILL)
                killed[which] += 1


def play(actions: int, members: int, every: float, seed: int) -> dict[str, Any]:
    """The day in a home of its own; what was seen."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "home", "", workers=2) as served,
    ):
        team = json.loads(served.python("-m", "bench.day", "--team", str(members)).stdout)
        day = Day(served, [tuple(one) for one in team], random.Random(seed), left=actions)
        clients = [threading.Thread(target=work, args=[day, seed * 100 + n]) for n in range(CLIENTS)]
        killed: Counter[str] = Counter()
        killer = threading.Thread(target=kill, args=[day, every, killed])
        began = time.monotonic()
        for thread in (*clients, killer):
            thread.start()
        for thread in (*clients, killer):
            thread.join()
        took = time.monotonic() - began
        answered = Path(folder) / "answered"
        answered.write_text("\n".join(day.leads))
        lost = json.loads(served.python("-m", "bench.day", "--settle", str(answered)).stdout)
        checked = served.run("check", "--full", check=False)
        return {
            "actions": actions, "seconds": round(took, 1), "killed": dict(killed), "leads": len(day.leads),
            "outcomes": dict(sorted(day.outcomes.items())), "faults": day.faults[:20], "lost": lost,
            "check": checked.returncode, "said": (checked.stdout + checked.stderr)[-3000:] if checked.returncode else "",
        }  # fmt: skip


def team(members: int) -> None:
    """Members with keys, both sides' agreements in force: key, role and secret of each as JSON."""
    from songsheet.config.prepare import ready

    ready()
    from songsheet.agreements.actions import offer, open_agreements
    from songsheet.agreements.models import Version
    from songsheet.agreements.signing_actions import sign
    from songsheet.team.acting import as_member, as_system
    from songsheet.team.actions import issue_key, join_team
    from songsheet.team.hours.actions import set_house_hours
    from songsheet.team.queries import now

    by, at = as_system("bench"), now()
    found, heads = [], {}
    for number in range(members):
        role = ROLES[number % len(ROLES)]
        one = join_team(name=f"Member {number}", email=f"m{number}@day.example", role=role, by=by, at=at)
        secret = issue_key(member=one, scopes=["admin"], by=by, at=at)[1]
        found.append((role, one.key, secret))
        heads.setdefault(role, one)
    set_house_hours([[(0, 1440)]] * 7, by=by, at=at)
    open_agreements(by=as_member(heads["owner"]), at=at)
    for draft in Version.objects.filter(state="draft"):
        offer(draft.key, by=as_member(heads["owner"]), at=at)
        for role in ("marketing_manager", "sales_manager"):
            sign(draft.key, hash=draft.hash, by=as_member(heads[role]), at=at)
    print(json.dumps(found))


def settle(answered: Path) -> None:
    """Wait until every reader has heard everything; print the answered leads that no entry tells of."""
    from songsheet.config.prepare import ready

    ready()
    from songsheet.config.wiring import READERS
    from songsheet.journal.queries import lags, story_of
    from songsheet.leads.events import LeadCame

    until = time.monotonic() + 180
    while any(one.behind + one.trying for one in lags(READERS)) and time.monotonic() < until:
        time.sleep(0.5)
    keys = answered.read_text().split()
    print(json.dumps([key for key in keys if not story_of([key], kinds=[LeadCame.declared.name], limit=1)]))


def main() -> None:
    """Read what is asked, play, say what was seen."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--actions", type=int, default=10_000)
    words.add_argument("--members", type=int, default=len(ROLES))
    words.add_argument("--kill-every", type=float, default=KILL_EVERY)
    words.add_argument("--seed", type=int, default=7)
    words.add_argument("--json", action="store_true", help="the JSON line only")
    words.add_argument("--team", type=int, help=argparse.SUPPRESS)
    words.add_argument("--settle", type=Path, help=argparse.SUPPRESS)
    asked = words.parse_args()
    if asked.team:
        return team(asked.team)
    if asked.settle:
        return settle(asked.settle)
    seen = play(asked.actions, asked.members, asked.kill_every, asked.seed)
    if not asked.json:
        for name, count in seen["outcomes"].items():
            print(f"{name:32}{count:7}")
    print(json.dumps(seen))
    if seen["faults"] or seen["lost"] or seen["check"]:
        sys.exit(1)


if __name__ == "__main__":
    main()
