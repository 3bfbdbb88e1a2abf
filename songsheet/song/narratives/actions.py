"""What changes narratives: adding, changing, archiving."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from songsheet.base.ids import BODY_PATTERN
from songsheet.base.refusals import Stale
from songsheet.base.text import clean
from songsheet.journal.act import act
from songsheet.song.claims.models import Claim
from songsheet.song.market.acts import live
from songsheet.song.market.models import JourneyStage, Persona
from songsheet.song.narratives.errors import NarrativeRefused, NoSuchNarrative
from songsheet.song.narratives.events import NarrativeAdded, NarrativeArchived, NarrativeChanged
from songsheet.song.narratives.models import Narrative
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

#: Text → how long it is at most.
TEXTS = {
    "name": 160, "problem": 2000, "turning_point": 2000, "outcome": 2000, "feeling": 1000, "reason": 1000,
    "spoken": 4000, "written": 8000, "permission": 500,
}  # fmt: skip
NEEDED = ("name", "problem", "turning_point", "outcome")
MOST = 50
_CUSTOMER = re.compile(f"(person|company)_{BODY_PATTERN}")


def add_narrative(*, by: Acting, at: datetime, **values: Any) -> Narrative:
    """A telling: name, problem, turning_point, outcome are needed; claims, personas, stages by their keys."""
    by.must(Right.PROPOSE)
    for name in NEEDED:
        values.setdefault(name, "")
    with act(by=by.actor, at=at) as record:
        one = Narrative(owner=by.member, made_at=at)
        _write(one, values)
        one.save(force_insert=True)
        record(NarrativeAdded(narrative=one.key, customer=one.customer or None))
    return one


def change_narrative(
    key: str, *, by: Acting, at: datetime, version: int | None = None, **values: Any
) -> Narrative:
    """Tell it otherwise; the same again changes nothing."""
    by.must(Right.PROPOSE)
    with act(by=by.actor, at=at) as record:
        one = _held(key)
        if version not in (None, one.version):
            raise Stale("Somebody changed this narrative since you read it. Look again.", version=one.version)
        changed = _write(one, values)
        if not changed:
            return one
        one.version += 1
        one.save()
        told = {"narrative": key, "version": one.version, "customer": one.customer or None}
        record(NarrativeChanged(**told, fields=changed))
    return one


def archive_narrative(key: str, *, by: Acting, at: datetime) -> Narrative:
    """Tell it no more."""
    by.must(Right.PROPOSE)
    with act(by=by.actor, at=at) as record:
        one = _held(key)
        if one.gone_at is None:
            one.gone_at = at
            one.version += 1
            one.save(update_fields=["gone_at", "version"])
            record(NarrativeArchived(narrative=key, version=one.version, customer=one.customer or None))
    return one


def _held(key: str) -> Narrative:
    one = Narrative.objects.select_for_update(of=("self",), no_key=True).filter(key=key).first()
    if one is None:
        raise NoSuchNarrative(key)
    return one


def _write(one: Narrative, values: dict[str, Any]) -> list[str]:
    reads = {"claims": _claims, "personas": _personas, "stages": _stages, "customer": _customer}
    unknown = sorted(set(values) - set(TEXTS) - set(reads))
    if unknown:
        raise NarrativeRefused(f"A narrative has no {', '.join(unknown)[:60]}.")
    changed = []
    for name, value in values.items():
        read: Any = clean(value, TEXTS[name], field=name) if name in TEXTS else reads[name](value)
        if name in NEEDED and not read:
            raise NarrativeRefused(
                "A telling has a name, a problem, a turning point and an outcome.", field=name
            )
        if getattr(one, name) != read:
            setattr(one, name, read)
            changed.append(name)
    if one.customer and not one.permission:
        raise NarrativeRefused("Say how and when this customer allowed it, before it is told.",
                               field="permission")  # fmt: skip
    return changed


def _claims(given: Sequence[str]) -> list[str]:
    keys = _few(given, "claims")
    there = set(Claim.objects.filter(key__in=keys).values_list("key", flat=True))
    missing = [key for key in keys if key not in there]
    if missing:
        raise NarrativeRefused(
            f"There is no claim {missing[0][:60]}. Choose one of the list.", field="claims"
        )
    return keys


def _personas(given: Sequence[str]) -> list[str]:
    return sorted(str(live(Persona, key, "personas").key) for key in _few(given, "personas"))


def _stages(given: Sequence[str]) -> list[str]:
    return sorted(str(live(JourneyStage, key, "stages").key) for key in _few(given, "stages"))


def _few(given: Sequence[str], field: str) -> list[str]:
    keys = list(dict.fromkeys(given))
    if len(keys) > MOST:
        raise NarrativeRefused(f"At most {MOST} {field}. Leave some out.", field=field)
    return keys


def _customer(given: str) -> str:
    key = given.strip()
    if key and not _CUSTOMER.fullmatch(key):
        raise NarrativeRefused("Give the key of a person or a company, or none.", field="customer")
    return key
