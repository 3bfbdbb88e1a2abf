"""What programs and hooks brought in the last thirty days, as it arrived; and what could not be read."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import orjson

from songsheet.base import bulk
from songsheet.base.ids import new_key
from songsheet.config.demo.front.answers import SAMPLES as SAMPLES_CAMPAIGN
from songsheet.config.demo.front.opening import ROOM, SAMPLES, Doors
from songsheet.config.demo.front.rows import RAW_SINCE, Arrival, keep_arrivals
from songsheet.config.demo.staging import london
from songsheet.intake.held.actions import drop
from songsheet.intake.inbox.models import HeldBack
from songsheet.intake.inbox.put_actions import hash_of
from songsheet.team.acting import as_member
from songsheet.team.models import Member

TELEPHONE = "telephone"
_CAME = """
select touch.external_id, touch.kind, touch.at, touch.subject, touch.text, coalesce(touch.seconds, 0),
       person.id, person.name, coalesce(mail.address, ''), coalesce(member.email, ''), coalesce(ran.name, '')
  from touches_touch touch join buyers_person person on person.id = touch.person_id
  left join team_member member on member.id = touch.member_id
  left join touches_campaign ran on ran.id = touch.campaign_id
  left join lateral (select address from buyers_mail where person_id = person.id and gone_at is null
                      order by id limit 1) as mail on true
 where touch.system = 'aldermoor' and touch.gone_at is null and touch.at >= %s
   and (touch.kind = 'call' or touch.kind in ('webinar', 'form') and touch.direction = 'in')
 order by touch.at, touch.id
"""


class Came(NamedTuple):
    """A touch as another system told of it."""

    external: str
    kind: str
    at: datetime
    subject: str
    text: str
    seconds: int
    person: int
    name: str
    mail: str
    member: str
    campaign: str


def keep_what_came(doors: Doors, ahead: timedelta) -> None:
    """Calls that the telephones tell of, answers of the page of samples, who joined a webinar."""
    came = [Came(*row) for row in bulk.rows(_CAME, [RAW_SINCE])]
    arrivals = [arrival for one in came if (arrival := _arrival(doors, ahead, one))]
    keep_arrivals(arrivals, ahead)


def _arrival(doors: Doors, ahead: timedelta, one: Came) -> Arrival | None:
    who = {"name": one.name, **({"mail": one.mail} if one.mail else {})}
    said: dict[str, Any] = {
        "type": one.kind, "at": (one.at - ahead).isoformat(), "person": who, "subject": one.subject,
    }  # fmt: skip
    if one.kind == "call":
        door, system = "event", TELEPHONE
        said |= {"member": one.member, "direction": "out", "seconds": one.seconds}
    elif one.kind == "webinar":
        door, system = "hook", doors.hooks[ROOM].key
        said |= {"status": "left", "source": "Webinars", "subject": one.campaign or one.subject}
    elif one.campaign == SAMPLES_CAMPAIGN:
        door, system = "hook", doors.hooks[SAMPLES].key
        said |= {"text": one.text, "source": "Website", "subject": "Fabric samples by post"}
    else:
        return None
    event = {"id": one.external, "system": system, **said}
    return Arrival(one.external, system, door, one.at, event, "touch", one.person)


@dataclass(frozen=True)
class Unread:
    """Something that was held back; `hook` by the name of a hook, else it came with a key."""

    at: datetime
    body: Any
    problem: str
    field: str = ""
    system: str = TELEPHONE
    hook: str = ""
    dropped_at: datetime | None = None


def _call(number: int, **said: Any) -> dict[str, Any]:
    return {"id": f"line-{number}", "type": "call", "system": TELEPHONE, **said}


_UNREAD = (
    Unread(london("2026-04-21", 15, 2), _call(40112, person={"phone": "0117 496"}, seconds=12),
           "person: Say by what they are known: a mail address, an id, or a phone with a name.", "person"),
    Unread(london("2026-04-30", 16, 40), {"event": "endpoint.ping"},
           "There is no event_type in it: this is not what the provider sends.", "event_type", hook=SAMPLES,
           dropped_at=london("2026-05-01", 9, 12)),
    Unread(london("2026-05-05", 11, 30),
           {"id": "room-17-a", "type": "webinar", "system": "old-room", "campaign": "Practice calm, May",
            "person": {"mail": "r.boyce@larkhill.example", "name": "Rhona Boyce"}},
           "There is no campaign “Practice calm, May”. Enter it first.", "campaign", system="old-room"),
    Unread(london("2026-05-06", 9, 5), "id;type;mail\n1;visit;p.lund@nordlys.example",
           "This is not JSON: unexpected character at character 1.", "body", system="",
           dropped_at=london("2026-05-06", 9, 40)),
    Unread(london("2026-05-08", 17, 44), _call(41877, member="f.oakes@aldermoor.example", seconds=190,
                                               person={"mail": "n.haddad@tamar.example"}),
           "There is no member “f.oakes@aldermoor.example”. Give the mail address or the key.", "member"),
    Unread(london("2026-05-11", 8, 58), _call(42020, seconds=65, at="2027-05-11T08:58:00+01:00",
                                              person={"mail": "j.de-wit@kade.example"}),
           "at: This is more than ten minutes ahead of our clock.", "at"),
    Unread(london("2026-05-11", 12, 50),
           {"event_type": "form_response", "event_id": "01HXSAMPLES7",
            "form_response": {"token": "s7", "definition": {"title": "Samples by post", "fields": []},
                              "answers": [{"type": "email", "email": "wendy.moss@oakfold"}]}},
           "person.mail: This is not a mail address.", "person.mail", hook=SAMPLES),
    Unread(london("2026-05-12", 9, 36), _call(42391, seconds=340, outcome="answered",
                                              person={"mail": "a.vogel@isar.example"}),
           "outcome: This field is not known here.", "outcome"),
)  # fmt: skip


def hold_some_back(doors: Doors, ahead: timedelta) -> None:
    """What waits to be mended, and what a member dropped."""
    if HeldBack.objects.exists():
        return
    bea = as_member(Member.objects.get(name="Bea Fairley"))
    for one in _UNREAD:
        held = HeldBack.objects.create(**_row(one, doors, ahead))
        if one.dropped_at:
            drop(held.key, by=bea, at=one.dropped_at)


def _row(one: Unread, doors: Doors, ahead: timedelta) -> dict[str, Any]:
    body = one.body if isinstance(one.body, str) else orjson.dumps(one.body).decode()
    feed = doors.hooks[one.hook].key if one.hook else one.system
    return {
        "key": new_key("held"), "door": "hook" if one.hook else "event", "feed": feed,
        "mark": hash_of(feed, body), "body": body, "problem": one.problem, "field": one.field,
        "received_at": one.at - ahead, "came_at": one.at,
    }  # fmt: skip
