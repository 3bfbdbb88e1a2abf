"""What somebody can do on a day of `bench.day`: each asks the API once, as mostly whoever it belongs to."""

import http.client
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from tests.serving import Served

WANTS = ("Call me with a quote", "40 desks by May", "", "Only the cheapest", "A question on your leasing")
ASKED = ("Two desks came broken", "Where is our invoice?", "I write my thesis on offices", "We want a quote",
         "When is the delivery date?", "We would like to become a partner")  # fmt: skip
REASONS = ("wrong_target", "misinformed", "duplicate", "no_need", "no_budget", "competitor")


@dataclass
class Day:
    """What is known while it goes on: members with their keys, and what was answered."""

    served: Served
    members: list[tuple[str, str, str]]
    rng: random.Random
    leads: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    left: int = 0
    answered_at: float = field(default_factory=time.monotonic)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def anybody(self, rng: random.Random) -> str:
        """The secret of somebody."""
        return rng.choice(self.members)[2]

    def secret_of(self, member: str | None, rng: random.Random) -> str:
        """Mostly that of whose turn it is; everybody else is refused, which is wanted now and then."""
        theirs = next((secret for _, key, secret in self.members if key == member), "")
        return theirs if theirs and rng.random() < 0.8 else self.anybody(rng)

    def lead(self, rng: random.Random) -> str:
        """Mostly one of the last: those have something going on."""
        recent = self.leads[-300:] if rng.random() < 0.8 else self.leads
        return rng.choice(recent) if recent else "lead_0"

    def person(self, rng: random.Random) -> str:
        """One of the last."""
        return rng.choice(self.people[-300:]) if self.people else "person_0"


