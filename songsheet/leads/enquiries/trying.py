"""Rules of sorting tried on past enquiries before they are signed; nothing is changed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from songsheet.agreements.kinds.enquiry_sorting import ENQUIRY_SORTING, SORTS, EnquirySorting
from songsheet.agreements.models import SIGNED_STATES, Version
from songsheet.agreements.queries import before, version_for, version_in_force
from songsheet.base.refusals import NotFound
from songsheet.buyers.models import Mail
from songsheet.leads.enquiries.models import Enquiry
from songsheet.leads.enquiries.queries import enquiries_seen_by
from songsheet.leads.enquiries.sorting import sort
from songsheet.team.acting import Acting

#: Three months back; of more than so many the newest; so many that would go elsewhere are shown.
DAYS, MOST, SHOWN = 92, 5_000, 20


class NothingToTry(NotFound):
    """A version of a kind by which enquiries are not sorted."""

    code = "nothing_to_try"


@dataclass(frozen=True)
class Tried:
    """What `version` would have made of past enquiries, beside `other`, or the starter where none is signed.

    `moved` is how many a person moved; of these so many are `right`, as that person said, and `other_right`.
    """

    version: Version
    other: Version | None
    since: datetime
    count: int
    is_all: bool
    kinds: list[tuple[str, int, int]]
    differ: list[tuple[Enquiry, str, str]]
    differs: int
    moved: int
    right: int
    other_right: int


def try_sorting(viewer: Acting, key: str, *, at: datetime) -> Tried:
    """What a version of the rules would have made of the enquiries of the last three months."""
    version = version_for(viewer, key)
    if version.agreement.kind != ENQUIRY_SORTING.name:
        raise NothingToTry(_("Only the sorting of enquiries can be tried on past enquiries."))
    was = version.state in SIGNED_STATES
    other = before(version) if was else version_in_force(ENQUIRY_SORTING.name, at)
    terms = ENQUIRY_SORTING.read(version.body)
    beside = ENQUIRY_SORTING.read(other.body) if other else ENQUIRY_SORTING.starter()
    since = at - timedelta(days=DAYS)
    past = enquiries_seen_by(viewer).filter(came_at__gte=since).exclude(text="")
    found = list(past.order_by("-came_at", "-id")[: MOST + 1])
    asked = found[:MOST]
    these, those = _kinds(terms, asked), _kinds(beside, asked)
    elsewhere = [
        (one, str(SORTS[here]), str(SORTS[there]))
        for one, here, there in zip(asked, these, those, strict=True)
        if here != there
    ]
    moved = [n for n, one in enumerate(asked) if one.moved_by is not None]
    mine, theirs = Counter(these), Counter(those)
    return Tried(
        version=version,
        other=other,
        since=since,
        count=len(asked),
        is_all=len(found) <= MOST,
        kinds=[(str(label), mine[kind], theirs[kind]) for kind, label in SORTS.items()],
        differ=elsewhere[:SHOWN],
        differs=len(elsewhere),
        moved=len(moved),
        right=sum(these[n] == asked[n].kind for n in moved),
        other_right=sum(those[n] == asked[n].kind for n in moved),
    )


def _kinds(terms: EnquirySorting, asked: Sequence[Enquiry]) -> list[str]:
    """The kind of each by these rules."""
    people = {one.person.pk for one in asked}
    addresses: dict[int, list[str]] = {}
    if any(rule.domains for rule in terms.rules):
        held = Mail.objects.filter(person__in=people, gone_at=None).values_list("person_id", "address")
        for person, address in held:
            addresses.setdefault(person, []).append(address)
    return [
        sort(
            terms,
            one.text,
            source=one.source.name if one.source else "",
            addresses=addresses.get(one.person.pk, ()),
        ).kind
        for one in asked
    ]
