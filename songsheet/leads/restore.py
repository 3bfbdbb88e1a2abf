"""Leads put back as they were before an import, as far as nobody changed them since."""

from collections.abc import Mapping
from datetime import datetime

from songsheet.base.restoring import Changes, Restored, restore
from songsheet.buyers.models import Person
from songsheet.journal.act import act
from songsheet.leads.adopt_leads import Leads
from songsheet.leads.events import LeadChanged, LeadPutBack
from songsheet.leads.models import Queue
from songsheet.team.acting import Acting
from songsheet.team.models import Member

_STANDING = frozenset(
    {
        "state",
        "owner_id",
        "queue_id",
        "owned_since",
        "clock_id",
        "ended_at",
        "end_reason",
        "look_again_on",
        "at_rest",
    }
)


def restore_leads(changes: Mapping[str, Changes], *, by: Acting, at: datetime) -> list[Restored]:
    """Put leads back; state, owner and end go together."""
    with act(by=by.actor, at=at, lane="history") as record:
        restored = restore(Leads.table, changes, together=[_STANDING])
        rows = [one.row for one in restored]
        people = dict(
            Person.objects.filter(id__in={row["person_id"] for row in rows}).values_list("id", "key")
        )
        owners = dict(
            Member.objects.filter(id__in={row["owner_id"] for row in rows}).values_list("id", "key")
        )
        queues = dict(Queue.objects.filter(id__in={row["queue_id"] for row in rows}).values_list("id", "key"))
        for one in restored:
            if not one.fields:
                continue
            person = people[one.row["person_id"]]
            fields = ", ".join(name.removesuffix("_id") for name in one.fields)
            record(LeadChanged(lead=one.key, person=person, fields=fields, version=one.version))
            if {"state", "owner_id", "queue_id"} & set(one.fields):
                owner, queue = owners.get(one.row["owner_id"]), queues.get(one.row["queue_id"])
                record(
                    LeadPutBack(lead=one.key, person=person, owner=owner, queue=queue, state=one.row["state"])
                )
    return restored
