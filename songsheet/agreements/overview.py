"""How each agreement stands now, in three statements whatever there is."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from songsheet.agreements.models import Signature, Version
from songsheet.agreements.queries import SIGNS, kinds, versions_seen_by
from songsheet.agreements.terms import Kind
from songsheet.team.acting import Acting

State = Version.State


@dataclass
class Standing:
    """One kind: what is in force, what begins on a day, what is offered, which drafts there are."""

    kind: Kind[Any]
    in_force: Version | None = None
    coming: Version | None = None
    offered: Version | None = None
    drafts: list[Version] = field(default_factory=list)
    signed_by: list[Signature] = field(default_factory=list)
    waits_for: list[str] = field(default_factory=list)


def overview(viewer: Acting, at: datetime) -> list[Standing]:
    """Every kind in the order of the table."""
    found = versions_seen_by(viewer).filter(
        Q(state__in=[State.DRAFT, State.OFFERED, State.IN_FORCE]) | Q(in_force_until__gt=at)
    )
    standing = {name: Standing(kind) for name, kind in kinds().items()}
    for one in found.order_by("-number"):
        if one.agreement.kind in standing:
            _place(standing[one.agreement.kind], one, at)
    every = list(standing.values())
    keys = _keys_of(version for one in every for version in (one.in_force, one.offered) if version)
    for each in every:
        each.signed_by = keys.get(each.in_force.id, []) if each.in_force else []
        turned = {key.side for key in keys.get(each.offered.id, [])} if each.offered else set()
        each.waits_for = [side for side in SIGNS if side not in turned] if each.offered else []
    return every


def _place(standing: Standing, one: Version, at: datetime) -> None:
    if one.state == State.DRAFT:
        standing.drafts.append(one)
    elif one.state == State.OFFERED:
        standing.offered = one
    elif one.in_force_from and one.in_force_from > at:
        standing.coming = one
    elif one.in_force_until is None or one.in_force_until > at:
        standing.in_force = one


def _keys_of(versions: Iterable[Version]) -> dict[int, list[Signature]]:
    found: dict[int, list[Signature]] = {}
    turned = Signature.objects.filter(version__in=list(versions), voided_at=None)
    for one in turned.select_related("member").order_by("side"):
        found.setdefault(one.version_id, []).append(one)
    return found