class Client:
    """One connection, opened again when whoever answered was killed."""

    def __init__(self, day: Day) -> None:
        self.day, self.where = day, urlsplit(day.served.url)
        self.open = self._connect()

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self.where.hostname or "", self.where.port, timeout=60)

    def ask(self, key: str, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Status and answer; 0 when nobody answered."""
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        try:
            self.open.request(method, f"/api/v1{path}", None if body is None else json.dumps(body), headers)
            answer = self.open.getresponse()
            read = answer.read()
            return answer.status, json.loads(read) if read else None
        except (OSError, http.client.HTTPException):
            self.open.close()
            self.open = self._connect()
            time.sleep(0.05)
            return 0, None


Answered = tuple[int, Any]
Act = Callable[[Day, Client, random.Random], Answered]


def comes(day: Day, client: Client, rng: random.Random) -> Answered:
    """Somebody new asks, or somebody known asks again."""
    number = rng.getrandbits(40)
    person: Any = {
        "name": f"Buyer {number}", "mails": [f"b{number}@firm{number % 400}.example"], "language": "en",
    }  # fmt: skip
    if day.people and rng.random() < 0.2:
        person = day.person(rng)
    body = {"person": person, "wants": rng.choice(WANTS)}
    status, answer = client.ask(day.anybody(rng), "POST", "/leads", body)
    if status == 201:
        day.leads.append(answer["key"])
        day.people.append(answer["person"])
    return status, answer


def of_a_lead(way: str, body_of: Callable[[Day, random.Random, str], Any] = lambda *_: None) -> Act:
    """Something that is done with a lead, mostly by whose it is."""

    def act(day: Day, client: Client, rng: random.Random) -> Answered:
        lead = day.lead(rng)
        _, known = client.ask(day.anybody(rng), "GET", f"/leads/{lead}")
        secret = day.secret_of((known or {}).get("owner"), rng)
        return client.ask(secret, "POST", way.format(lead), body_of(day, rng, lead))

    return act


def of_listed(listed: Sequence[str], way: str, body_of: Callable[[Day, random.Random], Any]) -> Act:
    """Something that is done with one of what a list has, mostly by who owes it."""

    def act(day: Day, client: Client, rng: random.Random) -> Answered:
        status, found = client.ask(day.anybody(rng), "GET", rng.choice(listed))
        if status != 200 or not found["items"]:
            return status, found
        one = rng.choice(found["items"])
        whose = next((one[name] for name in ("owes", "owner", "member") if one.get(name)), None)
        return client.ask(day.secret_of(whose, rng), "POST", way.format(one["key"]), body_of(day, rng))

    return act


def _return(day: Day, rng: random.Random, lead: str) -> Any:
    return {"reason": rng.choice(REASONS)}


def _give(day: Day, rng: random.Random, lead: str) -> Any:
    return {"member": rng.choice(day.members)[1] if rng.random() < 0.8 else None}


def _move(day: Day, rng: random.Random, lead: str) -> Any:
    state = rng.choice(("working", "qualified", "nurturing", "new"))
    soon = str((datetime.now(UTC) + timedelta(days=rng.randrange(2, 80))).date())
    return {"state": state} | ({"look_again_on": soon} if state == "nurturing" else {})


def _end(day: Day, rng: random.Random, lead: str) -> Any:
    return {"state": rng.choice(("disqualified", "released")), "reason": "Not for us"}


def _archive(day: Day, rng: random.Random, lead: str) -> Any:
    return {"why": "By mistake"}


def _judge(day: Day, rng: random.Random, lead: str) -> Any:
    return {"about": lead, "says": rng.choice(("good", "wrong_person", "misinformed", "too_early"))}


def _note(day: Day, rng: random.Random, lead: str) -> Any:
    return {"question": "What should be different once this is solved?", "text": "They sit in three places"}


def _route(day: Day, rng: random.Random, lead: str) -> Any:
    value = rng.choice(("", "worked_on"))
    return {
        "what": "leads",
        "act": "route",
        "keys": list({lead, day.lead(rng), day.lead(rng)}),
        "value": value,
    }


def _answer(day: Day, rng: random.Random) -> Any:
    how = rng.choice(("agreed", "disputed", "corrected"))
    return {"how": how, "words": "We look at it", "changes": "The form asks for more"}


def _pause(day: Day, rng: random.Random) -> Any:
    until = datetime.now(UTC) + timedelta(seconds=rng.randrange(5, 4_000))
    return {"until": until.isoformat(), "why": "They are away"}


def asks(day: Day, client: Client, rng: random.Random) -> Answered:
    """Somebody asks something else than to buy, or just that."""
    number = rng.getrandbits(40)
    person = {"name": f"Asker {number}", "mails": [f"a{number}@firm{number % 400}.example"]}
    body = {"person": person if rng.random() < 0.5 else day.person(rng), "text": rng.choice(ASKED)}
    return client.ask(day.anybody(rng), "POST", "/enquiries", body)


def touches(day: Day, client: Client, rng: random.Random) -> Answered:
    """A call or a mail, theirs or ours."""
    body: dict[str, Any] = {"kind": rng.choice(("call", "mail", "visit", "form")), "subject": "The desks"}
    if rng.random() < 0.5:
        body |= {"direction": "in", "person": day.person(rng)}
    else:
        body |= {"direction": "out", "lead": day.lead(rng), "person": day.person(rng)}
    return client.ask(day.anybody(rng), "POST", "/touches", body)


def opens_a_deal(day: Day, client: Client, rng: random.Random) -> Answered:
    """With a next step, as an open one has."""
    step = (datetime.now(UTC) + timedelta(days=rng.randrange(1, 20))).date().isoformat()
    body = {"lead": day.lead(rng), "name": "Desks", "next_step": "Send the plan", "next_step_on": step}
    return client.ask(day.anybody(rng), "POST", "/deals", body)


def says_of_contact(day: Day, client: Client, rng: random.Random) -> Answered:
    """A buyer allows something, or wants to be left alone."""
    way, body = rng.choice((
        ("consent", {"purpose": "mail", "granted": rng.random() < 0.7}),
        ("forbid", {"channel": "call", "reason": "Asked us not to"}),
    ))  # fmt: skip
    return client.ask(day.anybody(rng), "POST", f"/people/{day.person(rng)}/{way}", body)


def merges(day: Day, client: Client, rng: random.Random) -> Answered:
    """Two records of one buyer, or apart again."""
    one, secret = day.person(rng), day.anybody(rng)
    if rng.random() < 0.4:
        return client.ask(secret, "POST", f"/people/{one}/unmerge")
    return client.ask(secret, "POST", f"/people/{one}/merge", {"other": day.person(rng)})


def erases(day: Day, client: Client, rng: random.Random) -> Answered:
    """By the owner, who may."""
    owner = next(secret for role, _, secret in day.members if role == "owner")
    return client.ask(owner, "DELETE", f"/people/{day.person(rng)}")


def goes_on_leave(day: Day, client: Client, rng: random.Random) -> Answered:
    """From today, with a deputy or without; or is back."""
    today, (_, who, secret) = datetime.now(UTC).date(), rng.choice(day.members)
    _, known = client.ask(secret, "GET", f"/members/{who}/hours")
    if known and known.get("leave"):
        return client.ask(secret, "DELETE", f"/members/{who}/leave/{known['leave'][0]['key']}")
    deputy = rng.choice(day.members)[1] if rng.random() < 0.5 else ""
    body = {"from_on": str(today), "until_on": str(today + timedelta(days=3)), "deputy": deputy}
    return client.ask(secret, "POST", f"/members/{who}/leave", body)


def looks(day: Day, client: Client, rng: random.Random) -> Answered:
    """Somebody reads."""
    paths = ("/leads", "/clocks?state=running", f"/handoffs/{day.lead(rng)}/brief")
    return client.ask(day.anybody(rng), "GET", rng.choice(paths))


#: What is done, and how often.
ACTS: dict[str, tuple[int, Act]] = {
    "a lead comes": (24, comes),
    "accept": (20, of_a_lead("/handoffs/{}/accept")),
    "return": (8, of_a_lead("/handoffs/{}/return", _return)),
    "answer a return": (
        5,
        of_listed(("/returns?state=owed", "/returns?state=disputed"), "/returns/{}/answer", _answer),
    ),
    "enquiry": (4, asks),
    "answer an enquiry": (
        3,
        of_listed(("/enquiries?state=open",), "/enquiries/{}/answer", lambda *_: {"answer": "On Thursday"}),
    ),
    "move an enquiry": (
        1,
        of_listed(
            ("/enquiries?state=open",),
            "/enquiries/{}/move",
            lambda day, rng: {
                "kind": rng.choice(("buying", "service", "billing", "partner")),
                "why": "It is about that",
            },
        ),
    ),
    "verdict": (4, of_a_lead("/verdicts", _judge)),
    "answer a verdict": (
        2,
        of_listed(
            ("/verdicts?state=owed",), "/verdicts/{}/answer", lambda *_: {"words": "We changed the form"}
        ),
    ),
    "answer a question": (3, of_a_lead("/leads/{}/answers", _note)),
    "route anew": (2, of_a_lead("/bulk", _route)),
    "pause": (2, of_listed(("/clocks?state=running",), "/clocks/{}/pause", _pause)),
    "resume": (1, of_listed(("/clocks?state=paused",), "/clocks/{}/resume", lambda *_: None)),
    "give": (6, of_a_lead("/leads/{}/give", _give)),
    "put back": (4, of_a_lead("/leads/{}/put-back")),
    "move": (6, of_a_lead("/leads/{}/move", _move)),
    "end": (4, of_a_lead("/leads/{}/end", _end)),
    "archive": (1, of_a_lead("/leads/{}/archive", _archive)),
    "touch": (12, touches),
    "open a deal": (2, opens_a_deal),
    "consent": (3, says_of_contact),
    "merge": (2, merges),
    "erase": (1, erases),
    "leave": (1, goes_on_leave),
    "look": (2, looks),
}
