"""Records for the tests of changes to many."""

from datetime import datetime, timedelta
from typing import Any

from songsheet.buyers.adopt import PersonRow, adopt_people
from songsheet.leads.adopt import LeadRow, adopt_leads
from songsheet.leads.models import Lead, Queue
from songsheet.team.acting import as_system


def leads(count: int, at: datetime, **given: Any) -> list[Lead]:
    """So many leads of as many people, at rest in the queue unless it is said otherwise."""
    system = as_system("tests")
    people = adopt_people([PersonRow(name=f"Person {n}") for n in range(count)], by=system, at=at)
    queue = Queue.objects.get()
    rows = [
        LeadRow(
            person=person.must, came_at=at - timedelta(days=1 + n),
            **{"queue": (queue.id, queue.key), **given},
        )
        for n, person in enumerate(people)
    ]  # fmt: skip
    made = adopt_leads(rows, by=system, at=at)
    return list(Lead.objects.filter(key__in=[one.key for one in made]).order_by("id"))
