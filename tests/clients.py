"""Clients that send events until they are acknowledged, and write down what they were told: an oracle."""

import http.client
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from songsheet.intake.inbox.put_actions import mark_of

#: What is kept, and how often.
KEPT = """
select hash, count(*) from (select hash from intake_inbox union all select hash from intake_raw) as kept
 group by 1
"""


class Client(threading.Thread):
    """Sends events one after another, some alone and some in batches, and writes down what it was told."""

    def __init__(self, number: int, port: int, key: str) -> None:
        super().__init__(daemon=True)
        self.number, self.port, self.key = number, port, key
        self.told: dict[str, str] = {}
        self.answers: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.going = True

    def run(self) -> None:
        sent = 0
        while self.going:
            ids = [f"{self.number}-{sent + n}" for n in range(random.choice((1, 1, 1, 5, 40)))]
            sent += len(ids)
            if len(ids) > 1 and self.told and random.random() < 0.3:
                ids.append(random.choice(list(self.told)))
            while self.going and not self.sent(ids):
                time.sleep(0.05)

    def sent(self, ids: list[str]) -> bool:
        """Whether they are acknowledged."""
        events = [{"id": id_, "type": "download", "subject": "Catalogue"} for id_ in ids]
        body = json.dumps(events[0] if len(ids) == 1 else events)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("POST", "/in/events", body, {"Authorization": f"Bearer {self.key}"})
            answer = connection.getresponse()
            content = json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.answers[type(error).__name__] += 1
            return False
        finally:
            connection.close()
        self.answers[str(answer.status)] += 1
        if answer.status != 202:
            return False
        for one in content.get("verdicts", [content]):
            if one["outcome"] == "accepted" and one["id"] in self.told:
                self.wrong.append(f"{one['id']} was acknowledged before, and is accepted again")
            self.told.setdefault(one["id"], one["outcome"])
        return True


def acknowledged(clients: Sequence[Client]) -> int:
    return sum(len(one.told) for one in clients)


def wrong_with(clients: Sequence[Client], kept: Mapping[str, int], seen: Collection[str]) -> list[str]:
    """What was acknowledged and is not stored, is stored twice, or is stored and unknown, by marks."""
    told = {mark_of("api", id_): id_ for one in clients for id_ in one.told}
    wrong = [f"{id_} was acknowledged and is not stored" for mark, id_ in told.items() if mark not in kept]
    wrong += [f"{mark} is stored {count} times" for mark, count in kept.items() if count > 1]
    wrong += [f"{mark} is stored and not known as seen" for mark in kept.keys() - set(seen)]
    wrong += [f"{mark} is known as seen and not stored" for mark in set(seen) - kept.keys()]
    return wrong + [one for client in clients for one in client.wrong]
