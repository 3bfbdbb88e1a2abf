"""What agreements must always keep: I8, and I7 for their rows."""

from collections.abc import Iterator

from songsheet.agreements.errors import BodyRefused
from songsheet.agreements.models import SIGNED_STATES, Signature, Version
from songsheet.agreements.queries import kinds
from songsheet.agreements.terms import hash_of
from songsheet.journal.check import Offence, Span, invariant
from songsheet.journal.masters import among
from songsheet.journal.sql import rows
from songsheet.team.roles import SIDE_OF, Side

#: Last entry that moved a version → how it stands: as the one spoken of, or as the one `before` or `again`.
_STATES = """
case when entry.body->>'before' = it.key then 'superseded' when entry.body->>'again' = it.key then 'in_force'
     else case substr(entry.kind, length('agreements.version_') + 1)
          when 'drafted' then 'draft' when 'edited' then 'draft' when 'signed' then 'offered'
          else substr(entry.kind, length('agreements.version_') + 1) end end
"""


@invariant("I8")
def what_is_in_force_is_signed_by_both(span: Span) -> Iterator[Offence]:
    """Two keys over the hash of the very text, turned by two members of the two sides, or by the only one."""
    chosen = [key for (key,) in rows(f"select key from agreements_version it where {among(span, 'it.key')}")]
    found = Version.objects.filter(key__in=chosen, state__in=SIGNED_STATES).select_related("agreement")
    for version in found.order_by("id"):
        signatures = list(Signature.objects.filter(version=version, voided_at=None))
        for sentence in _faults(version, signatures):
            yield Offence("I8", version.key, f"{version}: {sentence}")


def _faults(version: Version, signatures: list[Signature]) -> Iterator[str]:
    kind = kinds().get(version.agreement.kind)
    if kind is None:
        yield "no part knows this kind of agreement."
    else:
        try:
            kind.read(version.body)
        except BodyRefused as refusal:
            yield f"its text cannot be read: {refusal.sentence}"
    if hash_of(version.body) != version.hash:
        yield "its hash is not that of its text."
    if {one.side for one in signatures} != {Side.MARKETING, Side.SALES}:
        yield f"{len(signatures)} keys were turned, not one of each side."
    if any(one.hash != version.hash for one in signatures):
        yield "a key was turned over another text."
    alone = version.mode == Version.Mode.ONE_PERSON
    if any(one.both_hats != alone for one in signatures):
        yield "keys and mode do not agree on who signed."
    if not alone and len({one.member_id for one in signatures}) < len(signatures):
        yield "one member turned both keys."
    if not alone and any(SIDE_OF.get(one.role) != one.side for one in signatures):
        yield "a key was turned by somebody of another side."


@invariant("I7")
def versions_stand_as_their_entries_say(span: Span) -> Iterator[Offence]:
    """Each version stands, and has the text, that its entries tell."""
    found = rows(
        f"""select it.key, it.state, told.state, it.hash, text.hash from agreements_version it
              left join lateral (select {_STATES} as state from journal_about about
                    join journal_entry entry on entry.position = about.position
                   where about.key = it.key and entry.kind like 'agreements.version%%'
                     and it.key in (entry.body->>'terms', entry.body->>'before', entry.body->>'again')
                   order by entry.position desc limit 1) as told on true
              left join lateral (select entry.body->>'hash' as hash from journal_about about
                    join journal_entry entry on entry.position = about.position
                   where about.key = it.key and entry.body->>'terms' = it.key
                     and entry.kind in ('agreements.version_drafted', 'agreements.version_edited')
                   order by entry.position desc limit 1) as text on true
             where {among(span, "it.key")}
               and (told.state is distinct from it.state or text.hash is distinct from it.hash)
             order by it.id"""
    )
    for key, state, told, hash_, told_hash in found:
        if state != told:
            yield Offence("I7", key, f"{key} is {state}, its last entry says {told or 'nothing'}.")
        if hash_ != told_hash:
            yield Offence("I7", key, f"{key} has another text than its entries tell.")
