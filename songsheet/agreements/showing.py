"""What a page shows of a version: its clauses, its keys, and what its reader may do with it."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.translation import gettext as _

from songsheet.agreements.actions import TO_DECIDE
from songsheet.agreements.differences import shown
from songsheet.agreements.models import SIGNED_STATES, Signature, Version
from songsheet.agreements.queries import (
    SIGNS,
    before,
    comments_on,
    guests_of,
    kind_named,
    names_in,
    sides_of,
    signatures_of,
    signers_by_side,
    version_for,
)
from songsheet.base.time import day_of
from songsheet.team.acting import Acting, acting_on, time_on
from songsheet.team.roles import Right, Side

State = Version.State


def side_label(side: str) -> str:
    """What a side is called."""
    return str(Side(side).label)


def page_of(request: HttpRequest, key: str, against: str = "") -> dict[str, Any]:
    """The context of a version's page; `against` is the key of the version it is compared with."""
    viewer, at = acting_on(request), time_on(request)
    one = version_for(viewer, key)
    kind = kind_named(one.agreement.kind)
    other = version_for(viewer, against) if against else None
    last = other or before(one)
    names = names_in([one.body, other.body if other else {}])
    keys, said, mine = signatures_of(one), comments_on(one), set(sides_of(viewer))
    today = day_of(at, ZoneInfo(request.house.zone))  # type: ignore[attr-defined]
    return {
        "title": kind.label,
        "crumbs": crumbs_of(one),
        "kind": kind,
        "one": one,
        "clauses": [
            (each, said.get(each.name, []))
            for each in shown(kind, one.body, names, against=other.body if other else None)
        ],
        "said": said.get("", []),
        "guests": guests_of(one, at=at),
        "other": other,
        "last": last,
        "keys": _keys(one, keys),
        "acts": _acts(viewer, one, keys, mine),
        "today": today.isoformat(),
        "decide_by": (today + TO_DECIDE).isoformat(),
        "is_coming": bool(one.in_force_from and one.in_force_from > at),
        "is_overdue": bool(one.decide_by and one.decide_by < today),
        "both_hats": mine == set(SIGNS),
    }


def crumbs_of(one: Version) -> list[dict[str, Any]]:
    """Where a version stands."""
    kind = kind_named(one.agreement.kind)
    return [
        {"label": _("Agreements"), "url": "/agreements"},
        {"label": kind.label, "url": f"/agreements/{kind.name}"},
        {"label": _("Version %(n)d") % {"n": one.number}},
    ]


def _keys(one: Version, turned: list[Signature]) -> list[dict[str, Any]]:
    """Both sides of what is offered or was signed: whose key is turned, and who could turn the other."""
    if one.state != State.OFFERED and one.state not in SIGNED_STATES:
        return []
    there = {each.side: each for each in turned}
    signers = signers_by_side() if one.state == State.OFFERED else {}
    return [
        {
            "side": side_label(side),
            "signature": there.get(side),
            "signers": [member.name for member in signers.get(side, [])],
        }
        for side in SIGNS
    ]


def _acts(viewer: Acting, one: Version, turned: list[Signature], mine: set[str]) -> dict[str, bool]:
    """What the reader may do with the version as it stands; `mine` are the sides they can sign for."""
    open_ = one.state in (State.DRAFT, State.OFFERED)
    wrote = viewer.member is not None and one.written_by_id == viewer.member.id
    proposes = viewer.may(Right.PROPOSE)
    return {
        "edit": proposes and open_,
        "offer": proposes and one.state == State.DRAFT,
        "sign": one.state == State.OFFERED and bool(mine - {each.side for each in turned}),
        "refuse": one.state == State.OFFERED and bool(mine),
        "withdraw": open_ and (bool(mine) or wrote),
        "stop": one.state == State.IN_FORCE and bool(mine),
        "propose": proposes and not open_,
        "comment": proposes,
        "invite": proposes and (open_ or one.state == State.IN_FORCE),
    }
