"""What Today says of verdicts: those that one owes, those that wait for one's answer, and what came back."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from songsheet.clocks.kinds import VERDICT
from songsheet.clocks.making import WARNED_MINUTES
from songsheet.clocks.models import Clock
from songsheet.desk.today.items import Item
from songsheet.handoffs.verdicts.models import Verdict
from songsheet.handoffs.verdicts.queries import concerning
from songsheet.leads.models import Lead
from songsheet.team.acting import Acting

#: So long the answers to one's verdicts stay there.
ANSWERED_DAYS = 14


def with_verdict_due(leads: QuerySet[Lead]) -> QuerySet[Any]:
    """Leads with until when a verdict on each is owed, in the same statement."""
    owed = Clock.objects.filter(about=OuterRef("key"), kind=VERDICT, state=Clock.State.RUNNING)
    return leads.annotate(verdict_due=Subquery(owed.values("due_at")[:1]))


def verdict_line(lead: Any) -> Item:
    """A lead on which a verdict is owed, as a line of the queue."""
    return Item(
        due=lead.verdict_due,
        since=lead.owned_since,
        person=lead.person.whole,
        want=lead.wants,
        why=_("your verdict is owed"),
        verb=_("Judge"),
        url=f"/handoffs/{lead.key}",
        soon=lead.verdict_due - timedelta(minutes=WARNED_MINUTES),
    )


def verdicts_for(viewer: Acting, at: datetime) -> dict[str, Any]:
    """The verdicts that wait for one's answer, and the answers to one's own."""
    assert viewer.member is not None
    found = concerning(viewer, viewer.member, at - timedelta(days=ANSWERED_DAYS))
    owed = [one for one in found if one.state == Verdict.State.OWED and one.owes == viewer.member]
    return {
        "verdicts_owed": sorted(owed, key=lambda one: one.clock.due_at if one.clock else at),
        "verdicts_answered": [one for one in found if one.answered_at],
    }
