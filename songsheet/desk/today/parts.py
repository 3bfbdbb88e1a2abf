"""The parts of Today around the queue, by role: two literal tables. Each is fetched by itself, so that the
queue never waits for them; a part with nothing to say says so in a line."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _

from songsheet.agreements.models import Signature, Version
from songsheet.agreements.queries import SIGNS, kinds
from songsheet.base.time import day_of
from songsheet.desk.letters.asked import limits_of
from songsheet.desk.load.read import loads
from songsheet.desk.today.expected import day_before
from songsheet.flows.models import BulkChange
from songsheet.handoffs.models import Return
from songsheet.imports.models import Import
from songsheet.journal.queries import head, parked_count
from songsheet.journal.sql import rows
from songsheet.leads.models import Lead
from songsheet.team.acting import Acting
from songsheet.team.models import House
from songsheet.team.roles import Role

#: What changed lately is looked for in so many days.
CHANGED_DAYS = 7
MOST = 8


@dataclass(frozen=True)
class Look:
    """Who looks, when, at which house."""

    viewer: Acting
    at: datetime
    house: House


Read = Callable[[Look], dict[str, Any]]
#: When, what, and where it is read.
Line = tuple[datetime, str, str]


def expected(look: Look) -> dict[str, Any]:
    """What is expected of me each working day, kept or missed on my last one, and what came of it."""
    assert look.viewer.member is not None
    return {"day": day_before(look.viewer.member, look.at)}


def drowning(look: Look) -> dict[str, Any]:
    """Who has more to do than time for it."""
    found = loads(look.house, look.at)
    return {"drowning": found.drowning[:5], "most": found.most}


def unanswered(look: Look) -> dict[str, Any]:
    """Offers that nobody accepted or returned in the agreed time, by who has them."""
    waiting = Lead.objects.filter(
        gone_at=None, state=Lead.State.OFFERED, owned_since__lt=limits_of(look.house, look.at).offer_due
    )
    by_owner = waiting.order_by().values("owner__name", "owner__key")
    counted = by_owner.annotate(n=Count("id"), since=Min("owned_since"))
    return {"unanswered": list(counted.order_by("since")[:MOST])}


def decisions(look: Look) -> dict[str, Any]:
    """What waits for a decision: agreements that a key is missing for, and disputed returns."""
    today = day_of(look.at, look.house.zone)
    offered = Version.objects.filter(state=Version.State.OFFERED).select_related("agreement")
    versions = list(offered.order_by("decide_by", "id")[:MOST])
    turned: dict[int, set[str]] = {}
    keys = Signature.objects.filter(version__in=versions, voided_at=None)
    for version, side in keys.values_list("version", "side"):
        turned.setdefault(version, set()).add(side)
    disputed = Return.objects.filter(state=Return.State.DISPUTED, gone_at=None)
    shown = disputed.select_related("lead__person", "owes", "clock").prefetch_related("lead__person__root")
    return {
        "versions": [
            {
                "one": one,
                "label": kinds()[one.agreement.kind].label,
                "waits_for": [_(side) for side in SIGNS if side not in turned.get(one.id, set())],
                "is_late": one.decide_by is not None and one.decide_by < today,
            }
            for one in versions
            if one.agreement.kind in kinds()
        ],
        "disputed": list(shown.order_by("at", "id")[:MOST]),
        "me": look.viewer.member,
    }


def changed(look: Look) -> dict[str, Any]:
    """What changed lately that moves figures: agreements, imports, changes of many records."""
    since = look.at - timedelta(days=CHANGED_DAYS)
    found = [*_agreements_since(since, look.at), *_imports_since(since), *_bulk_since(since)]
    return {"changed": sorted(found, reverse=True)[:MOST], "days": CHANGED_DAYS}


def _agreements_since(since: datetime, at: datetime) -> Iterator[Line]:
    begun = Q(in_force_from__gte=since, in_force_from__lte=at) | Q(ended_at__gte=since, state="stopped")
    for one in Version.objects.filter(begun).select_related("agreement")[:MOST]:
        words = _("%(kind)s: version %(n)d is in force")
        moment = one.in_force_from
        if one.state == Version.State.STOPPED:
            words, moment = _("%(kind)s: version %(n)d was stopped"), one.ended_at
        known = kinds().get(one.agreement.kind)
        if moment and known:
            said = {"kind": known.label, "n": one.number}
            yield moment, words % said, f"/agreements/versions/{one.key}"


def _imports_since(since: datetime) -> Iterator[Line]:
    for run in Import.objects.filter(finished_at__gte=since).order_by("-finished_at")[:MOST]:
        said = {"n": f"{run.created + run.updated:,}", "system": run.system or _("files")}
        if run.finished_at:
            yield run.finished_at, _("%(n)s rows came from %(system)s") % said, f"/imports/{run.key}"


def _bulk_since(since: datetime) -> Iterator[Line]:
    for many in BulkChange.objects.filter(finished_at__gte=since).order_by("-finished_at")[:MOST]:
        said = {"n": f"{many.changed:,}", "what": many.what}
        if many.finished_at:
            yield many.finished_at, _("%(n)s %(what)s were changed at once") % said, f"/bulk/{many.key}"


def odd(look: Look) -> dict[str, Any]:
    """What does not add up: work that is parked, rows that were rejected, how far everything was checked."""
    rejected = Import.objects.filter(rejected__gt=0, undone_at=None).order_by("-id")[:3]
    checked = rows("select position, moved_at from journal_reader where name = 'songsheet check'")
    return {
        "parked": parked_count(),
        "rejected": list(rejected),
        "checked": checked[0] if checked else None,
        "head": head(),
    }


PARTS: dict[str, tuple[Read, str]] = {
    "expected": (expected, "desk/today/expected.html"),
    "drowning": (drowning, "desk/today/drowning.html"),
    "unanswered": (unanswered, "desk/today/unanswered.html"),
    "decisions": (decisions, "desk/today/decisions.html"),
    "changed": (changed, "desk/today/changed.html"),
    "odd": (odd, "desk/today/odd.html"),
}

#: Role → its parts in their order. Whoever is not named has what is expected of them.
PARTS_OF: dict[str, tuple[str, ...]] = {
    Role.SALES_MANAGER: ("unanswered", "drowning", "expected"),
    Role.CRO: ("decisions", "drowning", "expected"),
    Role.METRICS: ("odd", "expected"),
    Role.OWNER: ("drowning",),
    Role.MARKETING_MANAGER: ("expected", "decisions"),
    Role.ADMINISTRATOR: ("odd",),
}
#: Role → the parts that are its question, above the queue.
FIRST_OF: dict[str, tuple[str, ...]] = {
    Role.METRICS: ("changed",),
    Role.OWNER: ("decisions",),
}


def parts_of(role: str) -> tuple[str, ...]:
    """The names of the parts beside the queue of a role."""
    return PARTS_OF.get(role, ("expected",))


def first_of(role: str) -> tuple[str, ...]:
    """The names of the parts above the queue of a role."""
    return FIRST_OF.get(role, ())
