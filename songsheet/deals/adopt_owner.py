"""Open deals pass from one owner to another as they stand, and back."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, QuerySet

from songsheet.base.adopting import MOST
from songsheet.deals.events import DealPassedOn
from songsheet.deals.models import Deal
from songsheet.deals.step_acts import follow_steps
from songsheet.journal.act import Record, act
from songsheet.journal.queries import story_of
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.roles import Right

#: More deals than one member was ever given; all of them are looked for by an undo.
MOST_GIVEN = 1_000_000


def pass_on_deals(before: Member, to: Member, *, by: Acting, at: datetime) -> int:
    """Give every open deal of `before` to `to`; how many. At most 2,000 an act."""
    by.must(Right.TEAM)
    passed = 0
    while True:
        with act(by=by.actor, at=at) as record:
            deals = list(_open_of(before)[:MOST])
            _own(deals, before, to, record, at)
        passed += len(deals)
        if len(deals) < MOST:
            return passed


def take_deals_back(before: Member, given_to: Member, *, by: Acting, at: datetime) -> int:
    """Undo `pass_on_deals`: what is still with whom it was given to is `before`'s again; how many."""
    by.must(Right.TEAM)
    told = story_of([given_to.key], kinds=[DealPassedOn.declared.name], limit=MOST_GIVEN)
    events = [entry.event for entry in told if isinstance(entry.event, DealPassedOn)]
    keys = sorted({one.deal for one in events if one.before == before.key})
    taken = 0
    for start in range(0, len(keys), MOST):
        with act(by=by.actor, at=at) as record:
            deals = list(_open_of(given_to).filter(key__in=keys[start : start + MOST]))
            _own(deals, given_to, before, record, at)
        taken += len(deals)
    return taken


def _open_of(member: Member) -> QuerySet[Deal]:
    deals = Deal.objects.filter(owner=member, gone_at=None, state=Deal.State.OPEN)
    return deals.select_for_update(of=("self",)).select_related("lead").order_by("id")


def _own(deals: Sequence[Deal], before: Member, owner: Member, record: Record, at: datetime) -> None:
    Deal.objects.filter(id__in=[deal.id for deal in deals]).update(owner=owner, version=F("version") + 1)
    follow_steps([deal.id for deal in deals], at=at)
    bodies = [
        {"deal": deal.key, "lead": deal.lead.key, "member": owner.key, "before": before.key} for deal in deals
    ]
    record.bulk(DealPassedOn, bodies, [at] * len(deals))
