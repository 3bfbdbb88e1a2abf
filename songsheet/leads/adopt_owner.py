"""Open leads pass from one owner to another as they stand: at rest or with their running clocks; and back."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, QuerySet

from songsheet.base.adopting import MOST
from songsheet.clocks.models import CURRENT, Clock
from songsheet.journal.act import act
from songsheet.journal.queries import story_of
from songsheet.leads.events import LeadGiven, LeadPutBack
from songsheet.leads.models import OPEN_STATES, Lead
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.roles import Right

#: More leads than one member was ever given; all of them are looked for by an undo.
MOST_GIVEN = 1_000_000


def pass_on_leads(before: Member, to: Member, *, by: Acting, at: datetime) -> int:
    """Give every open lead of `before` to `to`, as it stands; how many. At most 2,000 an act."""
    by.must(Right.TEAM)
    passed = 0
    while True:
        with act(by=by.actor, at=at) as record:
            leads = list(_open_of(before)[:MOST])
            _own(leads, to)
            bodies = [
                {**_about(lead), "member": to.key, "before": before.key, "state": lead.state}
                for lead in leads
            ]
            record.bulk(LeadGiven, bodies, [at] * len(leads))
        passed += len(leads)
        if len(leads) < MOST:
            return passed


def take_leads_back(before: Member, given_to: Member, *, by: Acting, at: datetime) -> int:
    """Undo `pass_on_leads`: what is still with whom it was given to is `before`'s again; how many."""
    by.must(Right.TEAM)
    entries = story_of([given_to.key], kinds=[LeadGiven.declared.name], limit=MOST_GIVEN)
    keys = sorted({
        entry.event.lead
        for entry in entries
        if isinstance(entry.event, LeadGiven) and entry.event.before == before.key
    })  # fmt: skip
    taken = 0
    for start in range(0, len(keys), MOST):
        with act(by=by.actor, at=at) as record:
            leads = list(_open_of(given_to).filter(key__in=keys[start : start + MOST]))
            _own(leads, before)
            bodies = [{**_about(lead), "owner": before.key, "state": lead.state} for lead in leads]
            record.bulk(LeadPutBack, bodies, [at] * len(leads))
        taken += len(leads)
    return taken


def _open_of(member: Member) -> QuerySet[Lead]:
    leads = Lead.objects.filter(owner=member, gone_at=None, state__in=OPEN_STATES)
    return leads.select_for_update(of=("self",)).select_related("person").order_by("id")


def _own(leads: Sequence[Lead], owner: Member) -> None:
    Lead.objects.filter(id__in=[lead.id for lead in leads]).update(owner=owner, version=F("version") + 1)
    Clock.objects.filter(about__in=[lead.key for lead in leads], state__in=CURRENT).update(member=owner)


def _about(lead: Lead) -> dict[str, str]:
    return {"lead": lead.key, "person": lead.person.key}
