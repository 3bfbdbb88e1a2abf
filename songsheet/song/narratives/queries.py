"""Reads of narratives."""

from collections.abc import Sequence

from django.db.models import QuerySet

from songsheet.song.claims.models import Claim
from songsheet.song.narratives.errors import NoSuchNarrative
from songsheet.song.narratives.models import Narrative
from songsheet.team.acting import Acting
from songsheet.team.roles import Right


def narratives(viewer: Acting) -> QuerySet[Narrative]:
    """The narratives that are told, the newest first."""
    viewer.must(Right.LOOK)
    return Narrative.objects.filter(gone_at=None).select_related("owner").order_by("-id")


def narrative_for(viewer: Acting, key: str) -> Narrative:
    """One narrative that is told."""
    found = None if "\x00" in key else narratives(viewer).filter(key=key).first()
    if found is None:
        raise NoSuchNarrative(key)
    return found


def claims_of(narrative: Narrative) -> list[Claim]:
    """The claims that it uses, with the version that counts."""
    keys: Sequence[str] = narrative.claims
    rows = Claim.objects.filter(key__in=keys).select_related("shown__proof", "shown__segment", "owner")
    return sorted(rows, key=lambda one: keys.index(one.key))
