"""What the acts on versions share: one held for change, a new draft, keys void, an end."""

from datetime import datetime
from typing import Any

from songsheet.agreements.errors import BodyRefused, CannotSign, NoSuchVersion, NotInThatState
from songsheet.agreements.events import VersionDrafted
from songsheet.agreements.models import Agreement, Signature, Version
from songsheet.agreements.queries import sides_of
from songsheet.agreements.terms import Terms, hash_of
from songsheet.base.text import clean
from songsheet.journal.act import Record
from songsheet.team.acting import Acting
from songsheet.team.models import Member

LONGEST_REASON = 1000


def draft(
    kind: str, terms: Terms, record: Record, *, by: Acting, at: datetime, counters: Version | None = None
) -> Version:
    Agreement.objects.bulk_create([Agreement(kind=kind)], ignore_conflicts=True)
    agreement = Agreement.objects.select_for_update().get(kind=kind)
    last = Version.objects.filter(agreement=agreement).order_by("-number").first()
    body = terms.model_dump(mode="json")
    version = Version.objects.create(
        agreement=agreement, number=last.number + 1 if last else 1, body=body, hash=hash_of(body),
        written_by=by.member, counters=counters, made_at=at, changed_at=at,
    )  # fmt: skip
    key = counters.key if counters else None
    record(VersionDrafted(**about(version), hash=version.hash, counters=key))
    return version


def void(version: Version, at: datetime) -> int:
    return Signature.objects.filter(version=version, voided_at=None).update(voided_at=at)


def end(version: Version, state: str, why: str, *, by: Acting, at: datetime) -> None:
    void(version, at)
    version.state, version.ended_at, version.ended_why, version.ended_by = state, at, why, by.member
    version.save(update_fields=["state", "ended_at", "ended_why", "ended_by"])


def must_hold_a_key(by: Acting) -> Member:
    if by.member is None or not sides_of(by):
        name = by.member.name if by.member else "This process"
        raise CannotSign(f"{name} holds no key. Ask the head of a side, or a deputy.")
    return by.member


def must_be_theirs(version: Version, by: Acting) -> None:
    """Refuse unless they wrote the version or hold a key."""
    if by.member is None or version.written_by_id != by.member.id:
        must_hold_a_key(by)


def reason_of(why: str) -> str:
    reason = clean(why, LONGEST_REASON, field="why")
    if not reason:
        raise BodyRefused("Say why in a sentence: the other side has to answer it.", field="why")
    return reason


def must_be(version: Version, *states: str) -> None:
    if version.state not in states:
        raise NotInThatState(
            f"Version {version.number} is {version.get_state_display().lower()}: this cannot be done with it."
        )


def about(version: Version) -> dict[str, Any]:
    agreement = version.agreement
    return {
        "agreement": agreement.key,
        "terms": version.key,
        "kind": agreement.kind,
        "number": version.number,
    }


def held(key: str) -> Version:
    """One version, with its agreement locked until the act ends: what happens to one concerns the others."""
    found = Version.objects.filter(key=key).values_list("agreement_id", flat=True).first()
    if found is None:
        raise NoSuchVersion
    Agreement.objects.select_for_update(no_key=True).get(id=found)
    return Version.objects.select_related("agreement").get(key=key)
