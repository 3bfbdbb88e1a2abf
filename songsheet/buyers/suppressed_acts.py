"""Keeping addresses suppressed through an erasure, and marking whoever comes in with one again."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from songsheet.base import bulk
from songsheet.buyers.suppressed import REASON, channels_of, hashes_of, is_anybody, standing

if TYPE_CHECKING:
    from songsheet.buyers.adopt_people import PersonRow


def suppress(ids: Sequence[int], *, at: datetime) -> int:
    """Before the values of these records go: what they forbade stays forbidden for their addresses."""
    channels, hashes = standing(ids)
    pairs = [(hash_, channel) for hash_ in hashes for channel in sorted(channels)]
    return bulk.execute(
        "insert into buyers_suppressed (hash, channel, since)"
        " select hash, channel, %s from unnest(%s::text[], %s::text[]) as given(hash, channel)"
        "     on conflict do nothing",
        [at, [hash_ for hash_, _ in pairs], [channel for _, channel in pairs]],
    )


def allow_again(ids: Sequence[int], channel: str) -> None:
    """They may be contacted again by this channel: their addresses are suppressed no more."""
    found = bulk.rows(
        """select 'mail', address from buyers_mail where person_id = any(%(ids)s::bigint[])
            union all
           select 'phone', number from buyers_phone where person_id = any(%(ids)s::bigint[])""",
        {"ids": list(ids)},
    )
    hashes = hashes_of(*[[address for kind, address in found if kind == one] for one in ("mail", "phone")])
    bulk.execute(
        "delete from buyers_suppressed where hash = any(%s::text[]) and channel = %s", [hashes, channel]
    )


def mark_suppressed(rows: Sequence["PersonRow"]) -> None:
    """Whoever comes in with a suppressed address comes in as one who must not be contacted."""
    if not is_anybody():
        return
    theirs = [hashes_of(row.mails, row.phones) for row in rows]
    known = channels_of(sorted({hash_ for hashes in theirs for hash_ in hashes}))
    for row, hashes in zip(rows, theirs, strict=True) if known else ():
        channels = set().union(*(known.get(hash_, set()) for hash_ in hashes))
        row.do_not_contact += tuple((channel, REASON) for channel in sorted(channels))


def suppressed_channels(mails: Sequence[str], phones: Sequence[str]) -> set[str]:
    """By which channels one of these addresses must not be used."""
    found = channels_of(hashes_of(mails, phones)) if is_anybody() else {}
    return set().union(*found.values()) if found else set()
