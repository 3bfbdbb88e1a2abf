"""What the page of a claim shows: whether it holds and why, its versions, its keys, what a reader may do."""

from datetime import datetime
from typing import Any

from songsheet.agreements.queries import SIGNS, sides_of, signers_by_side
from songsheet.song.claims.acts import may_decide, may_stop
from songsheet.song.claims.errors import NoSuchClaim
from songsheet.song.claims.holding import holding_of
from songsheet.song.claims.models import Claim, ClaimVersion, Risk
from songsheet.song.claims.queries import signatures_of, versions_of
from songsheet.song.market.models import JourneyStage, Persona
from songsheet.team.acting import Acting
from songsheet.team.roles import Right, Side

State = ClaimVersion.State


def version_for(viewer: Acting, key: str) -> ClaimVersion:
    """One version of a claim."""
    viewer.must(Right.LOOK)
    rows = ClaimVersion.objects.select_related("claim__owner", "proof", "segment", "written_by")
    found = None if "\x00" in key else rows.filter(key=key).first()
    if found is None:
        raise NoSuchClaim(key)
    return found


def page_of(viewer: Acting, claim: Claim, at: datetime) -> dict[str, Any]:
    """The context of a claim's page."""
    versions = versions_of(claim)
    shown = next(one for one in versions if one.id == claim.shown_id)
    draft = next((one for one in versions if one.state == State.DRAFT), None)
    looked_at = [shown, *([draft] if draft and draft is not shown else [])]
    holding = holding_of(looked_at, at)
    return {
        "claim": claim,
        "one": shown,
        "holding": holding[shown.id],
        "personas": _names(Persona, shown.personas),
        "stages": _names(JourneyStage, shown.stages),
        "draft": draft,
        "draft_holding": holding[draft.id] if draft else None,
        "versions": versions,
        "keys": _keys(draft) if draft and draft.risk != Risk.PLAIN else [],
        "acts": _acts(viewer, claim, draft),
    }


def _names(model: type[Persona] | type[JourneyStage], keys: list[str]) -> list[str]:
    return list(model._default_manager.filter(key__in=keys).values_list("name", flat=True))


def _keys(draft: ClaimVersion) -> list[dict[str, Any]]:
    turned = {one.side: one for one in signatures_of(draft)}
    signers = signers_by_side()
    return [
        {
            "side": str(Side(side).label),
            "signature": turned.get(side),
            "signers": [member.name for member in signers[side]],
        }
        for side in SIGNS
    ]


def _acts(viewer: Acting, claim: Claim, draft: ClaimVersion | None) -> dict[str, bool]:
    proposes = viewer.may(Right.PROPOSE)
    plain = draft is not None and draft.risk == Risk.PLAIN
    mine = set(sides_of(viewer)) - ({one.side for one in signatures_of(draft)} if draft else set())
    wrote = draft is not None and viewer.member is not None and draft.written_by_id == viewer.member.id
    return {
        "edit": proposes and draft is not None,
        "propose": proposes and draft is None,
        "force": proposes and plain and may_decide(claim, viewer),
        "sign": draft is not None and not plain and bool(mine),
        "withdraw": proposes and draft is not None and (wrote or may_decide(claim, viewer)),
        "close": claim.state == Claim.State.IN_FORCE and may_stop(claim, viewer),
    }
